"""The desk of the accountant: what is to be checked, posted, paid, claimed, closed, with age and amount.

A room registers its piles, each in one of five lists; a pile asks one question, whatever it holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, QuerySet, Sum, TextChoices, Window
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.money import ZERO

# How many lines of a pile are shown before its own list takes over.
SHOWN = 4


class DeskList(TextChoices):
    CHECK = "check", _("À contrôler")
    POST = "post", _("À comptabiliser")
    PAY = "pay", _("À payer")
    CLAIM = "claim", _("À déclarer et à réclamer")
    CLOSE = "close", _("À clore")


@dataclass(frozen=True)
class DeskLine:
    """One thing that waits: its words, its page, since when, for how much, for which activity."""

    label: Any
    url: str
    since: date | None = None
    amount: Decimal | None = None
    activity: str = ""


@dataclass(frozen=True)
class Found:
    """What a pile holds: how many, for how much, the oldest first."""

    count: int = 0
    amount: Decimal | None = None
    lines: Sequence[DeskLine] = ()


@dataclass(frozen=True)
class DeskPile:
    """`find` asks what waits on a day; `verb` is what one does of each; `page`, the name of an address and
    its question (« accounting:batch_list?etat=prepared »), shows them all."""

    code: str
    where: DeskList
    title: Any
    verb: Any
    page: str
    find: Callable[[date], Found]

    @property
    def url(self) -> str:
        name, mark, query = self.page.partition("?")
        return reverse(name) + mark + query


@dataclass(frozen=True)
class ShownPile:
    title: Any
    verb: Any
    url: str
    found: Found

    @property
    def more(self) -> int:
        return self.found.count - len(self.found.lines)


@dataclass(frozen=True)
class ShownList:
    """One of the five lists, with its piles that hold something."""

    code: str
    label: Any
    piles: tuple[ShownPile, ...]

    @property
    def count(self) -> int:
        return sum(pile.found.count for pile in self.piles)

    @property
    def amount(self) -> Decimal | None:
        """The sum of what has an amount; nothing when nothing has one."""
        amounts = [pile.found.amount for pile in self.piles if pile.found.amount is not None]
        return sum(amounts, ZERO) if amounts else None


_piles: dict[str, DeskPile] = {}


def register_pile(pile: DeskPile) -> None:
    """Adds a pile to the desk, once, after those of its list."""
    if pile.code in _piles:
        raise ValueError(f"pile {pile.code!r} is registered twice")
    _piles[pile.code] = pile


def desk_on(today: date) -> list[ShownList]:
    """The five lists as they are on a day."""
    shown: dict[str, list[ShownPile]] = {code: [] for code in DeskList.values}
    for pile in _piles.values():
        found = pile.find(today)
        if found.count:
            shown[pile.where].append(ShownPile(pile.title, pile.verb, pile.url, found))
    return [ShownList(one.value, one.label, tuple(shown[one.value])) for one in DeskList]


def of_rows(
    rows: QuerySet[Any, Any], line: Callable[[Any], DeskLine], *, since: str, amount: str = ""
) -> Found:
    """What waits among rows: counted and summed by the question that gives the oldest of them."""
    counted: dict[str, Any] = {"desk_count": Window(Count("pk"))}
    if amount:
        counted["desk_sum"] = Window(Sum(F(amount)))
    found = list(rows.annotate(**counted).order_by(since, "pk")[:SHOWN])
    if not found:
        return Found()
    first = found[0]
    return Found(first.desk_count, getattr(first, "desk_sum", None), [line(row) for row in found])


def of_lines(lines: Sequence[DeskLine]) -> Found:
    """What waits when no rows tell it: few lines, known already."""
    return Found(len(lines), None, lines[:SHOWN])


def day_of(at: datetime) -> date:
    """The day since which something waits, by the clock of the cooperative."""
    return timezone.localdate(at)
