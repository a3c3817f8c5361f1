"""Declares what the pages of days need: menu, tabs, notices, search, awaited, personal data."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cae.core import facts
from cae.core.notices import register_notice
from coworking.selectors.day_data import held_of_days
from coworking.selectors.place_bar import register_place_tab
from coworking.services.visitors import VISITOR_HERE


def register_days() -> None:
    """Called once, when models are ready."""
    register_place_tab(
        label=_("Aujourd’hui"), url_name="coworking:today", right="coworking.run_day", order=10
    )
    register_place_tab(
        label=_("Fréquentation"), url_name="coworking:usage", right="coworking.read_usage", order=80
    )
    register_notice(VISITOR_HERE, label=_("Une personne vient me voir dans un lieu"))
    facts.provide_personal_data(
        facts.PersonalData("coworking.days", _("Présences dans un lieu"), held=held_of_days)
    )
