"""A year of contribution closed for all activities: previewed, posted once, explained (ACC-20)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounting.models import ContributionRun
from accounting.selectors.contribution import contribution_sums
from accounting.selectors.contribution_controls import contribution_faults
from accounting.selectors.contribution_year import preview_year
from accounting.services.contribution_months import run_month
from accounting.services.contribution_year import ask_to_close
from accounting.tasks import close_contributions_now
from cae.core.errors import Code
from cae.core.models import Job
from cae.core.periods import Month
from entrepreneurs.models import Activity
from people.states import RoleKind
from tests.factories import accounting as books
from tests.factories.entrepreneurs import make_activity
from tests.factories.people import make_person, make_role, make_user
from tests.pages import client_of, text
from tests.refusals import refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]

TODAY = date(2027, 1, 20)


@pytest.fixture
def activity() -> Activity:
    """Twelve months worked under a floor of 1 200 € a year, two of them computed."""
    books.scale(rules=books.monthly(floor={"per": "year", "amount": "1200.00"}))
    person = make_person()
    make_role(person, RoleKind.ENTREPRENEUR, starts_on=date(2025, 1, 1))
    found = make_activity(person, code="A1", on=date(2025, 1, 1))
    for month, net in ((2, "1000.00"), (3, "2000.00")):
        on = date(2026, month, 10)
        books.sale(found, net, on=on, number=f"F-{month}")
        books.take(found, net, on=on, number=f"F-{month}")
    run_month(found, Month(2026, 2), today=date(2026, 3, 5), actor=None)
    run_month(found, Month(2026, 3), today=date(2026, 4, 5), actor=None)
    return found


def given(activity: Activity) -> Decimal:
    return contribution_sums(activity, start=date(2026, 1, 1), end=TODAY).due


def test_months_are_righted_then_the_floor_is_reached_and_nothing_twice(activity: Activity) -> None:
    accountant = make_user(RoleKind.ACCOUNTANT)
    assert given(activity) == Decimal("405.00")
    # A cost that comes late lowers March.
    books.cost(activity, "100.00")
    found = preview_year(2026, today=TODAY)
    (row,) = found.rows
    assert sum(run.due for run in row.months) == Decimal("-13.50")
    assert (row.top_up, found.due) == (Decimal("808.50"), Decimal("795.00"))
    with refused(Code.PERIOD_INVALID, "annee"):
        ask_to_close(2027, today=TODAY, actor=None)
    with time_machine.travel(TODAY):
        close_contributions_now(ask_to_close(2026, today=TODAY, actor=accountant).pk)
        assert given(activity) == Decimal("1200.00")
        count = ContributionRun.objects.count()
        close_contributions_now(ask_to_close(2026, today=TODAY, actor=accountant).pk)
    assert ContributionRun.objects.count() == count
    assert preview_year(2026, today=TODAY).rows == ()
    assert not list(contribution_faults())


@time_machine.travel(TODAY)
def test_the_page_explains_before_it_posts(activity: Activity) -> None:
    accountant: Client = client_of(make_user(RoleKind.ACCOUNTANT))
    address = reverse("accounting:year_preview")
    page = text(accountant.get(address, {"annee": "2026"}))
    assert "Plancher de l’année" in page
    assert "795,00 €" in page
    accountant.post(reverse("accounting:year_close"), {"annee": "2027"})
    assert not Job.objects.exists()
    accountant.post(reverse("accounting:year_close"), {"annee": "2026"})
    close_contributions_now(Job.objects.get().pk)
    assert "2026 est régularisée" in text(accountant.get(address))
    assert client_of(make_user(RoleKind.AUDITOR)).get(address).status_code == 403
