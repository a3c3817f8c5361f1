"""Leave and absences: one's own with the balance, the list of human resources, the team's calendar."""

from __future__ import annotations

from calendar import SATURDAY
from typing import Any

import django_filters
import django_tables2 as tables
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from cae.core.errors import Refused
from cae.core.forms import form_page, refused_at
from cae.core.notices import read_about
from cae.core.options import choices_of, label_of
from cae.core.periods import Month
from cae.core.permissions import can, require, requires
from cae.core.tab_bars import HUMAN_RESOURCES, OWN, tabs_of
from cae.core.tables import Action, DateColumn, EmptyState, Filters, StatusColumn, Table, list_page, selected
from entrepreneurs.calculations.leave import is_working_day
from entrepreneurs.forms.absences import AbsenceForm, AnswerForm, RecordForm
from entrepreneurs.models import Absence
from entrepreneurs.selectors.absences import absences_listed, leave_of, own_absences, team_month
from entrepreneurs.selectors.slots import meetings_during
from entrepreneurs.services import absences as verbs
from entrepreneurs.states.absences import ABSENCE_FLOW, HOLDING, KIND_LIST
from people.requests import SignedIn
from people.selectors.persons import persons_offered


class AbsenceTable(Table):
    person = tables.Column(linkify=lambda record: record.get_absolute_url(), order_by=("person__sort_name",))
    kind = tables.Column()
    starts_on = DateColumn()
    ends_on = DateColumn()
    days = tables.Column(attrs={"td": {"class": "num"}, "th": {"class": "num"}})
    state = StatusColumn()

    class Meta(Table.Meta):
        model = Absence
        fields = ("person", "kind", "starts_on", "ends_on", "days", "state")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.words = dict(choices_of(KIND_LIST, on=timezone.localdate()))

    def render_kind(self, record: Absence) -> str:
        return self.words.get(record.kind, record.kind)

    value_kind = render_kind

    def render_days(self, value: Any) -> str:
        return f"{value:n}".replace(".", ",").removesuffix(",0")


class UnexplainedAbsenceTable(AbsenceTable):
    """For who answers without knowing why."""

    class Meta(AbsenceTable.Meta):
        exclude = ("kind",)


class OwnAbsenceTable(AbsenceTable):
    starts_on = DateColumn(linkify=lambda record: record.get_absolute_url())

    class Meta(AbsenceTable.Meta):
        exclude = ("person",)


class UnexplainedAbsenceFilters(Filters):
    search = ("person__first_name", "person__last_name", "person__usual_name")
    starts_on = django_filters.DateFromToRangeFilter(label=gettext_lazy("Premier jour"))

    class Meta:
        model = Absence
        fields = ("state",)


class AbsenceFilters(UnexplainedAbsenceFilters):
    kind = django_filters.ChoiceFilter(
        choices=lambda: choices_of(KIND_LIST, on=timezone.localdate()), label=gettext_lazy("Motif")
    )

    class Meta(UnexplainedAbsenceFilters.Meta):
        pass


class OwnAbsenceFilters(Filters):
    class Meta:
        model = Absence
        fields = ("state",)


@requires("entrepreneurs.view_absences")
def absence_list(request: SignedIn) -> HttpResponse:
    """Every absence in sight; its export goes to who makes the pay. Why, to human resources alone."""
    tells_why = can(request.user, "entrepreneurs.view_absence_reasons")
    return list_page(
        request,
        queryset=absences_listed(request.user),
        table=AbsenceTable if tells_why else UnexplainedAbsenceTable,
        filters=AbsenceFilters if tells_why else UnexplainedAbsenceFilters,
        page="entrepreneurs.absences",
        title=_("Absences"),
        intro=_("L’export donne à la paie les jours de la période choisie."),
        tabs=tabs_of(request.user, HUMAN_RESOURCES, "entrepreneurs:absence_list"),
        empty=EmptyState(_("Aucune absence."), _("Chacun demande les siennes depuis « Mes absences ».")),
        main_action=Action(
            _("Noter une absence"),
            reverse("entrepreneurs:absence_record"),
            right="entrepreneurs.record_absence",
            icon="plus-lg",
        ),
        actions=[
            Action(
                _("Accepter"),
                reverse("entrepreneurs:absences_approve"),
                right="entrepreneurs.decide_absence",
                icon="check-lg",
            )
        ],
    )


@require_POST
@requires("entrepreneurs.decide_absence")
def absences_approve(request: SignedIn) -> HttpResponse:
    """Accepts the ticked absences, one by one; a refusal stops none of the others."""
    tells_why = can(request.user, "entrepreneurs.view_absence_reasons")
    filters = AbsenceFilters if tells_why else UnexplainedAbsenceFilters
    done = 0
    for row in selected(request, absences_listed(request.user), filters):
        try:
            verbs.approve_absence(row, actor=request.user)
        except Refused as refusal:
            messages.error(request, f"{row} : {refusal}")
        else:
            done += 1
    word = ngettext("%(count)d absence acceptée.", "%(count)d absences acceptées.", done)
    if done:
        messages.success(request, word % {"count": done})
    return redirect("entrepreneurs:absence_list")


