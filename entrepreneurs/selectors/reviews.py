"""The grid of an application as one person may read it, and the economic criterion with its working."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.questions import Given
from cae.core.settings import values_of
from entrepreneurs.calculations.economic import (
    Tested,
    Threshold,
    Working,
    economic_criterion,
    months_tested,
    working_time,
)
from entrepreneurs.calculations.grid import Spread, mean_of, spread, weighted_mean
from entrepreneurs.models import (
    Application,
    CommitteeFile,
    CriteriaSet,
    Criterion,
    EconomicWaiver,
    Mark,
    Review,
    ReviewRequest,
)
from entrepreneurs.states.applications import ApplicationState
from entrepreneurs.states.committees import CommitteeState
from people.models import Role, Territory, User
from people.states import RoleKind

CRITERION_AMOUNT = "entrepreneurs.criterion_amount"
CRITERION_MONTHS = "entrepreneurs.criterion_months"
CRITERION_BASIS = "entrepreneurs.criterion_basis"
CRITERION_SCALED = "entrepreneurs.criterion_scaled"
# Those who work on files.
WORKER_KINDS = (RoleKind.ADVISOR, RoleKind.HUMAN_RESOURCES, RoleKind.CO_MANAGER)


@dataclass(frozen=True)
class GivenReview:
    """The review of one person as the grid draws it: its marks in the order of the criteria."""

    review: Review
    marks: list[Mark]
    mean: Fraction
    has_changed: bool


@dataclass(frozen=True)
class Row:
    """One criterion across reviewers."""

    criterion: Criterion
    marks: list[int]
    spread: Spread | None


@dataclass(frozen=True)
class Grid:
    """The grid of one application as one person reads it; `hidden` counts the reviews kept from them."""

    criteria: CriteriaSet | None
    reviews: list[GivenReview]
    rows: list[Row]
    mean: Fraction | None
    hidden: int
    own: GivenReview | None


def criteria_for(application: Application, *, on: date) -> CriteriaSet | None:
    """Gives the version in force: of the territory, else of the nearest above it, else of the cooperative."""
    rows = CriteriaSet.objects.filter(valid_from__lte=on).prefetch_related("criteria")
    latest: dict[int | None, CriteriaSet] = {}
    for row in rows.order_by("valid_from", "pk"):
        latest[row.territory_id] = row
    at = application.territory_id
    if any(key is not None for key in latest):
        parents = dict(Territory.objects.values_list("pk", "parent_id"))
        while at is not None and at not in latest:
            at = parents.get(at)
    else:
        at = None
    return latest.get(at)


def is_frozen(application: Application) -> bool:
    """Tells whether a committee that was convened, and is not over, holds the file."""
    return CommitteeFile.objects.filter(
        application=application, committee__state=CommitteeState.CONVENED
    ).exists()


def latest_marks(review: Review) -> dict[int, Mark]:
    """Gives the mark that counts for each criterion."""
    return {mark.criterion_id: mark for mark in review.marks.order_by("pk")}


def _reviews(application: Application) -> QuerySet[Review]:
    return (
        Review.objects.filter(application=application)
        .select_related("reviewer__person", "criteria")
        .prefetch_related(Prefetch("marks", Mark.objects.select_related("criterion").order_by("pk")))
    )


def grid_of(application: Application, user: User | None) -> Grid:
    """Gives the grid as this person may read it: the marks of others only once they gave their own, or once
    the file is frozen. Without user: the whole of it, for the file of a committee."""
    reviews = [_given(review) for review in _reviews(application)]
    own = next((one for one in reviews if user is not None and one.review.reviewer_id == user.pk), None)
    open_to_all = user is None or own is not None or is_frozen(application)
    seen = reviews if open_to_all else []
    criteria = seen[-1].review.criteria if seen else criteria_for(application, on=timezone.localdate())
    return Grid(
        criteria=criteria,
        reviews=seen,
        rows=_rows(seen),
        mean=mean_of(one.mean for one in seen),
        hidden=len(reviews) - len(seen),
        own=own,
    )


def _given(review: Review) -> GivenReview:
    latest: dict[int, Mark] = {mark.criterion_id: mark for mark in review.marks.all()}
    marks = sorted(latest.values(), key=lambda mark: mark.criterion.order)
    mean = weighted_mean(
        {mark.criterion_id: mark.value for mark in marks},
        {mark.criterion_id: mark.criterion.weight for mark in marks},
    )
    return GivenReview(review, marks, mean, any(mark.replaces_id for mark in marks))


def _rows(reviews: list[GivenReview]) -> list[Row]:
    by_criterion: dict[int, tuple[Criterion, list[int]]] = {}
    for one in reviews:
        for mark in one.marks:
            by_criterion.setdefault(mark.criterion_id, (mark.criterion, []))[1].append(mark.value)
    rows = [Row(criterion, marks, spread(marks)) for criterion, marks in by_criterion.values()]
    return sorted(rows, key=lambda row: (row.criterion.criteria_id, row.criterion.order))


@dataclass(frozen=True)
class EconomicCheck:
    """The criterion for one application: its working, or in a sentence why there is none; its waiver."""

    working: Working | None
    rule: Threshold
    tested: Tested | None
    why_not: str
    waiver: EconomicWaiver | None

    @property
    def passes(self) -> bool:
        return self.waiver is not None or (self.working is not None and self.working.is_met)


def economic_of(application: Application) -> EconomicCheck:
    """Gives the criterion as the rules of the day when the application was sent want it."""
    on = timezone.localdate(application.sent_at) if application.sent_at else timezone.localdate()
    rule = threshold_on(on)
    waiver = EconomicWaiver.objects.filter(application=application).select_related("author__person").first()
    tested = _tested(application, on)
    if not application.is_tested:
        why_not = _("Activité pas encore testée : le critère ne s’applique pas à l’entrée.")
    elif tested is None:
        why_not = _("Les ventes ne sont pas indiquées : demandez-les.")
    elif rule.basis == "margin" and application.costs_12_months is None:
        why_not = _("Le critère porte sur la marge : demandez les charges de l’activité.")
    else:
        return EconomicCheck(economic_criterion(rule, tested), rule, tested, "", waiver)
    return EconomicCheck(None, rule, tested, why_not, waiver)


def threshold_on(on: date) -> Threshold:
    """Gives the rule in force on a day."""
    values = values_of(CRITERION_AMOUNT, CRITERION_MONTHS, CRITERION_BASIS, CRITERION_SCALED, on=on)
    return Threshold(
        amount=values[CRITERION_AMOUNT],
        months=values[CRITERION_MONTHS],
        basis=values[CRITERION_BASIS],
        scaled=values[CRITERION_SCALED] == "yes",
    )


def _tested(application: Application, on: date) -> Tested | None:
    """What the candidate says of the last twelve months, or of the shorter time since they began."""
    if application.sales_12_months is None:
        return None
    return Tested(
        sales=application.sales_12_months,
        costs=application.costs_12_months or Decimal(0),
        months=months_tested(application.tested_from, application.tested_until or on),
        working_time=working_time(application.weekly_hours),
    )


def reviews_owed(user: User | Given) -> QuerySet[ReviewRequest]:
    """Gives the marks asked of an account and not given, in sight or not."""
    given = Review.objects.filter(reviewer=user).values("application")
    return ReviewRequest.objects.filter(reviewer=user, application__state=ApplicationState.SUBMITTED).exclude(
        application__in=given
    )


def reviews_asked_of(user: User) -> QuerySet[Any]:
    """Gives the applications that wait for the marks of this person."""
    given = Review.objects.filter(reviewer=user).values("application")
    return (
        Application.objects.visible_to(user)
        .filter(state=ApplicationState.SUBMITTED, review_requests__reviewer=user)
        .exclude(pk__in=given)
        .order_by("review_requests__asked_on", "pk")
    )


def reviewers_offered(application: Application) -> QuerySet[User]:
    """Gives the accounts that may be asked to mark, but for those who were, or did."""
    held = Role.objects.in_force(timezone.localdate()).filter(kind__in=WORKER_KINDS)
    asked = ReviewRequest.objects.filter(application=application).values("reviewer")
    gave = Review.objects.filter(application=application).values("reviewer")
    rows = User.objects.filter(is_active=True, person__in=held.values("person"))
    return (
        rows.exclude(pk__in=asked).exclude(pk__in=gave).select_related("person").order_by("person__sort_name")
    )
