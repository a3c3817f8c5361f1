"""Dated parameter of grants: when their income enters the books."""

from django.utils.translation import gettext_lazy as _

from accounting.states.funds import GrantBooking
from cae.core.parameters import register_setting

GRANT_BOOKED_ON = "accounting.grant_booked_on"


def register_fund_parameters() -> None:
    """Called once, when the room starts."""
    register_setting(
        GRANT_BOOKED_ON,
        kind="choice",
        default=GrantBooking.AWARD,
        choices=GrantBooking.choices,
        label=_("Subventions : produit enregistré"),
        help=_(
            "À l’attribution, quand la convention ne laisse plus de doute ; à l’encaissement, quand des "
            "conditions suspensives restent à lever. Vaut pour les attributions à venir."
        ),
        source="PCG, subventions d’exploitation",
        to_confirm=True,
    )
