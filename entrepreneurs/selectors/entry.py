"""Questions about entries: which facts the records show, what each person still has to do (ENT-20)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from entrepreneurs.models import Activity, Contract, DocumentRequest, EntryChecklist, EntryLine, Referent
from entrepreneurs.selectors.covers import is_covered
from entrepreneurs.states.contracts import ContractState
from entrepreneurs.states.entry import LINES_OF, Ball, EntryFact
from entrepreneurs.states.referents import COACH
from people.models import Person, User
from people.selectors import held_kinds
from people.states import RoleKind

BANK_DETAILS = "bank_details"
# Whose ball a role of the team plays.
_BALLS: dict[str, str] = {
    RoleKind.ADVISOR: Ball.ADVISOR,
    RoleKind.HUMAN_RESOURCES: Ball.HUMAN_RESOURCES,
    RoleKind.ACCOUNTANT: Ball.ACCOUNTANT,
}


@dataclass(frozen=True)
class LineShown:
    """A line of the list as the page draws it."""

    line: EntryLine
    label: Any
    may_tick: bool
    may_undo: bool


def facts_of(person: Person, on: date) -> set[str]:
    """Gives the facts that the records show of a person on a day."""
    found: dict[str, bool] = {
        EntryFact.CONTRACT_SIGNED: Contract.objects.filter(
            person=person, state=ContractState.SIGNED
        ).exists(),
        EntryFact.ACCOUNT_OPEN: User.objects.filter(person=person, is_active=True).exists(),
        EntryFact.BANK_DETAILS: DocumentRequest.objects.holding(on)
        .filter(person=person, kind=BANK_DETAILS)
        .exists(),
        EntryFact.COACH_NAMED: Referent.objects.in_force(on).filter(person=person, function=COACH).exists(),
        EntryFact.PAPERS_SETTLED: not DocumentRequest.objects.unsettled().filter(person=person).exists(),
    }
    activities = list(
        Activity.objects.open_on(on)
        .filter(scope__members__person=person)
        .exclude(scope__members__ends_on__lt=on)
        .select_related("trade")
    )
    found[EntryFact.ACTIVITY_OPEN] = bool(activities)
    found[EntryFact.COVERED] = any(is_covered(activity, on) for activity in activities)
    return {str(fact) for fact, is_true in found.items() if is_true}


def checklists_listed(user: Any) -> QuerySet[EntryChecklist]:
    """Gives the lists within sight, with how many lines are done, in one query."""
    return (
        EntryChecklist.objects.visible_to(user)
        .select_related("person", "application")
        .annotate(total=Count("lines"), done=Count("lines", filter=Q(lines__done_at__isnull=False)))
    )


def lines_shown(checklist: EntryChecklist, user: Any) -> list[LineShown]:
    """Gives the lines in their order, each with its words and whether this person may tick it."""
    rows = checklist.lines.select_related("done_by__person")
    balls = balls_of(user, checklist)
    return [
        LineShown(
            line,
            LINES_OF[line.code].label if line.code in LINES_OF else line.code,
            line.done_at is None and line.ball in balls,
            line.done_by_id is not None and line.ball in balls,
        )
        for line in rows
    ]


def balls_of(user: Any, checklist: EntryChecklist) -> set[str]:
    """Gives whose balls this person plays: their own, that of their function; human resources, all."""
    kinds = held_kinds(user)
    if RoleKind.HUMAN_RESOURCES in kinds:
        return set(Ball.values)
    found = {str(_BALLS[kind]) for kind in kinds if kind in _BALLS}
    if RoleKind.ADVISOR in kinds:
        found.add(Ball.PERSON)
    return found | ({str(Ball.PERSON)} if user.person_id == checklist.person_id else set())
