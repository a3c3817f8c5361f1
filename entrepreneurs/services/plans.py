"""Writes the action plan: goals, actions, who does them, how far they are (ENT-55)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.workflow import performs
from entrepreneurs.models import Activity, Interview, MeetingReport, PlanAction, PlanGoal
from entrepreneurs.states.plans import ACTION_FLOW, GOAL_FLOW, GoalKind
from people.models import Person
from people.services.changes import refuse_long, require_text

LONGEST_LABEL = 200


@transaction.atomic
def set_goal(
    person: Person,
    *,
    kind: str,
    label: str,
    due_on: date | None,
    actor: Any,
    on: date,
    activity: Activity | None = None,
) -> PlanGoal:
    """Does: sets a goal of a person, or of one of their activities. Refuses: no words, an unknown kind, a day
    already past. Leaves behind: the goal, audit."""
    if kind not in GoalKind.values:
        raise Refused(Code.VALUE_INVALID, _("Cette sorte d’objectif n’existe pas."), field="kind")
    goal = PlanGoal.objects.create(
        person=person,
        activity=activity,
        kind=kind,
        label=_words(label, _("Écrivez l’objectif.")),
        due_on=_day_to_come(due_on, on),
        created_by=actor,
    )
    audit.record(actor, "entrepreneurs.goal.set", goal)
    return goal


@transaction.atomic
def add_action(
    person: Person,
    *,
    label: str,
    owner: Person,
    due_on: date | None,
    actor: Any,
    on: date,
    goal: PlanGoal | None = None,
    report: MeetingReport | None = None,
    interview: Interview | None = None,
) -> PlanAction:
    """Does: adds an action to the plan of a person. Refuses: no words, a day already past, the goal of
    somebody else. Leaves behind: the action, audit."""
    if goal is not None and goal.person_id != person.pk:
        raise Refused(Code.NOT_ALLOWED, _("Cet objectif est celui d’une autre personne."), field="goal")
    action = PlanAction.objects.create(
        person=person,
        goal=goal,
        label=_words(label, _("Écrivez l’action.")),
        owner=owner,
        due_on=_day_to_come(due_on, on),
        report=report,
        interview=interview,
        created_by=actor,
    )
    audit.record(actor, "entrepreneurs.action.add", action)
    return action


@performs(GOAL_FLOW, "reach")
def reach_goal(goal: PlanGoal, *, actor: Any) -> None:
    """Does: says that a goal is reached. Refuses: one that is not open. Leaves behind: the state, audit."""


@performs(GOAL_FLOW, "drop")
def drop_goal(goal: PlanGoal, *, actor: Any) -> None:
    """Does: gives a goal up. Refuses: one that is not open. Leaves behind: the state, audit."""


@performs(GOAL_FLOW, "reopen")
def reopen_goal(goal: PlanGoal, *, actor: Any) -> None:
    """Does: takes a goal up again. Refuses: one that is open. Leaves behind: the state, audit."""


@performs(ACTION_FLOW, "start")
def start_action(action: PlanAction, *, actor: Any) -> None:
    """Does: says that an action has begun. Refuses: one that is over. Leaves behind: the state, audit."""


@performs(ACTION_FLOW, "finish")
def finish_action(action: PlanAction, *, actor: Any) -> None:
    """Does: says that an action is done. Refuses: one that is over. Leaves behind: the state, audit."""


@performs(ACTION_FLOW, "drop")
def drop_action(action: PlanAction, *, actor: Any) -> None:
    """Does: gives an action up. Refuses: one that is over. Leaves behind: the state, audit."""


@performs(ACTION_FLOW, "reopen")
def reopen_action(action: PlanAction, *, actor: Any) -> None:
    """Does: takes an action up again. Refuses: one that still waits. Leaves behind: the state, audit."""


def _words(label: str, sentence: str) -> str:
    words = " ".join(label.split())
    require_text(words, "label", sentence)
    refuse_long(words, "label", LONGEST_LABEL)
    return words


def _day_to_come(due_on: date | None, on: date) -> date | None:
    if due_on is not None and due_on < on:
        raise Refused(
            Code.DATE_INVALID, _("Cette date est passée : indiquez un jour à venir."), field="due_on"
        )
    return due_on
