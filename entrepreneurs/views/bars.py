"""The bars of tabs of the room: the pages that stand side by side, each with the right that shows it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from cae.core.permissions import can
from cae.core.tab_bars import OWN, tabs_of, tabs_open_to
from cae.core.tables import Tab

WELCOME = (
    (_("Tableau"), "entrepreneurs:board", "entrepreneurs.view_board"),
    (_("Liste"), "entrepreneurs:candidate_list", "entrepreneurs.view_board"),
    (_("Vivier"), "entrepreneurs:pool_list", "entrepreneurs.view_board"),
    (_("Comités"), "entrepreneurs:committee_list", "entrepreneurs.view_committees"),
    (_("Chiffres"), "entrepreneurs:funnel", "entrepreneurs.view_board"),
    (_("Colonnes"), "entrepreneurs:stage_list", "entrepreneurs.change_welcome"),
    (_("Grille"), "entrepreneurs:criteria_list", "entrepreneurs.change_welcome"),
)
ENTRIES = (
    (_("Entrées"), "entrepreneurs:entry_list", "entrepreneurs.view_entries"),
    (_("Documents demandés"), "entrepreneurs:paper_list", "entrepreneurs.view_papers"),
)
LETTERS = (
    (_("Contrats"), "entrepreneurs:contract_list", "entrepreneurs.view_contracts"),
    (_("Courriers"), "entrepreneurs:letter_list", "entrepreneurs.make_letters"),
    (_("Modèles"), "entrepreneurs:letter_text_list", "entrepreneurs.write_letter_texts"),
)
PORTFOLIO = (
    (_("Personnes"), "entrepreneurs:portfolio", "entrepreneurs.follow_people"),
    (_("Charge de l’équipe"), "entrepreneurs:team_load", "entrepreneurs.reassign"),
    (_("Catalogue"), "entrepreneurs:support_catalogue", "entrepreneurs.follow_people"),
    (_("Actions financées"), "entrepreneurs:funded_list", "entrepreneurs.view_funded"),
)
COLLECTIVES = "entrepreneurs:collective_list"
ACTIVITIES = (
    (_("Activités"), "entrepreneurs:activity_list", "entrepreneurs.view_activities"),
    (_("Métiers"), "entrepreneurs:trade_list", "entrepreneurs.view_trades"),
    (_("Collectifs ouverts"), COLLECTIVES, "entrepreneurs.view_collectives"),
    (_("Assurances"), "entrepreneurs:cover_list", "entrepreneurs.view_covers"),
)


def activity_bar(user: Any, current: str) -> list[Tab]:
    """The neighbouring lists of who reads activities; for the others, collectives are a page of their own."""
    if can(user, "entrepreneurs.view_activities"):
        return tabs_open_to(user, ACTIVITIES, current)
    return tabs_of(user, OWN, current) if current == COLLECTIVES else []
