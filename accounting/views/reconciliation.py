"""The reconciliation of an account of the bank on any date, shown and printed (ACC-37)."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounting.documents import reconciliation_pdf
from accounting.forms.reconciliation import ReconciliationFilter
from accounting.selectors.bank import bank_accounts
from accounting.selectors.reconciliation import reconciliation_on
from accounting.views.bank_tables import bank_tabs
from cae.core.answers import file_shown
from cae.core.permissions import requires
from people.requests import SignedIn


@requires("accounting.view_bank")
def reconciliation_home(request: SignedIn) -> HttpResponse:
    """The first account; without any, where they are declared."""
    first = bank_accounts().first()
    if first is None:
        return redirect("accounting:bank")
    return redirect("accounting:reconciliation", first.pk)


@requires("accounting.view_bank")
def reconciliation(request: SignedIn, pk: int) -> HttpResponse:
    """Both balances on a day, and what each side lacks."""
    account = get_object_or_404(bank_accounts(), pk=pk)
    on = ReconciliationFilter(request.GET or None).chosen()
    found = reconciliation_on(account, on)
    if request.GET.get("export") == "pdf":
        return file_shown(reconciliation_pdf(found), name=f"rapprochement-{account.account.number}-{on}.pdf")
    context = {
        "found": found,
        "bank_only": [
            (line.booked_on, line.get_absolute_url(), line.label, "", line.amount) for line in found.bank_only
        ],
        "books_only": [
            (one.entry.on, one.entry.get_absolute_url(), one.entry, one.entry.label, one.amount)
            for one in found.books_only
        ],
        "form": ReconciliationFilter(initial={"au": on}),
        "tabs": bank_tabs("reconciliation_home"),
        "accounts": [(one, one.pk == account.pk) for one in bank_accounts()],
        "pdf_url": f"?au={on.isoformat()}&export=pdf",
        "title": _("État de rapprochement"),
        "today": timezone.localdate(),
    }
    return render(request, "accounting/reconciliation/reconciliation.html", context)
