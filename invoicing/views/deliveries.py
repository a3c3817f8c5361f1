"""Delivery notes: their list, the page of one, what is written of it (INV-26)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.forms import form_page, refused_at
from cae.core.permissions import can, require, requires
from cae.core.signing import evidence_of
from cae.core.tables import EmptyState, list_page
from cae.core.templatetags.ui import status as drawn_status
from invoicing.forms.deliveries import DeliveryForm, delivery_typed
from invoicing.models import DeliveryNote, Invoice, Quote
from invoicing.selectors.deliveries import (
    deliveries_visible,
    how_far_delivered,
    notes_of_order,
    order_lines,
    paper_of,
    status_of_delivery,
)
from invoicing.selectors.pieces import sendings_of_piece
from invoicing.services.deliveries import create_delivery, require_deliverable, save_delivery
from invoicing.states.pieces import DELIVERY_FLOW
from invoicing.views.delivery_tables import DeliveryFilters, DeliveryTable, piece_tabs
from invoicing.views.finding import find_invoice, find_quote
from invoicing.views.tables import staff_view

VIEW, EDIT = "invoicing.view_delivery", "invoicing.edit_delivery"
Crumbs = list[tuple[Any, str]]


@requires("invoicing.view_deliveries")
def delivery_list(request: HttpRequest) -> HttpResponse:
    return list_page(
        request,
        queryset=deliveries_visible(request.user),
        counted=DeliveryNote.objects.visible_to(request.user),
        table=staff_view(DeliveryTable, request),
        filters=DeliveryFilters,
        page="invoicing.deliveries",
        title=_("Bons de livraison"),
        tabs=piece_tabs("delivery_list"),
        empty=EmptyState(
            _("Aucun bon de livraison pour l’instant."),
            _("Un bon se fait sur la page d’un devis accepté, ou d’une facture faite sans devis."),
        ),
    )


@requires(VIEW)
def delivery_detail(request: HttpRequest, pk: int) -> HttpResponse:
    note, user = find_delivery(request, pk), request.user
    lines = order_lines(note.order)
    may_edit = can(user, EDIT, note)
    context = {
        "note": note,
        "badge": drawn_status(*status_of_delivery(note)),
        "crumbs": delivery_crumbs((str(note), "")),
        "moves": {move.name for move in DELIVERY_FLOW.moves_open_to(user, note)},
        "may_edit": may_edit and note.is_draft,
        "may_send": may_edit and note.is_standing,
        "paper": paper_of(note),
        "order_url": note.order.get_absolute_url(),
        "others": [one for one in notes_of_order(note.order) if one.pk != note.pk],
        "far": how_far_delivered(lines),
        "lines": lines,
        "sendings": sendings_of_piece(note),
        "evidence": evidence_of(note.signature) if note.signature else None,
    }
    return render(request, "invoicing/deliveries/detail.html", context)


@requires(EDIT)
def quote_delivery(request: HttpRequest, pk: int) -> HttpResponse:
    return _begin(request, find_quote(request, pk, right=EDIT))


@requires(EDIT)
def invoice_delivery(request: HttpRequest, pk: int) -> HttpResponse:
    return _begin(request, find_invoice(request, pk, right=EDIT))


def _begin(request: HttpRequest, order: Quote | Invoice) -> HttpResponse:
    """A new note, with all that is left of the order."""
    require_deliverable(order)
    initial = {"delivered_on": timezone.localdate(), "address": order.customer.delivery_address}
    form = DeliveryForm(request.POST or None, lines=order_lines(order), initial=initial)
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            note = create_delivery(order, content=form.content(), form_key=form.key, actor=request.user)
            messages.success(request, _("Le bon est enregistré : émettez-le quand la livraison part."))
            return redirect(note)
    crumbs = delivery_crumbs((_("Nouveau bon de livraison"), ""))
    return _form(request, form, order, title=_("Nouveau bon de livraison"), crumbs=crumbs)


@requires(EDIT)
def delivery_edit(request: HttpRequest, pk: int) -> HttpResponse:
    note = find_delivery(request, pk, right=EDIT)
    lines = order_lines(note.order)
    # A line left out of the note stays empty, whatever is left of it.
    blank = {f"line_{line.key}": None for line in lines}
    form = DeliveryForm(request.POST or None, lines=lines, initial=blank | delivery_typed(note))
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            version = form.cleaned_data["version"] or 0
            save_delivery(note, content=form.content(), version=version, actor=request.user)
            messages.success(request, _("Les changements sont enregistrés."))
            return redirect(note)
    crumbs = delivery_crumbs((str(note), note.get_absolute_url()), (_("Modifier"), ""))
    return _form(request, form, note.order, title=_("Modifier le bon"), crumbs=crumbs)


def find_delivery(request: HttpRequest, pk: int, *, right: str | None = None) -> DeliveryNote:
    """Gives a note in sight. Raises Http404 out of sight, Forbidden without the right."""
    rows = deliveries_visible(request.user).select_related(
        "pdf", "signed_pdf", "scan", "signature__drawing", "issued_by__person", "noted_by__person"
    )
    found: DeliveryNote = get_object_or_404(rows, pk=pk)
    if right:
        require(request.user, right, found)
    return found


def delivery_crumbs(*more: tuple[Any, str]) -> Crumbs:
    return [(_("Bons de livraison"), reverse("invoicing:delivery_list")), *more]


def _form(
    request: HttpRequest, form: DeliveryForm, order: Quote | Invoice, *, title: str, crumbs: Crumbs
) -> HttpResponse:
    return form_page(
        request,
        form,
        title=title,
        lead=f"{order} · {order.customer.name}",
        submit=_("Enregistrer"),
        back_url=crumbs[-2][1] if len(crumbs) > 2 else order.get_absolute_url(),
        crumbs=crumbs,
        template="invoicing/deliveries/form.html",
    )
