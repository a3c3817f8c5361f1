"""Grants and earmarked funds: what is left on each, what may be counted, what waits, what to put off."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import DecimalField, F, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from accounting.calculations.funds import Cost, Terms, to_defer
from accounting.models import (
    AnalyticAccount,
    CostKind,
    EntryLine,
    Fund,
    FundDeferral,
    FundDuty,
    FundInstalment,
    FundSpending,
)
from accounting.states.books import AccountRole
from accounting.states.funds import FUND_OVER, FUND_WON, FundNature, FundState
from cae.core.facts import Source
from cae.core.models import Document
from cae.core.money import ZERO
from cae.core.questions import Given
from entrepreneurs.models import Activity

_MONEY = DecimalField(max_digits=14, decimal_places=2)


def funds_visible_to(user: Any) -> QuerySet[Fund]:
    """Those in sight, with what came, what was counted and what is left of each."""
    return with_balances(Fund.objects.visible_to(user))


def with_balances(rows: QuerySet[Fund]) -> QuerySet[Fund]:
    awarded = Coalesce(F("awarded_amount"), Value(ZERO), output_field=_MONEY)
    return rows.select_related("section", "owner").annotate(
        spent=_sum_of(FundSpending.objects.all()),
        received=_sum_of(FundInstalment.objects.filter(received_on__isnull=False)),
        left=awarded - _sum_of(FundSpending.objects.all()),
    )


def _sum_of(rows: QuerySet[Any]) -> Any:
    """The amounts of the rows of each fund."""
    summed = rows.filter(fund=OuterRef("pk")).order_by().values("fund").annotate(sum=Sum("amount"))
    return Coalesce(Subquery(summed.values("sum")), Value(ZERO), output_field=_MONEY)


def spent_on(fund: Fund, *, until: date | None = None) -> Decimal:
    """What is counted on a fund, of the costs of until a day."""
    rows = FundSpending.objects.filter(fund=fund)
    if until is not None:
        rows = rows.filter(line__on__lte=until)
    total: Decimal = rows.aggregate(sum=Sum("amount", default=ZERO))["sum"]
    return total


def left_on(fund: Fund) -> Decimal:
    return (fund.awarded_amount or ZERO) - spent_on(fund)


def terms_of(fund: Fund) -> Terms:
    return Terms(
        is_running=fund.state == FundState.RUNNING,
        section=fund.section_id,
        kinds=fund.kinds,
        starts_on=fund.starts_on,
        ends_on=fund.ends_on,
        left=left_on(fund),
    )


def cost_of(line: EntryLine) -> Cost:
    counted = FundSpending.objects.filter(line=line).aggregate(sum=Sum("amount", default=ZERO))["sum"]
    kind = line.cost_kind.code if line.cost_kind else ""
    return Cost(line.analytic_id, kind, line.on, line.debit - line.credit - counted)


def spendings_of(fund: Fund) -> QuerySet[FundSpending]:
    return (
        fund.spendings.select_related(
            "line__entry__journal", "line__account", "line__cost_kind", "undoes", "created_by__person"
        )
        .prefetch_related("undone_by")
        .order_by("-line__on", "-pk")
    )


@dataclass(frozen=True)
class Countable:
    """A cost of the section that the fund may pay, and how much of it nobody has counted."""

    line: EntryLine
    free: Decimal


def countable_lines(fund: Fund) -> list[Countable]:
    """The costs of its section, of its natures, within its dates, not wholly counted nor reversed."""
    counted = _counted_of_line()
    rows = EntryLine.objects.filter(
        analytic=fund.section,
        cost_kind__code__in=fund.kinds,
        on__range=(fund.starts_on, fund.ends_on),
        debit__gt=0,
        entry__reverses__isnull=True,
        entry__reversed_by__isnull=True,
    ).annotate(free=F("debit") - counted)
    found = rows.filter(free__gt=0).select_related("entry__journal", "account", "cost_kind")
    return [Countable(line, line.free) for line in found.order_by("-on", "-pk")[:200]]


def _counted_of_line() -> Any:
    rows = FundSpending.objects.filter(line=OuterRef("pk")).order_by().values("line")
    return Coalesce(
        Subquery(rows.annotate(sum=Sum("amount")).values("sum")), Value(ZERO), output_field=_MONEY
    )


def live_spendings(entry_id: int) -> QuerySet[FundSpending]:
    """What funds have counted of the lines of an entry, and not taken back since."""
    return FundSpending.objects.filter(
        line__entry=entry_id, undoes__isnull=True, undone_by__isnull=True
    ).order_by("fund_id", "pk")


def kinds_of(codes: Collection[str]) -> list[CostKind]:
    return list(CostKind.objects.filter(code__in=codes))


def fundable_sections() -> QuerySet[AnalyticAccount]:
    return AnalyticAccount.objects.filter(person__isnull=True).order_by("kind", "sort_label")


def funds_to_name() -> QuerySet[Fund]:
    """Those that a line of a purchase may name."""
    return Fund.objects.filter(state=FundState.RUNNING).order_by("label")


def funds_of_activities(activities: Iterable[Activity]) -> QuerySet[Fund]:
    """Those that an expense of one of these activities may name."""
    rows = Fund.objects.filter(state=FundState.RUNNING, section__activity__in=activities)
    return rows.order_by("label")


def funds_of_activity(activity: Activity) -> QuerySet[Fund]:
    """The funds that an activity spends, for its statement and its expenses."""
    return with_balances(
        Fund.objects.filter(section__activity=activity).exclude(state__in=FUND_OVER)
    ).order_by("label")


def letters_of(fund: Fund) -> QuerySet[Document]:
    """Its correspondence and its proofs, the latest first."""
    about = {"about_type": "accounting.fund", "about_id": str(fund.pk)}
    return Document.objects.filter(**about).order_by("-created_at", "-pk")


def duties_due(until: date | Given) -> QuerySet[FundDuty]:
    """What is to be done by a day, of funds that are alive."""
    return (
        FundDuty.objects.filter(done_on__isnull=True, due_on__lte=until)
        .exclude(fund__state__in=FUND_OVER)
        .select_related("fund")
        .order_by("due_on")
    )


@dataclass(frozen=True)
class Rest:
    """What a grant leaves to the next year."""

    fund: Fund
    earned: Decimal
    spent: Decimal
    done: FundDeferral | None

    @property
    def amount(self) -> Decimal:
        return to_defer(self.earned, self.spent)


def earned_by(fund: Fund, on: date) -> Decimal:
    """The income of a grant that its entries hold on a day, what was put off and taken back left aside."""
    rows = EntryLine.objects.order_by().filter(
        entry__source_type=ContentType.objects.get_for_model(Fund),
        entry__source_id=fund.pk,
        account__role=AccountRole.GRANT_INCOME,
        on__lte=on,
    )
    put_off = FundDeferral.objects.filter(fund=fund)
    for moved in ("entry", "back_entry"):
        rows = rows.exclude(entry__in=put_off.values(moved))
    total: Decimal = rows.aggregate(sum=Sum(F("credit") - F("debit"), default=ZERO))["sum"]
    return total


def rests_at(on: date) -> Sequence[Rest]:
    """Grants that have brought more than they paid on the last day of a year; what was put off already."""
    rows = Fund.objects.filter(nature=FundNature.GRANT, state__in=FUND_WON).select_related("section")
    alive = rows.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=on)).order_by("label")
    done = {one.fund_id: one for one in FundDeferral.objects.filter(on=on)}
    found = [Rest(fund, earned_by(fund, on), spent_on(fund, until=on), done.get(fund.pk)) for fund in alive]
    return [rest for rest in found if rest.amount or rest.done]


def fund_sources(user: Any, keys: list[str]) -> dict[str, Source]:
    """The page of each fund that an entry, a file or an act is about, for who sees it."""
    rows = Fund.objects.visible_to(user).filter(pk__in=keys)
    return {str(row.pk): Source(str(row), row.get_absolute_url()) for row in rows}
