"""The pay of a month as pages read it: proposals with what payroll said, one's own, who comes and goes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import F, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from accounting.calculations.payroll.proposing import gap_of
from accounting.models import PayItem, PayMonth, PayProposal, PayResult, Payslip
from accounting.pay_parameters import GAP_SHOWN
from accounting.selectors.pay_means import salaried_contracts
from accounting.states.payroll import ImportState, PayItemKind, PayState
from cae.core import permissions
from cae.core.facts import Source
from cae.core.fields import MoneyField
from cae.core.money import ZERO
from cae.core.periods import Month
from cae.core.questions import Given
from cae.core.settings import value_of
from entrepreneurs.models import Contract

_NONE = Value(ZERO, output_field=MoneyField())


def pay_months() -> list[PayMonth]:
    """Every month, the latest first."""
    return list(PayMonth.objects.order_by("-first"))


def pay_month(text: str) -> PayMonth | None:
    """The month that an address names (« 2026-11 »), or the latest when it names none."""
    rows = PayMonth.objects.order_by("-first")
    if not text:
        return rows.first()
    try:
        return rows.filter(first=Month.parse(text).first).first()
    except ValueError:
        return None


def _items(*kinds: str) -> Coalesce:
    rows = PayItem.objects.filter(proposal=OuterRef("pk"), kind__in=kinds).order_by()
    total = rows.values("proposal").annotate(total=Sum("amount")).values("total")
    return Coalesce(Subquery(total), _NONE)


def _real(name: str) -> Subquery:
    rows = PayResult.objects.filter(proposal=OuterRef("pk"), received__state=ImportState.POSTED)
    return Subquery(rows.values(name)[:1])


def proposals_told(rows: QuerySet[PayProposal]) -> QuerySet[PayProposal]:
    """Proposals with their fixed part and advance, the real cost and how far it is from the simulated one."""
    return rows.select_related("person", "month").annotate(
        fixed=_items(PayItemKind.FIXED),
        advance=_items(PayItemKind.ADVANCE),
        real=_real("cost"),
        gap=F("real") - F("cost"),
    )


def proposals_of(month: PayMonth | None) -> QuerySet[PayProposal]:
    return proposals_told(PayProposal.objects.filter(month=month))


def own_proposals(user: Any) -> QuerySet[PayProposal]:
    """One's own, the latest month first, without those given up."""
    rows = PayProposal.objects.standing().filter(person_id=user.person_id)
    return proposals_told(rows).order_by("-month__first")


def items_of(row: PayProposal) -> QuerySet[PayItem]:
    return PayItem.objects.filter(proposal=row).select_related("section").order_by("pk")


def result_of(row: PayProposal) -> PayResult | None:
    """What payroll said of it, unless it was undone."""
    rows = PayResult.objects.filter(proposal=row, received__state=ImportState.POSTED)
    return rows.select_related("received", "entry__journal").first()


def is_far(row: Any, on: date) -> bool:
    """The real cost is further from the simulated one than what is shown."""
    limit: Decimal = value_of(GAP_SHOWN, on=on)
    return row.real is not None and abs(gap_of(row.cost, row.real)) > limit


def far_rows(rows: QuerySet[PayProposal], on: date) -> QuerySet[PayProposal]:
    """Those of these proposals, told, whose real cost is too far from the simulated one."""
    limit = value_of(GAP_SHOWN, on=on)
    return rows.filter(Q(gap__gt=F("cost") * limit) | Q(gap__lt=-F("cost") * limit))


def own_slips(user: Any) -> QuerySet[Payslip]:
    return Payslip.objects.filter(person_id=user.person_id).select_related("month").order_by("-month__first")


@dataclass(frozen=True)
class Coming:
    """Somebody whose contract begins or ends in the month."""

    contract: Contract
    begins: bool
    on: date


def comings_and_goings(month: Month) -> list[Coming]:
    """Those whose CESA begins in the month, then those whose CESA ends in it, by day."""
    rows = list(salaried_contracts(month).select_related("person__pay_number", "activity"))
    begins = [Coming(row, True, row.starts_on) for row in rows if row.starts_on in month]
    ends = [Coming(row, False, row.last_day) for row in rows if row.last_day and row.last_day in month]
    return [*sorted(begins, key=lambda one: one.on), *sorted(ends, key=lambda one: one.on)]


def months_offered(today: date, *, count: int = 12) -> list[Month]:
    """The month of today and those before it."""
    month, found = Month.of(today), []
    for _rank in range(count):
        found.append(month)
        month = month.previous()
    return found


def to_answer(person_id: int | Given) -> QuerySet[PayProposal]:
    """What waits for the person's word."""
    return PayProposal.objects.filter(person=person_id, state=PayState.PROPOSED)


def asked_otherwise() -> QuerySet[PayProposal]:
    return PayProposal.objects.filter(state=PayState.ASKED)


def to_check() -> QuerySet[PayProposal]:
    return PayProposal.objects.filter(state=PayState.AGREED)


def to_export() -> QuerySet[PayProposal]:
    return PayProposal.objects.filter(state=PayState.CHECKED)


def proposal_sources(user: Any, keys: list[str]) -> dict[str, Source]:
    """The page of each proposal that an act is about, for who reads it."""
    if not permissions.can(user, "accounting.view_pay"):
        return {}
    rows = PayProposal.objects.filter(pk__in=keys).select_related("person", "month")
    return {str(row.pk): Source(str(row), row.get_absolute_url()) for row in rows}


@dataclass(frozen=True)
class Compared:
    """What payroll says of somebody beside what was simulated."""

    result: PayResult
    gap: Decimal | None
    is_far: bool


def gaps_of(results: list[PayResult], on: date) -> list[Compared]:
    """Each result with its gap; those that are too far first."""
    limit = value_of(GAP_SHOWN, on=on)
    rows = []
    for row in results:
        simulated = row.proposal.cost if row.proposal else None
        gap = None if simulated is None else row.cost - simulated
        far = simulated is not None and abs(gap_of(simulated, row.cost)) > limit
        rows.append(Compared(row, gap, far))
    return sorted(rows, key=lambda one: not one.is_far)


def still_out(month: PayMonth) -> QuerySet[PayProposal]:
    """The pay of the month that was sent and has not come back."""
    rows = PayProposal.objects.filter(month=month, state=PayState.EXPORTED)
    return rows.select_related("person", "month").order_by("person__sort_name")


@dataclass(frozen=True)
class PaySheet:
    """What is printed of one pay."""

    row: PayProposal
    number: str
    items: list[PayItem]


def sheets_of(month: PayMonth) -> list[PaySheet]:
    """The pay of a month person by person, by name; a flat number of questions."""
    items = Prefetch("items", PayItem.objects.select_related("section").order_by("pk"))
    rows = PayProposal.objects.standing().filter(month=month).select_related("person__pay_number")
    return [
        PaySheet(row, str(getattr(row.person, "pay_number", "")), list(row.items.all()))
        for row in rows.prefetch_related(items).order_by("person__sort_name", "pk")
    ]
