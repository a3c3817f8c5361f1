"""The lists of documents: invoices, credit notes, drafts; and the archive of PDF files asked from a list."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cae.core.permissions import requires
from cae.core.tables import Action, EmptyState, list_page, selected
from invoicing.models import Invoice
from invoicing.models.invoices import InvoiceQuerySet
from invoicing.selectors.invoices import invoices_visible
from invoicing.selectors.quotes import quotes_visible
from invoicing.services.gathering import QUOTES, start_gathering
from invoicing.states.sales import InvoiceKind, InvoiceState
from invoicing.views.quick import invoice_choices
from invoicing.views.tables import (
    CreditNoteFilters,
    CreditNoteTable,
    DraftFilters,
    DraftTable,
    InvoiceFilters,
    InvoiceTable,
    QuoteFilters,
    sales_tabs,
    sees_several,
    staff_view,
)


def _seen(request: HttpRequest) -> InvoiceQuerySet:
    return invoices_visible(request.user, on=timezone.localdate())


def _new() -> Action:
    return Action(
        _("Nouvelle facture"),
        reverse("invoicing:invoice_new"),
        right="invoicing.create_invoice",
        icon="plus-lg",
    )


def gathering(kind: str) -> Action:
    url = reverse("invoicing:gather", args=[kind])
    return Action(_("Télécharger les PDF"), url, right="invoicing.gather_pdfs", icon="file-earmark-zip")


@requires("invoicing.view_invoices")
def invoice_list(request: HttpRequest) -> HttpResponse:
    return list_page(
        request,
        queryset=_seen(request).issued().invoices(),
        counted=Invoice.objects.visible_to(request.user).issued().invoices(),
        table=staff_view(InvoiceTable, request),
        filters=InvoiceFilters,
        page="invoicing.invoices",
        title=_("Factures"),
        empty=EmptyState(
            _("Aucune facture émise pour l’instant."),
            _("Une facture se prépare en brouillon, se vérifie, puis s’émet : elle reçoit alors son numéro."),
            _new(),
        ),
        main_action=_new(),
        totals_later=sees_several(request),
        actions=[gathering(InvoiceKind.INVOICE)],
        tabs=sales_tabs("invoice_list"),
        template="invoicing/quick_list.html",
        context={"quick": invoice_choices(request)},
    )


@requires("invoicing.view_invoices")
def credit_note_list(request: HttpRequest) -> HttpResponse:
    return list_page(
        request,
        queryset=_seen(request)
        .issued()
        .filter(kind=InvoiceKind.CREDIT_NOTE)
        .select_related("credited")
        .defer("credited__facts"),
        counted=Invoice.objects.visible_to(request.user).issued().filter(kind=InvoiceKind.CREDIT_NOTE),
        table=staff_view(CreditNoteTable, request),
        filters=CreditNoteFilters,
        page="invoicing.credit_notes",
        title=_("Avoirs"),
        empty=EmptyState(
            _("Aucun avoir."),
            _("Une facture émise ne se modifie pas : « Faire un avoir » revient dessus, en tout ou partie."),
            Action(_("Voir les factures"), reverse("invoicing:invoice_list")),
        ),
        totals_later=sees_several(request),
        actions=[gathering(InvoiceKind.CREDIT_NOTE)],
        tabs=sales_tabs("credit_note_list"),
    )


@requires("invoicing.view_invoices")
def draft_list(request: HttpRequest) -> HttpResponse:
    return list_page(
        request,
        queryset=_seen(request).exclude(state=InvoiceState.ISSUED).select_related("checker__person"),
        counted=Invoice.objects.visible_to(request.user).exclude(state=InvoiceState.ISSUED),
        table=staff_view(DraftTable, request),
        filters=DraftFilters,
        page="invoicing.drafts",
        title=_("Brouillons"),
        empty=EmptyState(
            _("Aucun brouillon en attente."),
            _("Ce qui est commencé et pas encore émis se retrouve ici."),
            _new(),
        ),
        main_action=_new(),
        totals_later=sees_several(request),
        tabs=sales_tabs("draft_list"),
    )


@require_POST
@requires("invoicing.gather_pdfs")
def gather(request: HttpRequest, kind: str) -> HttpResponse:
    """Starts the job that puts the PDF files of the chosen documents in one archive."""
    rows: Any
    if kind == QUOTES:
        rows = selected(request, quotes_visible(request.user).filter(facts__isnull=False), QuoteFilters)
    else:
        is_invoice = kind == InvoiceKind.INVOICE
        filters = InvoiceFilters if is_invoice else CreditNoteFilters
        rows = selected(request, _seen(request).issued().filter(kind=kind), filters)
    job = start_gathering(list(rows), actor=request.user)
    return redirect("core:job_detail", job.pk)
