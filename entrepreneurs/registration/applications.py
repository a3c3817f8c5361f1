"""Declares what applying needs: parameters, lists of words, mails, notices, files, messages, menu, To-do."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cae.core import facts, menu
from cae.core.documents import register_document_kind
from cae.core.notices import register_notice
from cae.core.options import register_options
from cae.core.parameters import register_setting
from cae.core.threads import register_thread
from entrepreneurs.models import Application
from entrepreneurs.selectors.applications import PAPERS_SETTING, staff_page_of, welcomers_today
from entrepreneurs.selectors.paper_todo import AWAITED
from entrepreneurs.services.application_mails import (
    LINK_DAYS,
    carry_to_candidate,
    register_application_mails,
)
from entrepreneurs.services.applications import DRAFT_MONTHS, KEPT_MONTHS
from entrepreneurs.services.entering import FIRST_AGREEMENT
from entrepreneurs.services.entry import ENTRY_NOTICE
from entrepreneurs.services.paper_mails import PAPER_NOTICE, REMINDER_DAYS
from entrepreneurs.services.papers import MAX_MB
from entrepreneurs.states.applications import APPLICATION_SENT, OPTION_LISTS, Door
from entrepreneurs.states.entry import ENTRY_LINES, FIRST_LINES, EntryKind, lines_setting
from entrepreneurs.states.papers import PAPER_DOCUMENT, PAPER_KIND, PAPER_KINDS

CHOICE = _("Choix de la coopérative")
# What a first application asks: little, since nothing is decided yet.
_FIRST_PAPERS = {Door.ACTIVITY: "cv,sales_proof", Door.IDEA: "cv", Door.COLLECTIVE: "cv"}


def register_applications() -> None:
    """Called once, when models are ready."""
    for code, label, defaults in OPTION_LISTS:
        register_options(code, label=label, defaults=defaults)
    register_options(PAPER_KIND, label=_("Documents que l’on peut demander"), defaults=PAPER_KINDS)
    _settings()
    register_application_mails()
    register_notice(APPLICATION_SENT, label=_("Candidature envoyée ou retirée"))
    register_notice(PAPER_NOTICE, label=_("Document demandé, refusé ou attendu"))
    register_notice(ENTRY_NOTICE, label=_("Mon entrée dans la coopérative"))
    register_document_kind(
        PAPER_DOCUMENT, right="entrepreneurs.open_paper", label=_("Document déposé par une personne")
    )
    register_thread(
        Application._meta.label_lower,
        read="entrepreneurs.view_candidate_file",
        write="entrepreneurs.view_candidate_file",
        participants=welcomers_today,
        url=staff_page_of,
        carry=carry_to_candidate,
    )
    facts.provide_awaited(AWAITED)
    _menu()


def _settings() -> None:
    for code, default, within, label, text in (
        (
            LINK_DAYS,
            "30",
            (1, 180),
            _("Durée du lien d’une candidature (jours)"),
            _("Passé ce délai, le lien en propose un nouveau, envoyé à la même adresse."),
        ),
        (
            MAX_MB,
            "10",
            (1, 20),
            _("Taille d’un document déposé (Mo)"),
            _("Un fichier plus lourd est refusé ; le serveur n’en reçoit jamais plus de 20 Mo."),
        ),
        (
            REMINDER_DAYS,
            "3",
            (1, 30),
            _("Rappel d’un document attendu (jours avant)"),
            _("Un seul rappel part, à la personne à qui le document est demandé."),
        ),
    ):
        register_setting(
            code, kind="integer", default=default, within=within, label=label, help=text, source=CHOICE
        )
    _kept_times()
    _lists_asked()


def _lists_asked() -> None:
    """The papers that each door asks, the lines that each kind of entry begins with."""
    for door in Door:
        register_setting(
            PAPERS_SETTING.format(door=door.value),
            kind="choices",
            default=_FIRST_PAPERS[door],
            choices=PAPER_KINDS,
            label=_("Documents demandés à la candidature : %(door)s") % {"door": door.label},
            help=_(
                "Ils peuvent aussi être envoyés plus tard ; rien d’autre n’est demandé avant la décision."
            ),
            source=CHOICE,
        )
    for kind in EntryKind:
        register_setting(
            lines_setting(kind),
            kind="choices",
            default=",".join(FIRST_LINES[kind]),
            choices=[(line.code, line.label) for line in ENTRY_LINES],
            label=_("Liste d’entrée : %(kind)s") % {"kind": kind.label},
            help=_(
                "Les lignes des entrées qui commencent à partir de ce jour ; les autres gardent les leurs."
            ),
            source=CHOICE,
        )
    register_setting(
        FIRST_AGREEMENT,
        kind="integer",
        default="1",
        within=(0, 12),
        label=_("Convention préparée à l’acceptation (mois)"),
        help=_("Son brouillon commence le jour de la décision. Zéro : le premier contrat est le CAPE."),
        source=CHOICE,
        to_confirm=True,
    )


def _kept_times() -> None:
    register_setting(
        DRAFT_MONTHS,
        kind="integer",
        default="3",
        within=(1, 12),
        label=_("Brouillon de candidature : conservation (mois)"),
        help=_("Un brouillon que personne ne reprend est effacé, ses documents avec lui."),
        source=CHOICE,
        to_confirm=True,
    )
    register_setting(
        KEPT_MONTHS,
        kind="integer",
        default="24",
        within=(1, 24),
        label=_("Candidature : conservation après le dernier contact (mois)"),
        help=_("Deux ans au plus pour qui n’a pas été retenu, ou effacée avant à sa demande."),
        source=_("CNIL, durées de conservation du recrutement : deux ans après le dernier contact"),
    )


def _menu() -> None:
    menu.register_site_page(label=_("Rejoindre"), url_name="entrepreneurs:application_home", order=40)
    menu.register_entry(
        group="path",
        label=_("Ma candidature"),
        url_name="entrepreneurs:my_application",
        right="entrepreneurs.follow_application",
        icon="file-earmark-text",
        order=5,
    )
    menu.register_entry(
        group="path",
        label=_("Entrées"),
        url_name="entrepreneurs:entry_list",
        right="entrepreneurs.view_entries",
        icon="flag",
        order=30,
    )
    menu.register_pages("entrepreneurs:my_application", "/candidature/")
    menu.register_pages("entrepreneurs:entry_list", "/documents-demandes/")
    menu.register_pages("people:own_deadlines", "/mes-documents/")
    menu.register_entry(
        group="settings",
        label=_("Charte des valeurs"),
        url_name="entrepreneurs:charter_list",
        right="entrepreneurs.view_charters",
        icon="journal-text",
        order=45,
    )
