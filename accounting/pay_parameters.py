"""Dated parameters of the pay of a month: what is proposed, what is told."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cae.core.parameters import register_setting

PROPOSED_SHARE = "accounting.pay_proposed_share"
CASH_FLOOR = "accounting.pay_cash_floor"
GAP_SHOWN = "accounting.pay_gap_shown"
PAY_DAY = "accounting.pay_day"


def register_pay_parameters() -> None:
    """Called once, when the room starts."""
    register_setting(
        PROPOSED_SHARE,
        kind="rate",
        default="1",
        label=_("Paie : part proposée de ce qui peut être payé"),
        help=_("1 propose en avance tout ce que la trésorerie permet ; 0,5 la moitié ; 0 rien."),
        source="C. trav. L7332-3, R7331-11",
        to_confirm=True,
    )
    register_setting(
        CASH_FLOOR,
        kind="amount",
        default="0",
        label=_("Trésorerie à laisser dans chaque activité (€)"),
        help=_("Ni avance de paie ni virement ne va sous ce plancher, sauf plancher propre à l’activité."),
        to_confirm=True,
    )
    register_setting(
        GAP_SHOWN,
        kind="rate",
        default="0.01",
        label=_("Paie : écart signalé entre le coût réel et la simulation"),
        help=_("Au-delà de cette part du coût simulé, l’écart est signalé : 0,01 pour 1 %."),
    )
    register_setting(
        PAY_DAY,
        kind="integer",
        default="31",
        within=(1, 31),
        label=_("Paie : jour du mois où elle est versée"),
        help=_("31 pour le dernier jour du mois."),
        to_confirm=True,
    )
