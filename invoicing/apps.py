"""Commercial documents: what the room registers at start-up."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from cae.core import controls, facts, menu, permissions
from cae.core.acts import name_acts
from invoicing.acts import ACTS

# What « Nouveau ▾ » and the search offer to make.
_NEW = (
    (_("Facture"), _("Nouvelle facture"), "invoicing:invoice_new", "invoicing.create_invoice", "receipt"),
    (_("Client"), _("Nouveau client"), "invoicing:customer_new", "invoicing.edit_customer", "person-plus"),
)


class InvoicingConfig(AppConfig):
    name = "invoicing"
    verbose_name = _("Ventes")

    def ready(self) -> None:
        from cae.core import documents, notices, threads  # models are ready only now
        from cae.core.importing import register_import
        from cae.core.search import provide_search
        from invoicing.emails import register_mails
        from invoicing.parameters import register_parameters
        from invoicing.permissions import PERMISSIONS
        from invoicing.selectors.checkers import participants_of
        from invoicing.selectors.coming import dues
        from invoicing.selectors.controls import invoicing_controls
        from invoicing.selectors.gathered import checking_todos, invoice_sources, rights_to_validate, todos
        from invoicing.selectors.search import find_customers, find_invoices, find_quotes
        from invoicing.services.answering import ACCEPTED, REFUSED
        from invoicing.services.archiving import DOCUMENT_KIND
        from invoicing.services.gathering import ARCHIVE_KIND
        from invoicing.services.importing_catalogue import CATALOGUE_IMPORT
        from invoicing.services.importing_customers import CUSTOMERS_IMPORT
        from invoicing.services.quote_files import QUOTE_KIND
        from invoicing.services.reminding import ENDING
        from invoicing.services.seeing import SEEN
        from invoicing.services.sending import carry_message
        from invoicing.services.signed_files import SIGNED_KIND
        from invoicing.services.telling import APPROVED, CORRECTION, SELF_VALIDATION, TO_CHECK

        register_parameters()
        register_import(CUSTOMERS_IMPORT)
        register_import(CATALOGUE_IMPORT)
        permissions.register("invoicing", PERMISSIONS)
        provide_search(find_customers)
        provide_search(find_invoices)
        provide_search(find_quotes)
        name_acts(ACTS)
        documents.register_document_kind(
            DOCUMENT_KIND, right="invoicing.open_pdf", label=_("Facture ou avoir")
        )
        documents.register_document_kind(
            ARCHIVE_KIND, right="invoicing.open_archive", label=_("Archive de PDF")
        )
        documents.register_document_kind(QUOTE_KIND, right="invoicing.open_quote_pdf", label=_("Devis"))
        documents.register_document_kind(
            SIGNED_KIND, right="invoicing.open_quote_pdf", label=_("Devis signé")
        )
        register_mails()
        notices.register_notice(SEEN, label=_("Devis ouvert par le client"))
        notices.register_notice(ACCEPTED, label=_("Devis accepté"), mutable=False)
        notices.register_notice(REFUSED, label=_("Devis refusé"), mutable=False)
        notices.register_notice(ENDING, label=_("Devis bientôt terminé"), mutable=False)
        notices.register_notice(TO_CHECK, label=_("Document à valider"))
        notices.register_notice(CORRECTION, label=_("Correction demandée"))
        notices.register_notice(APPROVED, label=_("Document validé"))
        notices.register_notice(SELF_VALIDATION, label=_("Droit d’autovalidation donné"), mutable=False)
        threads.register_thread(
            "invoicing.quote",
            read="invoicing.view_quote",
            write="invoicing.write_on_quote",
            participants=participants_of,
            carry=carry_message,
        )
        threads.register_thread(
            "invoicing.invoice",
            read="invoicing.view_invoice",
            write="invoicing.write_on_invoice",
            participants=participants_of,
            carry=carry_message,
        )
        facts.provide_todo(todos)
        facts.provide_todo(checking_todos)
        facts.provide_rights(rights_to_validate)
        facts.provide_due(dues)
        facts.provide_source("invoicing.invoice", invoice_sources)
        controls.provide_controls(invoicing_controls)
        for order, (label, action, url_name, right, icon) in enumerate(_NEW, 1):
            menu.register_new(
                label=label, action=action, url_name=url_name, right=right, icon=icon, order=order * 10
            )
        for label, url_name, right, icon, order in (
            (_("À valider"), "invoicing:queue", "invoicing.check_document", "check-circle", 5),
            (_("Devis"), "invoicing:quote_list", "invoicing.view_quotes", "file-earmark-text", 8),
            (_("Factures"), "invoicing:invoice_list", "invoicing.view_invoices", "receipt", 10),
            (_("Clients"), "invoicing:customer_list", "invoicing.view_customers", "people", 20),
            (_("Catalogue"), "invoicing:catalogue_list", "invoicing.view_catalogue", "journal-text", 30),
        ):
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
