"""Copies a quote or an invoice for another customer, of this activity or of another one (INV-30)."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.errors import Forbidden, IllegalMove, Refused
from cae.core.forms import form_page, refuse
from cae.core.permissions import requires
from invoicing.forms.copies import CopyForm
from invoicing.forms.fields import customer_word
from invoicing.models import Customer, Invoice
from invoicing.services.drafting import duplicate_invoice
from invoicing.services.quoting import duplicate_as_quote
from invoicing.states.sales import SaleKind
from invoicing.views.finding import activities_to_sell_for, find_invoice, find_quote
from invoicing.views.kinds import KINDS, Document


@requires("invoicing.create_quote")
def quote_copy(request: HttpRequest, pk: int) -> HttpResponse:
    quote = find_quote(request, pk, right="invoicing.create_quote")
    return _copy(request, quote, kinds=(SaleKind.QUOTE,))


@requires("invoicing.create_invoice")
def invoice_copy(request: HttpRequest, pk: int) -> HttpResponse:
    invoice = find_invoice(request, pk, right="invoicing.create_invoice")
    if invoice.is_credit_note:
        raise IllegalMove(_("Un avoir ne se duplique pas : il se fait à partir de sa facture."))
    return _copy(request, invoice, kinds=(SaleKind.INVOICE, SaleKind.QUOTE))


def _copy(request: HttpRequest, document: Document, *, kinds: tuple[SaleKind, ...]) -> HttpResponse:
    codes = [str(kind) for kind in kinds]
    first = {"customer": customer_word(document.customer), "kind": str(kinds[0]), "form_key": uuid4()}
    form = CopyForm(request.POST or None, customers=_customers(request, document), kinds=codes, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            copy = _made(document, form, request.user)
        except Forbidden:
            raise
        except Refused as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Voici la copie, en brouillon, sans dates : relisez-la."))
            return redirect(KINDS[form.cleaned_data["kind"]].url("edit"), copy.pk)
    return form_page(
        request,
        form,
        title=_("Dupliquer"),
        lead=str(document),
        submit=_("Dupliquer"),
        back_url=document.get_absolute_url(),
        crumbs=[(str(document), document.get_absolute_url()), (_("Dupliquer"), "")],
        template="invoicing/copy.html",
    )


def _made(document: Document, form: CopyForm, actor: Any) -> Any:
    values: dict[str, Any] = {name: form.cleaned_data[name] for name in ("form_key", "customer")}
    values["on"] = timezone.localdate()
    if isinstance(document, Invoice) and form.cleaned_data["kind"] == SaleKind.INVOICE:
        return duplicate_invoice(document, actor=actor, **values)
    return duplicate_as_quote(document, actor=actor, **values)


def _customers(request: HttpRequest, document: Document) -> list[Customer]:
    """Those of every activity that this person sells for, and the one of the document, archived or not."""
    activities = activities_to_sell_for(request, "invoicing.create_quote")
    found = list(Customer.objects.active().filter(activity__in=activities).order_by("sort_name", "pk"))
    return found if document.customer in found else [*found, document.customer]
