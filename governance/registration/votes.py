"""Declares what votes need: their pages in the menu, what they hold of a person, their notice."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cae.core import facts, menu
from cae.core.notices import register_notice
from cae.core.search import provide_search
from governance.selectors.assembly_found import find_secret_votes
from governance.selectors.secret_todo import AWAITED
from governance.selectors.vote_data import held_in_votes
from governance.services.corrections import VOICE_CORRECTED


def register_votes() -> None:
    """Called once, when models are ready."""
    menu.register_pages(
        "governance:assembly_list", "/votes/", "/resolutions/", "/amendements/", "/scrutins/", "/urnes/"
    )
    provide_search(find_secret_votes)
    register_notice(VOICE_CORRECTED, label=_("Ma voix, mal notée dans un vote, est rectifiée"))
    facts.provide_awaited(AWAITED)
    facts.provide_personal_data(
        facts.PersonalData("governance.votes", _("Votes en assemblée"), held=held_in_votes)
    )
