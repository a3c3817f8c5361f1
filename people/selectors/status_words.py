"""The statuses of a person in words: that of its time, its definition, its days, what changed (PEO-07)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.utils.translation import gettext as _

from cae.core.kept_words import BETWEEN, translated
from cae.core.options import Option, options_on
from cae.core.templatetags import formats
from people.models import Person, StatusPeriod, StatusVersion
from people.options import STATUSES
from people.selectors.statuses import status_history


@dataclass(frozen=True)
class ShownChange:
    """One version of a row, with its days in words."""

    version: StatusVersion
    dates: str


@dataclass(frozen=True)
class ShownStatus:
    """A row, in the words of the cooperative on its last day."""

    row: StatusPeriod
    word: str
    definition: str
    is_over: bool
    dates: str
    changes: list[ShownChange]
    why: str

    @property
    def tone(self) -> str:
        return "neutral" if self.is_over else self.row.look[0]

    @property
    def shape(self) -> str:
        return self.row.look[1]


def days_in_words(starts_on: date, ends_on: date | None) -> str:
    """« Depuis le … », « Du … au … »."""
    if ends_on is None:
        return _("Depuis le %(day)s") % {"day": formats.day(starts_on)}
    if ends_on < starts_on:
        return _("Jamais")
    return _("Du %(first)s au %(last)s") % {"first": formats.day(starts_on), "last": formats.day(ends_on)}


def _why(row: StatusPeriod, person: Person) -> str:
    """The reason, then the fact that it comes from unless that says the same, or only adds whose it is."""
    about = row.about_label.removesuffix(f" · {person}")
    return translated(row.reason if about in ("", row.reason) else f"{row.reason}{BETWEEN}{about}")


def history_in_words(person: Person, today: date) -> list[ShownStatus]:
    """Every status of the person, the latest first."""

    @lru_cache
    def words_on(day: date) -> dict[str, Option]:
        return {option.code: option for option in options_on(STATUSES, on=day).every}

    shown = []
    for row in status_history(person).prefetch_related("versions__author__person"):
        is_over = row.ends_on is not None and row.ends_on < today
        option = words_on(row.ends_on if is_over and row.ends_on else today)[row.kind]
        changes = [ShownChange(one, days_in_words(one.starts_on, one.ends_on)) for one in row.versions.all()]
        shown.append(
            ShownStatus(
                row=row,
                word=str(option.label),
                definition=str(option.help),
                is_over=is_over,
                dates=days_in_words(row.starts_on, row.ends_on),
                changes=changes if len(changes) > 1 else [],
                why=_why(row, person),
            )
        )
    return shown
