"""Declares what bodies, mandates and decisions need: menu, tabs, notices, search, awaited, personal data."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cae.core import facts, menu
from cae.core.notices import register_notice
from cae.core.search import provide_search
from cae.core.tab_bars import register_tab
from governance.selectors.governance_data import held_of_governance
from governance.selectors.governance_search import find_governance
from governance.selectors.governance_todo import BODIES_AWAITED
from governance.services.decisions import ENTRUSTED
from governance.states.bodies import GOVERNANCE_BAR

# Minutes and turnout come after.
_TABS = (
    (_("Vue d’ensemble"), "governance:governance_page", "governance.read_governance"),
    (_("Organes"), "governance:body_list", "governance.read_governance"),
    (_("Mandats"), "governance:mandate_list", "governance.read_governance"),
    (_("Décisions"), "governance:decision_list", "governance.view_decision"),
)


def register_bodies() -> None:
    """Called once, when models are ready."""
    for order, (label, url_name, right) in enumerate(_TABS):
        register_tab(GOVERNANCE_BAR, label=label, url_name=url_name, right=right, order=order * 10)
    facts.provide_awaited(BODIES_AWAITED)
    facts.provide_personal_data(
        facts.PersonalData("governance.bodies", _("Mandats et décisions"), held=held_of_governance)
    )
    register_notice(ENTRUSTED, label=_("Une décision m’est confiée"))
    provide_search(find_governance)
    menu.register_entry(
        group="governance",
        label=_("Gouvernance"),
        url_name="governance:governance_page",
        right="governance.read_governance",
        icon="bank",
        order=40,
    )
