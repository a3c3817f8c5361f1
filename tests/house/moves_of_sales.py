"""The moves of internal sales and of recurring documents, with rows made by services and their pages."""

from __future__ import annotations

from typing import Any

from invoicing.services.internal_sales import accept_internal, offer_internal
from invoicing.services.recurring import pause_plan
from people.states import RoleKind
from tests.factories import invoicing_internal as make
from tests.factories import quotes
from tests.factories.entrepreneurs import make_activity
from tests.factories.invoicing_recurring import make_plan
from tests.factories.people import make_user
from tests.house.moving import Case, Page, Subject


def _draft() -> Case:
    return Case(make.draft(make_activity(), make_activity()))


def _offered(case: Case) -> Any:
    return offer_internal(case.row, on=make.DAY, actor=None)


def _ordered(case: Case) -> Any:
    return accept_internal(_offered(case), on=make.DAY, actor=None)


def _repeated() -> Case:
    return Case(make_plan(quotes.approved(), actor=make_user(RoleKind.ACCOUNTANT)))


def _paused(case: Case) -> Any:
    return pause_plan(case.row, actor=None)


SALES: dict[str, Subject] = {
    "invoicing.InternalSale": Subject(
        _draft,
        {
            "offer": Page("invoicing:internal_offer"),
            "take_back": Page("invoicing:internal_take_back", before=_offered),
            "accept": Page("invoicing:internal_accept", (), {"version": 1}, _offered),
            "decline": Page("invoicing:internal_decline", (), {"reason": "Trop cher."}, _offered),
            "invoice": Page("invoicing:internal_invoice", before=_ordered),
            "discard": Page("invoicing:internal_discard"),
        },
    ),
    "invoicing.RecurringPlan": Subject(
        _repeated,
        {
            "pause": Page("invoicing:recurring_pause"),
            "resume": Page("invoicing:recurring_resume", before=_paused),
            "end": Page("invoicing:recurring_end"),
        },
    ),
}
