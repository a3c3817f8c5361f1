"""What is open on lettered accounts, on any date, and what may be lettered (ACC-06)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, FilteredRelation, Model, Q, QuerySet

from accounting.calculations.lettering import Mark, left_of
from accounting.models import Account, AnalyticAccount, Entry, EntryLine, Lettering
from cae.core.money import ZERO


@dataclass(frozen=True, slots=True)
class OpenLine:
    """A line that nothing answers yet, or only in part: `left` is signed, debit positive."""

    line: EntryLine
    left: Decimal

    @property
    def due_on(self) -> date:
        return self.line.due_on or self.line.on

    @property
    def debit(self) -> Decimal:
        return max(self.left, ZERO)

    @property
    def credit(self) -> Decimal:
        return max(-self.left, ZERO)


def mark_of(line: EntryLine) -> Mark:
    """A line as calculations read it; its entry is read only where it was selected with it."""
    loaded = "entry" in line._state.fields_cache
    return Mark(
        key=line.pk,
        signed=line.debit - line.credit,
        day=line.due_on or line.on,
        piece=line.entry.piece if loaded else "",
        party=line.party,
        section=line.analytic_id,
    )


def open_lines(
    *,
    on: date,
    prefix: str = "",
    account: Account | None = None,
    party: str | None = None,
    section: AnalyticAccount | None = None,
    sections: QuerySet[AnalyticAccount] | None = None,
) -> list[OpenLine]:
    """Lines of lettered accounts not answered on a day, with what is left of each, the oldest due date first;
    one query. `sections`: those in sight of whoever reads."""
    rows = _open_on(on)
    if prefix:
        rows = rows.filter(account__number__startswith=prefix)
    if account is not None:
        rows = rows.filter(account=account)
    if party is not None:
        rows = rows.filter(party=party)
    if section is not None:
        rows = rows.filter(analytic=section)
    if sections is not None:
        rows = rows.filter(analytic__in=sections)
    found = _left_of_each(rows.select_related("entry__journal", "entry__source_type", "account", "analytic"))
    return sorted(found, key=lambda one: (one.due_on, one.line.pk))


def _open_on(on: date) -> QuerySet[EntryLine]:
    """What no lettering answered whole with lines of that day or before."""
    live = FilteredRelation("letterings", condition=Q(letterings__is_live=True))
    open_yet = Q(live__isnull=True) | ~Q(live__lettering__left=0) | Q(live__lettering__last_on__gt=on)
    return (
        EntryLine.objects.filter(account__is_lettered=True, on__lte=on)
        .annotate(live=live)
        .filter(open_yet)
        .annotate(lettering=F("live__lettering"))
        .order_by()
    )


def _left_of_each(rows: Iterable[Any]) -> Iterator[OpenLine]:
    groups: dict[int, list[EntryLine]] = {}
    for line in rows:
        if line.lettering is None:
            yield OpenLine(line, line.debit - line.credit)
        else:
            groups.setdefault(line.lettering, []).append(line)
    for group in groups.values():
        left = left_of([mark_of(line) for line in group])
        yield from (OpenLine(line, left[line.pk]) for line in group if left[line.pk])


def lettering_in_sight(user: Any) -> QuerySet[Lettering]:
    return Lettering.objects.visible_to(user).select_related("account", "analytic", "created_by", "undone_by")


def entries_about(*sources: Model) -> set[int]:
    """Keys of the entries that these rows caused."""
    of: Q = Q(pk__in=[])
    for row in sources:
        of |= Q(source_type=ContentType.objects.get_for_model(row), source_id=row.pk)
    return set(Entry.objects.filter(of).order_by().values_list("pk", flat=True))
