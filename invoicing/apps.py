"""Commercial documents: what the room registers at start-up."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from cae.core import controls, facts, menu, permissions
from cae.core.acts import name_acts
from invoicing.acts import ACTS


class InvoicingConfig(AppConfig):
    name = "invoicing"
    verbose_name = _("Ventes")

    def ready(self) -> None:
        from cae.core import documents  # models are ready only now
        from invoicing.parameters import register_parameters
        from invoicing.permissions import PERMISSIONS
        from invoicing.selectors.controls import invoicing_controls
        from invoicing.selectors.gathered import invoice_sources, todos
        from invoicing.services.archiving import DOCUMENT_KIND
        from invoicing.services.gathering import ARCHIVE_KIND

        register_parameters()
        permissions.register("invoicing", PERMISSIONS)
        name_acts(ACTS)
        documents.register_document_kind(
            DOCUMENT_KIND, right="invoicing.open_pdf", label=_("Facture ou avoir")
        )
        documents.register_document_kind(
            ARCHIVE_KIND, right="invoicing.open_archive", label=_("Archive de PDF")
        )
        facts.provide_todo(todos)
        facts.provide_source("invoicing.invoice", invoice_sources)
        controls.provide_controls(invoicing_controls)
        for label, url_name, right, icon, order in (
            (_("Factures"), "invoicing:invoice_list", "invoicing.view_invoices", "receipt", 10),
            (_("Clients"), "invoicing:customer_list", "invoicing.view_customers", "people", 20),
        ):
            menu.register_entry(
                group="sales", label=label, url_name=url_name, right=right, icon=icon, order=order
            )
