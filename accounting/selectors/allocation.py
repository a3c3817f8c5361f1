"""Reads an allocation of result: its bounds, each person, the transfers that pay it (ACC-47)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.urls import reverse

from accounting.calculations.allocation.law import SCIC, SCOP, Law
from accounting.calculations.allocation.people import seniority_coefficient
from accounting.models import (
    AllocationRight,
    AllocationShare,
    FiscalYear,
    PaymentOrder,
    ResultAllocation,
)
from accounting.models.allocation import FACTS
from accounting.selectors.allocation_facts import accounts_behind
from accounting.states.allocation import DECIDED, AllocationLaw, AllocationState, ShareKind
from accounting.states.payments import OrderState
from cae.core import permissions
from cae.core.facts import Source, facts, sources_of
from cae.core.money import ZERO
from cae.core.questions import Given

RESOLUTION_FACT = "allocation.resolution"
_LAWS = {AllocationLaw.SCOP: SCOP, AllocationLaw.SCIC: SCIC}


def law_applied(row: ResultAllocation) -> Law:
    return _LAWS[AllocationLaw(row.law)]


def allocations() -> QuerySet[ResultAllocation]:
    return ResultAllocation.objects.select_related("year", "entry__journal", "kept_back_entry__journal")


def allocation_of(year: FiscalYear) -> ResultAllocation | None:
    return allocations().filter(year=year).first()


def allocations_to_join() -> QuerySet[ResultAllocation]:
    """Proposals that an assembly may rule on."""
    return allocations().filter(state=AllocationState.PROPOSED)


def allocations_to_post() -> QuerySet[ResultAllocation]:
    """The assembly has decided; the books do not say it yet."""
    return ResultAllocation.objects.filter(state=AllocationState.VOTED)


def years_to_allocate(until: date | Given) -> QuerySet[FiscalYear]:
    """The years that ended by a day and whose result nobody has proposed to allocate."""
    return FiscalYear.objects.filter(ends_on__lte=until, allocation__isnull=True)


def rights_of(row: ResultAllocation) -> list[AllocationRight]:
    """What is measured of each person, by name."""
    rows = AllocationRight.objects.filter(allocation=row).select_related("person")
    return list(rows.order_by("person__sort_name", "person"))


def right_of(pk: int) -> QuerySet[AllocationRight]:
    return AllocationRight.objects.filter(pk=pk).select_related("person", "allocation__year")


def shares_of(row: ResultAllocation) -> list[AllocationShare]:
    """What each receives, the part travail first, by name."""
    rows = AllocationShare.objects.filter(allocation=row).select_related("person")
    return sorted(rows, key=lambda one: (one.kind != ShareKind.LABOUR, one.name, one.pk))


def own_shares(user: Any) -> QuerySet[AllocationShare]:
    """One's own parts, once an assembly decided them, the latest year first."""
    # An organisation has no person, and neither may an account.
    mine = AllocationShare.objects.filter(person=user.person_id, person__isnull=False)
    rows = mine.filter(allocation__state__in=DECIDED)
    return rows.select_related("allocation__year").order_by("-allocation__year__starts_on", "-kind")


def orders_of(row: ResultAllocation) -> dict[int, PaymentOrder]:
    """The transfer that pays each share, but those withdrawn."""
    kind = ContentType.objects.get_for_model(AllocationShare)
    rows = PaymentOrder.objects.filter(
        source_type=kind, source_id__in=AllocationShare.objects.filter(allocation=row).values("pk")
    )
    return {order.source_id: order for order in rows.exclude(state=OrderState.WITHDRAWN).order_by("pk")}


@dataclass
class Receiver:
    """One line of the table: a person, or an organisation that holds capital."""

    name: str
    right: AllocationRight | None = None
    coefficient: Decimal = Decimal(1)
    labour: AllocationShare | None = None
    interest: AllocationShare | None = None
    orders: list[PaymentOrder] = field(default_factory=list)

    @property
    def shares(self) -> list[AllocationShare]:
        return [one for one in (self.labour, self.interest) if one is not None]

    @property
    def amount(self) -> Decimal:
        return sum((one.amount for one in self.shares), ZERO)

    @property
    def kept_back(self) -> Decimal:
        return sum((one.kept_back for one in self.shares), ZERO)

    @property
    def net(self) -> Decimal:
        return self.amount - self.kept_back


