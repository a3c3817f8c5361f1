"""Moves of the closing of a year, and of the statement that an activity accepts."""

from __future__ import annotations

from typing import Any

from accounting.models import StatementAgreement
from accounting.selectors.accounts import shared_section
from accounting.services.year_closings import ensure_closing
from accounting.services.year_end import carry_result
from people.states import RoleKind
from tests.factories.accounting_year_end import close_before, make_year, moved, ready, sent, year_2025
from tests.factories.kernel import make_cooperative
from tests.factories.people import make_user
from tests.house.moving import Case, Page, Subject


def _year(_case: Case) -> tuple[str]:
    return ("2025-01",)


def _prepared() -> Case:
    """A year of which nothing blocks the closing."""
    make_cooperative()
    moved(shared_section(), "10.00")
    year = year_2025()
    close_before(year)
    return Case(ensure_closing(year))


def _ready(case: Case) -> Any:
    return ready(case.row.year)


def _carried(case: Case) -> Any:
    closing = ready(case.row.year)
    carry_result(case.row.year, actor=None)
    return closing


def _statement() -> Case:
    user, activity, year = make_year()
    return Case(sent(activity, year), [user, make_user(RoleKind.ACCOUNTANT)])


def _mark(case: Case) -> dict[str, Any]:
    shown = StatementAgreement.objects.get(pk=case.row.pk).content_sha256
    return {"way": "typed", "typed": "Zoé Dupré", "accepted": "on", "shown": shown}


YEAR_END: dict[str, Subject] = {
    "accounting.YearClosing": Subject(
        _prepared,
        {
            "prepare": Page("accounting:year_prepare", (), {"looked": "on"}, keys=_year),
            "resume": Page("accounting:year_resume", (), {}, _ready, keys=_year),
            "undo": Page("accounting:year_undo", (), {"reason": "Oubli"}, _carried, keys=_year),
        },
    ),
    "accounting.StatementAgreement": Subject(
        _statement, {"sign": Page("accounting:year_statement", (), _mark)}
    ),
}
