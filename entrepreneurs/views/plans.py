"""The action plan, written by both sides (ENT-55)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cae.core.forms import refused_above, refused_at
from cae.core.permissions import can, require, signed_in
from entrepreneurs.forms.plans import ActionForm, GoalForm
from entrepreneurs.models import PlanAction, PlanGoal
from entrepreneurs.services import plans
from entrepreneurs.states.plans import ACTION_FLOW, GOAL_FLOW, ActionState
from entrepreneurs.views.coaching import file_page
from entrepreneurs.views.coaching_finding import find_person, find_row


@signed_in
def coaching_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Goals, actions, who does them by when; one form for each, on the page."""
    person = find_person(request, pk)
    today = timezone.localdate()
    asked = request.POST.get("form", "")
    goal = GoalForm(request.POST if asked == "goal" else None, prefix="goal")
    action = ActionForm(request.POST if asked == "action" else None, person=person, prefix="action")
    form: forms.Form = goal if asked == "goal" else action
    if request.method == "POST":
        require(request.user, "entrepreneurs.write_plan", person)
        service = plans.set_goal if asked == "goal" else plans.add_action
        if form.is_valid():
            with refused_at(form):
                service(person, **form.cleaned_data, actor=request.user, on=today)
                messages.success(request, _("C’est au plan."))
                return redirect("entrepreneurs:coaching_plan", person.pk)
    rows = PlanAction.objects.filter(person=person).select_related("owner", "goal", "report")
    may_write = can(request.user, "entrepreneurs.write_plan", person)
    return file_page(
        request,
        person,
        "coaching_plan",
        "entrepreneurs/coaching/plan.html",
        status=422 if form.errors else 200,
        goals=[(one, _moves(GOAL_FLOW, one, may_write)) for one in PlanGoal.objects.filter(person=person)],
        waiting=[
            (one, one.is_late(today), _moves(ACTION_FLOW, one, may_write))
            for one in rows
            if one.state in (ActionState.TODO, ActionState.DOING)
        ],
        over=[
            (one, _moves(ACTION_FLOW, one, may_write))
            for one in rows.order_by("-state_since")
            if one.state in (ActionState.DONE, ActionState.DROPPED)
        ],
        goal_form=goal,
        action_form=action,
        may_write=may_write,
    )


def _moves(flow: Any, row: Any, may_write: bool) -> list[Any]:
    """The moves open from the state of the row: the right is that of the page, asked once."""
    return [move for move in flow.moves if may_write and row.state in move.sources]


ACTIONS: dict[str, Callable[..., PlanAction]] = {
    "start": plans.start_action,
    "finish": plans.finish_action,
    "drop": plans.drop_action,
    "reopen": plans.reopen_action,
}
GOALS: dict[str, Callable[..., PlanGoal]] = {
    "reach": plans.reach_goal,
    "drop": plans.drop_goal,
    "reopen": plans.reopen_goal,
}


@require_POST
@signed_in
def action_act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    return _act(request, find_row(request, PlanAction, pk, right="entrepreneurs.write_plan"), ACTIONS, act)


@require_POST
@signed_in
def goal_act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    return _act(request, find_row(request, PlanGoal, pk, right="entrepreneurs.write_plan"), GOALS, act)


def _act(request: HttpRequest, row: Any, services: dict[str, Callable[..., Any]], act: str) -> HttpResponse:
    if act not in services:
        raise Http404
    with refused_above(request):
        services[act](row, actor=request.user)
        messages.success(request, _("C’est noté."))
    return redirect("entrepreneurs:coaching_plan", row.person_id)
