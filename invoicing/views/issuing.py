"""The page that issues: what was verified, in words; what comes next; then the number, once."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cae.core.errors import Forbidden, IllegalMove, Refused
from cae.core.forms import refuse
from cae.core.middleware import status_of
from cae.core.permissions import requires
from invoicing.forms.invoices import IssueForm
from invoicing.models import Invoice
from invoicing.selectors.checks import Check, place_of
from invoicing.selectors.checks import checks_of as rules_of
from invoicing.services.checking import check_invoice
from invoicing.services.completeness import require_complete, require_fresh
from invoicing.services.issuing import issue_invoice
from invoicing.views.checked import verdict_checks
from invoicing.views.finding import find_invoice


@requires("invoicing.issue_invoice")
def invoice_issue(request: HttpRequest, pk: int) -> HttpResponse:
    invoice = find_invoice(request, pk, right="invoicing.issue_invoice")
    if invoice.is_issued:
        messages.info(
            request, _("Ce document est déjà émis, sous le numéro %(number)s.") % {"number": invoice.number}
        )
        return redirect(invoice)
    if not (invoice.is_draft or invoice.is_submitted):
        raise IllegalMove(_("Ce document est abandonné : reprenez-le avant de l’émettre."))
    today = timezone.localdate()
    form = IssueForm(request.POST or None, initial={"on": today})
    if request.method != "POST":
        return _page(request, invoice, form, checks_of(invoice, on=today))
    if not form.is_valid():
        return _page(request, invoice, form, checks_of(invoice, on=today), status=422)
    return _issue(request, invoice, form, today)


def _issue(request: HttpRequest, invoice: Invoice, form: IssueForm, today: date) -> HttpResponse:
    on = form.cleaned_data["on"]
    try:
        require_fresh(invoice, form.cleaned_data["version"])
        verdict = check_invoice(invoice, actor=request.user, on=on)
        if not verdict.accepted:
            return _page(request, invoice, form, checks_of(invoice, on=on), status=422)
        # The right was asked for this version, and a ceiling depends on it: no other is numbered.
        issued = issue_invoice(invoice, actor=request.user, on=on, today=today, version=invoice.version)
    except Forbidden:
        raise
    except IllegalMove:
        # A second click, or another tab, was faster: the document has its number, and only one.
        return redirect("invoicing:invoice_issue", invoice.pk)
    except Refused as refusal:
        _refuse(form, refusal)
        return _page(
            request, invoice, form, checks_of(invoice, on=on), status=status_of(refusal), refusal=refusal
        )
    word = (
        _("L’avoir %(number)s est émis.") if issued.is_credit_note else _("La facture %(number)s est émise.")
    )
    messages.success(request, " ".join((word % {"number": issued.number}, _("Son PDF se prépare."))))
    return redirect(issued)


def _refuse(form: IssueForm, refusal: Refused) -> None:
    if refusal.field == "issued_on" or refusal.code == "date_before_last":
        refusal.field = "on"
    refuse(form, refusal)


def _page(
    request: HttpRequest,
    invoice: Invoice,
    form: IssueForm,
    checks: list[Check],
    *,
    status: int = 200,
    refusal: Refused | None = None,
) -> HttpResponse:
    context = {
        "invoice": invoice,
        "form": form,
        "checks": checks,
        "blocked": any(check.tone == "danger" for check in checks),
        "fix_url": place_of(invoice, refusal.field) if refusal else "",
    }
    return render(request, "invoicing/issue.html", context, status=status)


@require_POST
@requires("invoicing.issue_invoice")
def invoice_check(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks the judges without issuing; the page shows what they said."""
    invoice = find_invoice(request, pk, right="invoicing.issue_invoice")
    form = IssueForm(request.POST)
    on = form.cleaned_data["on"] if form.is_valid() else timezone.localdate()
    checks = []
    try:
        check_invoice(invoice, actor=request.user, on=on)
    except Forbidden:
        raise
    except Refused as refusal:
        checks = [Check("warning", "▲", str(refusal), place_of(invoice, refusal.field))]
    if getattr(request, "htmx", False):
        shown = checks or checks_of(invoice, on=on)
        return render(request, "invoicing/_checks.html", {"checks": shown, "invoice": invoice})
    return _page(request, invoice, IssueForm(initial={"on": on}), checks or checks_of(invoice, on=on))


def checks_of(invoice: Invoice, *, on: date) -> list[Check]:
    """Gives what is known of a draft before it is issued: our rules, then what the judges said."""
    try:
        require_complete(invoice, on=on)
    except Refused as refusal:
        return [Check("danger", "✕", str(refusal), place_of(invoice, refusal.field))]
    complete = Check("success", "✔", _("Client, lignes, taux et échéance sont complets."))
    advice = [check for check in rules_of(invoice, on=on) if check.tone == "warning"]
    return [*advice, complete, *verdict_checks(invoice, on=on)]
