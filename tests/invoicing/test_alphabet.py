"""Names in the order of a French dictionary, which the order of bytes is not: accents and capitals apart."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from accounting.selectors.balances import activity_balances
from entrepreneurs.models import Activity
from invoicing.models import CatalogueItem, Customer
from people.models import User
from people.states import RoleKind
from tests.factories import invoicing as make
from tests.factories.entrepreneurs import make_activity
from tests.factories.people import make_user
from tests.pages import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]

NAMES = ["Zoé Vernet", "Émile et fils", "atelier du Pont", "Éditions du Lac", "Ébéniste", "Acacia"]
SORTED = ["Acacia", "atelier du Pont", "Ébéniste", "Éditions du Lac", "Émile et fils", "Zoé Vernet"]


@pytest.fixture
def activities() -> list[Activity]:
    """Each with a customer and an item of the same name."""
    found = [make_activity(name=name) for name in NAMES]
    for activity in found:
        make.firm(activity, name=activity.name)
        make.item(activity, label=activity.name)
    return found


@pytest.fixture
def accountant(activities: list[Activity]) -> User:
    return make_user(RoleKind.ACCOUNTANT)


def shown(user: User, url: str, order: str = "") -> list[str]:
    """The first column of a list, kept to the names of this page."""
    page = client_of(user).get(reverse(url), {"tri": order} if order else {})
    rows = [str(row.record) for row in page.context["list"].table.paginated_rows]
    return [row for row in rows if row in NAMES]


@pytest.mark.parametrize(
    ("url", "column"),
    [
        ("invoicing:customer_list", "name"),
        ("invoicing:customer_list", "activity"),
        ("invoicing:catalogue_list", "label"),
        ("entrepreneurs:activity_list", "name"),
    ],
)
def test_a_list_sorts_as_a_dictionary(accountant: User, url: str, column: str) -> None:
    assert shown(accountant, url) == SORTED
    assert shown(accountant, url, column) == SORTED
    assert shown(accountant, url, f"-{column}") == SORTED[::-1]


@pytest.mark.parametrize("model", [Activity, Customer, CatalogueItem])
@pytest.mark.usefixtures("activities")
def test_what_is_offered_is_sorted_too(model: Any) -> None:
    assert [str(row) for row in model.objects.all()] == SORTED


def test_so_are_the_balances(accountant: User) -> None:
    assert [row.label for row in activity_balances(accountant) if row.activity_id] == SORTED
