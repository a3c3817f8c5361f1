"""The figures of many activities: the sums of what each one's books and invoices say, in a few questions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounting.selectors.accounts import section_of
from accounting.selectors.statement import figures_of
from cae.core.periods import Month
from cae.portal.homes import SharedFigures, shared_figures_of
from entrepreneurs.models import Activity
from invoicing.engines.checker import client as checker
from invoicing.models import Invoice
from invoicing.selectors.coming import Overdue, overdue_sum
from invoicing.selectors.invoices import invoices_overdue
from people.models import User
from people.services.scopes import save_portfolio
from people.states import RoleKind
from tests.factories import accounting as books
from tests.factories import invoicing as sales
from tests.factories.entrepreneurs import make_activity, make_entrepreneur
from tests.factories.kernel import make_cooperative
from tests.factories.people import make_user
from tests.invoicing.conftest import Judges
from tests.pages import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]

TODAY = date(2026, 11, 26)


@pytest.fixture
def house(monkeypatch: pytest.MonkeyPatch) -> tuple[User, Activity, Activity]:
    """An activity with every way for an invoice to be late or not, another one, one closed, one bare."""
    monkeypatch.setattr(checker, "check", Judges().check)
    make_cooperative()
    owner, activity = make_entrepreneur()
    early = {"on": date(2026, 3, 3), "due_on": date(2026, 4, 2)}
    sales.issued(activity, **early)
    sales.pay(sales.issued(activity, **early), "240.00")
    sales.pay(sales.issued(activity, **early), "100.01")
    sales.credit(sales.issued(activity, **early))
    sales.issue(sales.credit(sales.issued(activity, **early)), on=date(2026, 4, 3))
    sales.reverse(sales.pay(sales.issued(activity, **early), "240.00"), on=date(2026, 4, 4))
    sales.issued(activity, on=TODAY - timedelta(days=40), due_on=TODAY)
    sales.draft(activity)
    other, closed = make_activity(code="OTHER"), make_activity(code="CLOSED")
    sales.issued(other, on=TODAY - timedelta(days=40), due_on=TODAY - timedelta(days=1))
    books.sale(closed, "50.00", number="C-1")
    Activity.objects.filter(pk=closed.pk).update(closed_on=date(2026, 6, 30), close_reason="Départ")
    make_activity(code="BARE")
    return owner, activity, other


def _readers(owner: User, activity: Activity) -> Iterator[User]:
    yield owner
    yield make_user(RoleKind.ACCOUNTANT)
    followed = save_portfolio(None, label="Suivies", scopes=[activity.scope], actor=None)
    yield make_user(RoleKind.ADVISOR, scope=followed)
    yield make_user(RoleKind.ADMINISTRATOR)


@pytest.mark.parametrize("on", [date(2026, 3, 1), date(2026, 4, 2), date(2026, 4, 3), TODAY])
def test_the_sum_of_late_invoices_is_that_of_their_list(
    on: date, house: tuple[User, Activity, Activity]
) -> None:
    owner, activity, _other = house
    for user in _readers(owner, activity):
        late: list[Invoice] = list(invoices_overdue(user, on=on))
        owed = sum((one.due for one in late), Decimal("0.00"))
        oldest = min((one.due_on for one in late if one.due_on), default=None)
        assert overdue_sum(user, on) == Overdue(len(late), oldest, owed)


def test_late_invoices_are_those_still_owed_after_their_day(house: tuple[User, Activity, Activity]) -> None:
    owner, _activity, _other = house
    # Nothing paid, paid in part, credited by a draft only, paid then unpaid; never what falls due today.
    assert overdue_sum(owner, TODAY) == Overdue(4, date(2026, 4, 2), Decimal("859.99"))
    assert overdue_sum(make_user(RoleKind.ACCOUNTANT), TODAY).count == 5


def _values(found: SharedFigures | None) -> list[Decimal | int]:
    assert found is not None
    return [figure.value for figure in found.figures]


def test_the_figures_of_the_house_are_the_sums_of_each_activity(
    house: tuple[User, Activity, Activity],
) -> None:
    owner, _activity, other = house
    expected = [Decimal("0.00")] * 3
    for one in Activity.objects.all():
        now = figures_of(section_of(one), Month.of(TODAY)).now
        expected = [
            had + found
            for had, found in zip(expected, (now.receivables, now.cash, now.sales.month), strict=True)
        ]
    assert _values(shared_figures_of(make_user(RoleKind.ACCOUNTANT), TODAY)) == expected
    followed = save_portfolio(None, label="Suivies", scopes=[other.scope], actor=None)
    advisor = make_user(RoleKind.ADVISOR, scope=followed)
    now = figures_of(section_of(other), Month.of(TODAY)).now
    assert _values(shared_figures_of(advisor, TODAY)) == [now.receivables, now.cash, now.sales.month]
    assert shared_figures_of(owner, TODAY) is None


def test_figures_ask_no_more_when_the_house_has_grown(
    house: tuple[User, Activity, Activity], django_assert_max_num_queries: Any
) -> None:
    client: Client = client_of(make_user(RoleKind.ACCOUNTANT))
    url = reverse("portal:home_figures")
    client.get(url)
    with django_assert_max_num_queries(8) as asked:
        client.get(url)
    sums = [query["sql"] for query in asked if "accounting_entryline" in query["sql"]]
    assert len(sums) == 3
    (late,) = [query["sql"] for query in asked if "invoicing_balance" in query["sql"]]
    # PostgreSQL reads an invoice once for it and for its balance.
    assert 'INNER JOIN "invoicing_balance"' in late
    # Each line bears its day: no entry is read for it.
    assert not any('"accounting_entry"' in sql for sql in sums)
    for rank in range(5):
        books.sale(make_activity(code=f"X{rank}"), on=date(2026, 11, 2))
    with django_assert_max_num_queries(len(asked)):
        client.get(url)
