"""Whether an activity can be carried: its points, the insurer’s word, who does the same nearby (ENT-12)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import CharField, Q, QuerySet, Value
from django.utils.translation import gettext as _

from cae.core import facts
from cae.core.plain import PlainText
from cae.core.questions import Given
from entrepreneurs.models import (
    Activity,
    Application,
    ColleagueOpinion,
    FeasibilityFinding,
    InsurerSlip,
    JoinRequest,
    Trade,
)
from entrepreneurs.states.applications import ApplicationState
from entrepreneurs.states.feasibility import (
    AGREED_SLIPS,
    WANTED,
    FeasibilityPoint,
    Finding,
    OpinionKind,
    SlipState,
)
from people.models import Person, PersonScope, Territory
from people.selectors.territories import territory_and_below

SALES_FACT = "activity.sales"


@dataclass(frozen=True)
class Point:
    """One point, the latest finding on it, what the trade says of itself, whether it stands in the way."""

    code: str
    label: str
    finding: FeasibilityFinding | None
    known: str
    blocks: bool

    @property
    def is_open(self) -> bool:
        return self.finding is None or self.finding.finding == Finding.TO_SEE


def points_of(application: Application) -> list[Point]:
    """Gives each point with its latest finding, in one query."""
    latest: dict[str, FeasibilityFinding] = {}
    rows = FeasibilityFinding.objects.filter(application=application).select_related("found_by__person")
    for row in rows.order_by("found_at", "pk"):
        latest[row.point] = row
    return [
        _point(code, str(label), latest.get(code), application) for code, label in FeasibilityPoint.choices
    ]


def _point(code: str, label: str, finding: FeasibilityFinding | None, application: Application) -> Point:
    wanted = WANTED[code]
    blocks = bool(wanted) and finding is not None and finding.finding not in (wanted, Finding.TO_SEE)
    return Point(code, label, finding, _known(code, application.trade), blocks)


def _known(code: str, trade: Trade | None) -> str:
    """What the library of trades says of the point."""
    if trade is None:
        return ""
    if code == FeasibilityPoint.REGULATED:
        return (
            _("Réglementé : %(by)s") % {"by": trade.authority} if trade.is_regulated else _("Non réglementé")
        )
    if code == FeasibilityPoint.PROOFS and not trade.proofs:
        return _("Ce métier ne demande aucun justificatif")
    if code == FeasibilityPoint.INSURABLE:
        return str(trade.get_insurance_class_display())
    return ""


def slips_of(application: Application) -> QuerySet[InsurerSlip]:
    """Gives the slips of an application, the latest first."""
    return InsurerSlip.objects.filter(application=application).select_related(
        "document", "sent_by__person", "answered_by__person"
    )


def insurer_agrees(
    *, person: Person | None = None, application: Application | None = None, trade: Trade | None = None
) -> bool:
    """Tells whether the insurer said yes, with exclusions or none, for this person or application and, when
    one is named, this trade. The latest answer counts: a later refusal takes a yes back."""
    if person is None and application is None:
        raise ValueError("a person or an application")
    rows = InsurerSlip.objects.exclude(state=SlipState.SENT)
    whose = Q(pk__in=[])
    if person is not None:
        whose |= Q(person=person) | Q(application__person=person)
    if application is not None:
        whose |= Q(application=application)
    rows = rows.filter(whose)
    if trade is not None:
        rows = rows.filter(Q(trade=trade) | Q(trade__isnull=True, trade_name__iexact=trade.name))
    latest = rows.order_by("-answered_on", "-pk").first()
    return latest is not None and latest.state in AGREED_SLIPS


@dataclass(frozen=True)
class Colleague:
    """An activity of the same trade nearby: how near, how busy, who."""

    activity: Activity
    nearness: str
    sales: Decimal | None
    people: list[Person]


def same_trade(application: Application, *, on: date) -> list[Colleague]:
    """Gives the activities open that day with the same trade in the same territory, below it or above it,
    the nearest first; the number of queries does not depend on how many there are."""
    if application.territory_id is None or not (application.trade_id or application.trade_text.strip()):
        return []
    near = _near(application.territory_id)
    rows = (
        Activity.objects.open_on(on)
        .filter(scope__territory__in=near)
        .select_related("scope__territory", "trade")
        .order_by("sort_name", "pk")
    )
    if application.trade_id:
        found = list(rows.filter(trade=application.trade_id))
    else:
        words = PlainText(Value(application.trade_text.strip(), output_field=CharField()))
        found = list(rows.filter(trade__sort_name=words))
    return _with_facts(found, near, on)


def _near(territory_id: int) -> dict[int, int]:
    """The territories that count as near: {key: rank}; 0 the same, 1 below, 2 above."""
    parents = dict(Territory.objects.values_list("pk", "parent_id"))
    ranks = dict.fromkeys(territory_and_below([territory_id]), 1) | {territory_id: 0}
    above = parents.get(territory_id)
    while above is not None:
        ranks.setdefault(above, 2)
        above = parents.get(above)
    return ranks


def _with_facts(found: Sequence[Activity], near: dict[int, int], on: date) -> list[Colleague]:
    words = (_("même territoire"), _("à l’intérieur"), _("au-dessus"))
    sales = _sales(found, on)
    people = _people(found, on)
    ranked = sorted(found, key=lambda row: near[_territory(row)])
    return [
        Colleague(row, words[near[_territory(row)]], sales.get(row.pk), people.get(row.scope_id, []))
        for row in ranked
    ]


def _territory(activity: Activity) -> int:
    found: int = activity.scope.territory_id  # type: ignore[assignment]  # filtered on it
    return found


def _sales(found: Sequence[Activity], on: date) -> dict[int, Decimal]:
    """How busy they are: a room above knows, when it is there."""
    try:
        return facts.facts(SALES_FACT, found, on=on) if found else {}
    except LookupError:
        return {}


def _people(found: Iterable[Activity], on: date) -> dict[int, list[Person]]:
    members = PersonScope.objects.in_force(on).filter(scope__in=[row.scope_id for row in found])
    people: dict[int, list[Person]] = {}
    for member in members.select_related("person").order_by("person__sort_name"):
        people.setdefault(member.scope_id, []).append(member.person)
    return people


def opinions_of(application: Application) -> QuerySet[ColleagueOpinion]:
    """Gives the opinions about an application; those that members of the collective gave on a demand of the
    same person are the same ones."""
    about = Q(application=application)
    if application.collective_id and application.person_id:
        about |= Q(request__activity=application.collective_id, request__person=application.person_id)
    return ColleagueOpinion.objects.filter(about).select_related("activity", "person")


def opinions_on(demand: JoinRequest) -> QuerySet[ColleagueOpinion]:
    """Gives what members think of a demand to join, or of the application of the same person there."""
    asked = Q(
        kind=OpinionKind.COLLECTIVE,
        activity=demand.activity_id,
        application__person__isnull=False,
        application__person=demand.person_id,
    )
    rows = ColleagueOpinion.objects.filter(Q(request=demand) | asked).select_related("person")
    return rows.order_by("answered_at", "pk")


def opinions_owed(person: int | Given) -> QuerySet[ColleagueOpinion]:
    """Gives the opinions that a person still owes."""
    return ColleagueOpinion.objects.filter(
        person=person, answered_at=None, application__state=ApplicationState.SUBMITTED
    )


def opinions_waiting_for(user: Any) -> QuerySet[ColleagueOpinion]:
    """Gives the same with what each is about, the oldest first."""
    rows = opinions_owed(user.person_id).select_related("application", "activity")
    return rows.order_by("asked_on", "pk")


def members_to_ask(application: Application, *, on: date) -> list[Person]:
    """Gives the members of the collective that the candidate names."""
    if application.collective is None:
        return []
    members = PersonScope.objects.in_force(on).filter(scope=application.collective.scope_id)
    return [member.person for member in members.select_related("person").order_by("person__sort_name")]


def people_to_ask(application: Application, kind: str, *, on: date) -> dict[Person, Activity]:
    """Gives whose opinion may still be asked, with the activity for which it is: colleagues of the same
    trade nearby, or members of the collective that the candidate names; those asked already left out."""
    asked = set(opinions_of(application).values_list("person", flat=True))
    if kind == OpinionKind.COLLECTIVE:
        collective = application.collective
        found = dict.fromkeys(members_to_ask(application, on=on), collective) if collective else {}
    else:
        found = {
            person: colleague.activity
            for colleague in same_trade(application, on=on)
            for person in colleague.people
        }
    return {
        person: activity
        for person, activity in found.items()
        if person.pk not in asked and person.pk != application.person_id and activity is not None
    }
