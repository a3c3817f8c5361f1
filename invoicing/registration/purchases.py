"""Declares what suppliers and purchases need when the room starts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounting.events import PaymentSettled
from accounting.selectors.lacks import provide_lacks
from cae.core import documents, events, facts, menu, notices
from cae.core.search import provide_search
from invoicing.parameters import register_purchase_parameters
from invoicing.selectors.lacks import lacks_of_documents
from invoicing.selectors.purchase_found import (
    find_purchase_orders,
    find_purchases,
    find_suppliers,
    held_of_purchases,
    purchase_sources,
)
from invoicing.selectors.purchase_todo import AWAITED
from invoicing.services.purchase_order_files import ORDER_FILE
from invoicing.services.purchase_telling import NOTICES, register_purchase_mails
from invoicing.services.purchases import PURCHASE_FILE
from invoicing.subscribers import on_purchase_paid


def register_purchases() -> None:
    """Called once, when models are ready."""
    register_purchase_parameters()
    register_purchase_mails()
    for code, label, mutable in NOTICES:
        notices.register_notice(code, label=label, mutable=mutable)
    documents.register_document_kind(
        PURCHASE_FILE, right="invoicing.open_purchase_file", label=_("Facture d’un fournisseur")
    )
    documents.register_document_kind(
        ORDER_FILE, right="invoicing.open_purchase_order_file", label=_("Commande fournisseur")
    )
    events.subscribe(PaymentSettled, on_purchase_paid)
    provide_lacks(lacks_of_documents)
    facts.provide_awaited(AWAITED)
    facts.provide_source("invoicing.purchase", purchase_sources)
    facts.provide_personal_data(
        facts.PersonalData("invoicing.purchases", _("Achats avancés"), held=held_of_purchases)
    )
    provide_search(find_purchases)
    provide_search(find_purchase_orders)
    provide_search(find_suppliers)
    _menu()


def _menu() -> None:
    menu.register_entry(
        group="spending",
        label=_("Achats"),
        url_name="invoicing:purchase_list",
        right="invoicing.view_purchases",
        icon="cart",
        order=30,
    )
    menu.register_entry(
        group="spending",
        label=_("Fournisseurs"),
        url_name="invoicing:supplier_list",
        right="invoicing.view_suppliers",
        icon="truck",
        order=40,
    )
    menu.register_new(
        label=_("Achat"),
        action=_("Nouvel achat"),
        url_name="invoicing:purchase_new",
        right="invoicing.create_purchase",
        icon="cart",
        order=50,
    )
