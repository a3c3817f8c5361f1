"""Advances on expenses: asked by a person, answered by the accountant, what is left given back (INV-56)."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import django_tables2 as tables
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from cae.core.acting import act_now, act_page
from cae.core.forms import form_page, refused_at
from cae.core.notices import read_about
from cae.core.permissions import can, require, requires
from cae.core.tables import (
    Action,
    DateColumn,
    EmptyState,
    Filters,
    LinkColumn,
    MoneyColumn,
    StatusColumn,
    Table,
    list_page,
)
from cae.core.templatetags.formats import money
from invoicing.forms.advances import AdvanceForm, ReturnForm, WhyForm
from invoicing.models import ExpenseAdvance
from invoicing.selectors.advances import advances_seen, uses_of
from invoicing.selectors.claim_checks import order_of
from invoicing.selectors.expenses import activities_of_person
from invoicing.services.advances import ask_advance, grant_advance, refuse_advance, return_advance
from invoicing.states.claims import ADVANCE_FLOW, AdvanceState
from invoicing.views.expense_shown import expense_tabs
from invoicing.views.mileage_shown import own_person
from invoicing.views.tables import cells

_LOOKS = {
    AdvanceState.ASKED: ("warning", "▲"),
    AdvanceState.ORDERED: ("info", "■"),
    AdvanceState.GIVEN: ("info", "●"),
    AdvanceState.SETTLED: ("success", "✔"),
    AdvanceState.REFUSED: ("danger", "✕"),
}


def status_of_advance(advance: ExpenseAdvance) -> tuple[str, str, str]:
    tone, shape = _LOOKS[AdvanceState(advance.state)]
    return tone, shape, str(advance.get_state_display())


class AdvanceStatusColumn(StatusColumn):
    def __init__(self) -> None:
        super().__init__(accessor="state")

    def render(self, record: ExpenseAdvance) -> Any:
        return super().render(status_of_advance(record))

    def value(self, record: ExpenseAdvance, value: Any) -> str:
        return status_of_advance(record)[2]


class AdvanceTable(Table):
    purpose = LinkColumn(verbose_name=gettext_lazy("Pour quoi"), attrs=cells("clip"))
    person = tables.Column(verbose_name=gettext_lazy("Personne"), order_by="person__sort_name")
    activity = tables.Column(
        verbose_name=gettext_lazy("Activité"), order_by="activity__sort_name", attrs=cells("wide")
    )
    needed_on = DateColumn(verbose_name=gettext_lazy("Utile le"), attrs=cells("wide"))
    amount = MoneyColumn(verbose_name=gettext_lazy("Montant"), total=True)
    used = MoneyColumn(verbose_name=gettext_lazy("Justifié ou rendu"), attrs=cells("num", "wide"))
    state = AdvanceStatusColumn()

    class Meta(Table.Meta):
        model = ExpenseAdvance
        fields = ("purpose", "person", "activity", "needed_on", "amount", "used", "state")


class AdvanceFilters(Filters):
    search = ("purpose", "person__sort_name", "activity__name")

    class Meta:
        model = ExpenseAdvance
        fields = ("state",)


@requires("invoicing.view_advances")
def advance_list(request: HttpRequest) -> HttpResponse:
    new = Action(
        _("Demander une avance"),
        reverse("invoicing:advance_new"),
        right="invoicing.ask_advance",
        icon="cash-stack",
        tone="primary",
    )
    return list_page(
        request,
        queryset=advances_seen(request.user),
        table=AdvanceTable,
        filters=AdvanceFilters,
        page="invoicing.advances",
        title=_("Avances sur frais"),
        tabs=expense_tabs("advance_list"),
        main_action=new,
        empty=EmptyState(
            _("Aucune avance."),
            _("Avant un déplacement coûteux, votre activité peut vous avancer l’argent."),
            new,
        ),
    )


@requires("invoicing.ask_advance")
def advance_new(request: HttpRequest) -> HttpResponse:
    person, today = own_person(request), timezone.localdate()
    activities = activities_of_person(person, request.user, today)
    initial = {"form_key": uuid4(), "needed_on": today}
    form = AdvanceForm(request.POST or None, initial=initial, activities=activities)
    if request.method == "POST" and form.is_valid() and activities:
        with refused_at(form):
            advance = ask_advance(
                person,
                form.chosen_activity,
                content=form.content(),
                form_key=form.cleaned_data["form_key"],
                today=today,
                actor=request.user,
            )
            messages.success(request, _("Avance demandée : la comptabilité vous répond."))
            return redirect(advance)
    return form_page(
        request,
        form,
        title=_("Demander une avance"),
        lead=_("Elle se déduit de vos prochaines notes ; ce qui n’est pas dépensé se rend."),
        submit=_("Demander"),
        back_url=reverse("invoicing:advance_list"),
        crumbs=[(_("Avances sur frais"), reverse("invoicing:advance_list")), (_("Demander une avance"), "")],
    )


@requires("invoicing.view_advance")
def advance_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One advance: what was asked, answered, used."""
    advance = find_advance(request, pk)
    read_about(request.user, advance, at=timezone.now())
    moves = {move.name for move in ADVANCE_FLOW.moves_open_to(request.user, advance)}
    may_return = can(request.user, "invoicing.answer_advance", advance)
    context = {
        "advance": advance,
        "badge": status_of_advance(advance),
        "left": advance.amount - advance.used,  # type: ignore[attr-defined]
        "uses": uses_of(advance),
        "moves": moves,
        "order": order_of(advance) if can(request.user, "accounting.view_payments") else None,
        "is_held": advance.state == AdvanceState.GIVEN,
        "may_return": may_return and advance.state == AdvanceState.GIVEN,
    }
    return render(request, "invoicing/claims/advance.html", context)


