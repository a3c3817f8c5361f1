"""Declares what votes need: their pages in the menu, what they hold of a person."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cae.core import facts, menu
from governance.selectors.vote_data import held_in_votes


def register_votes() -> None:
    """Called once, when models are ready."""
    menu.register_pages("governance:assembly_list", "/votes/", "/resolutions/", "/amendements/")
    facts.provide_personal_data(
        facts.PersonalData("governance.votes", _("Votes en assemblée"), held=held_in_votes)
    )
