"""Declares what the pages of training need: menu, tabs, notices, search, awaited, personal data."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cae.core import facts, menu
from cae.core.documents import register_document_kind
from cae.core.notices import register_notice
from cae.core.parameters import register_setting
from cae.core.search import provide_search
from cae.core.tab_bars import register_tab
from coworking.selectors.sheets import SHEET_DAYS
from coworking.selectors.training_facts import (
    AWAITED,
    find_training,
    held_of_training,
    training_happenings,
)
from coworking.selectors.training_sight import (
    LEARNS,
    TEACHES,
    enrolments_of_person,
    trainers_of_person,
)
from coworking.services.certificates import ARCHIVE_FILE, CERTIFICATE_FILE
from coworking.services.erasing_training import erase_training
from coworking.services.sheets import SHEET_FILE
from coworking.services.trainers import CONTRACT_FILE
from coworking.services.training_notices import ANSWERED, ASKED
from coworking.services.training_papers import PAPER_FILE, SCAN_FILE
from coworking.states.training import TRAINING_BAR
from people.selectors import provide_mark

_TABS = (
    (_("Vue d’ensemble"), "coworking:training_home", "coworking.view_training"),
    (_("Sessions"), "coworking:session_list", "coworking.read_sheet"),
    (_("Catalogue"), "coworking:course_list", "coworking.view_course"),
    (_("Formateur·rices"), "coworking:trainer_list", "coworking.view_trainers"),
    (_("Produits et origines"), "coworking:origin_list", "coworking.set_origin"),
    (_("BPF"), "coworking:statement_list", "coworking.view_statement"),
)
_FILES = (
    (PAPER_FILE, _("Convention ou contrat de formation")),
    (SCAN_FILE, _("Convention ou contrat signé sur papier")),
    (SHEET_FILE, _("Feuille d’émargement sur papier")),
    (CERTIFICATE_FILE, _("Certificat de réalisation")),
)


def register_training() -> None:
    """Called once, when models are ready."""
    for order, (label, url_name, right) in enumerate(_TABS):
        register_tab(TRAINING_BAR, label=label, url_name=url_name, right=right, order=order * 10)
    for kind, label in _FILES:
        register_document_kind(kind, right="coworking.open_training_file", label=label)
    register_document_kind(
        CONTRACT_FILE, right="coworking.open_trainer_file", label=_("Contrat de formateur·rice")
    )
    register_document_kind(
        ARCHIVE_FILE, right="coworking.open_certificates", label=_("Archive de certificats de réalisation")
    )
    provide_mark(TEACHES, trainers_of_person)
    provide_mark(LEARNS, enrolments_of_person)
    facts.provide_awaited(AWAITED)
    facts.provide_calendar(training_happenings)
    facts.provide_personal_data(
        facts.PersonalData("coworking.training", _("Formations"), held=held_of_training, erase=erase_training)
    )
    provide_search(find_training)
    register_notice(ASKED, label=_("Quelqu’un demande une inscription à une formation"))
    register_notice(ANSWERED, label=_("Ma demande d’inscription à une formation a une réponse"))
    register_setting(
        SHEET_DAYS,
        kind="integer",
        default="3",
        within=(0, 30),
        label=_("Émargement : jours pour signer après une demi-journée"),
        help=_("Ensuite, seule la responsable formation ajoute une présence, avec son motif."),
        source=_("Choix de la coopérative"),
        to_confirm=True,
    )
    menu.register_site_page(label=_("Formations"), url_name="coworking:public_catalogue", order=30)
    menu.register_entry(
        group="path",
        label=_("Formation"),
        url_name="coworking:training_home",
        right="coworking.view_training",
        icon="award",
        order=60,
    )
