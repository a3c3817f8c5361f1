"""Declares what coaching needs: parameters, notices, kinds of document, entries of the menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cae.core import facts, menu
from cae.core.documents import register_document_kind
from cae.core.notices import register_notice
from cae.core.options import register_options
from cae.core.panels import provide_panel
from cae.core.parameters import register_setting
from cae.core.threads import register_thread
from entrepreneurs.emails import MEETING_FILE, MEETING_REMINDER
from entrepreneurs.selectors.coaching_data import held_of_coaching
from entrepreneurs.selectors.coaching_gathered import coaching_happenings, coaching_panel
from entrepreneurs.selectors.coaching_todo import AWAITED, NEXT_MEETING
from entrepreneurs.selectors.portfolio import FULL_LOAD, WEIGHTS
from entrepreneurs.selectors.referents import contacts_of, named_to
from entrepreneurs.selectors.reports import sides_of_report
from entrepreneurs.selectors.signals import (
    CONTRACT_END_DAYS,
    LATE_AMOUNT,
    LOW_CASH,
    NO_CONTACT_DAYS,
    SALES_FALL,
)
from entrepreneurs.selectors.slots import HORIZON_DAYS, NOTICE_HOURS
from entrepreneurs.services.archiving import INTERVIEW_FILE, REPORT_FILE
from entrepreneurs.services.erasing_coaching import erase_coaching
from entrepreneurs.services.interviews import A_YEAR, INTERVIEW_NOTICE
from entrepreneurs.services.meetings import REMINDER_DAYS
from entrepreneurs.services.referents import REFERENT_NOTICE, REFERENT_NOTICE_LABEL
from entrepreneurs.services.reports import REPORT_NOTICE
from entrepreneurs.services.signals import ALERT_NOTICE
from entrepreneurs.states.referents import FUNCTION_DEFAULTS, FUNCTIONS
from entrepreneurs.states.reports import THEME_DEFAULTS, THEMES
from people.selectors.contacts import CONTACTS, NAMED_TO

CHOICE = _("Choix de la coopérative")


def register_coaching() -> None:
    """Called once, when models are ready."""
    _register_settings()
    _register_signs()
    _register_loads()
    _register_menu()
    facts.provide(CONTACTS, contacts_of)
    facts.provide(NAMED_TO, named_to)
    facts.provide_awaited(AWAITED)
    facts.provide_coming(NEXT_MEETING)
    facts.provide_calendar(coaching_happenings)
    facts.provide_personal_data(
        facts.PersonalData(
            "entrepreneurs.coaching", _("Accompagnement"), held=held_of_coaching, erase=erase_coaching
        )
    )
    provide_panel("people.person", coaching_panel, order=40)
    register_options(FUNCTIONS, label=_("Fonctions des référent·es"), defaults=FUNCTION_DEFAULTS)
    register_options(THEMES, label=_("Thèmes des comptes rendus"), defaults=THEME_DEFAULTS)
    register_thread(
        "entrepreneurs.meetingreport",
        read="entrepreneurs.view_report",
        write="entrepreneurs.write_to_report",
        staff="people.read_team_notes",
        participants=sides_of_report,
    )
    for code, label in (
        (REPORT_NOTICE, _("Comptes rendus partagés")),
        (INTERVIEW_NOTICE, _("Entretiens annuels")),
        (ALERT_NOTICE, _("Alertes de suivi")),
    ):
        register_notice(code, label=label)
    register_document_kind(REPORT_FILE, right="entrepreneurs.open_report_file", label=_("Compte rendu"))
    register_document_kind(
        INTERVIEW_FILE, right="entrepreneurs.open_interview_file", label=_("Entretien annuel")
    )
    register_notice(REFERENT_NOTICE, label=REFERENT_NOTICE_LABEL)
    register_notice(MEETING_REMINDER, label=_("Rappel de rendez-vous"))
    register_document_kind(MEETING_FILE, right="entrepreneurs.open_meeting_file", label=_("Fichier d’agenda"))


def _register_settings() -> None:
    register_setting(
        NOTICE_HOURS,
        kind="integer",
        default="24",
        within=(0, 720),
        label=_("Délai avant un rendez-vous (heures)"),
        help=_("Un créneau ne se réserve plus quand il commence dans moins de temps que cela."),
        source=CHOICE,
    )
    register_setting(
        HORIZON_DAYS,
        kind="integer",
        default="60",
        within=(1, 366),
        label=_("Créneaux proposés (jours à l’avance)"),
        help=_("Les créneaux plus lointains ne sont pas encore proposés."),
        source=CHOICE,
    )
    register_setting(
        REMINDER_DAYS,
        kind="integer",
        default="2",
        within=(1, 14),
        label=_("Rappel d’un rendez-vous (jours avant)"),
        help=_("Chaque rendez-vous est rappelé une fois, des deux côtés."),
        source=_("Interface §8 : rappel deux jours avant"),
    )
    register_setting(
        A_YEAR,
        kind="integer",
        default="2",
        within=(1, 12),
        label=_("Entretiens individuels par an"),
        help=_("Chacun a sa date limite, comptée depuis le premier jour du contrat, et deux signatures."),
        source=_("Pratique des CAE (domain.md §3.5)"),
        to_confirm=True,
    )


def _register_signs() -> None:
    """What raises an alert (ENT-60)."""
    register_setting(
        NO_CONTACT_DAYS,
        kind="integer",
        default="60",
        within=(7, 366),
        label=_("Alerte : jours sans contact"),
        help=_("Un rendez-vous tenu ou un compte rendu partagé est un contact."),
        source=CHOICE,
    )
    register_setting(
        SALES_FALL,
        kind="rate",
        default="0.3",
        label=_("Alerte : baisse des ventes"),
        help=_("Part perdue par les trois derniers mois entiers sur les trois d’avant."),
        source=CHOICE,
    )
    register_setting(
        LOW_CASH,
        kind="amount",
        default="0",
        label=_("Alerte : trésorerie sous ce montant (€)"),
        help=_("La trésorerie disponible d’une activité."),
        source=CHOICE,
    )
    register_setting(
        LATE_AMOUNT,
        kind="amount",
        default="1000",
        label=_("Alerte : retards de paiement au-delà de ce montant (€)"),
        help=_("Ce que les clients d’une activité doivent après l’échéance."),
        source=CHOICE,
    )
    register_setting(
        CONTRACT_END_DAYS,
        kind="integer",
        default="60",
        within=(1, 366),
        label=_("Alerte : jours avant la fin d’un contrat"),
        help=_("L’échéance légale a ses propres avis : cette alerte ouvre la conversation."),
        source=CHOICE,
    )


# What following one person weighs, against a full load.
LOADS = (
    ("candidate", "0.5", _("Charge : une candidature")),
    ("project_holder", "1.5", _("Charge : un·e porteur·se de projet")),
    ("entrepreneur", "1", _("Charge : un·e entrepreneur·e salarié·e")),
    ("associate", "0.5", _("Charge : un·e associé·e")),
)


def _register_loads() -> None:
    """How much an advisor follows (ENT-51)."""
    for status, default, label in LOADS:
        register_setting(
            WEIGHTS[status],
            kind="amount",
            default=default,
            label=label,
            help=_("Le statut qui pèse le plus compte, une fois par personne."),
            source=CHOICE,
        )
    register_setting(
        FULL_LOAD,
        kind="amount",
        default="50",
        label=_("Charge d’un temps plein d’accompagnement"),
        help=_("La page « Charge de l’équipe » rapporte chaque portefeuille à ce total."),
        source=CHOICE,
    )


def _register_menu() -> None:
    for label, url_name, right, icon, order in (
        (_("Ma journée"), "entrepreneurs:my_day", "entrepreneurs.write_report", "sun", 5),
        (_("Portefeuille"), "entrepreneurs:portfolio", "entrepreneurs.follow_people", "people", 10),
        (
            _("Mon accompagnement"),
            "entrepreneurs:own_coaching",
            "entrepreneurs.view_own_coaching",
            "person-lines-fill",
            20,
        ),
    ):
        menu.register_entry(group="path", label=label, url_name=url_name, right=right, icon=icon, order=order)
    menu.register_entry(
        group="settings",
        label=_("Catalogue d’accompagnement"),
        url_name="entrepreneurs:support_catalogue",
        right="entrepreneurs.change_catalogue",
        icon="list",
        order=48,
    )
    # The same pages are read by who follows and by who is followed.
    shared = ("/rendez-vous/", "/comptes-rendus/", "/entretiens/", "/catalogue-accompagnement/")
    menu.register_pages("entrepreneurs:my_day", "/disponibilites/")
    followed = ("/accompagnement/", "/contacts/", "/alertes/", "/actions-financees/")
    menu.register_pages("entrepreneurs:portfolio", *followed, *shared)
    menu.register_pages("entrepreneurs:own_coaching", *shared)
    menu.register_new(
        label=_("Compte rendu"),
        action=_("Nouveau compte rendu"),
        url_name="entrepreneurs:report_of",
        right="entrepreneurs.write_report",
        icon="journal-text",
        order=40,
    )
