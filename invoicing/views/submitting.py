"""The author's side of the check: what the machine says, then « Envoyer pour validation », or « Valider » for
who may do it alone."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cae.core.errors import Code, Forbidden, IllegalMove, Refused
from cae.core.middleware import status_of
from cae.core.permissions import can, requires
from invoicing.forms.checking import ReadVersion
from invoicing.models import Invoice, Quote
from invoicing.selectors.checkers import checkers_of
from invoicing.selectors.checks import Document, place_of
from invoicing.selectors.waiting import short_name
from invoicing.services.approving import approve_quote
from invoicing.services.checking import check_invoice
from invoicing.services.completeness import require_fresh
from invoicing.services.submitting import (
    submit_invoice,
    submit_quote,
    take_back_invoice,
    take_back_quote,
)
from invoicing.views.checked import page_of, what_happened
from invoicing.views.finding import find_invoice, find_quote


@requires("invoicing.submit_quote")
def quote_submit(request: HttpRequest, pk: int) -> HttpResponse:
    """One page before the team: who may validate alone is led to the approval instead."""
    quote = find_quote(request, pk, right="invoicing.submit_quote")
    if not quote.is_draft:
        messages.info(request, what_happened(quote))
        return redirect(quote)
    if can(request.user, "invoicing.approve_quote", quote):
        return redirect("invoicing:quote_approve", quote.pk)
    return _submit(request, quote) if request.method == "POST" else _page(request, quote, alone=False)


@requires("invoicing.submit_invoice")
def invoice_submit(request: HttpRequest, pk: int) -> HttpResponse:
    """One page before the team: who may issue alone is led to the issue instead."""
    invoice = find_invoice(request, pk, right="invoicing.submit_invoice")
    if not invoice.is_draft:
        messages.info(request, what_happened(invoice))
        return redirect(invoice)
    if can(request.user, "invoicing.issue_invoice", invoice):
        return redirect("invoicing:invoice_issue", invoice.pk)
    return _submit(request, invoice) if request.method == "POST" else _page(request, invoice, alone=False)


@requires("invoicing.approve_quote")
def quote_approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Numbers a quote from its draft, for who may do so alone."""
    quote = find_quote(request, pk, right="invoicing.approve_quote")
    if quote.is_frozen:
        messages.info(request, what_happened(quote))
        return redirect(quote)
    if request.method != "POST":
        return _page(request, quote, alone=True)
    try:
        require_fresh(quote, _version(request))
        # The right was asked for this version, and a ceiling depends on it: no other is numbered.
        done = approve_quote(quote, actor=request.user, on=timezone.localdate(), version=quote.version)
    except Forbidden:
        raise
    except Refused as refusal:
        return _page(request, quote, alone=True, refusal=refusal)
    messages.success(request, _("Le devis %(number)s est validé : il reste à l’envoyer.") % {"number": done})
    return redirect(done)


@require_POST
@requires("invoicing.submit_quote")
def quote_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    return _take_back(request, find_quote(request, pk, right="invoicing.submit_quote"))


@require_POST
@requires("invoicing.submit_invoice")
def invoice_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    return _take_back(request, find_invoice(request, pk, right="invoicing.submit_invoice"))


def _take_back(request: HttpRequest, document: Document) -> HttpResponse:
    try:
        if isinstance(document, Quote):
            take_back_quote(document, actor=request.user)
        else:
            take_back_invoice(document, actor=request.user)
    except IllegalMove:
        # The team answered first: the page says what.
        document.refresh_from_db()
        messages.warning(request, what_happened(document))
        return redirect(document)
    messages.success(request, _("C’est de nouveau un brouillon : modifiez-le, puis renvoyez-le."))
    if isinstance(document, Invoice) and document.is_credit_note:
        return redirect(document)
    page = "invoicing:quote_edit" if isinstance(document, Quote) else "invoicing:invoice_edit"
    return redirect(page, document.pk)


def _submit(request: HttpRequest, document: Document) -> HttpResponse:
    today, version = timezone.localdate(), _version(request)
    try:
        if isinstance(document, Quote):
            submit_quote(document, actor=request.user, on=today, version=version)
        else:
            _ask_the_judges(request, document)
            submit_invoice(document, actor=request.user, on=today, version=version)
    except (Forbidden, IllegalMove):
        raise
    except Refused as refusal:
        return _page(request, document, alone=False, refusal=refusal)
    messages.success(
        request,
        _("C’est envoyé : %(team)s va le relire, et vous serez prévenu·e.") % {"team": _team(document)},
    )
    return redirect(document)


def _ask_the_judges(request: HttpRequest, invoice: Invoice) -> None:
    """The author learns at once what the judges would refuse; a judge who is away stops nobody here."""
    try:
        verdict = check_invoice(invoice, actor=request.user, on=timezone.localdate())
    except Refused as refusal:
        if refusal.code != Code.CHECKER_UNAVAILABLE:
            raise
        return
    if not verdict.accepted:
        first = verdict.findings[0]
        raise Refused(Code.VERDICT_REFUSED, first["message"], field=first["field"] or None)


def _version(request: HttpRequest) -> int | None:
    read = ReadVersion(request.POST)
    return read.cleaned_data["version"] if read.is_valid() else None


def _team(document: Document) -> str:
    """Who will read it: somebody when the activity has one reader, the team otherwise."""
    readers = checkers_of(document.activity, on=timezone.localdate())
    return short_name(readers[0]) if len(readers) == 1 else _("l’équipe")


def _page(
    request: HttpRequest, document: Document, *, alone: bool, refusal: Refused | None = None
) -> HttpResponse:
    context: dict[str, Any] = page_of(request, document) | {
        "alone": alone,
        "team": _team(document),
        "refusal": refusal,
        "fix_url": place_of(document, refusal.field) if refusal else "",
        "edit_url": _edit_url(document),
    }
    return render(request, "invoicing/submit.html", context, status=status_of(refusal) if refusal else 200)


def _edit_url(document: Document) -> str:
    if isinstance(document, Quote):
        return reverse("invoicing:quote_edit", args=[document.pk])
    return "" if document.is_credit_note else reverse("invoicing:invoice_edit", args=[document.pk])
