"""The tables of moves of deals and of contracts given to read, each with a row made by services and its
pages."""

from __future__ import annotations

from typing import Any

from invoicing.services.deals import close_deal
from invoicing.states.deals import ReviewSubject
from people.states import RoleKind
from tests.factories import deals
from tests.factories.entrepreneurs import make_entrepreneur
from tests.factories.invoicing import DAY
from tests.factories.people import make_user
from tests.house.moving import Case, Page, Subject

_GOOD = {subject.value: "good" for subject in ReviewSubject}


def _opened() -> Case:
    user, activity = make_entrepreneur()
    return Case(deals.deal(activity), [user])


def _closed(case: Case) -> Any:
    return close_deal(case.row, on=DAY, actor=None)


def _asked() -> Case:
    """Its author takes it back; somebody of the team answers."""
    user, activity = make_entrepreneur()
    return Case(deals.review(activity, actor=user), [user, make_user(RoleKind.ACCOUNTANT)])


def _answer(verdict: str, **said: str) -> dict[str, str]:
    return _GOOD | said | {"verdict": verdict}


DEALS: dict[str, Subject] = {
    "invoicing.Deal": Subject(
        _opened,
        {
            "close": Page("invoicing:deal_close"),
            "reopen": Page("invoicing:deal_reopen", (), {}, _closed),
        },
    ),
    "invoicing.ContractReview": Subject(
        _asked,
        {
            "approve": Page("invoicing:review_answer", (), _answer("approve")),
            "negotiate": Page(
                "invoicing:review_answer",
                (),
                _answer("negotiate", liability="reserve", liability_words="Sans plafond."),
            ),
            "refuse": Page(
                "invoicing:review_answer",
                (),
                _answer("refuse", penalties="blocking", penalties_words="10 % par jour."),
            ),
            "withdraw": Page("invoicing:review_withdraw"),
        },
    ),
}
