"""What a proof of the books is made of: its question, its sentence, the table behind it (ACC-51)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.periods import Span


class Tone(StrEnum):
    """Whether all is well, whether somebody should read, whether something is broken."""

    GOOD = "success"
    READ = "info"
    WRONG = "danger"


SIGNS: dict[Tone, str] = {Tone.GOOD: "✔", Tone.READ: "●", Tone.WRONG: "▲"}
WORDS: dict[Tone, Any] = {Tone.GOOD: _("Sain"), Tone.READ: _("À lire"), Tone.WRONG: _("À examiner")}


@dataclass(frozen=True)
class Row:
    """One line of a table: its values, in the order of the headings, and its page."""

    values: tuple[Any, ...]
    url: str = ""


@dataclass(frozen=True)
class Findings:
    """The sentence of a proof, and the first rows of its table; `count` rows in all."""

    tone: Tone
    sentence: str
    headings: tuple[Any, ...]
    rows: Sequence[Row]
    count: int

    @property
    def sign(self) -> str:
        return SIGNS[self.tone]

    @property
    def word(self) -> Any:
        return WORDS[self.tone]

    @property
    def more(self) -> int:
        """How many rows are left out."""
        return self.count - len(self.rows)


@dataclass(frozen=True)
class Proof:
    """One question that an auditor asks of a year. `find(span, most)` answers with `most` rows at most, all
    of them when it is None."""

    code: str
    label: Any
    why: Any
    find: Callable[[Span, int | None], Findings]


def first_of(rows: QuerySet[Any], most: int | None) -> tuple[list[Any], int]:
    """The first rows and how many there are, counted only when some are left out."""
    found = list(rows if most is None else rows[:most])
    whole = most is None or len(found) < most
    return found, len(found) if whole else rows.count()


def cut(rows: Iterable[Row], most: int | None) -> tuple[list[Row], int]:
    """The same of rows already at hand."""
    every = list(rows)
    return every[:most], len(every)


def instants_of(span: Span) -> tuple[datetime, datetime]:
    """From the first instant of these days to the last."""
    zone = timezone.get_current_timezone()
    start = datetime.combine(span.starts_on, time.min, tzinfo=zone)
    return start, datetime.combine(span.ends_on, time.max, tzinfo=zone)
