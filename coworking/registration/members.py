"""Declares what the pages of members need: menu, tabs, notices, search, awaited, personal data."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cae.core import facts, menu
from cae.core.notices import register_notice
from cae.core.panels import provide_panel
from cae.core.search import provide_search
from coworking.permissions.members import MEMBER, members_of_person
from coworking.selectors.member_data import held_of_members
from coworking.selectors.member_search import find_members
from coworking.selectors.member_todo import MEMBERS_AWAITED
from coworking.selectors.own_panel import own_places_panel
from coworking.selectors.place_bar import register_place_tab
from coworking.services.erasing_members import erase_signups
from coworking.services.signup_mails import register_signup_mails
from coworking.services.signups import ASKED_NOTICE
from people.selectors.rights import provide_mark


def register_members() -> None:
    """Called once, when models are ready."""
    provide_mark(MEMBER, members_of_person)
    register_signup_mails()
    register_notice(ASKED_NOTICE, label=_("Quelqu’un demande à rejoindre un lieu que j’anime"))
    facts.provide_awaited(MEMBERS_AWAITED)
    facts.provide_personal_data(
        facts.PersonalData(
            "coworking.members",
            _("Lieux : abonnements, carnets"),
            held=held_of_members,
            erase=erase_signups,
        )
    )
    provide_search(find_members)
    provide_panel("people.user", own_places_panel, order=50)
    register_place_tab(
        label=_("Coworkers"), url_name="coworking:members", right="coworking.read_members", order=30
    )
    register_place_tab(
        label=_("Formules"), url_name="coworking:plans", right="coworking.read_members", order=30, is_set=True
    )
    menu.register_entry(
        group="governance",
        label=_("Mes lieux"),
        url_name="coworking:own_places",
        right="coworking.own_places",
        icon="door-open",
        order=62,
    )
