"""What is open on lettered accounts, on any date, and what may be lettered (ACC-06)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import (
    Count,
    Exists,
    F,
    FilteredRelation,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
)
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from accounting.calculations.lettering import Mark, Proposal, left_of, proposals
from accounting.models import Account, AnalyticAccount, Entry, EntryLine, LetteredLine, Lettering
from accounting.models.sight import sees_all_books
from cae.core.facts import Source
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
    def key(self) -> str:
        return str(self.line.pk)

    @property
    def cents(self) -> str:
        """What is left, as the page adds it up while one ticks."""
        return str(int(self.left * 100))

    @property
    def is_partial(self) -> bool:
        """In a lettering that leaves something."""
        return getattr(self.line, "lettering", None) is not None

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


def lettered_accounts() -> QuerySet[Account]:
    """Accounts that are lettered and have moved, each with how many lines nothing answers whole, and its
    balance, which is what these lines leave."""
    lines = EntryLine.objects.filter(account=OuterRef("pk")).order_by().values("account")
    open_count = _open_on(date.max).filter(account=OuterRef("pk")).values("account")
    return (
        Account.objects.filter(Exists(lines), is_lettered=True)
        .annotate(
            open_count=Coalesce(Subquery(open_count.annotate(count=Count("pk")).values("count")), 0),
            balance=Subquery(lines.annotate(sum=Sum(F("debit") - F("credit"))).values("sum")),
        )
        .order_by("number")
    )


def open_page(
    account: Account, *, section: AnalyticAccount | None, text: str, most: int
) -> tuple[list[OpenLine], bool]:
    """The first open lines of an account, by section, party and due date, those whose piece, party or words
    say so; and whether others follow. Two queries, however many lines the account has."""
    rows = _open_on(date.max).filter(account=account)
    if section is not None:
        rows = rows.filter(analytic=section)
    for word in text.split():
        said = Q(party__unaccent__icontains=word) | Q(label__unaccent__icontains=word)
        of_entry = Q(entry__piece__unaccent__icontains=word) | Q(entry__label__unaccent__icontains=word)
        rows = rows.filter(said | of_entry)
    ordered = rows.select_related("entry__journal", "analytic").order_by(
        "analytic__sort_label", "analytic", "party", F("due_on").asc(nulls_last=True), "pk"
    )
    found: list[Any] = list(ordered[: most + 1])
    left = _left_in_letterings({line.lettering for line in found[:most] if line.lettering})
    shown = [OpenLine(line, left.get(line.pk, line.debit - line.credit)) for line in found[:most]]
    return [one for one in shown if one.left], len(found) > most


def _left_in_letterings(keys: set[int]) -> dict[int, Decimal]:
    """What is left of each line of these letterings."""
    groups: dict[int, list[Mark]] = {}
    rows = LetteredLine.objects.filter(lettering__in=keys).order_by().select_related("line")
    for row in rows if keys else ():
        groups.setdefault(row.lettering_id, []).append(mark_of(row.line))
    return {key: amount for group in groups.values() for key, amount in left_of(group).items()}


def sections_open(account: Account, user: Any) -> QuerySet[AnalyticAccount]:
    """The sections that have lines on an account, among those in sight."""
    lines = EntryLine.objects.filter(account=account, analytic=OuterRef("pk"))
    return AnalyticAccount.objects.visible_to(user).filter(Exists(lines)).order_by("sort_label", "pk")


def proposals_of(account: Account) -> Iterator[Proposal]:
    """What may be lettered on an account, the surest first; lines of partial letterings stay there."""
    live = LetteredLine.objects.filter(line=OuterRef("pk"), is_live=True)
    rows = EntryLine.objects.filter(~Exists(live), account=account).select_related("entry")
    yield from proposals([mark_of(line) for line in rows.order_by("pk")])


def lines_shown(keys: Iterable[int]) -> dict[int, EntryLine]:
    """Lines by key, with all that a page says of them."""
    rows = EntryLine.objects.filter(pk__in=list(keys))
    return {line.pk: line for line in rows.select_related("entry__journal", "account", "analytic")}


def lines_of_lettering(lettering: Lettering) -> list[EntryLine]:
    """The lines that a lettering holds or held, the oldest first."""
    rows = EntryLine.objects.filter(letterings__lettering=lettering)
    return list(rows.select_related("entry__journal", "entry__source_type").order_by("on", "pk"))


def letterings_of_entry(entry: Entry) -> dict[int, Lettering]:
    """The live lettering of each line of an entry that has one."""
    rows = LetteredLine.objects.filter(line__entry=entry, is_live=True).select_related("lettering")
    return {row.line_id: row.lettering for row in rows.order_by()}


def lettering_in_sight(user: Any) -> QuerySet[Lettering]:
    return Lettering.objects.visible_to(user).select_related("account", "analytic", "created_by", "undone_by")


def entries_about(*sources: Model) -> set[int]:
    """Keys of the entries that these rows caused."""
    of: Q = Q(pk__in=[])
    for row in sources:
        of |= Q(source_type=ContentType.objects.get_for_model(row), source_id=row.pk)
    return set(Entry.objects.filter(of).order_by().values_list("pk", flat=True))


def lettering_sources(user: Any, keys: list[str]) -> dict[str, Source]:
    """The page of each lettering that an act is about, for those who read the books."""
    if not sees_all_books(user):
        return {}
    return {
        str(row.pk): Source(_("Lettrage %(code)s") % {"code": row}, row.get_absolute_url())
        for row in Lettering.objects.filter(pk__in=keys)
    }
