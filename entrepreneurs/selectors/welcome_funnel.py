"""What became of applications: steps of the funnel, delays, shares, targets (ENT-15, ENT-16)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import Exists, Min, OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.settings import value_of
from entrepreneurs.calculations.funnel import Gap, gap_to_date, median_days, meets, places_left, share
from entrepreneurs.models import (
    Application,
    ApplicationDecision,
    CommitteeFile,
    Meeting,
    Referent,
    WelcomeTarget,
)
from entrepreneurs.selectors.reviews import WORKER_KINDS
from entrepreneurs.states.applications import ApplicationState
from entrepreneurs.states.committees import Verdict
from entrepreneurs.states.meetings import MeetingState
from entrepreneurs.states.referents import COACH
from entrepreneurs.states.stages import TargetKind
from people.models import Person, Role
from people.selectors.territories import territory_and_below

TESTED_SHARE = "entrepreneurs.tested_share"
# The option of « connue par » that means a member brought the person.
CO_OPTED = "member"


@dataclass(frozen=True)
class Step:
    """One step of the funnel: how many reached it, and the filter of the list that shows them."""

    code: str
    label: Any
    count: int


@dataclass(frozen=True)
class Funnel:
    """Everything that the page draws."""

    steps: list[Step]
    outcomes: list[Step]
    interview_days: Fraction | None
    decision_days: Fraction | None
    tested: tuple[int, int]
    tested_share: Fraction | None
    tested_target: Decimal
    meets_target: bool | None
    co_opted_share: Fraction | None


REACHED: dict[str, Any] = {
    "received": _("Reçues"),
    "interview": _("Premier entretien"),
    "committee": _("Comité"),
    "accepted": _("Acceptées"),
}
# What became of the others.
OUTCOMES: dict[str, Any] = {
    ApplicationState.REFUSED: _("Refusées"),
    ApplicationState.REDIRECTED: _("Réorientées"),
    ApplicationState.POOLED: _("Au vivier"),
    ApplicationState.WITHDRAWN: _("Retirées"),
}


def applications_reaching(rows: QuerySet[Application], code: str) -> QuerySet[Application]:
    """Keeps those that reached a step, or came to an outcome."""
    if code == "interview":
        held = Meeting.objects.filter(application=OuterRef("pk"), state=MeetingState.HELD)
        return rows.filter(Exists(held))
    if code == "committee":
        return rows.filter(Exists(CommitteeFile.objects.filter(application=OuterRef("pk"))))
    if code in ApplicationState.values and code != ApplicationState.SUBMITTED:
        return rows.filter(state=code)
    return rows.filter(state=ApplicationState.SUBMITTED) if code == "waiting" else rows


def applications_received(
    user: Any, *, since: date, until: date, territory: Any = None, source: str = ""
) -> QuerySet[Application]:
    """Gives those sent in the period, within sight."""
    rows = Application.objects.visible_to(user).filter(sent_at__date__gte=since, sent_at__date__lte=until)
    if territory is not None:
        rows = rows.filter(territory__in=territory_and_below([territory.pk]))
    return rows.filter(referral=source) if source else rows


def funnel_of(rows: QuerySet[Application], *, on: date) -> Funnel:
    """Gives the figures of these applications, in a number of queries that does not depend on them."""
    held = Meeting.objects.filter(application=OuterRef("pk"), state=MeetingState.HELD).order_by()
    first = held.values("application").annotate(first=Min("starts_at")).values("first")
    decided = (
        ApplicationDecision.objects.filter(application=OuterRef("pk"))
        .exclude(verdict__in=(Verdict.POSTPONED, Verdict.REOPENED))
        .order_by("-decided_at")
        .values("decided_at")[:1]
    )
    in_committee = CommitteeFile.objects.filter(application=OuterRef("pk"))
    facts = list(
        rows.order_by().annotate(
            interviewed_at=Subquery(first),
            decided_at=Subquery(decided),
            seen_by_committee=Exists(in_committee),
        ).values_list(
            "state", "sent_at", "interviewed_at", "decided_at", "seen_by_committee", "is_tested", "referral"
        )
    )  # fmt: skip
    accepted = [row for row in facts if row[0] == ApplicationState.ACCEPTED]
    reached = {
        "received": len(facts),
        "interview": sum(row[2] is not None for row in facts),
        "committee": sum(bool(row[4]) for row in facts),
        "accepted": len(accepted),
    }
    tested = sum(bool(row[5]) for row in accepted)
    target = value_of(TESTED_SHARE, on=on)
    return Funnel(
        steps=[Step(code, label, reached[code]) for code, label in REACHED.items()],
        outcomes=_outcomes([row[0] for row in facts]),
        interview_days=median_days([(row[2] - row[1]).days for row in facts if row[2]]),
        decision_days=median_days([(row[3] - row[1]).days for row in facts if row[3]]),
        tested=(tested, len(accepted)),
        tested_share=share(tested, len(accepted)),
        tested_target=target,
        meets_target=meets(tested, len(accepted), target),
        co_opted_share=share(sum(row[6] == CO_OPTED for row in accepted), len(accepted)),
    )


def _outcomes(states: list[str]) -> list[Step]:
    shown = [Step("waiting", _("En cours"), states.count(ApplicationState.SUBMITTED))]
    return shown + [Step(code, label, states.count(code)) for code, label in OUTCOMES.items()]


@dataclass(frozen=True)
class TargetLine:
    """An aim of the year beside what was done."""

    target: WelcomeTarget
    gap: Gap | None
    # Of an advisor: the people of their portfolio, and the applications in hand of people who are not.
    coached: int = 0
    waiting: int = 0

    @property
    def followed(self) -> int:
        return self.coached + self.waiting

    @property
    def left(self) -> int:
        return places_left(self.target.value, self.followed)


def targets_of(year: int, *, today: date) -> list[TargetLine]:
    """Gives the aims of a year, the latest of each kind, with the gap to date or the places left."""
    latest: dict[tuple[Any, ...], WelcomeTarget] = {}
    rows = WelcomeTarget.objects.filter(year=year).select_related("territory", "advisor")
    for row in rows.order_by("decided_at", "pk"):
        latest[(row.kind, row.territory_id, row.door, row.advisor_id)] = row
    accepted = list(
        ApplicationDecision.objects.filter(verdict=Verdict.ACCEPTED, decided_at__year=year)
        .order_by()
        .values_list("application__territory_id", "application__door")
    )
    load = _load(today)
    return [_target_line(row, accepted, load, today) for row in latest.values()]


@dataclass(frozen=True)
class _Load:
    """Whom advisors follow on a day, as (advisor, territory): their portfolio, then applications in hand."""

    coached: list[tuple[int, int | None]]
    waiting: list[tuple[int | None, int | None]]


def _load(on: date) -> _Load:
    named = Referent.objects.in_force(on).filter(function=COACH).order_by()
    people = list(named.values_list("advisor_id", "person__territory_id", "person_id"))
    known = {(advisor, person) for advisor, _territory, person in people}
    waiting = Application.objects.filter(state=ApplicationState.SUBMITTED, advisor__isnull=False).order_by()
    return _Load(
        [(advisor, territory) for advisor, territory, _person in people],
        [
            (advisor, territory)
            for advisor, territory, person in waiting.values_list("advisor_id", "territory_id", "person_id")
            if (advisor, person) not in known
        ],
    )


def _target_line(
    row: WelcomeTarget, accepted: Sequence[tuple[int | None, str]], load: _Load, today: date
) -> TargetLine:
    inside = territory_and_below([row.territory_id]) if row.territory_id else None
    if row.kind == TargetKind.CAPACITY:
        coached, waiting = (
            sum(
                advisor == row.advisor_id and (inside is None or territory in inside)
                for advisor, territory in followed
            )
            for followed in (load.coached, load.waiting)
        )
        return TargetLine(row, None, coached, waiting)
    done = sum(
        (inside is None or territory in inside) and (not row.door or door == row.door)
        for territory, door in accepted
    )
    return TargetLine(row, gap_to_date(row.value, done, year=row.year, today=today))


def advisors_offered() -> QuerySet[Person]:
    """Gives the people who may be given files to follow."""
    held = Role.objects.in_force(timezone.localdate()).filter(kind__in=WORKER_KINDS)
    return Person.objects.filter(pk__in=held.values("person")).order_by("sort_name", "pk")
