"""What the desk of human resources and of the staff gives the house: settings, notices, menu, tabs."""

from __future__ import annotations

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from cae.core import facts, menu, tab_bars, threads
from cae.core.notices import register_notice
from cae.core.options import register_options
from cae.core.panels import provide_panel
from cae.core.parameters import register_setting
from people.selectors.deadlines import deadline_happenings
from people.selectors.desk_todo import AWAITED
from people.selectors.panels import deadline_panel, request_panel
from people.selectors.requests import queued_requests
from people.services.deadline_notices import NOTICE
from people.services.requests import ANSWER
from people.services.requests import NOTICE as REQUEST
from people.states import requests as asked
from people.states.deadlines import DAYS, MONTHS

_SOURCE = _("Choix de la coopérative ; aucun texte ne fixe ces délais")


def register_desk() -> None:
    """Called once, when the models are ready."""
    register_notice(NOTICE, label=_("Une échéance approche"), mutable=False)
    facts.provide_awaited(AWAITED)
    facts.provide_calendar(deadline_happenings)
    provide_panel("people.person", deadline_panel, order=30)
    provide_panel("people.person", request_panel, order=60)
    _settings()
    _requests()
    menu.register_entry(
        group="people",
        label=_("Échéances"),
        url_name="people:deadline_list",
        right="people.view_deadlines",
        icon="hourglass-split",
        order=20,
    )
    menu.register_entry(
        group="path",
        label=_("Mes dates"),
        url_name="people:own_deadlines",
        right="people.keep_own_space",
        icon="clock-history",
        order=60,
    )
    menu.register_pages("people:own_deadlines", "/mes-demandes/", "/demandes/", "/mon-agenda/")
    tab_bars.register_tab(
        tab_bars.OWN,
        label=_("Mes dates"),
        url_name="people:own_deadlines",
        right="people.view_own_deadlines",
        order=10,
    )


def _settings() -> None:
    days = (365, 180, 120, 90, 60, 45, 30, 15, 7, 3)
    register_setting(
        DAYS,
        kind="choices",
        default="90,60,30,7",
        choices=[(str(count), _("%(count)d jours avant") % {"count": count}) for count in days],
        label=_("Rappels avant une échéance (jours)"),
        help=_(
            "Contrats, assurances, titres de séjour, visites médicales… Le rappel de la dernière semaine"
            " part toujours, et celui du lendemain si la date est passée."
        ),
        source=_SOURCE,
        to_confirm=True,
    )
    months = (24, 18, 12, 9, 6, 3, 2, 1)
    register_setting(
        MONTHS,
        kind="choices",
        default="12,6,3,1",
        choices=[(str(count), _("%(count)d mois avant") % {"count": count}) for count in months],
        label=_("Rappels avant l’entrée au sociétariat (mois)"),
        help=_("Le rappel du dernier mois part toujours."),
        source=_SOURCE,
        to_confirm=True,
    )


def _requests() -> None:
    """Requests to the staff, and the queue of those who answer."""
    register_notice(REQUEST, label=_("Une demande attend l’équipe"))
    register_notice(ANSWER, label=_("Réponse à ma demande"))
    facts.provide_queue(queued_requests)
    threads.register_thread(
        "people.request",
        read="people.view_request",
        write="people.write_on_request",
        staff="people.read_team_notes",
    )
    register_options(asked.KIND_LIST, label=_("Sujets des demandes à l’équipe"), defaults=asked.KINDS)
    register_setting(
        asked.DAYS,
        kind="integer",
        default=str(asked.USUAL_DAYS),
        within=(1, 60),
        label=_("Réponse à une demande : délai ordinaire (jours)"),
        help=_("Pour les sujets ajoutés par la coopérative."),
        source=_("Choix de la coopérative"),
        to_confirm=True,
    )
    for code, word in asked.KINDS:
        register_setting(
            asked.DAYS_OF_KIND[code],
            kind="integer",
            default=str(asked.FIRST_DAYS.get(code, asked.USUAL_DAYS)),
            within=(1, 60),
            label=format_lazy(_("Réponse à une demande : {kind} (jours)"), kind=word),
            help=_("Passé ce délai, la demande est dite en retard dans la file."),
            source=_("Choix de la coopérative"),
            to_confirm=True,
        )
    menu.register_entry(
        group="people",
        label=_("Demandes"),
        url_name="people:queue_home",
        right="people.answer_request",
        icon="inbox",
        order=10,
    )
    menu.register_pages("people:queue_home", "/demandes/", "/equipe/guide/")
    tab_bars.register_tab(
        tab_bars.OWN,
        label=_("Mes demandes"),
        url_name="people:own_requests",
        right="people.send_request",
        order=20,
    )
    tab_bars.register_tab(
        tab_bars.OWN, label=_("Mon agenda"), url_name="core:calendar", right="people.send_request", order=40
    )
