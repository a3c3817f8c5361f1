"""The customer's own page, without account: documents, amounts left, statement, question (INV-39)."""

from __future__ import annotations

import functools
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from cae.core.answers import PDF, file_saved
from cae.core.documents import read_document
from cae.core.errors import Refused
from cae.core.exports import csv_bytes
from cae.core.forms import refuse
from cae.core.middleware import status_of
from cae.core.permissions import public
from cae.core.threads import messages_of
from invoicing.forms.public import QuestionForm
from invoicing.models import CustomerAccess
from invoicing.selectors.accesses import closed_access, open_access
from invoicing.selectors.statements import bank_of, documents_of, statement_of
from invoicing.services.accesses import ask_about_account, note_access_seen
from invoicing.services.statement_files import statement_lines, statement_pdf
from invoicing.views.letterhead import CLOSED, View, flooded, is_within, letterhead, sealed
from invoicing.views.public import is_reader


def account_page(view: View) -> Any:
    """Makes a page of /c/<token>/: open to who holds the link, in the customer's language, kept nowhere."""

    @functools.wraps(view)
    def shown(request: HttpRequest, token: str, **more: Any) -> HttpResponse:
        try:
            if request.method == "POST" and not is_within(request, token):
                return sealed(flooded(request))
            access = open_access(token)
            with translation.override(access.customer.language):
                return sealed(view(request, token, access, **more))
        except Refused as refusal:
            if refusal.code not in CLOSED:
                raise
            return sealed(_closed(request, token, refusal))

    return public(csrf_exempt(shown))


def _draw(
    request: HttpRequest, access: CustomerAccess, name: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    customer = access.customer
    known = {"customer": customer, "csrf_token": "", **letterhead(customer.activity)}
    return render(request, name, known | context, status=status)


def _closed(request: HttpRequest, token: str, refusal: Refused) -> HttpResponse:
    access = closed_access(token)
    context: dict[str, Any] = {"sentence": str(refusal), "csrf_token": "", "activity": None}
    if access is not None:
        context |= letterhead(access.customer.activity)
    return render(request, "invoicing/public/closed.html", context, status=status_of(refusal))


@account_page
def account(request: HttpRequest, token: str, access: CustomerAccess) -> HttpResponse:
    if is_reader(request):
        note_access_seen(access, at=timezone.now())
    customer, today = access.customer, timezone.localdate()
    documents = list(documents_of(customer, on=today))
    owed = [one for one in documents if one.due]
    context = {
        "documents": documents,
        "owed": owed,
        "due": sum((one.due for one in owed), 0),
        "bank": bank_of(owed, on=today),
        "messages_here": messages_of(customer, None),
        "done": request.GET.get("fait", ""),
        "token": token,
    }
    return _draw(request, access, "invoicing/public/account.html", context)


@account_page
def account_file(request: HttpRequest, token: str, access: CustomerAccess, pk: int) -> HttpResponse:
    """The PDF of one of the customer's documents, as kept."""
    found = documents_of(access.customer, on=timezone.localdate()).filter(pk=pk).first()
    if found is None or found.pdf is None:
        raise Http404
    return file_saved(read_document(found.pdf), name=found.pdf.name, mime=found.pdf.mime)


@account_page
def account_statement(request: HttpRequest, token: str, access: CustomerAccess) -> HttpResponse:
    found = statement_of(access.customer, on=timezone.localdate())
    name = f"releve-{found.on.isoformat()}"
    if request.GET.get("format") == "csv":
        lines = csv_bytes(statement_lines(found))
        return file_saved(lines, name=f"{name}.csv", mime="text/csv; charset=utf-8")
    return file_saved(statement_pdf(found), name=f"{name}.pdf", mime=PDF)


@account_page
def account_question(request: HttpRequest, token: str, access: CustomerAccess) -> HttpResponse:
    form = QuestionForm(request.POST or None, initial={"name": access.customer.contact_name})
    back = {"url": reverse("invoicing:account", args=[token]), "words": _("Revenir à mon compte")}
    context = {"form": form, "back": back}
    name = "invoicing/public/question.html"
    if form.is_valid():
        try:
            ask_about_account(token, name=form.cleaned_data["name"], text=form.cleaned_data["text"])
        except Refused as refusal:
            if refusal.code in CLOSED:
                raise
            refuse(form, refusal)
            return _draw(request, access, name, context, status_of(refusal))
        return redirect(reverse("invoicing:account", args=[token], query={"fait": "question"}))
    return _draw(request, access, name, context, 422 if form.is_bound else 200)
