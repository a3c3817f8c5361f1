"""Money received on an invoice, and a payment taken back."""

from __future__ import annotations

from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.errors import Forbidden, IllegalMove, Refused
from cae.core.forms import refuse
from cae.core.middleware import status_of
from cae.core.permissions import requires
from cae.core.templatetags.formats import money
from invoicing.forms.fields import typed
from invoicing.forms.payments import PaymentForm, ReversalForm
from invoicing.services.payments import record_payment, reverse_payment
from invoicing.views.finding import find_invoice, find_payment


@requires("invoicing.record_payment")
def payment_new(request: HttpRequest, pk: int) -> HttpResponse:
    invoice = find_invoice(request, pk, right="invoicing.record_payment")
    if not invoice.is_issued or invoice.is_credit_note:
        raise IllegalMove(_("Un règlement se saisit sur une facture émise."))
    today = timezone.localdate()
    initial = {"on": today, "amount": typed(invoice.due, least=2) if invoice.due else "", "form_key": uuid4()}
    form = PaymentForm(request.POST or None, initial=initial)
    status = 422 if request.method == "POST" and not form.is_valid() else 200
    if request.method == "POST" and form.is_valid():
        try:
            payment = record_payment(invoice, actor=request.user, today=today, **form.arguments())
        except Forbidden:
            raise
        except Refused as refusal:
            refuse(form, refusal)
            status = status_of(refusal)
        else:
            messages.success(
                request, _("Le règlement de %(amount)s est enregistré.") % {"amount": money(payment.amount)}
            )
            return redirect(invoice)
    return render(request, "invoicing/payment.html", {"invoice": invoice, "form": form}, status=status)


@requires("invoicing.reverse_payment")
def payment_reverse(request: HttpRequest, pk: int) -> HttpResponse:
    payment = find_payment(request, pk, right="invoicing.reverse_payment")
    today = timezone.localdate()
    form = ReversalForm(request.POST or None, initial={"on": today, "form_key": uuid4()})
    status = 422 if request.method == "POST" and not form.is_valid() else 200
    if request.method == "POST" and form.is_valid():
        try:
            reverse_payment(payment, actor=request.user, today=today, **form.cleaned_data)
        except Forbidden:
            raise
        except Refused as refusal:
            refuse(form, refusal)
            status = status_of(refusal)
        else:
            messages.success(
                request, _("Le règlement de %(amount)s est annulé.") % {"amount": money(payment.amount)}
            )
            return redirect(payment.invoice)
    context = {"payment": payment, "invoice": payment.invoice, "form": form}
    return render(request, "invoicing/payment_reverse.html", context, status=status)
