"""Proforma invoices: their list, the page of one, how they are made and sent (INV-26)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cae.core.forms import form_page, refused_at
from cae.core.permissions import can, require, requires
from cae.core.tables import EmptyState, list_page
from cae.core.templatetags.ui import status as drawn_status
from invoicing.documents import invoice_page
from invoicing.engines.model import EInvoice
from invoicing.forms.deliveries import ProformaForm
from invoicing.models import Invoice, Proforma, Quote
from invoicing.selectors.pieces import sendings_of_piece
from invoicing.selectors.proformas import (
    proformas_visible,
    replaced_by,
    standing_proforma,
    status_of_proforma,
)
from invoicing.services.proformas import make_proforma
from invoicing.views.delivery_tables import ProformaFilters, ProformaTable, piece_tabs
from invoicing.views.finding import find_invoice, find_quote
from invoicing.views.piece_sending import piece_link_page, piece_send_page
from invoicing.views.tables import staff_view

VIEW, MAKE = "invoicing.view_proforma", "invoicing.make_proforma"


@requires("invoicing.view_proformas")
def proforma_list(request: HttpRequest) -> HttpResponse:
    return list_page(
        request,
        queryset=proformas_visible(request.user),
        counted=Proforma.objects.visible_to(request.user),
        table=staff_view(ProformaTable, request),
        filters=ProformaFilters,
        page="invoicing.proformas",
        title=_("Factures proforma"),
        tabs=piece_tabs("proforma_list"),
        empty=EmptyState(
            _("Aucune facture proforma pour l’instant."),
            _("Une proforma se fait sur la page d’un devis validé, ou d’un brouillon de facture."),
        ),
    )


@requires(VIEW)
def proforma_detail(request: HttpRequest, pk: int) -> HttpResponse:
    proforma = find_proforma(request, pk)
    newer = replaced_by(proforma)
    may_send = newer is None and can(request.user, MAKE, proforma)
    context = {
        "proforma": proforma,
        "badge": drawn_status(*status_of_proforma(proforma)),
        "crumbs": _crumbs((str(proforma), "")),
        "page": invoice_page(EInvoice.from_json(proforma.facts)),
        "newer": newer,
        "origin_url": proforma.origin.get_absolute_url(),
        "may_send": may_send,
        "sendings": sendings_of_piece(proforma),
    }
    return render(request, "invoicing/proformas/detail.html", context)


@requires(MAKE)
def quote_proforma(request: HttpRequest, pk: int) -> HttpResponse:
    return _make(request, find_quote(request, pk, right=MAKE))


@requires(MAKE)
def invoice_proforma(request: HttpRequest, pk: int) -> HttpResponse:
    return _make(request, find_invoice(request, pk, right=MAKE))


def _make(request: HttpRequest, document: Quote | Invoice) -> HttpResponse:
    """Says what will be made, then makes it."""
    form = ProformaForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            key = form.cleaned_data["form_key"]
            made = make_proforma(document, form_key=key, actor=request.user, at=timezone.now())
            messages.success(request, _("La facture proforma est établie, son PDF se prépare."))
            return redirect(made)
    former = standing_proforma(document)
    lead = _("Elle fige ce que dirait la facture aujourd’hui, sans en tenir lieu.")
    if former is not None:
        lead = _("Elle remplace la proforma %(number)s, dont les liens se ferment.") % {"number": former}
    return form_page(
        request,
        form,
        title=_("Établir une facture proforma"),
        lead=lead,
        submit=_("Établir la proforma"),
        back_url=document.get_absolute_url(),
        crumbs=_crumbs((_("Établir"), "")),
    )


@requires(MAKE)
def proforma_send(request: HttpRequest, pk: int) -> HttpResponse:
    proforma = find_proforma(request, pk, right=MAKE)
    crumbs = _crumbs((str(proforma), proforma.get_absolute_url()), (_("Envoyer"), ""))
    return piece_send_page(request, proforma, crumbs=crumbs)


@require_POST
@requires(MAKE)
def proforma_link(request: HttpRequest, pk: int) -> HttpResponse:
    return piece_link_page(request, find_proforma(request, pk, right=MAKE))


def find_proforma(request: HttpRequest, pk: int, *, right: str | None = None) -> Proforma:
    """Gives a proforma in sight. Raises Http404 out of sight, Forbidden without the right."""
    rows = proformas_visible(request.user).select_related("pdf", "replaces", "created_by__person")
    found: Proforma = get_object_or_404(rows, pk=pk)
    if right:
        require(request.user, right, found)
    return found


def _crumbs(*more: tuple[Any, str]) -> list[tuple[Any, str]]:
    return [(_("Factures proforma"), reverse("invoicing:proforma_list")), *more]
