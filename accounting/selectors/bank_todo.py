"""What waits at the bank: lines to match, for the accountant's day and before a month closes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Count, Min, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounting.models import BankLine, BankStatement
from accounting.selectors.bank import lines_waiting_since, unmatched_until
from accounting.selectors.closing_checks import Missing
from cae.core import permissions
from cae.core.facts import Awaited, Source, Todo
from cae.core.periods import Month
from cae.core.questions import Given, Pile, Tally
from people.selectors import held_kinds
from people.states import RoleKind


def _of_accountant(user: Any, today: date) -> dict[str, Any] | None:
    return {"today": today} if RoleKind.ACCOUNTANT in held_kinds(user) else None


def _to_match(_user: Any, _today: date, tally: Tally) -> Iterator[Todo]:
    label = ngettext(
        "Rapprocher %(count)d ligne bancaire", "Rapprocher %(count)d lignes bancaires", tally.count
    )
    url = reverse("accounting:bank_lines") + "?etat=to_match"
    yield Todo(label % {"count": tally.count}, url, since=tally.since, count=tally.count)


AWAITED = (
    Awaited(
        Pile("accounting.bank_lines", lambda: (lines_waiting_since(Given("today")), "booked_on")),
        _of_accountant,
        _to_match,
    ),
)


def unmatched_of(month: Month) -> Missing | None:
    """Lines of the bank, up to the end of a month, that nothing explains."""
    found = unmatched_until(month.last).aggregate(
        count=Count("pk"), amount=Sum("amount"), since=Min("booked_on")
    )
    if not found["count"]:
        return None
    sentence = ngettext(
        "%(count)d ligne bancaire n’est pas rapprochée.",
        "%(count)d lignes bancaires ne sont pas rapprochées.",
        found["count"],
    )
    url = reverse("accounting:bank_lines") + f"?etat=to_match&au={month.last.isoformat()}"
    return Missing(sentence % {"count": found["count"]}, url, found["count"], found["amount"], found["since"])


def line_sources(user: Any, keys: list[str]) -> dict[str, Source]:
    """The page of each line of the bank that an entry comes from, for who reads the bank."""
    rows = BankLine.objects.filter(pk__in=keys) if permissions.can(user, "accounting.view_bank") else ()
    return {str(row.pk): Source(_("Ligne bancaire"), row.get_absolute_url()) for row in rows}


def statement_sources(user: Any, keys: list[str]) -> dict[str, Source]:
    rows = BankStatement.objects.filter(pk__in=keys) if permissions.can(user, "accounting.view_bank") else ()
    return {str(row.pk): Source(str(row), row.get_absolute_url()) for row in rows}
