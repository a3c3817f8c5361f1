"""« Compte analytique des services communs »: what the contribution pays for, for all to read (R7331-9)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from accounting.calculations.heads import Present, heads, per_head
from accounting.calculations.layouts.standing import BALANCE, Moved
from accounting.models import Account
from accounting.selectors.layout_figures import ByNature, Column, all_moved, moved
from accounting.selectors.periods import year_span
from accounting.states.books import AccountKind, AccountRole, AnalyticKind
from cae.core.money import ZERO
from cae.core.periods import Month
from entrepreneurs.models import Activity
from people.models import PersonScope
from people.states import WRITING_PARTS

YEARS = 4
_RESERVES, _SET_ASIDE, _TAKEN_BACK = "106", "68", "78"


@dataclass(frozen=True)
class AmountRow:
    """A line over the years, the latest first."""

    label: str
    amounts: tuple[Decimal | None, ...]


@dataclass(frozen=True)
class SharedServices:
    """What is told of each year, the latest first."""

    years: tuple[Column, ...]
    received: tuple[AmountRow, ...]
    spent: tuple[AmountRow, ...]
    received_total: AmountRow
    spent_total: AmountRow
    result: AmountRow
    heads: tuple[Decimal, ...]
    cost_per_head: AmountRow
    reserves: AmountRow
    self_financing: AmountRow


def years_told(on: date) -> list[Column]:
    """The financial year of a day up to it, then those before, whole."""
    columns, end = [], on
    for _year in range(YEARS):
        start = year_span(end).starts_on
        columns.append(Column(start, end))
        end = Month.of(start).previous().last
    return columns


def shared_services(on: date) -> SharedServices:
    """The account of the shared services up to a day, beside earlier years."""
    years = years_told(on)
    found = moved(years)
    of_section = found.get(AnalyticKind.SHARED, [[] for _year in years])
    received = _accounts(of_section, AccountKind.INCOME, -1)
    spent = _accounts(of_section, AccountKind.EXPENSE, 1)
    count = tuple(_heads(years))
    whole, out = _sum(_("Ressources"), received, years), _sum(_("Dépenses"), spent, years)
    paid = _given(of_section)
    costs = [
        (out.amounts[rank] or ZERO) - ((whole.amounts[rank] or ZERO) - paid[rank]) for rank in range(YEARS)
    ]
    return SharedServices(
        years=tuple(years),
        received=received,
        spent=spent,
        received_total=whole,
        spent_total=out,
        result=AmountRow(
            _("Résultat des services communs"),
            tuple((a or ZERO) - (b or ZERO) for a, b in zip(whole.amounts, out.amounts, strict=True)),
        ),
        heads=count,
        cost_per_head=AmountRow(
            _("Coût par personne"),
            tuple(per_head(cost, number) for cost, number in zip(costs, count, strict=True)),
        ),
        reserves=AmountRow(_("Réserves de la coopérative"), _standing(found, _RESERVES)),
        self_financing=AmountRow(_("Autofinancement de la coopérative"), _self_financing(found)),
    )


def _accounts(columns: Sequence[Sequence[Moved]], kind: str, sign: int) -> tuple[AmountRow, ...]:
    """A row an account, in the order of the chart."""
    sums: dict[str, list[Decimal]] = {}
    for rank, rows in enumerate(columns):
        for row in rows:
            if row.kind == kind and row.period:
                sums.setdefault(row.number, [ZERO] * len(columns))[rank] += sign * row.period
    labels = dict(Account.objects.filter(number__in=sums).values_list("number", "label"))
    return tuple(AmountRow(labels[number], tuple(sums[number])) for number in sorted(sums))


def _sum(label: str, rows: Sequence[AmountRow], years: Sequence[Column]) -> AmountRow:
    amounts = (sum((row.amounts[rank] or ZERO for row in rows), ZERO) for rank in range(len(years)))
    return AmountRow(label, tuple(amounts))


def _given(columns: Sequence[Sequence[Moved]]) -> list[Decimal]:
    """What the activities gave."""
    return [
        -sum((row.period for row in rows if row.role == AccountRole.INTERNAL_INCOME), ZERO)
        for rows in columns
    ]


def _standing(found: ByNature, prefix: str) -> tuple[Decimal, ...]:
    return tuple(
        -sum((row.ever for row in all_moved(found, rank) if row.number.startswith(prefix)), ZERO) + ZERO
        for rank in range(YEARS)
    )


def _self_financing(found: ByNature) -> tuple[Decimal, ...]:
    """The result of the cooperative, without what was only written: set aside (68) and taken back (78)."""
    moving = ([row for row in all_moved(found, rank) if row.kind != BALANCE] for rank in range(YEARS))
    return tuple(
        -sum((row.period for row in rows if not row.number.startswith((_SET_ASIDE, _TAKEN_BACK))), ZERO)
        + ZERO
        for rows in moving
    )


def _heads(years: Sequence[Column]) -> list[Decimal]:
    """People of an open activity, on average over the months of each year."""
    closings = dict(Activity.objects.exclude(closed_on=None).values_list("scope_id", "closed_on"))
    rows = PersonScope.objects.filter(
        scope__activity__isnull=False, part__in=WRITING_PARTS, starts_on__lte=years[0].end
    ).values_list("person_id", "scope_id", "starts_on", "ends_on")
    present = [
        Present(person, start, min((day for day in (end, closings.get(scope)) if day), default=None))
        for person, scope, start, end in rows
    ]
    return [heads(present, list(Month.of(one.start).until(Month.of(one.end)))) for one in years]
