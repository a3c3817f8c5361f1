"""What waits of a year: one's own statements to accept, those to send again (ACC-46)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import ngettext

from accounting.selectors.year_statements import statements_to_review, statements_to_sign
from cae.core.facts import Awaited, Todo
from cae.core.questions import GivenKeys, Pile, Tally
from people.selectors import held_kinds, scopes_with_part
from people.states import LEADING_PARTS, RoleKind


def _of_leader(user: Any, today: date) -> dict[str, Any] | None:
    scopes = scopes_with_part(user, LEADING_PARTS, today)
    return {"scopes": sorted(scopes)} if scopes else None


def _to_sign(_user: Any, _today: date, tally: Tally) -> Iterator[Todo]:
    label = ngettext(
        "Lire et accepter mon relevé annuel",
        "Lire et accepter %(count)d relevés annuels",
        tally.count,
    )
    url = reverse("accounting:my_year_statements")
    yield Todo(label % {"count": tally.count}, url, since=tally.since, count=tally.count)


def _of_accountant(user: Any, _today: date) -> dict[str, Any] | None:
    return {} if RoleKind.ACCOUNTANT in held_kinds(user) else None


def _to_review(_user: Any, _today: date, tally: Tally) -> Iterator[Todo]:
    label = ngettext(
        "Renvoyer %(count)d relevé annuel que des écritures ont changé",
        "Renvoyer %(count)d relevés annuels que des écritures ont changés",
        tally.count,
    )
    url = reverse("accounting:home") + "#check"
    yield Todo(label % {"count": tally.count}, url, since=tally.since, count=tally.count)


AWAITED = (
    Awaited(
        Pile(
            "accounting.year_statements",
            lambda: (statements_to_sign(GivenKeys("scopes")), "state_since"),
        ),
        _of_leader,
        _to_sign,
    ),
    Awaited(
        Pile("accounting.year_statements_stale", lambda: (statements_to_review(), "state_since")),
        _of_accountant,
        _to_review,
    ),
)
