"""Moves of the allocation of a result: a row made by services, and the page of each move."""

from __future__ import annotations

from datetime import date
from typing import Any

from accounting.models import ResultAllocation
from accounting.services.allocation_proposing import propose_allocation
from accounting.services.periods import open_year
from accounting.services.year_end import carry_result
from people.states.statuses import StatusKind
from tests.factories.accounting_allocation import DECISION, TODAY, in_payment, joined, move, posted, voted
from tests.factories.people import make_person
from tests.factories.person_files import make_status
from tests.house.moves_of_path import day
from tests.house.moving import Case, Page, Subject

_WHY = {"reason": "Mal noté"}
_UNDONE = {"on": day(), **_WHY}
_PAID = {"due_on": day(), "on": day(), "labour_rate": "9,7", "interest_rate": "31,4"}


def _proposed() -> Case:
    make_status(make_person(), StatusKind.STAFF, date(2024, 1, 1), None, "Contrat")
    move("bank", "revenue_services", "1000.00", date(2025, 5, 2))
    year = open_year(starts_on=date(2025, 1, 1), ends_on=date(2025, 12, 31), actor=None)
    return Case(propose_allocation(year, today=TODAY, actor=None))


def _row(case: Case) -> ResultAllocation:
    return ResultAllocation.objects.select_related("year").get(pk=case.row.pk)


def _closed(row: ResultAllocation) -> ResultAllocation:
    carry_result(row.year, actor=None)
    return voted(row)


def _page(name: str, sends: dict[str, Any], before: Any = None) -> Page:
    reached = (lambda case: before(_row(case))) if before else None
    return Page(f"accounting:allocation_{name}", (), sends, reached)


ALLOCATION: dict[str, Subject] = {
    "accounting.ResultAllocation": Subject(
        _proposed,
        {
            "join": _page("join", {"decision": DECISION}),
            "take_back": _page("take_back", _WHY, joined),
            "vote": _page("vote", {"decision": DECISION, "on": day()}),
            "reconsider": _page("reconsider", _WHY, voted),
            "post": _page("post", {"on": day()}, _closed),
            "undo": _page("undo", _UNDONE, posted),
            "pay": _page("pay", _PAID, posted),
            "unpay": _page("unpay", _UNDONE, in_payment),
        },
    ),
}
