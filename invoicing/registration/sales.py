"""What the room gives to the house at start-up, one function a kind of thing."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounting.selectors.sales_by_axis import BY_CUSTOMER
from cae.core import controls, documents, facts, menu, notices, threads
from cae.core.importing import register_import
from cae.core.search import provide_search
from invoicing.emails import register_mails
from invoicing.parameters import register_parameters
from invoicing.selectors.checkers import participants_of
from invoicing.selectors.coming import TO_BE_PAID
from invoicing.selectors.controls import invoicing_controls
from invoicing.selectors.covers import STOPPED
from invoicing.selectors.gathered import AWAITED, invoice_sources, rights_to_validate
from invoicing.selectors.open_matters import open_matters_of
from invoicing.selectors.overdue import overdue_of
from invoicing.selectors.personal_data import held_of_sales
from invoicing.selectors.sales_kinds import sales_by_customer_kind
from invoicing.selectors.search import find_customers, find_invoices, find_items, find_quotes
from invoicing.services.answering import ACCEPTED, REFUSED
from invoicing.services.archiving import DOCUMENT_KIND
from invoicing.services.catalogue import PHOTO_KIND
from invoicing.services.gathering import ARCHIVE_KIND
from invoicing.services.importing_catalogue import CATALOGUE_IMPORT
from invoicing.services.importing_customers import CUSTOMERS_IMPORT
from invoicing.services.looks import LOGO_KIND
from invoicing.services.quote_files import QUOTE_KIND
from invoicing.services.reminding import ENDING
from invoicing.services.seeing import SEEN
from invoicing.services.sending import carry_message
from invoicing.services.signed_files import SIGNED_KIND
from invoicing.services.telling import APPROVED, CORRECTION, SELF_VALIDATION, TO_CHECK

# What « Nouveau ▾ » and the search offer to make.
_NEW = (
    (_("Devis"), _("Nouveau devis"), "invoicing:quote_new", "invoicing.create_quote", "file-earmark-text"),
    (_("Facture"), _("Nouvelle facture"), "invoicing:invoice_new", "invoicing.create_invoice", "receipt"),
    (_("Client"), _("Nouveau client"), "invoicing:customer_new", "invoicing.edit_customer", "person-plus"),
)
_MENU = (
    (_("À valider"), "invoicing:queue", "invoicing.check_document", "check-circle", 5),
    (pgettext_lazy("list", "Devis"), "invoicing:quote_list", "invoicing.view_quotes", "file-earmark-text", 8),
    (_("Factures"), "invoicing:invoice_list", "invoicing.view_invoices", "receipt", 10),
    (_("Clients"), "invoicing:customer_list", "invoicing.view_customers", "people", 20),
    (_("Catalogue"), "invoicing:catalogue_list", "invoicing.view_catalogue", "journal-text", 30),
    (_("Mentions"), "invoicing:mention_list", "invoicing.keep_mentions", "journals", 35),
    (_("Présentation"), "invoicing:look_edit", "invoicing.edit_look", "file-text", 40),
)
_NOTICES = (
    (SEEN, _("Devis ouvert par le client"), True),
    (ACCEPTED, _("Devis accepté"), False),
    (REFUSED, _("Devis refusé"), False),
    (ENDING, _("Devis bientôt terminé"), False),
    (TO_CHECK, _("Document à valider"), True),
    (CORRECTION, _("Correction demandée"), True),
    (APPROVED, _("Document validé"), True),
    (SELF_VALIDATION, _("Droit d’autovalidation donné"), False),
)
_DOCUMENTS = (
    (DOCUMENT_KIND, "invoicing.open_pdf", _("Facture ou avoir")),
    (ARCHIVE_KIND, "invoicing.open_archive", _("Archive de PDF")),
    (QUOTE_KIND, "invoicing.open_quote_pdf", _("Devis")),
    (LOGO_KIND, "invoicing.open_logo", _("Logo")),
    (PHOTO_KIND, "invoicing.open_item_photo", _("Photo d’un article")),
    (SIGNED_KIND, "invoicing.open_quote_pdf", _("Devis signé")),
)


def register_sales() -> None:
    """Called once, when models are ready."""
    register_parameters()
    controls.provide_controls(invoicing_controls)
    for code, right, label in _DOCUMENTS:
        documents.register_document_kind(code, right=right, label=label)
    for code, label, mutable in _NOTICES:
        notices.register_notice(code, label=label, mutable=mutable)
    _exchanges()
    _facts()
    _menu()


def _exchanges() -> None:
    """Mails, messages, sheets brought in, what the search finds."""
    register_mails()
    for kind in ("quote", "invoice"):
        threads.register_thread(
            f"invoicing.{kind}",
            read=f"invoicing.view_{kind}",
            write=f"invoicing.write_on_{kind}",
            participants=participants_of,
            carry=carry_message,
        )
    for sheet in (CUSTOMERS_IMPORT, CATALOGUE_IMPORT):
        register_import(sheet)
    for finder in (find_customers, find_invoices, find_quotes, find_items):
        provide_search(finder)


def _facts() -> None:
    facts.provide("activity.overdue", overdue_of)
    facts.provide("activity.open_matters", open_matters_of)
    facts.provide(BY_CUSTOMER, sales_by_customer_kind)
    facts.provide_awaited((*AWAITED, STOPPED))
    facts.provide_personal_data(facts.PersonalData("invoicing.sales", _("Ventes"), held=held_of_sales))
    facts.provide_rights(rights_to_validate)
    facts.provide_coming(TO_BE_PAID)
    facts.provide_source("invoicing.invoice", invoice_sources)


def _menu() -> None:
    for order, (label, action, url_name, right, icon) in enumerate(_NEW, 1):
        menu.register_new(
            label=label, action=action, url_name=url_name, right=right, icon=icon, order=order * 10
        )
    for label, url_name, right, icon, order in _MENU:
        menu.register_entry(
            group="sales", label=label, url_name=url_name, right=right, icon=icon, order=order
        )
    menu.register_entry(
        group="settings",
        label=_("Autovalidation"),
        url_name="invoicing:self_validation_list",
        right="invoicing.give_self_validation",
        icon="shield-check",
        order=45,
    )
    menu.register_pages("invoicing:invoice_list", "/messages/invoicing.invoice/")
    menu.register_pages("invoicing:quote_list", "/messages/invoicing.quote/")
    menu.register_pages("invoicing:customer_list", f"/importer/{CUSTOMERS_IMPORT.code}/")
    menu.register_pages("invoicing:catalogue_list", f"/importer/{CATALOGUE_IMPORT.code}/")
    menu.register_pages("entrepreneurs:activity_list", "/ventes/devis-arretes/")