@require_POST
@requires("invoicing.answer_advance")
def advance_grant(request: HttpRequest, pk: int) -> HttpResponse:
    advance = find_advance(request, pk, right="invoicing.answer_advance")
    return act_now(
        request,
        lambda: grant_advance(advance, actor=request.user, on=timezone.localdate()),
        done=_("Avance accordée : son virement est à préparer."),
        back_url=advance.get_absolute_url(),
    )


@requires("invoicing.answer_advance")
def advance_refuse(request: HttpRequest, pk: int) -> HttpResponse:
    advance = find_advance(request, pk, right="invoicing.answer_advance")
    return act_page(
        request,
        WhyForm(request.POST or None),
        lambda typed: refuse_advance(advance, actor=request.user, **typed),
        done=_("Avance refusée : la personne est prévenue."),
        back_url=advance.get_absolute_url(),
        title=_("Refuser l’avance"),
        lead=f"{advance}, {money(advance.amount)}",
        submit=_("Refuser l’avance"),
        tone="danger",
        crumbs=_crumbs(advance, _("Refuser l’avance")),
    )


@requires("invoicing.answer_advance")
def advance_return(request: HttpRequest, pk: int) -> HttpResponse:
    """Money that came back."""
    advance, today = find_advance(request, pk, right="invoicing.answer_advance"), timezone.localdate()
    left = advance.amount - advance.used  # type: ignore[attr-defined]
    form = ReturnForm(request.POST or None, initial={"amount": left, "on": today, "form_key": uuid4()})
    return act_page(
        request,
        form,
        lambda typed: return_advance(advance, today=today, actor=request.user, **typed),
        done=_("Argent rendu noté, l’écriture de banque est passée."),
        back_url=advance.get_absolute_url(),
        title=_("Noter l’argent rendu"),
        lead=_("Il reste %(left)s à justifier ou à rendre.") % {"left": money(left)},
        submit=_("Noter"),
        crumbs=_crumbs(advance, _("Noter l’argent rendu")),
    )


def find_advance(request: HttpRequest, pk: int, *, right: str = "invoicing.view_advance") -> ExpenseAdvance:
    """An advance in sight. Raises Http404 out of sight, Forbidden without the right."""
    found: ExpenseAdvance = get_object_or_404(advances_seen(request.user), pk=pk)
    require(request.user, right, found)
    return found


def _crumbs(advance: ExpenseAdvance, word: str) -> list[tuple[Any, str]]:
    return [
        (_("Avances sur frais"), reverse("invoicing:advance_list")),
        (advance.purpose, advance.get_absolute_url()),
        (word, ""),
    ]
