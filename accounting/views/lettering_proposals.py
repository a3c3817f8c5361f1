"""What may be lettered on an account, with the reason of each: looked at, then applied (ACC-06)."""

from __future__ import annotations

from itertools import islice
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from accounting.calculations.lettering import Proposal
from accounting.forms.lettering import ProposalForm
from accounting.models import Account, EntryLine
from accounting.selectors.lettering import lines_shown, proposals_of
from accounting.services.lettering_bulk import letter_proposals, start_lettering
from cae.core.forms import refused_above, refused_at
from cae.core.permissions import requires
from people.requests import SignedIn

# What one look takes in; the job takes the rest.
_MOST = 50
_REASONS = {
    "piece": gettext_lazy("Même pièce, total nul"),
    "amount": gettext_lazy("Même tiers, même montant, aucun autre candidat"),
    "party": gettext_lazy("Même tiers, total nul"),
}


@requires("accounting.letter")
def proposals(request: SignedIn, pk: int) -> HttpResponse:
    """The first proposals; those that are ticked are lettered."""
    account = get_object_or_404(Account, pk=pk, is_lettered=True)
    form = ProposalForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refused_at(form):
            applied = letter_proposals(
                account, form.cleaned_data["groups"], actor=request.user, on=timezone.localdate()
            )
            if applied.count:
                said = ngettext("%(count)d lettrage fait.", "%(count)d lettrages faits.", applied.count)
                messages.success(request, said % {"count": applied.count})
            for sentence in applied.refusals:
                messages.warning(request, sentence)
            return redirect("accounting:letter_proposals", account.pk)
    found = list(proposals_of(account))
    context = {
        "account": account,
        "form": form,
        "rows": _rows(found[:_MOST]),
        "count": len(found),
        "more": len(found) > _MOST,
        "back_url": reverse("accounting:letter_account", args=[account.pk]),
    }
    status = 422 if form.is_bound else 200
    return render(request, "accounting/lettering/proposals.html", context, status=status)


def _rows(found: list[Proposal]) -> list[dict[str, Any]]:
    """Each proposal with its lines, read at once."""
    lines = lines_shown(mark.key for one in found for mark in one.marks)
    return [
        {
            "key": "-".join(str(mark.key) for mark in one.marks),
            "reason": _REASONS[one.reason],
            "amount": one.amount,
            "lines": _first(one, lines),
            "others": max(len(one.marks) - _SHOWN, 0),
        }
        for one in found
    ]


_SHOWN = 6


def _first(one: Proposal, lines: dict[int, EntryLine]) -> list[EntryLine]:
    return [lines[mark.key] for mark in islice(one.marks, _SHOWN)]


@require_POST
@requires("accounting.letter")
def letter_all(request: SignedIn, pk: int) -> HttpResponse:
    """Asks for all of them, as a job whose page follows."""
    account = get_object_or_404(Account, pk=pk, is_lettered=True)
    with refused_above(request):
        return redirect("core:job_detail", start_lettering(account, actor=request.user).pk)
    return redirect("accounting:letter_proposals", account.pk)
