"""The moves of places, their hours and what is booked there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from coworking.services.faults import take_fault, tell_fault
from coworking.services.keys import ItemData, LoanData, add_item, lend
from coworking.services.places import open_place
from coworking.states.places import AccessKind
from tests.factories.coworking import make_facilitator, make_place, make_resource
from tests.factories.people import make_person, make_user
from tests.house.moving import Case, Page, Subject


def _today(_case: Case) -> dict[str, Any]:
    return {"on": timezone.localdate().isoformat(), "reason": "Fin du bail"}


def _draft() -> Case:
    place = make_place(opened_on=None)
    return Case(place, [make_facilitator(place)])


def _opened(case: Case) -> Any:
    return open_place(case.row, on=timezone.localdate() - timedelta(days=30), actor=None)


def _fault() -> Case:
    place = make_place()
    fault = tell_fault(make_resource(place), text="La lampe grésille", actor=make_user())
    return Case(fault, [make_facilitator(place), make_facilitator(make_place())])


def _loan() -> Case:
    place = make_place()
    item = add_item(place, data=ItemData(AccessKind.KEY, "Clé 1"), actor=None)
    loan = lend(item, data=LoanData(make_person(), timezone.localdate()), actor=None)
    return Case(loan, [make_facilitator(place), make_facilitator(make_place())])


PLACES: dict[str, Subject] = {
    "coworking.Place": Subject(
        _draft,
        {
            "open": Page("coworking:place_open", sends=_today),
            "close": Page("coworking:place_close", sends=_today, before=_opened),
        },
    ),
    "coworking.Fault": Subject(
        _fault,
        {
            "take": Page("coworking:fault_act", sends={"do": "take"}),
            "repair": Page(
                "coworking:fault_act",
                sends={"do": "repair", "outcome": "Ampoule changée"},
                before=lambda case: take_fault(case.row, actor=None),
            ),
        },
    ),
    "coworking.AccessLoan": Subject(
        _loan,
        {
            "give_back": Page("coworking:loan_end", sends=lambda case: {"do": "give_back", **_today(case)}),
            "lose": Page("coworking:loan_end", sends=lambda case: {"do": "lose", **_today(case)}),
        },
    ),
}
