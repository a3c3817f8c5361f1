"""The book of decisions: searched, one with what became of it, written, entrusted, done (GOV-16)."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from cae.core.errors import Refused
from cae.core.forms import form_page, refuse, refused_above, refused_at
from cae.core.keys import key_in
from cae.core.permissions import can, require, requires
from cae.core.tab_bars import tabs_of
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
from governance.forms.decisions import DecisionForm, FollowUpForm, OutcomeForm
from governance.models import Body, Decision
from governance.selectors.decisions import decisions_visible_to, persons_in_charge
from governance.services import decisions as verbs
from governance.states.bodies import DECISION_FLOW, GOVERNANCE_BAR, DecisionState
from people.requests import SignedIn

# The acts that say what was done, or why it will not be.
TOLD: dict[str, Any] = {"finish": verbs.finish_decision, "drop": verbs.drop_decision}
SILENT: dict[str, Any] = {"settle": verbs.settle_decision, "reopen": verbs.reopen_decision}


class DecisionTable(Table):
    title = LinkColumn()
    status = StatusColumn()
    on = DateColumn()
    body = tables.Column()
    owner = tables.Column(default="—", order_by=("owner__sort_name",))
    due_on = DateColumn()

    class Meta(Table.Meta):
        model = Decision
        fields = ("title", "status", "on", "body", "owner", "due_on")


class DecisionFilters(Filters):
    search = ("title", "text", "outcome", "owner__first_name", "owner__last_name", "owner__usual_name")
    body = django_filters.ModelChoiceFilter(label=gettext_lazy("Organe"), queryset=Body.objects.all())
    late = django_filters.BooleanFilter(label=gettext_lazy("En retard"), method="filter_late")

    class Meta:
        model = Decision
        fields = ("state", "body")

    def filter_late(self, queryset: QuerySet[Any], _name: str, value: bool) -> QuerySet[Any]:
        late = {"state": DecisionState.TO_DO, "due_on__lt": timezone.localdate()}
        return queryset.filter(**late) if value else queryset.exclude(**late)


@requires("governance.view_decision")
def decision_list(request: SignedIn) -> HttpResponse:
    new = Action(
        _("Inscrire une décision"),
        reverse("governance:decision_write"),
        right="governance.write_decisions",
        icon="plus-lg",
    )
    return list_page(
        request,
        queryset=decisions_visible_to(request.user),
        table=DecisionTable,
        filters=DecisionFilters,
        page="governance.decisions",
        title=_("Livre des décisions"),
        tabs=tabs_of(request.user, GOVERNANCE_BAR, "governance:decision_list"),
        empty=EmptyState(
            _("Aucune décision."),
            _("Chaque résolution adoptée s’inscrit ici d’elle-même, à la proclamation du vote."),
            new if can(request.user, "governance.write_decisions") else None,
        ),
        main_action=new,
    )


def _seen(request: SignedIn, pk: int, right: str = "governance.view_decision") -> Decision:
    row = get_object_or_404(decisions_visible_to(request.user), pk=pk)
    require(request.user, right, row)
    return row


@requires("governance.view_decision")
def decision_detail(request: SignedIn, pk: int) -> HttpResponse:
    return _page(request, _seen(request, pk))


def _page(
    request: SignedIn, row: Decision, *, act: str = "", form: OutcomeForm | None = None
) -> HttpResponse:
    moves = {move.name for move in DECISION_FLOW.moves_open_to(request.user, row)}
    forms = {name: OutcomeForm(prefix=name) for name in TOLD if name in moves}
    if form is not None:
        forms[act] = form
    writes = can(request.user, "governance.write_decisions", row)
    context = {
        "row": row,
        "moves": moves,
        "forms": forms,
        "act": act,
        "may_entrust": row.state == DecisionState.TO_DO and writes,
        "may_change": row.resolution_id is None and writes,
        "is_late": row.state == DecisionState.TO_DO
        and row.due_on is not None
        and row.due_on < timezone.localdate(),
    }
    return render(
        request, "governance/bodies/decision.html", context, status=422 if form is not None else 200
    )


@requires("governance.write_decisions")
def decision_write(request: SignedIn) -> HttpResponse:
    form = DecisionForm(request.POST or None, persons=persons_in_charge(request.user))
    if form.is_valid():
        with refused_at(form):
            today = timezone.localdate()
            row = verbs.write_decision(data=form.typed(), today=today, actor=request.user)
            messages.success(request, _("Décision inscrite au livre."))
            return redirect(row.get_absolute_url())
    return _form(request, form, _("Inscrire une décision"), None)


@requires("governance.write_decisions")
def decision_change(request: SignedIn, pk: int) -> HttpResponse:
    row = _seen(request, pk, "governance.write_decisions")
    held = {name: getattr(row, name) for name in verbs.DecisionData.__dataclass_fields__}
    form = DecisionForm(request.POST or None, persons=persons_in_charge(request.user), initial=held)
    if form.is_valid():
        with refused_at(form):
            verbs.change_decision(
                row,
                data=form.typed(),
                today=timezone.localdate(),
                version=key_in(request.POST.get("version", "")),
                actor=request.user,
            )
            messages.success(request, _("Décision enregistrée."))
            return redirect(row.get_absolute_url())
    return _form(request, form, _("Modifier la décision"), row)


@requires("governance.write_decisions")
def decision_entrust(request: SignedIn, pk: int) -> HttpResponse:
    row = _seen(request, pk, "governance.write_decisions")
    held = {"owner": row.owner, "due_on": row.due_on}
    form = FollowUpForm(request.POST or None, persons=persons_in_charge(request.user), initial=held)
    if form.is_valid():
        with refused_at(form):
            version = key_in(request.POST.get("version", ""))
            verbs.entrust_decision(row, data=form.typed(), version=version, actor=request.user)
            messages.success(request, _("Décision confiée."))
            return redirect(row.get_absolute_url())
    return _form(request, form, _("Confier la décision"), row)


def _form(request: SignedIn, form: Any, title: str, row: Decision | None) -> HttpResponse:
    books = reverse("governance:decision_list")
    return form_page(
        request,
        form,
        title=title,
        lead=row.title if row else "",
        submit=_("Enregistrer"),
        back_url=row.get_absolute_url() if row else books,
        crumbs=[(_("Décisions"), books), (title, "")],
        template="governance/bodies/versioned_form.html",
        version=request.POST.get("version", row.version if row else ""),
    )


@require_POST
@requires("governance.view_decision")
def decision_act(request: SignedIn, pk: int) -> HttpResponse:
    """Done, given up, nothing to do, taken up again."""
    row = _seen(request, pk, "governance.follow_decision")
    do = request.POST.get("do", "")
    if do in TOLD:
        form = OutcomeForm(request.POST, prefix=do)
        if not form.is_valid():
            return _page(request, row, act=do, form=form)
        try:
            TOLD[do](row, outcome=form.cleaned_data["outcome"], actor=request.user)
        except Refused as refusal:
            refuse(form, refusal)
            return _page(request, row, act=do, form=form)
        messages.success(request, _("C’est noté."))
    elif do in SILENT:
        with refused_above(request):
            SILENT[do](row, actor=request.user)
            messages.success(request, _("C’est noté."))
    return redirect(row.get_absolute_url())
