"""« Mes coordonnées bancaires », and the page where somebody else compares them with the paper."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cae.core.acting import act_now, act_page
from cae.core.forms import refused_at
from cae.core.permissions import in_person, require, requires
from people.forms.banks import BankForm, BankRefusalForm
from people.models import Person, PersonBank
from people.requests import SignedIn
from people.selectors.banks import banks_of, banks_proposed, opened
from people.services.banks import confirm_bank, propose_bank, refuse_bank
from people.states.banks import BankState


@in_person
@requires("people.change_bank")
def own_bank(request: SignedIn) -> HttpResponse:
    """Where one is paid, and the form that gives another account."""
    person = _own(request)
    form = BankForm(request.POST or None, initial={"holder": person.full_name})
    if form.is_valid():
        with refused_at(form):
            propose_bank(person, actor=request.user, **form.cleaned_data)
            messages.success(request, _("Compte noté : une autre personne le compare à votre relevé."))
            return redirect("people:own_bank")
    rows = list(banks_of(person))
    context = {
        "form": form,
        "now": next((_told(row) for row in rows if row.state == BankState.CONFIRMED), None),
        "rows": rows,
    }
    status = 422 if form.is_bound else 200
    return _unkept(render(request, "people/own_bank.html", context, status=status))


@requires("people.confirm_bank")
def bank_list(request: SignedIn) -> HttpResponse:
    """What waits to be confirmed, the oldest first; what one gave oneself is somebody else's to confirm."""
    rows = [(row, row.asked_by_id == request.user.pk) for row in banks_proposed()]
    return render(request, "people/bank_list.html", {"rows": rows})


@in_person
@requires("people.confirm_bank")
def bank_detail(request: SignedIn, pk: int) -> HttpResponse:
    """The whole number, to be compared with the paper, and that in force beside it."""
    bank = _bank(request, pk)
    rows = banks_of(bank.person).exclude(pk=bank.pk)
    context = {
        "bank": bank,
        "details": opened(bank),
        "now": next((_told(row) for row in rows if row.state == BankState.CONFIRMED), None),
        "waits": bank.state == BankState.PROPOSED,
        "is_mine": bank.asked_by_id == request.user.pk,
    }
    return _unkept(render(request, "people/bank.html", context))


@in_person
@require_POST
@requires("people.confirm_bank")
def bank_confirm(request: SignedIn, pk: int) -> HttpResponse:
    bank = _bank(request, pk)
    return act_now(
        request,
        lambda: confirm_bank(bank, actor=request.user),
        done=_("Coordonnées confirmées : %(name)s en est averti·e.") % {"name": bank.person},
        back_url=reverse("people:bank_list"),
    )


@in_person
@requires("people.confirm_bank")
def bank_refuse(request: SignedIn, pk: int) -> HttpResponse:
    bank, title = _bank(request, pk), _("Refuser ces coordonnées")
    back_url = reverse("people:bank_detail", args=[bank.pk])
    return act_page(
        request,
        BankRefusalForm(request.POST or None),
        lambda typed: refuse_bank(bank, actor=request.user, **typed),
        done=_("Coordonnées refusées : %(name)s en est averti·e.") % {"name": bank.person},
        back_url=back_url,
        goes_to=reverse("people:bank_list"),
        title=title,
        lead=str(bank.person),
        submit=_("Refuser"),
        tone="danger",
        crumbs=[
            (_("Coordonnées bancaires"), reverse("people:bank_list")),
            (str(bank.person), back_url),
            (title, ""),
        ],
    )


def _own(request: SignedIn) -> Person:
    if request.user.person is None:
        raise Http404
    return request.user.person


def _bank(request: SignedIn, pk: int) -> PersonBank:
    rows = PersonBank.objects.select_related("person", "asked_by__person", "decided_by__person")
    bank = get_object_or_404(rows, pk=pk)
    require(request.user, "people.confirm_bank", bank)
    return bank


def _told(row: PersonBank) -> dict[str, Any]:
    return {"row": row, "details": opened(row)}


def _unkept(answer: HttpResponse) -> HttpResponse:
    answer["Cache-Control"] = "private, no-store"
    return answer
