"""Declares what deals and contracts need when the room starts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cae.core import facts, menu, threads
from cae.core.documents import register_document_kind
from cae.core.notices import register_notice
from cae.core.search import provide_search
from invoicing.selectors.checkers import authors_of_activity
from invoicing.selectors.contract_reviews import participants_of_review
from invoicing.selectors.deal_todo import AWAITED
from invoicing.selectors.deals import find_deals
from invoicing.services.contract_reviews import ANSWERED, CONTRACT_KIND, TO_READ
from invoicing.services.deal_papers import FILE_KIND


def register_deals() -> None:
    """Called once, when models are ready."""
    register_document_kind(FILE_KIND, right="invoicing.open_deal_file", label=_("Fichier d’une affaire"))
    register_document_kind(
        CONTRACT_KIND, right="invoicing.open_customer_contract", label=_("Contrat d’un client")
    )
    register_notice(TO_READ, label=_("Contrat à relire"))
    register_notice(ANSWERED, label=_("Contrat relu"))
    facts.provide_awaited(AWAITED)
    provide_search(find_deals)
    threads.register_thread(
        "invoicing.deal",
        read="invoicing.view_deal",
        write="invoicing.write_on_deal",
        participants=lambda deal: authors_of_activity(deal.activity),
    )
    threads.register_thread(
        "invoicing.contractreview",
        read="invoicing.view_review",
        write="invoicing.write_on_review",
        participants=participants_of_review,
    )
    _menu()


def _menu() -> None:
    menu.register_new(
        label=_("Affaire"),
        action=_("Nouvelle affaire"),
        url_name="invoicing:deal_new",
        right="invoicing.edit_deal",
        icon="kanban",
        order=40,
    )
    menu.register_entry(
        group="sales",
        label=_("Affaires"),
        url_name="invoicing:deal_list",
        right="invoicing.view_deals",
        icon="kanban",
        order=11,
    )
    menu.register_pages(
        "invoicing:deal_list",
        "/relectures-de-contrats/",
        "/clauses-types/",
        "/genres-d-affaire/",
        "/messages/invoicing.deal/",
        "/messages/invoicing.contractreview/",
    )