@dataclass(frozen=True)
class Totals:
    """The foot of the table."""

    pay: Decimal
    labour: Decimal
    interest: Decimal
    amount: Decimal
    kept_back: Decimal
    net: Decimal


def receivers_of(row: ResultAllocation) -> list[Receiver]:
    """Each person who has a right or receives something, by name; a flat number of questions."""
    found: dict[Any, Receiver] = {}
    for right in rights_of(row):
        rate = seniority_coefficient(right.seniority, row.seniority_step)
        found[right.person_id] = Receiver(str(right.person), right, rate)
    orders = orders_of(row)
    for share in shares_of(row):
        one = found.setdefault(share.person_id or share.name, Receiver(share.name))
        setattr(one, share.kind, share)
        if share.pk in orders:
            one.orders.append(orders[share.pk])
    return sorted(found.values(), key=lambda one: one.right is None)


def totals_of(rows: Iterable[Receiver]) -> Totals:
    lines = list(rows)
    return Totals(
        pay=sum((one.right.pay for one in lines if one.right), ZERO),
        labour=sum((one.labour.amount for one in lines if one.labour), ZERO),
        interest=sum((one.interest.amount for one in lines if one.interest), ZERO),
        amount=sum((one.amount for one in lines), ZERO),
        kept_back=sum((one.kept_back for one in lines), ZERO),
        net=sum((one.net for one in lines), ZERO),
    )


@dataclass(frozen=True)
class FactShown:
    """A fact with its word, what the books said when it differs, and the pages where it is read."""

    label: Any
    value: Decimal
    read: Decimal | None
    sources: list[Source]
    is_rate: bool = False


def facts_shown(row: ResultAllocation) -> list[FactShown]:
    """The facts of an allocation, each with what opens it."""
    behind = accounts_behind()
    day = row.year.ends_on.isoformat()
    ledger = reverse("accounting:general_ledger")
    found = []
    for name in FACTS:
        value, read = getattr(row, name), Decimal(row.facts_read[name])
        sources = [
            Source(account.number, f"{ledger}?compte={account.pk}&au={day}")
            for account in behind.get(name, ())
        ]
        if name == "result":
            days = f"?du={row.year.starts_on.isoformat()}&au={day}"
            sources = [Source(str(row.year), reverse("accounting:trial_balance") + days)]
        column: Any = row._meta.get_field(name)
        changed = read if read != value else None
        found.append(FactShown(column.verbose_name, value, changed, sources, is_rate=name == "interest_rate"))
    return found


def resolution_of(user: Any, row: ResultAllocation) -> Source | None:
    """The resolution that rules on it, for who may read it."""
    keys = facts(RESOLUTION_FACT, [row], on=row.year.ends_on)
    if row.pk not in keys:
        return None
    return next(iter(sources_of(user, [("governance.resolution", str(keys[row.pk]))]).values()), None)


def allocation_sources(user: Any, keys: list[str]) -> dict[str, Source]:
    """The page of each allocation that an entry or an act is about, for who reads them."""
    if not permissions.can(user, "accounting.view_allocation"):
        return {}
    rows = ResultAllocation.objects.filter(pk__in=keys).select_related("year")
    return {str(row.pk): Source(str(row), row.get_absolute_url()) for row in rows}


def share_sources(user: Any, keys: list[str]) -> dict[str, Source]:
    """The allocation behind a share that a transfer pays, for who reads it."""
    if not permissions.can(user, "accounting.view_allocation"):
        return {}
    rows = AllocationShare.objects.filter(pk__in=keys).select_related("allocation__year")
    return {str(row.pk): Source(str(row), row.allocation.get_absolute_url()) for row in rows}
