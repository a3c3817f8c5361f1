"""Money on one invoice: received, given back, or moved to another invoice of the customer."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.errors import Forbidden, IllegalMove, Refused
from cae.core.forms import form_page, refuse
from cae.core.middleware import status_of
from cae.core.permissions import requires
from cae.core.templatetags.formats import money
from invoicing.forms.fields import typed
from invoicing.forms.payments import AdvanceForm, PaymentForm, RefundForm
from invoicing.models import Invoice
from invoicing.selectors.invoices import open_invoices_of
from invoicing.services.payments import SurplusUnsaid, record_payment, refund_customer, use_advance
from invoicing.views.finding import find_invoice
from invoicing.views.shown import crumbs_of


@requires("invoicing.record_payment")
def payment_new(request: HttpRequest, pk: int) -> HttpResponse:
    invoice = _paid(request, pk, "invoicing.record_payment")
    initial = {"amount": typed(invoice.due, least=2) if invoice.due else ""}
    form = PaymentForm(request.POST or None, initial=_first(initial))
    if request.method == "POST" and form.is_valid():
        try:
            payment = record_payment(
                invoice,
                actor=request.user,
                today=timezone.localdate(),
                keep_surplus=form.keeps_surplus,
                **form.arguments(),
            )
        except Forbidden:
            raise
        except Refused as refusal:
            return _refused(request, form, refusal, invoice, _payment_page)
        messages.success(request, recorded(payment.amount, payment.advance))
        return redirect(invoice)
    return _payment_page(request, form, invoice)


def refuse_money(form: Any, refusal: Refused) -> None:
    """Writes the refusal at its field; of a surplus, asks whether to keep it."""
    if isinstance(refusal, SurplusUnsaid):
        form.ask_about(refusal.surplus)
    refuse(form, refusal)


def recorded(amount: Decimal, advance: Decimal) -> str:
    """What was recorded, and what of it waits for another invoice."""
    said = _("Le règlement de %(amount)s est enregistré.") % {"amount": money(amount)}
    if not advance:
        return said
    kept = _("Le client a %(amount)s d’avance, à rembourser ou à déduire.") % {"amount": money(advance)}
    return f"{said} {kept}"


@requires("invoicing.refund_customer")
def refund_new(request: HttpRequest, pk: int) -> HttpResponse:
    invoice = _paid(request, pk, "invoicing.refund_customer")
    _require_advance(invoice)
    form = RefundForm(
        request.POST or None, initial=_first({"amount": typed(invoice.customer_credit, least=2)})
    )
    if request.method == "POST" and form.is_valid():
        try:
            receipt = refund_customer(
                invoice, actor=request.user, today=timezone.localdate(), **form.arguments()
            )
        except Forbidden:
            raise
        except Refused as refusal:
            return _refused(request, form, refusal, invoice, _refund_page)
        messages.success(
            request, _("Le remboursement de %(amount)s est enregistré.") % {"amount": money(receipt.amount)}
        )
        return redirect(invoice)
    return _refund_page(request, form, invoice)


@requires("invoicing.record_payment")
def advance_use(request: HttpRequest, pk: int) -> HttpResponse:
    invoice = _paid(request, pk, "invoicing.record_payment")
    _require_advance(invoice)
    offered = open_invoices_of(invoice.customer, on=timezone.localdate()).exclude(pk=invoice.pk)
    first = offered.first()
    if first is None:
        raise IllegalMove(_("Ce client n’a aucune autre facture à payer : l’avance peut être remboursée."))
    initial = {"invoice": first.pk, "amount": typed(min(invoice.customer_credit, first.due), least=2)}
    form = AdvanceForm(request.POST or None, invoices=offered, initial=_first(initial))
    if request.method == "POST" and form.is_valid():
        try:
            use_advance(
                invoice,
                on_invoice=form.cleaned_data["invoice"],
                amount=form.cleaned_data["amount"],
                on=form.cleaned_data["on"],
                form_key=form.cleaned_data["form_key"],
                actor=request.user,
                today=timezone.localdate(),
            )
        except Forbidden:
            raise
        except Refused as refusal:
            return _refused(request, form, refusal, invoice, _advance_page)
        messages.success(
            request, _("L’avance paie %(number)s.") % {"number": form.cleaned_data["invoice"].number}
        )
        return redirect(invoice)
    return _advance_page(request, form, invoice)


def _first(values: dict[str, Any]) -> dict[str, Any]:
    return {"on": timezone.localdate(), "form_key": uuid4()} | values


def _paid(request: HttpRequest, pk: int, right: str) -> Any:
    invoice = find_invoice(request, pk, right=right)
    if not invoice.is_issued or invoice.is_credit_note:
        raise IllegalMove(_("Un règlement se saisit sur une facture émise."))
    return invoice


def _require_advance(invoice: Any) -> None:
    if not invoice.customer_credit:
        raise IllegalMove(_("Ce client n’a aucune avance sur cette facture."))


def _payment_page(request: HttpRequest, form: Any, invoice: Invoice) -> HttpResponse:
    return _page(
        request,
        form,
        invoice,
        title=_("Enregistrer un paiement"),
        submit=_("Enregistrer le paiement"),
        note=_("Un paiement partiel est accepté. Ce qui dépasse le reste dû devient une avance du client."),
        several=open_invoices_of(invoice.customer, on=timezone.localdate()).exclude(pk=invoice.pk).exists(),
    )


def _refund_page(request: HttpRequest, form: Any, invoice: Any) -> HttpResponse:
    return _page(
        request,
        form,
        invoice,
        title=_("Rembourser le client"),
        submit=_("Enregistrer le remboursement"),
        note=_(
            "Le client a %(amount)s d’avance. Enregistrez ici ce qui est rendu : "
            "le virement se fait à la banque."
        )
        % {"amount": money(invoice.customer_credit)},
    )


def _advance_page(request: HttpRequest, form: Any, invoice: Any) -> HttpResponse:
    return _page(
        request,
        form,
        invoice,
        title=_("Imputer l’avance sur une autre facture"),
        submit=_("Imputer"),
        note=_(
            "Le client a %(amount)s d’avance : elle paie une autre de ses factures, sans mouvement de banque."
        )
        % {"amount": money(invoice.customer_credit)},
    )


def _page(request: HttpRequest, form: Any, invoice: Invoice, **context: Any) -> HttpResponse:
    return form_page(
        request,
        form,
        lead=invoice.customer.name,
        back_url=invoice.get_absolute_url(),
        crumbs=[*crumbs_of(invoice), (context["title"], "")],
        template="invoicing/payment.html",
        invoice=invoice,
        **({"several": False} | context),
    )


def _refused(request: HttpRequest, form: Any, refusal: Refused, invoice: Invoice, page: Any) -> HttpResponse:
    refuse_money(form, refusal)
    response: HttpResponse = page(request, form, invoice)
    response.status_code = status_of(refusal)
    return response
