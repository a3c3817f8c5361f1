"""Declares what joint and internal sales need when the room starts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cae.core import facts, menu
from cae.core.notices import register_notice
from invoicing.selectors.joint_todo import AWAITED
from invoicing.services.internal_sales import ANSWERED, INVOICED, TO_ANSWER
from invoicing.services.sharing import ANSWERED as ANSWERED_SHARE
from invoicing.services.sharing import TO_AGREE


def register_joint() -> None:
    """Called once, when models are ready."""
    register_notice(TO_AGREE, label=_("Accord à donner sur un devis conjoint"))
    register_notice(ANSWERED_SHARE, label=_("Réponse à un devis conjoint"))
    facts.provide_awaited(AWAITED)
    register_notice(TO_ANSWER, label=_("Devis interne à accepter"))
    register_notice(ANSWERED, label=_("Réponse à un devis interne"))
    register_notice(INVOICED, label=_("Facture interne reçue"))
    menu.register_entry(
        group="sales",
        label=_("Ventes internes"),
        url_name="invoicing:internal_list",
        right="invoicing.view_internals",
        icon="arrow-left-right",
        order=14,
    )
