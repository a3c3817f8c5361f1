"""Declares what bookings need: menu, notices, parameters, the mark of those who work in a place."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cae.core import events, facts, menu
from cae.core.notices import register_notice
from cae.core.parameters import register_setting
from cae.core.search import provide_search
from coworking.selectors.bookers import BOOKS, COWORKER, bookings_of_person, coworkers_of_person
from coworking.selectors.booking_data import find_bookings, held_of_bookings
from coworking.selectors.booking_todo import BOOKINGS_AWAITED, bookings_in_calendar
from coworking.selectors.place_bar import register_place_tab
from coworking.selectors.publics import TENANT, tenants_of_person
from coworking.services.booking_mails import BOOKING_ASKED, BOOKING_TOLD, WAITING_OFFERED, WAITING_STOPPED
from coworking.services.booking_series import SERIES_CONFIRM
from coworking.services.hire_quotes import CALLED_OFF
from coworking.services.waiting import OFFER_HOURS
from coworking.subscribers import on_quote_answered
from invoicing.events import QuoteAnswered
from people.selectors.rights import provide_mark


def register_bookings() -> None:
    """Called once, when models are ready."""
    register_place_tab(
        label=_("Planning"), url_name="coworking:planning", right="coworking.read_planning", order=20
    )
    facts.provide_awaited(BOOKINGS_AWAITED)
    facts.provide_calendar(bookings_in_calendar)
    facts.provide_personal_data(
        facts.PersonalData("coworking.bookings", _("Réservations"), held=held_of_bookings)
    )
    provide_search(find_bookings)
    menu.register_entry(
        group="governance",
        label=_("Mes réservations"),
        url_name="coworking:own_booking_list",
        right="coworking.book",
        icon="calendar3",
        order=62,
    )
    # The public page of a place, its door and what broke there: of who books there too.
    menu.register_pages(
        "coworking:own_booking_list", "/reserver/", "/reservations/", "/lieux/", "/porte/", "/panne/"
    )
    events.subscribe(QuoteAnswered, on_quote_answered)
    provide_mark(TENANT, tenants_of_person)
    provide_mark(COWORKER, coworkers_of_person)
    provide_mark(BOOKS, bookings_of_person)
    register_notice(BOOKING_TOLD, label=_("Ce que deviennent mes réservations"))
    register_notice(BOOKING_ASKED, label=_("Une réservation est à valider"))
    register_notice(CALLED_OFF, label=_("Une location sur devis est annulée"))
    register_notice(WAITING_OFFERED, label=_("Une place que j’attends se libère"))
    register_notice(WAITING_STOPPED, label=_("Une place que j’attends ferme"))
    register_notice(SERIES_CONFIRM, label=_("Une série de réservations est à confirmer"))
    register_setting(
        OFFER_HOURS,
        kind="integer",
        default="4",
        within=(1, 72),
        label=_("File d’attente d’un lieu (heures pour répondre)"),
        help=_("La place libérée est proposée aussi longtemps à la première personne, puis à la suivante."),
        source=_("Pratique des espaces de coworking"),
        to_confirm=True,
    )
