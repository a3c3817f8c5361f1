"""The account of a customer on the seller's side: statement, its departure, links to their page (INV-39)."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from django.views.decorators.http import require_POST

from cae.core.answers import PDF, file_saved, file_shown
from cae.core.errors import Forbidden, Refused
from cae.core.exports import csv_bytes
from cae.core.forms import form_page, refuse
from cae.core.money import ZERO
from cae.core.permissions import can, requires
from cae.core.templatetags.formats import day
from invoicing.forms.chasing import UntilForm
from invoicing.forms.sending import LetterForm
from invoicing.models import CustomerAccess
from invoicing.selectors.sendings import recipients_of
from invoicing.selectors.statements import statement_of
from invoicing.services.accesses import copy_access, withdraw_access
from invoicing.services.chase_letters import statement_letter
from invoicing.services.statement_files import send_statement, statement_lines, statement_pdf
from invoicing.views.chase_settings import crumbs_of_customer
from invoicing.views.finding import find_customer

SEND = "invoicing.send_statement"


@requires("invoicing.view_customers")
def statement(request: HttpRequest, pk: int) -> HttpResponse:
    """The account on a day, on screen, as a PDF or as a sheet."""
    customer = find_customer(request, pk)
    until = _until(request)
    found = statement_of(customer, on=until)
    wanted = request.GET.get("format")
    name = f"releve-{customer.pk}-{until.isoformat()}"
    if wanted == "pdf":
        with override(customer.language):
            found = statement_of(customer, on=until)
        return file_shown(statement_pdf(found), name=f"{name}.pdf", mime=PDF)
    if wanted == "csv":
        lines = csv_bytes(statement_lines(found))
        return file_saved(lines, name=f"{name}.csv", mime="text/csv; charset=utf-8")
    context = {
        "customer": customer,
        "statement": found,
        "form": UntilForm(initial={"until": until}),
        "may_send": can(request.user, SEND, customer),
        "query": f"until={until.isoformat()}",
    }
    return render(request, "invoicing/customer_statement.html", context)


def _until(request: HttpRequest) -> date:
    """The day that the address asks for, today at most."""
    form, today = UntilForm(request.GET), timezone.localdate()
    wanted = form.cleaned_data["until"] if form.is_valid() else None
    return min(wanted, today) if wanted else today


@requires(SEND)
def statement_send(request: HttpRequest, pk: int) -> HttpResponse:
    customer = find_customer(request, pk, right=SEND)
    until, today = _until(request), timezone.localdate()
    recipients = recipients_of(customer)
    due = max(statement_of(customer, on=until).balance, ZERO)
    first = statement_letter(customer, due=due, until=until, on=today)
    initial = {
        "to": [one.email for one in recipients[:1]],
        "subject": first.subject,
        "body": first.body,
        "form_key": uuid4(),
    }
    form = LetterForm(request.POST or None, recipients=recipients, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            sent = send_statement(
                customer,
                to=form.addresses(),
                letter=form.letter(),
                until=until,
                form_key=form.cleaned_data["form_key"] or uuid4(),
                actor=request.user,
                at=timezone.now(),
            )
        except Forbidden:
            raise
        except Refused as refusal:
            if refusal.field == "to" and "to" not in form.fields:
                refusal.field = "other"
            refuse(form, refusal)
        else:
            words = ngettext(
                "Relevé envoyé à %(to)s.", "Relevé envoyé à %(count)d adresses : %(to)s.", len(sent)
            )
            to = ", ".join(access.to for access in sent)
            messages.success(request, words % {"to": to, "count": len(sent)})
            return redirect(customer)
    return form_page(
        request,
        form,
        title=_("Envoyer le relevé de compte"),
        lead=_("%(customer)s, au %(day)s : le PDF est joint.")
        % {"customer": customer.name, "day": day(until)},
        submit=_("Envoyer le relevé"),
        back_url=reverse("invoicing:customer_statement", args=[pk]),
        crumbs=crumbs_of_customer(customer, _("Relevé")),
    )


@require_POST
@requires(SEND)
def access_copy(request: HttpRequest, pk: int) -> HttpResponse:
    """The only time that the address is shown: its secret is not kept."""
    customer = find_customer(request, pk, right=SEND)
    address = copy_access(customer, actor=request.user, at=timezone.now())
    context = {"customer": customer, "address": address}
    response = render(request, "invoicing/account_link.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
@requires(SEND)
def access_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    access = get_object_or_404(CustomerAccess.objects.select_related("link"), pk=pk)
    customer = find_customer(request, access.customer_id, right=SEND)
    withdraw_access(access, actor=request.user, at=timezone.now())
    messages.success(request, _("Le lien est retiré : il n’ouvre plus rien."))
    return redirect(customer)
