"""The register of associates as of any day, and who may vote at an instant (GOV-01)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from fractions import Fraction
from typing import Any

from django.db.models import (
    BooleanField,
    Count,
    ExpressionWrapper,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Coalesce, Concat, NullIf
from django.utils import timezone

from governance.models import Associate, CategoryPeriod, College, Representative, ShareMovement
from governance.models.associates import suspended_at
from people.selectors.statuses import holders_on
from people.states.statuses import StatusKind


def associates_on(day: Any) -> QuerySet[Associate]:
    """Gives the associates of a day, with `.category`, `.college_id` and `.college_name` of that day."""
    # A join: PostgreSQL went through the periods again for each associate to answer subqueries. One has one
    # period at a time (`category_one_at_a_time`): nobody is doubled.
    in_force = Q(categories__starts_on__lte=day) & (
        Q(categories__ends_on=None) | Q(categories__ends_on__gte=day)
    )
    return (
        Associate.objects.on(day)
        .select_related("person", "organisation")
        .annotate(
            period=FilteredRelation("categories", condition=in_force),
            category=F("period__category"),
            college_id=F("period__college_id"),
            college_name=F("period__college__name"),
        )
    )


def voters_at(at: datetime) -> QuerySet[Associate]:
    """Gives who has a voice at an instant: the associates of that day whose right to vote is not suspended,
    with `.category`, `.college_id` and `.college_name`; the first of the register first."""
    return associates_on(timezone.localdate(at)).exclude(suspended_at(at))


def votes_at(associate: Associate, at: datetime) -> bool:
    """Tells whether an associate has a voice at an instant."""
    return voters_at(at).filter(pk=associate.pk).exists()


def register_on(day: date) -> QuerySet[Associate]:
    """Gives the register as of a day: what `associates_on` gives, with `.shares` held that evening,
    `.acting`, the name of who represents a legal person, and `.suspended`, at the end of that day."""
    acting = Representative.objects.in_force(day).filter(associate=OuterRef("pk"))
    surname = Coalesce(NullIf(F("person__usual_name"), Value("")), F("person__last_name"))
    acting = acting.annotate(said=Concat(F("person__first_name"), Value(" "), surname))
    return associates_on(day).annotate(
        shares=shares_held("receiver", day) - shares_held("giver", day),
        acting=Coalesce(Subquery(acting.values("said")[:1]), Value("")),
        suspended=ExpressionWrapper(suspended_at(evening_of(day)), output_field=BooleanField()),
    )


def evening_of(day: date) -> datetime:
    """Gives the last instant of a day."""
    return datetime.combine(day, time.max, timezone.get_current_timezone())


def shares_held(side: str, day: Any) -> Coalesce:
    """The shares that an associate received, or gave, until the evening of a day: a subquery."""
    moved = (
        ShareMovement.objects.filter(**{side: OuterRef("pk")}, on__lte=day)
        .order_by()
        .values(side)
        .annotate(total=Sum("quantity"))
        .values("total")
    )
    return Coalesce(Subquery(moved), Value(0))


def colleges_listed(on: date) -> QuerySet[College]:
    """Gives the colleges with `.count`, how many associates each has on a day."""
    inside = CategoryPeriod.objects.in_force(on).filter(associate__in=Associate.objects.on(on))
    return College.objects.annotate(count=Count("periods", filter=Q(periods__in=inside)))


@dataclass(frozen=True)
class EntrepreneurShare:
    """How many of the entrepreneurs of a day are associates."""

    associates: int
    entrepreneurs: int

    @property
    def part(self) -> Fraction | None:
        return Fraction(self.associates, self.entrepreneurs) if self.entrepreneurs else None


def share_among_entrepreneurs(day: date) -> EntrepreneurShare:
    """Gives how many employed entrepreneurs of a day are associates, in two counts."""
    employed = holders_on([StatusKind.ENTREPRENEUR], day)
    persons = employed.values("person").distinct()
    inside = Associate.objects.on(day).filter(person__in=persons)
    return EntrepreneurShare(inside.count(), persons.count())
