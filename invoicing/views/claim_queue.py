"""« Notes à vérifier »: the queue at left, a claim line by line beside its receipts at right (INV-54)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from cae.core.errors import Forbidden, IllegalMove, Refused
from cae.core.forms import refuse
from cae.core.notices import read_about
from cae.core.permissions import can, require, requires
from cae.core.settings import value_of
from cae.core.templatetags.formats import moment, money
from invoicing import parameters
from invoicing.forms.claims import ApproveForm, CorrectLineForm, RefuseLineForm, SeenForm, SendBackForm
from invoicing.models import ExpenseClaim, ExpenseLine, MileageAdjustment, MileageTrip
from invoicing.selectors.claim_checks import (
    CheckedLine,
    checked_lines,
    claims_to_check,
    foreseen,
    held_by_person,
    last_claim_answer,
    waiting_claims,
)
from invoicing.selectors.expenses import totals_of
from invoicing.services.claim_approving import approve_and_pay, send_back_claim
from invoicing.services.claim_lines import (
    approve_line,
    approve_right_lines,
    correct_line,
    refuse_line,
    reset_line,
)
from invoicing.states.expenses import ClaimState
from invoicing.views.expense_shown import status_of_claim, status_of_line

_BOOKED_AFTER = {
    ClaimState.ORDERED: lambda: _("Note approuvée : le remboursement de %(amount)s est prévu."),
    ClaimState.APPROVED: lambda: _(
        "Note approuvée : %(amount)s à rembourser dès que la personne donne ses coordonnées bancaires."
    ),
    ClaimState.REFUNDED: lambda: _("Note approuvée et soldée : rien n’est à virer."),
}


@dataclass
class LineForms:
    """The forms of one line, drawn beside its receipt."""

    checked: CheckedLine
    badge: tuple[str, str, str] | None
    seen: SeenForm
    correct: CorrectLineForm
    refuse: RefuseLineForm
    opened: str = ""

    @property
    def line(self) -> ExpenseLine:
        return self.checked.line

    @property
    def trip(self) -> MileageTrip | None:
        return getattr(self.line, "trip", None)

    @property
    def adjustment(self) -> MileageAdjustment | None:
        return getattr(self.line, "adjustment", None)

    @property
    def may_change(self) -> bool:
        """A regularisation follows from other lines: it is neither corrected nor refused."""
        return self.adjustment is None


@requires("invoicing.read_claim_queue")
def claim_queue(request: HttpRequest) -> HttpResponse:
    """The queue, and the oldest claim beside it where the screen is wide."""
    rows = waiting_claims(claims_to_check(request.user))
    claim = rows[0].claim if rows else None
    return _page(request, claim, opened=False)


@requires("invoicing.read_claim_queue")
def claim_check(request: HttpRequest, pk: int) -> HttpResponse:
    """One claim of the queue; each act of a checker is posted here."""
    rows = ExpenseClaim.objects.visible_to(request.user).select_related("person", "activity")
    claim: ExpenseClaim = get_object_or_404(rows, pk=pk)
    require(request.user, "invoicing.read_claim_queue", claim)
    if not claim.is_submitted:
        messages.warning(
            request,
            _("Cette note n’est plus à vérifier : elle est « %(state)s ».")
            % {"state": status_of_claim(claim)[2]},
        )
        return redirect(claim if request.method == "GET" else reverse("invoicing:claim_queue"))
    if request.method == "POST":
        require(request.user, "invoicing.check_claim", claim)
        return _act(request, claim)
    read_about(request.user, claim, at=timezone.now())
    return _page(request, claim)


@require_POST
@requires("invoicing.check_claim")
def claims_approve(request: HttpRequest) -> HttpResponse:
    """Approves the ticked claims whose lines are all in order."""
    if not SeenForm(request.POST).is_seen:
        messages.error(request, _("Cochez que vous avez vu les justificatifs : ces notes seront payées."))
        return redirect("invoicing:claim_queue")
    chosen = set(request.POST.getlist("ids"))
    rows = [one for one in waiting_claims(claims_to_check(request.user)) if one.key in chosen]
    done = 0
    for one in rows:
        if one.is_right and can(request.user, "invoicing.check_claim", one.claim):
            done += _approved_whole(request, one.claim)
    if done:
        word = ngettext("%(count)d note approuvée.", "%(count)d notes approuvées.", done)
        messages.success(request, word % {"count": done})
    elif not rows:
        messages.warning(request, _("Cochez au moins une note."))
    return redirect("invoicing:claim_queue")


def _approved_whole(request: HttpRequest, claim: ExpenseClaim) -> bool:
    today = timezone.localdate()
    try:
        approve_right_lines(claim, seen=True, actor=request.user, today=today)
        approve_and_pay(claim, deduct=True, actor=request.user, on=today)
    except Refused as refusal:
        messages.error(request, f"{claim} : {refusal}")
        return False
    return True


def _act(request: HttpRequest, claim: ExpenseClaim) -> HttpResponse:
    """One act; a colleague who was faster gives one sentence."""
    do = request.POST.get("do", "")
    acts: dict[str, Callable[[], HttpResponse]] = {
        "approve": lambda: _approve(request, claim),
        "right": lambda: _right(request, claim),
        "correct": lambda: _send_back(request, claim),
    }
    try:
        return acts[do]() if do in acts else _decide(request, claim, do)
    except Forbidden:
        raise
    except IllegalMove as refusal:
        messages.warning(request, str(refusal))
        return redirect("invoicing:claim_queue")
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(_address(claim))


def _approve(request: HttpRequest, claim: ExpenseClaim) -> HttpResponse:
    form = ApproveForm(request.POST)
    deduct = form.is_valid() and form.cleaned_data["deduct"]
    owed = foreseen(claim, [one.line for one in checked_lines(claim)], deduct=deduct)
    done = approve_and_pay(claim, deduct=deduct, actor=request.user, on=timezone.localdate())
    sentence = _BOOKED_AFTER[ClaimState(done.state)]()
    messages.success(request, sentence % {"amount": money(owed.to_refund) if owed else ""})
    return redirect(_next(request, claim))


def _right(request: HttpRequest, claim: ExpenseClaim) -> HttpResponse:
    seen = SeenForm(request.POST, prefix="all").is_seen
    count = approve_right_lines(claim, seen=seen, actor=request.user, today=timezone.localdate())
    word = ngettext("%(count)d dépense acceptée.", "%(count)d dépenses acceptées.", count)
    messages.success(request, word % {"count": count})
    return redirect(_address(claim))


def _send_back(request: HttpRequest, claim: ExpenseClaim) -> HttpResponse:
    form = SendBackForm(request.POST)
    if not form.is_valid():
        return _page(request, claim, back=form, status=422)
    following = _next(request, claim)
    reason = form.cleaned_data["reason"]
    send_back_claim(claim, reason=reason, actor=request.user, on=timezone.localdate())
    messages.success(
        request,
        _("Correction demandée à %(person)s : la note est revenue dans ses dépenses.")
        % {"person": claim.person},
    )
    return redirect(following)


def _decide(request: HttpRequest, claim: ExpenseClaim, do: str) -> HttpResponse:
    """An act on one line: its form comes back beside it when something is refused."""
    name, _colon, key = do.partition(":")
    line = get_object_or_404(claim.lines.select_related("kind", "trip"), pk=key if key.isdigit() else 0)
    who: dict[str, Any] = {"actor": request.user, "today": timezone.localdate()}
    seen = SeenForm(request.POST, prefix=f"s{line.pk}")
    correct = CorrectLineForm(request.POST, line=line)
    refused = RefuseLineForm(request.POST, prefix=f"r{line.pk}")
    acts: dict[str, tuple[forms.Form, Callable[[], Any]]] = {
        "accept": (seen, lambda: approve_line(line, seen=seen.is_seen, **who)),
        "fix": (correct, lambda: correct_line(line, correction=correct.correction(), **who)),
        "refuse": (refused, lambda: refuse_line(line, reason=refused.cleaned_data["reason"], **who)),
        "reset": (SeenForm(), lambda: reset_line(line, **who)),
    }
    if name not in acts:
        return redirect(_address(claim))
    form, run = acts[name]
    if name != "reset" and not form.is_valid():
        return _page(request, claim, faulty=(line.pk, name, form), status=422)
    try:
        run()
    except (IllegalMove, Forbidden):
        raise
    except Refused as refusal:
        if name == "reset":
            raise
        refuse(form, refusal)
        return _page(request, claim, faulty=(line.pk, name, form), status=422)
    return redirect(f"{_address(claim)}#ligne-{line.pk}")


def _address(claim: ExpenseClaim) -> str:
    return reverse("invoicing:claim_check", args=[claim.pk])


def _next(request: HttpRequest, claim: ExpenseClaim) -> str:
    """The claim that takes the place of one answered, else the queue."""
    keys = [row.pk for row in claims_to_check(request.user) if row.pk != claim.pk]
    return reverse("invoicing:claim_check", args=[keys[0]]) if keys else reverse("invoicing:claim_queue")


def _line_forms(lines: Sequence[CheckedLine], faulty: tuple[int, str, forms.Form] | None) -> list[LineForms]:
    found = []
    for one in lines:
        line = one.line
        drawn = LineForms(
            one,
            status_of_line(line),
            SeenForm(prefix=f"s{line.pk}", initial={"seen": line.receipt_seen}),
            CorrectLineForm(line=line),
            RefuseLineForm(prefix=f"r{line.pk}"),
        )
        if faulty is not None and faulty[0] == line.pk:
            setattr(drawn, {"accept": "seen", "fix": "correct", "refuse": "refuse"}[faulty[1]], faulty[2])
            drawn.opened = faulty[1]
        found.append(drawn)
    return found


def _page(
    request: HttpRequest,
    claim: ExpenseClaim | None,
    *,
    opened: bool = True,
    back: SendBackForm | None = None,
    faulty: tuple[int, str, forms.Form] | None = None,
    status: int = 200,
) -> HttpResponse:
    waiting = waiting_claims(claims_to_check(request.user))
    keys = [one.claim.pk for one in waiting]
    rank = keys.index(claim.pk) if claim is not None and claim.pk in keys else None
    context: dict[str, Any] = {
        "waiting": waiting,
        "claim": claim,
        "opened": opened,
        "rank": None if rank is None else rank + 1,
        "previous": waiting[rank - 1].claim if rank else None,
        "next": waiting[rank + 1].claim if rank is not None and rank + 1 < len(waiting) else None,
        "right_count": sum(one.is_right for one in waiting),
        "may_check": can(request.user, "invoicing.check_claim"),
        "last": "" if waiting else _last(request),
    }
    if claim is not None:
        context |= _shown(request, claim, faulty) | {
            "back": back or SendBackForm(),
            "sending_back": bool(back),
        }
    return render(request, "invoicing/claims/queue.html", context, status=status)


def _last(request: HttpRequest) -> str:
    at = last_claim_answer(request.user)
    return _("Dernière réponse : %(moment)s.") % {"moment": moment(at)} if at else ""


def _shown(
    request: HttpRequest, claim: ExpenseClaim, faulty: tuple[int, str, forms.Form] | None
) -> dict[str, Any]:
    lines = checked_lines(claim)
    pending = [one for one in lines if one.waits]
    phrases = str(value_of(parameters.CLAIM_PHRASES, on=timezone.localdate())).splitlines()
    return {
        "rows": _line_forms(lines, faulty),
        "totals": totals_of([one.line for one in lines]),
        "pending": len(pending),
        "right_lines": sum(one.is_right for one in pending),
        "all_seen": SeenForm(prefix="all", several=True),
        "owed": foreseen(claim, [one.line for one in lines]),
        "held": held_by_person(claim),
        "approve": ApproveForm(),
        "may_decide": can(request.user, "invoicing.check_claim", claim),
        "phrases": [phrase.strip() for phrase in phrases if phrase.strip()],
    }
