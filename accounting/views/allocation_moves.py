"""Steps of an allocation of result: assembly, entries, payment, each a form alone; its files (ACC-47)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounting.documents import AllocationSheet, allocation_pdf
from accounting.forms.allocation import (
    AllocationReasonForm,
    AllocationUndoForm,
    DecisionForm,
    PayForm,
    PostForm,
    VoteForm,
)
from accounting.models import ResultAllocation
from accounting.selectors.allocation import receivers_of
from accounting.services.allocation import (
    join_allocation,
    note_vote,
    post_allocation,
    reconsider_allocation,
    take_back_allocation,
    undo_allocation,
)
from accounting.services.allocation_paying import pay_allocation, pay_the_rest, unpay_allocation
from accounting.states.allocation import INTEREST_KEPT_BACK, LABOUR_KEPT_BACK
from accounting.views.allocation import KEEP, allocation_asked, crumbs
from cae.core.acting import act_now, act_page
from cae.core.answers import file_shown
from cae.core.exports import export
from cae.core.permissions import requires
from cae.core.settings import values_of
from people.requests import SignedIn

_FILES = ("pdf", "csv", "xlsx")


@requires(KEEP)
def allocation_join(request: SignedIn, pk: int) -> HttpResponse:
    row = allocation_asked(pk)
    return _act(
        request,
        row,
        DecisionForm(request.POST or None),
        lambda typed: join_allocation(row, actor=request.user, **typed),
        title=_("Mettre à l’ordre du jour"),
        done=_("L’affectation est à l’ordre du jour : plus rien n’en change."),
        lead=_("Pour une assemblée tenue ailleurs ; une assemblée préparée ici la joint elle-même."),
    )


@requires(KEEP)
def allocation_take_back(request: SignedIn, pk: int) -> HttpResponse:
    row = allocation_asked(pk)
    return _act(
        request,
        row,
        AllocationReasonForm(request.POST or None),
        lambda typed: take_back_allocation(row, actor=request.user, **typed),
        title=_("Reprendre la proposition"),
        done=_("L’affectation est de nouveau une proposition."),
    )


@requires(KEEP)
def allocation_vote(request: SignedIn, pk: int) -> HttpResponse:
    row, today = allocation_asked(pk), timezone.localdate()
    form = VoteForm(request.POST or None, initial={"decision": row.decision, "on": today})
    return _act(
        request,
        row,
        form,
        lambda typed: note_vote(row, today=today, actor=request.user, **typed),
        title=_("Noter le vote"),
        done=_("Vote noté : l’affectation peut passer en écritures."),
    )


@requires(KEEP)
def allocation_reconsider(request: SignedIn, pk: int) -> HttpResponse:
    row = allocation_asked(pk)
    return _act(
        request,
        row,
        AllocationReasonForm(request.POST or None),
        lambda typed: reconsider_allocation(row, actor=request.user, **typed),
        title=_("Revenir à une proposition"),
        done=_("L’affectation est de nouveau une proposition."),
        tone="danger",
    )


@requires(KEEP)
def allocation_post(request: SignedIn, pk: int) -> HttpResponse:
    row = allocation_asked(pk)
    form = PostForm(request.POST or None, initial={"on": row.voted_on})
    return _act(
        request,
        row,
        form,
        lambda typed: post_allocation(row, actor=request.user, **typed),
        title=_("Passer en écritures"),
        done=_("L’affectation est dans les livres."),
    )


@requires(KEEP)
def allocation_undo(request: SignedIn, pk: int) -> HttpResponse:
    row = allocation_asked(pk)
    form = AllocationUndoForm(request.POST or None, initial={"on": timezone.localdate()})
    return _act(
        request,
        row,
        form,
        lambda typed: undo_allocation(row, actor=request.user, **typed),
        title=_("Contre-passer"),
        done=_("Écriture contre-passée ; le vote reste noté."),
        tone="danger",
    )


@requires(KEEP)
def allocation_pay(request: SignedIn, pk: int) -> HttpResponse:
    row, today = allocation_asked(pk), timezone.localdate()
    rates = values_of(LABOUR_KEPT_BACK, INTEREST_KEPT_BACK, on=today)
    form = PayForm(
        request.POST or None,
        labour=rates[LABOUR_KEPT_BACK],
        interest=rates[INTEREST_KEPT_BACK],
        initial={"due_on": today, "on": today},
    )
    return _act(
        request,
        row,
        form,
        lambda _typed: pay_allocation(row, actor=request.user, **form.content()),
        title=_("Mettre en paiement"),
        done=_("Les virements sont demandés ; les parts sans coordonnées bancaires attendent."),
        lead=_("Un virement par part, net de ce que la loi fait retenir."),
    )


@require_POST
@requires(KEEP)
def allocation_pay_rest(request: SignedIn, pk: int) -> HttpResponse:
    row = allocation_asked(pk)
    return act_now(
        request,
        lambda: pay_the_rest(row, actor=request.user),
        done=_("Les parts qui attendaient sont mises en paiement."),
        back_url=row.get_absolute_url(),
    )


@requires(KEEP)
def allocation_unpay(request: SignedIn, pk: int) -> HttpResponse:
    row = allocation_asked(pk)
    form = AllocationUndoForm(request.POST or None, initial={"on": timezone.localdate()})
    return _act(
        request,
        row,
        form,
        lambda typed: unpay_allocation(row, actor=request.user, **typed),
        title=_("Retirer les virements"),
        done=_("Virements retirés : rien n’est plus à payer."),
        tone="danger",
    )


@requires("accounting.view_allocation")
def allocation_file(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The draft resolutions and the table per person, printed; the table as a sheet."""
    if kind not in _FILES:
        raise Http404
    row = allocation_asked(pk)
    name = f"affectation-{row.year.ends_on:%Y-%m-%d}"
    if kind == "pdf":
        return file_shown(allocation_pdf(row), name=f"{name}.pdf")
    return export(AllocationSheet(receivers_of(row)), kind, name=name)


def _act(
    request: SignedIn,
    row: ResultAllocation,
    form: forms.Form,
    run: Callable[[dict[str, Any]], Any],
    **words: Any,
) -> HttpResponse:
    """A form alone on its page, about one allocation; its button says the title."""
    title = words["title"]
    return act_page(
        request,
        form,
        run,
        back_url=row.get_absolute_url(),
        submit=title,
        crumbs=crumbs(row.year, title),
        **({"lead": str(row)} | words),
    )
