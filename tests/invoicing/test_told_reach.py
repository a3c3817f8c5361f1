"""A question that is told how far to look sees what the querysets of the same person see, in every role."""

from __future__ import annotations

import pytest

from accounting.models import AnalyticAccount, Entry
from accounting.models.sight import books_reach, reads_books_of
from cae.core.questions import Question
from entrepreneurs.models import Activity
from invoicing.models import Invoice
from invoicing.models.sight import is_in_sight, reach, scopes_in_sight, within
from people.models import User
from people.services.scopes import save_portfolio
from people.states import RoleKind
from tests.factories import invoicing as sales
from tests.factories.entrepreneurs import make_activity
from tests.factories.people import make_user
from tests.invoicing.conftest import Judges

pytestmark = pytest.mark.django_db

_INVOICES = Question(lambda: Invoice.objects.filter(within()).order_by("pk"))
_ENTRIES = Question(lambda: Entry.objects.within().order_by("pk"))


def same_sight(user: User, activities: list[Activity]) -> None:
    invoices, entries = Invoice.objects.visible_to(user), Entry.objects.visible_to(user)
    assert _INVOICES(**reach(scopes_in_sight(user))) == list(invoices.order_by("pk"))
    assert _ENTRIES(**books_reach(user)) == list(entries.order_by("pk"))
    for activity in activities:
        assert is_in_sight(user, activity) == invoices.filter(activity=activity).exists()
        section = AnalyticAccount.objects.visible_to(user).filter(activity=activity)
        assert reads_books_of(user, activity) == section.exists()


@pytest.fixture
def activities(judges: Judges) -> list[Activity]:
    found = [make_activity(make_user(RoleKind.ENTREPRENEUR)) for _rank in range(2)]
    for activity in found:
        sales.issued(activity)
    return found


@pytest.mark.parametrize("kind", RoleKind.values)
def test_a_question_sees_what_its_reader_sees(kind: str, activities: list[Activity]) -> None:
    owner = make_user(kind)
    own = make_activity(owner)
    sales.issued(own)
    for user in (make_user(kind), owner):
        same_sight(user, [*activities, own])


def test_and_of_a_portfolio_no_more(activities: list[Activity]) -> None:
    followed = save_portfolio(None, label="Suivies", scopes=[activities[0].scope], actor=None)
    advisor = make_user(RoleKind.ADVISOR, scope=followed)
    same_sight(advisor, activities)
    assert [is_in_sight(advisor, one) for one in activities] == [True, False]
