"""Declares what the pages of events need: menu, mails, search, awaited, calendar, personal data, settings."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cae.core import facts, menu
from cae.core.documents import register_document_kind
from cae.core.parameters import register_setting
from cae.core.search import provide_search
from coworking.selectors.event_data import EVENTS_AWAITED, EVENTS_COMING, find_events, held_of_events
from coworking.selectors.event_workshops import WORKSHOPS_AWAITED
from coworking.selectors.events import happenings
from coworking.services.erasing_events import KEPT_MONTHS, erase_events
from coworking.services.event_papers import PAPER_FILE
from coworking.services.registration_mails import register_registration_mails


def register_events() -> None:
    """Called once, when models are ready."""
    register_registration_mails()
    register_document_kind(PAPER_FILE, right="coworking.open_paper", label=_("Document d’un événement"))
    facts.provide_calendar(happenings)
    facts.provide_awaited((*EVENTS_AWAITED, *WORKSHOPS_AWAITED))
    facts.provide_coming(EVENTS_COMING)
    facts.provide_personal_data(
        facts.PersonalData("coworking.events", _("Événements"), held=held_of_events, erase=erase_events)
    )
    provide_search(find_events)
    register_setting(
        KEPT_MONTHS,
        kind="integer",
        default="12",
        within=(1, 36),
        label=_("Inscription à un événement : conservation (mois)"),
        help=_("Après l’événement, pour qui n’a pas de dossier : les chiffres restent, les noms partent."),
        source=_("Choix de la coopérative"),
    )
    _menu()


def _menu() -> None:
    menu.register_site_page(label=_("Agenda"), url_name="coworking:agenda", order=20)
    menu.register_entry(
        group="governance",
        label=_("Agenda"),
        url_name="coworking:agenda",
        right=None,
        icon="calendar3",
        order=5,
    )
    menu.register_pages("coworking:agenda", "/mes-inscriptions/", "/inscription/")
    menu.register_entry(
        group="governance",
        label=_("Événements"),
        url_name="coworking:event_list",
        right="coworking.read_events",
        icon="megaphone",
        order=6,
    )
    menu.register_pages("coworking:event_list", "/pointage/")
    menu.register_new(
        label=_("Événement"),
        action=_("Écrire un événement"),
        url_name="coworking:event_create",
        right="coworking.keep_event",
        icon="calendar-plus",
        order=70,
    )
