"""Departures: the list, one with what is to be settled, its closing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import django_tables2 as tables
from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from cae.core.errors import Refused
from cae.core.forms import form_page, refuse, refused_at
from cae.core.keys import text_in
from cae.core.options import choices_of, label_of
from cae.core.permissions import can, require, requires
from cae.core.tab_bars import HUMAN_RESOURCES, tabs_of
from cae.core.tables import (
    Action,
    DateColumn,
    EmptyState,
    Filters,
    LinkColumn,
    StatusColumn,
    Table,
    list_page,
)
from cae.core.templatetags.formats import day
from entrepreneurs.forms.exits import CancelForm, CloseForm, ExitForm, ExitLetterForm, HandOverForm, OpenForm
from entrepreneurs.models import Exit
from entrepreneurs.selectors.exits import (
    StepShown,
    activities_of,
    exits_listed,
    follow_ups_of,
    letters_of,
    steps_shown,
    texts_for_exit,
)
from entrepreneurs.selectors.handing_over import held_by
from entrepreneurs.selectors.referents import team_on
from entrepreneurs.services import exits as verbs
from entrepreneurs.services.exits import DAY, ExitData
from entrepreneurs.services.handing_over import hand_over
from entrepreneurs.services.letters import make_letter
from entrepreneurs.states.exits import EXIT_FLOW, KIND_LIST, STEPS, ExitState
from people.requests import SignedIn
from people.selectors.persons import persons_offered

STEPS_TITLES: dict[str, Any] = {
    ExitState.PREPARED: gettext_lazy("À régler avant le départ"),
    ExitState.CLOSED: gettext_lazy("Ce qui était réglé au départ"),
    ExitState.CANCELLED: gettext_lazy("Où en était la préparation"),
}


class ExitTable(Table):
    person = LinkColumn(order_by=("person__sort_name",))
    kind = tables.Column()
    last_day = DateColumn()
    settled = tables.Column(verbose_name=gettext_lazy("Étapes réglées"), orderable=False)
    account_closes_on = DateColumn()
    state = StatusColumn()

    class Meta(Table.Meta):
        model = Exit
        fields = ("person", "kind", "last_day", "settled", "account_closes_on", "state")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.words = dict(choices_of(KIND_LIST, on=timezone.localdate()))

    def render_kind(self, record: Exit) -> str:
        return self.words.get(record.kind, record.kind)

    value_kind = render_kind

    def render_settled(self, value: int) -> str:
        return _("%(count)d sur %(all)d") % {"count": value, "all": len(STEPS)}


class ExitFilters(Filters):
    search = ("person__first_name", "person__last_name", "person__usual_name")

    class Meta:
        model = Exit
        fields = ("state",)


@requires("entrepreneurs.view_exits")
def exit_list(request: SignedIn) -> HttpResponse:
    return list_page(
        request,
        queryset=exits_listed(request.user),
        table=ExitTable,
        filters=ExitFilters,
        page="entrepreneurs.exits",
        title=_("Sorties"),
        tabs=tabs_of(request.user, HUMAN_RESOURCES, "entrepreneurs:exit_list"),
        empty=EmptyState(_("Aucune sortie."), _("Une sortie se prépare dès que quelqu’un parle de partir.")),
        main_action=Action(
            _("Préparer une sortie"),
            reverse("entrepreneurs:exit_open"),
            right="entrepreneurs.write_exit",
            icon="plus-lg",
        ),
    )


@requires("entrepreneurs.write_exit")
def exit_open(request: SignedIn) -> HttpResponse:
    form = OpenForm(
        request.POST or None,
        persons=persons_offered(request.user).exclude(pk=request.user.person_id),
        initial={"person": request.GET.get("personne")},
    )
    if form.is_valid():
        person, data = form.cleaned_data["person"], form.typed()
        with refused_at(form):
            row = verbs.open_exit(person, data=data, actor=request.user, on=timezone.localdate())
            messages.success(request, _("Sortie en préparation."))
            return redirect(row.get_absolute_url())
    return _form(request, form, _("Préparer une sortie"), reverse("entrepreneurs:exit_list"))


@requires("entrepreneurs.write_exit")
def exit_change(request: SignedIn, pk: int) -> HttpResponse:
    row = _seen(request, pk)
    require(request.user, "entrepreneurs.write_exit", row)
    held = {name: getattr(row, name) for name in ExitData.__dataclass_fields__}
    form = ExitForm(request.POST or None, initial=held)
    if form.is_valid():
        with refused_at(form):
            verbs.change_exit(row, data=form.typed(), actor=request.user, on=timezone.localdate())
            messages.success(request, _("Sortie enregistrée."))
            return redirect(row.get_absolute_url())
    return _form(request, form, _("Modifier la sortie"), row.get_absolute_url())


def _form(request: SignedIn, form: forms.Form, title: str, back_url: str) -> HttpResponse:
    return form_page(
        request,
        form,
        title=title,
        submit=_("Enregistrer"),
        back_url=back_url,
        crumbs=[(_("Sorties"), reverse("entrepreneurs:exit_list")), (title, "")],
    )


@requires("entrepreneurs.view_exit")
def exit_detail(request: SignedIn, pk: int) -> HttpResponse:
    """One departure: what is said, what is settled, what will end."""
    return _page(request, _seen(request, pk))


@require_POST
@requires("entrepreneurs.write_exit")
def exit_act(request: SignedIn, pk: int) -> HttpResponse:
    """One act on a departure: a step settled or not, its closing, its abandon, news asked."""
    row = _seen(request, pk)
    require(request.user, "entrepreneurs.write_exit", row)
    do = request.POST.get("do", "")
    make = _forms(request, row).get(do)
    bound = make(request.POST) if make else None
    if bound is not None and not bound.is_valid():
        return _page(request, row, act=do, form=bound)
    try:
        _act(request, row, do, bound.cleaned_data if bound is not None else {})
    except Refused as refusal:
        if bound is None:
            messages.error(request, str(refusal))
            return redirect(row.get_absolute_url())
        refuse(bound, refusal)
        return _page(request, row, act=do, form=bound)
    messages.success(request, _("C’est fait."))
    return redirect(row.get_absolute_url())


def _act(request: SignedIn, row: Exit, do: str, data: dict[str, Any]) -> None:
    user, now, code = request.user, timezone.now(), text_in(request.POST.get("code", ""))
    today = timezone.localdate(now)
    if do == "close":
        verbs.close_exit(row, confirmed=data["confirmed"], actor=user, at=now)
    elif do == "cancel":
        verbs.cancel_exit(row, reason=data["reason"], actor=user)
    elif do == "settle":
        note = text_in(request.POST.get("note", ""))
        verbs.settle_step(row, code=code, note=note, actor=user, on=today)
    elif do == "unsettle":
        verbs.unsettle_step(row, code=code, actor=user)
    elif do == "follow_up":
        verbs.follow_up(row, kind=code, actor=user)
    elif do == "hand_over":
        hand_over(row, to=data["to"], actor=user, at=now)
    elif do == "letter":
        make_letter(row.person, code=data["text"], on=today, actor=user)


def _forms(request: SignedIn, row: Exit) -> dict[str, Callable[..., forms.Form]]:
    """The forms of the page, by their act."""
    today = timezone.localdate()
    return {
        "close": CloseForm,
        "cancel": CancelForm,
        "hand_over": partial(HandOverForm, team=team_on(row.last_day + DAY).exclude(pk=row.person_id)),
        "letter": partial(ExitLetterForm, texts=texts_for_exit(today)),
    }


def _seen(request: SignedIn, pk: int) -> Exit:
    rows = Exit.objects.visible_to(request.user).select_related("person", "created_by__person")
    return get_object_or_404(rows, pk=pk)


def _settled_words(row: Exit, steps: list[StepShown], since: date) -> str:
    """What a departure that is over left settled or not, in a sentence."""
    done = sum(step.done is not None for step in steps)
    facts = {"day": day(since), "done": done, "all": len(steps)}
    if row.state == ExitState.CANCELLED:
        return _("Abandonnée le %(day)s : étapes réglées, %(done)d sur %(all)d.") % facts
    if done == len(steps):
        return _("Sortie faite le %(day)s : tout était réglé.") % facts
    return (
        _("Sortie faite le %(day)s : étapes réglées, %(done)d sur %(all)d ; les autres ont été laissées.")
        % facts
    )


def _page(request: SignedIn, row: Exit, *, act: str = "", form: forms.Form | None = None) -> HttpResponse:
    today = timezone.localdate()
    may_write = can(request.user, "entrepreneurs.write_exit", row)
    is_prepared = row.state == ExitState.PREPARED
    shown = {name: make() for name, make in _forms(request, row).items()} if may_write else {}
    if form is not None:
        shown[act] = form
    # Once it is over, the figures are those of that day.
    since = timezone.localdate(row.state_since)
    steps = (
        steps_shown(row, today if is_prepared else since)
        if can(request.user, "entrepreneurs.view_exits")
        else []
    )
    held = held_by(row.person, row.last_day, timezone.now()) if may_write and is_prepared else None
    context = {
        "row": row,
        "kind": label_of(KIND_LIST, row.kind, on=timezone.localdate(row.created_at)),
        "steps": steps,
        "steps_title": STEPS_TITLES[row.state],
        "steps_words": _settled_words(row, steps, since),
        "account_is_closed": row.state == ExitState.CLOSED and row.account_closes_on <= today,
        "activities": activities_of(row),
        "moves": {move.name for move in EXIT_FLOW.moves_open_to(request.user, row)},
        "may_write": may_write,
        "is_prepared": is_prepared,
        "held": held,
        "letters": letters_of(row),
        "may_make_letter": may_write and row.state != ExitState.CANCELLED,
        "follow_ups": follow_ups_of(row),
        "forms": shown,
        "act": act,
    }
    status = 422 if form is not None else 200
    return render(request, "entrepreneurs/exit_detail.html", context, status=status)
