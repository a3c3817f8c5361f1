"""Movements of money: the list, one with its shares, a receipt over several invoices, a reversal."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.errors import Forbidden, Refused
from cae.core.forms import form_page, refuse
from cae.core.middleware import status_of
from cae.core.money import ZERO
from cae.core.permissions import can, requires
from cae.core.tables import EmptyState, list_page
from cae.core.templatetags.formats import money
from invoicing.forms.payments import ReceiptForm, ReversalForm
from invoicing.models import Customer, Receipt
from invoicing.selectors.invoices import open_invoices_of
from invoicing.selectors.receipts import receipts_visible, shares_of
from invoicing.services.payments import record_receipt, record_receipt_of, reverse_receipt
from invoicing.states.sales import ReceiptKind
from invoicing.views.finding import find_customer, find_receipt
from invoicing.views.payments import recorded, refuse_money
from invoicing.views.receipt_tables import ReceiptFilters, ReceiptTable
from invoicing.views.tables import sales_tabs, sees_several, staff_view


@requires("invoicing.view_receipts")
def receipt_list(request: HttpRequest) -> HttpResponse:
    return list_page(
        request,
        queryset=receipts_visible(request.user),
        table=staff_view(ReceiptTable, request),
        filters=ReceiptFilters,
        page="invoicing.receipts",
        title=_("Encaissements"),
        empty=EmptyState(
            _("Aucun encaissement pour l’instant."),
            _("Un paiement s’enregistre depuis la facture qu’il règle."),
        ),
        tabs=sales_tabs("receipt_list"),
        totals_later=sees_several(request),
    )


@requires("invoicing.view_receipts")
def receipt_detail(request: HttpRequest, pk: int) -> HttpResponse:
    receipt = find_receipt(request, pk)
    is_last = receipt.reverses_id is None and not hasattr(receipt, "reversed_by")
    open_to_reversal = is_last and receipt.kind != ReceiptKind.DEPOSIT
    context = {
        "receipt": receipt,
        "shares": shares_of(receipt),
        "reversal": getattr(receipt, "reversed_by", None),
        "may_reverse": open_to_reversal and can(request.user, "invoicing.reverse_receipt", receipt),
        "may_read_books": can(request.user, "accounting.view_entry", receipt.entry),
    }
    return render(request, "invoicing/receipt.html", context)


@requires("invoicing.record_payment")
def receipt_new(request: HttpRequest, pk: int) -> HttpResponse:
    """One amount shared over the open invoices of a customer."""
    customer = find_customer(request, pk, right="invoicing.record_payment")
    shown = ReceiptForm.shown_in(request.POST)
    invoices = list(open_invoices_of(customer, on=timezone.localdate(), shown=shown))
    form = ReceiptForm(
        request.POST or None,
        invoices=invoices,
        initial={"on": timezone.localdate(), "form_key": uuid4()},
    )
    if request.method == "POST" and form.is_valid():
        try:
            receipt = _record(form, customer, actor=request.user)
        except Forbidden:
            raise
        except Refused as refusal:
            refuse_money(form, refusal)
            response = _receipt_page(request, form, customer)
            response.status_code = status_of(refusal)
            return response
        advance = sum((share.advance for share in shares_of(receipt)), ZERO)
        messages.success(request, recorded(receipt.amount, advance))
        return redirect(receipt)
    return _receipt_page(request, form, customer)


def _record(form: ReceiptForm, customer: Customer, *, actor: Any) -> Receipt:
    """Shared as typed by hand, else over the oldest invoices."""
    said = form.arguments() | {"keep_surplus": form.keeps_surplus}
    shares, today = form.shares(), timezone.localdate()
    if not shares:
        return record_receipt_of(customer, actor=actor, today=today, **said)
    said.pop("amount")
    return record_receipt(shares, actor=actor, today=today, **said)


def _receipt_page(request: HttpRequest, form: Any, customer: Customer) -> HttpResponse:
    return form_page(
        request,
        form,
        title=_("Un règlement pour plusieurs factures"),
        submit=_("Enregistrer le règlement"),
        lead=customer.name,
        back_url=customer.get_absolute_url(),
        crumbs=[
            (_("Encaissements"), reverse("invoicing:receipt_list")),
            (customer.name, customer.get_absolute_url()),
            (_("Nouveau règlement"), ""),
        ],
        template="invoicing/receipt_form.html",
    )


@requires("invoicing.reverse_receipt")
def receipt_reverse(request: HttpRequest, pk: int) -> HttpResponse:
    receipt = find_receipt(request, pk, right="invoicing.reverse_receipt")
    form = ReversalForm(request.POST or None, initial={"on": timezone.localdate(), "form_key": uuid4()})
    status = 422 if request.method == "POST" and not form.is_valid() else 200
    if request.method == "POST" and form.is_valid():
        try:
            reverse_receipt(receipt, actor=request.user, today=timezone.localdate(), **form.cleaned_data)
        except Forbidden:
            raise
        except Refused as refusal:
            refuse(form, refusal)
            status = status_of(refusal)
        else:
            messages.success(
                request, _("Le règlement de %(amount)s est annulé.") % {"amount": money(receipt.amount)}
            )
            return redirect(receipt)
    context = {"receipt": receipt, "form": form, "shares": shares_of(receipt)}
    return render(request, "invoicing/receipt_reverse.html", context, status=status)
