"""Declares what the welcome needs: parameters, reasons, mails, notices, kinds of document, menu, To-do."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cae.core import facts, menu
from cae.core.documents import register_document_kind
from cae.core.notices import register_notice
from cae.core.options import register_options
from cae.core.parameters import register_setting
from entrepreneurs.selectors.committees import SITS, seats_held
from entrepreneurs.selectors.reviews import (
    CRITERION_AMOUNT,
    CRITERION_BASIS,
    CRITERION_MONTHS,
    CRITERION_SCALED,
)
from entrepreneurs.selectors.welcome_data import held_of_welcome
from entrepreneurs.selectors.welcome_funnel import TESTED_SHARE
from entrepreneurs.selectors.welcome_todo import AWAITED
from entrepreneurs.services.committees import CONVENED, MINUTES_FILE
from entrepreneurs.services.erasing_welcome import erase_welcome
from entrepreneurs.services.feasibility import INSURER_ADDRESS, OPINION_ASKED, SLIP_FILE
from entrepreneurs.services.reviews import REVIEW_ASKED
from entrepreneurs.services.slot_invitations import NO_ANSWER, REMINDER_DAYS, SILENCE_DAYS
from entrepreneurs.services.welcome_mails import register_welcome_mails
from entrepreneurs.states.committees import FIRST_REASONS, REASON_LIST
from people.selectors import provide_mark

CHOICE = _("Choix de la coopérative")


def register_welcome() -> None:
    """Called once, when models are ready."""
    register_options(REASON_LIST, label=_("Motifs de refus, report ou vivier"), defaults=FIRST_REASONS)
    _criterion()
    _settings()
    register_welcome_mails()
    register_notice(REVIEW_ASKED, label=_("Grille à remplir"))
    register_notice(OPINION_ASKED, label=_("Avis demandé sur une candidature"))
    register_notice(CONVENED, label=_("Comité convoqué"))
    register_notice(NO_ANSWER, label=_("Candidature sans réponse"))
    register_document_kind(SLIP_FILE, right="entrepreneurs.open_slip", label=_("Fiche navette"))
    register_document_kind(
        MINUTES_FILE, right="entrepreneurs.open_minutes", label=_("Compte rendu d’un comité")
    )
    facts.provide_awaited(AWAITED)
    provide_mark(SITS, seats_held)
    facts.provide_personal_data(
        facts.PersonalData("entrepreneurs.welcome", _("Accueil"), held=held_of_welcome, erase=erase_welcome)
    )
    menu.register_entry(
        group="path",
        label=_("Accueil des candidats"),
        url_name="entrepreneurs:board",
        right="entrepreneurs.view_board",
        icon="layout-three-columns",
        order=10,
    )
    menu.register_entry(
        group="path",
        label=_("Comités d’admission"),
        url_name="entrepreneurs:committee_list",
        right="entrepreneurs.sit_only",
        icon="people",
        order=20,
    )
    menu.register_pages("entrepreneurs:board", "/comites/")
    menu.register_pages("people:own_deadlines", "/candidatures/avis/")


def _criterion() -> None:
    source = _("Pratique d’une coopérative (S2-036), montant à confirmer")
    register_setting(
        CRITERION_AMOUNT,
        kind="amount",
        default="20000",
        label=_("Critère économique : montant (€ HT)"),
        help=_("Demandé à qui teste son activité à temps plein, sur la période du critère."),
        source=source,
        to_confirm=True,
    )
    register_setting(
        CRITERION_MONTHS,
        kind="integer",
        default="12",
        within=(1, 36),
        label=_("Critère économique : période (mois)"),
        help=_("Un test plus court est compté au prorata de ses mois."),
        source=source,
    )
    register_setting(
        CRITERION_BASIS,
        kind="choice",
        default="sales",
        choices=[("sales", _("Les ventes")), ("margin", _("La marge"))],
        label=_("Critère économique : base"),
        help=_("Ce qui est comparé au montant, hors taxes."),
        source=source,
    )
    register_setting(
        CRITERION_SCALED,
        kind="choice",
        default="yes",
        choices=[("yes", _("Oui")), ("no", _("Non"))],
        label=_("Critère économique : prorata du temps de travail"),
        help=_("Oui : qui travaille à mi-temps doit la moitié. Temps plein : 35 heures."),
        source=source,
    )
    register_setting(
        TESTED_SHARE,
        kind="rate",
        default="0.5000",
        label=_("Part d’activités déjà testées visée"),
        help=_("Parmi les candidatures acceptées de l’année."),
        source=_("Stratégie d’accueil de la coopérative"),
        to_confirm=True,
    )


def _settings() -> None:
    register_setting(
        REMINDER_DAYS,
        kind="text",
        default="0,3,10",
        label=_("Invitation à un créneau : envois (jours)"),
        help=_("Jours comptés depuis l’invitation, séparés par des virgules ; le premier est 0."),
        source=_("Interface §8 : jours 0, 3 et 10"),
    )
    register_setting(
        SILENCE_DAYS,
        kind="integer",
        default="4",
        within=(1, 60),
        label=_("Invitation à un créneau : silence accepté (jours)"),
        help=_("Après le dernier envoi ; la candidature revient alors à l’équipe, « sans réponse »."),
        source=CHOICE,
    )
    register_setting(
        INSURER_ADDRESS,
        kind="text",
        default="à compléter",
        label=_("Adresse e-mail de l’assureur"),
        help=_("Les fiches navette y partent. Sans elle, aucune fiche ne part."),
        source=CHOICE,
        to_confirm=True,
    )