@requires("entrepreneurs.ask_absence")
def own_absence_list(request: SignedIn) -> HttpResponse:
    """One's absences, and what one may still take."""
    person = request.user.person
    ask = Action(_("Demander une absence"), reverse("entrepreneurs:absence_ask"), icon="plus-lg")
    return list_page(
        request,
        queryset=own_absences(request.user),
        table=OwnAbsenceTable,
        filters=OwnAbsenceFilters,
        page="entrepreneurs.own_absences",
        title=_("Mes absences"),
        tabs=tabs_of(request.user, OWN, "entrepreneurs:own_absences"),
        empty=EmptyState(
            _("Aucune absence."), _("Congés, arrêt, formation : demandez ou déclarez-la ici."), ask
        ),
        main_action=ask,
        template="entrepreneurs/own_absences.html",
        context={"balance": leave_of(person, timezone.localdate()) if person else None},
    )


@requires("entrepreneurs.ask_absence")
def absence_ask(request: SignedIn) -> HttpResponse:
    form = AbsenceForm(request.POST or None)
    person, today = request.user.person, timezone.localdate()
    if form.is_valid() and person is not None:
        with refused_at(form):
            row = verbs.ask_absence(person, **form.typed(), actor=request.user, on=today)
            messages.success(request, _("Demande envoyée aux ressources humaines."))
            return redirect(row.get_absolute_url())
    balance = leave_of(person, today) if person else None
    back_url = reverse("entrepreneurs:own_absences")
    return form_page(
        request,
        form,
        title=_("Demander une absence"),
        lead=_("Il vous reste %(days)s jours de congés payés à prendre.") % {"days": _days(balance.left)}
        if balance
        else "",
        submit=_("Demander"),
        back_url=back_url,
        crumbs=[(_("Mes absences"), back_url), (_("Demander une absence"), "")],
    )


@requires("entrepreneurs.record_absence")
def absence_record(request: SignedIn) -> HttpResponse:
    """An absence of somebody else, accepted at once: a sick note that came by post."""
    form = RecordForm(request.POST or None, persons=persons_offered(request.user))
    if form.is_valid():
        with refused_at(form):
            row = verbs.record_absence(**form.typed(), actor=request.user, on=timezone.localdate())
            messages.success(request, _("Absence notée."))
            return redirect(row.get_absolute_url())
    back_url = reverse("entrepreneurs:absence_list")
    return form_page(
        request,
        form,
        title=_("Noter une absence"),
        lead=_("Elle est acceptée aussitôt, et la personne en est avertie."),
        submit=_("Noter cette absence"),
        back_url=back_url,
        crumbs=[(_("Absences"), back_url), (_("Noter une absence"), "")],
    )


@requires("entrepreneurs.view_absence")
def absence_detail(request: SignedIn, pk: int) -> HttpResponse:
    """One absence: what it takes, what was answered, what may still be done."""
    rows = Absence.objects.visible_to(request.user).select_related("person", "answered_by__person")
    row = get_object_or_404(rows, pk=pk)
    form = AnswerForm(request.POST or None)
    if request.method == "GET":
        read_about(request.user, row, at=timezone.now())
    if form.is_valid():
        with refused_at(form):
            _act(request, row, form.cleaned_data["answer"])
            messages.success(request, _("C’est fait."))
            return redirect(row.get_absolute_url())
    tells_why = can(request.user, "entrepreneurs.view_absence_reason", row)
    context = {
        "row": row,
        "kind": label_of(KIND_LIST, row.kind, on=timezone.localdate(row.asked_at)) if tells_why else "",
        "tells_why": tells_why,
        "moves": ABSENCE_FLOW.moves_open_to(request.user, row),
        "balance": leave_of(row.person, timezone.localdate()) if tells_why else None,
        "form": form,
        "days": _days(row.days),
        "meetings": meetings_during(row) if tells_why and row.state in HOLDING else (),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "entrepreneurs/absence_detail.html", context, status=status)


def _act(request: SignedIn, row: Absence, answer: str) -> None:
    """One move of the table, once its right is asked."""
    do = request.POST.get("do", "")
    if do not in ABSENCE_FLOW.services:
        return
    require(request.user, ABSENCE_FLOW.move(do).right, row)
    if do == "approve":
        verbs.approve_absence(row, answer=answer, actor=request.user)
    elif do == "refuse":
        verbs.refuse_absence(row, answer=answer, actor=request.user)
    else:
        verbs.cancel_absence(row, answer=answer, actor=request.user, on=timezone.localdate())


@requires("entrepreneurs.view_team_absences")
def team_calendar(request: SignedIn) -> HttpResponse:
    """Who of the team is away, a month at a time; never why."""
    today = timezone.localdate()
    try:
        month = Month.parse(request.GET.get("mois", ""))
    except ValueError:
        month = Month.of(today)
    rows = team_month(month, today)
    every = [month.first.replace(day=rank + 1) for rank in range((month.last - month.first).days + 1)]
    days = [(day, day.weekday() < SATURDAY and is_working_day(day)) for day in every]
    context = {
        "tabs": tabs_of(request.user, HUMAN_RESOURCES, "entrepreneurs:team_calendar"),
        "month": month,
        "days": days,
        "rows": [
            (row.person, [(works, share) for (_day, works), share in zip(days, row.days, strict=True)])
            for row in rows
        ],
        "someone_is_away": any(share for row in rows for share in row.days),
        "previous": month.previous(),
        "next": month.next(),
        "today": today,
    }
    return render(request, "entrepreneurs/team_calendar.html", context)


def _days(count: Any) -> str:
    """« 12,5 », « 12 »."""
    return f"{count:.1f}".replace(".", ",").removesuffix(",0")
