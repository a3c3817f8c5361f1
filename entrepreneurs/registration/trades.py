"""Declares what trades and covers need: the parameter of insurance, the kind of document of a proof."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cae.core.documents import register_document_kind
from cae.core.facts import PersonalData, provide_awaited, provide_personal_data
from cae.core.menu import register_pages
from cae.core.notices import register_notice
from cae.core.parameters import register_setting
from cae.core.tab_bars import OWN, register_tab
from entrepreneurs.agreement_mails import SIGNED, TO_SIGN, UNDONE
from entrepreneurs.selectors.members_data import held_in_collectives
from entrepreneurs.selectors.members_todo import AWAITED
from entrepreneurs.services.agreement_files import AGREEMENT_FILE
from entrepreneurs.services.erasing_members import erase_in_collectives
from entrepreneurs.states.covers import COVER_DEMAND, COVER_DOCUMENT
from entrepreneurs.states.trades import CoverDemand


def register_trades() -> None:
    """Called once, when models are ready."""
    register_document_kind(
        COVER_DOCUMENT, right="entrepreneurs.open_cover_proof", label=_("Attestation d’assurance")
    )
    register_document_kind(
        AGREEMENT_FILE, right="entrepreneurs.open_agreement_file", label=_("Convention de collectif signée")
    )
    provide_awaited(AWAITED)
    register_notice(TO_SIGN, label=_("Une convention de collectif attend ma signature"))
    register_notice(SIGNED, label=_("Une convention de collectif est signée"))
    register_notice(UNDONE, label=_("Une convention de collectif est reprise ou refusée"))
    provide_personal_data(
        PersonalData(
            "entrepreneurs.collectives",
            _("Collectifs"),
            held=held_in_collectives,
            erase=erase_in_collectives,
        )
    )
    register_pages(
        "entrepreneurs:activity_list",
        "/metiers/",
        "/collectifs/",
        "/assurances/",
        "/conventions/",
        "/sinistres/",
    )
    register_pages("people:own_deadlines", "/collectifs/")
    register_tab(
        OWN,
        label=_("Collectifs"),
        url_name="entrepreneurs:collective_list",
        right="entrepreneurs.ask_join",
        order=80,
    )
    register_setting(
        COVER_DEMAND,
        kind="choice",
        default=CoverDemand.BY_TRADE,
        choices=CoverDemand.choices,
        label=_("Devis qui demandent une assurance en vigueur"),
        help=_(
            "Sans garantie le jour dit, le devis attend la réponse de l’équipe ; une facture est signalée."
        ),
        source=_("Choix de la coopérative ; décennale : C. assur. L241-1"),
        to_confirm=True,
    )
