"""Who sees which activity: one's own, one's portfolio or territory, all by function; nothing else."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from entrepreneurs.models import Activity
from people.models import User
from people.services.scopes import save_portfolio
from people.states import RoleKind
from tests.factories.entrepreneurs import make_activity, make_entrepreneur
from tests.factories.people import make_person, make_role, make_territory, make_user, scope_of_territory

pytestmark = pytest.mark.django_db


def seen_by(user: User) -> set[str]:
    return {activity.code for activity in Activity.objects.visible_to(user)}


@pytest.mark.parametrize(
    ("kind", "all_seen"),
    [
        (RoleKind.ACCOUNTANT, True),
        (RoleKind.ADMINISTRATOR, True),
        (RoleKind.CO_MANAGER, True),
        (RoleKind.AUDITOR, True),
        (RoleKind.HUMAN_RESOURCES, True),
        (RoleKind.ADVISOR, True),
        (RoleKind.WEBMASTER, False),
        (RoleKind.CANDIDATE, False),
        (RoleKind.ASSOCIATE, False),
        (RoleKind.DATA_OFFICER, False),
    ],
)
def test_a_function_held_on_the_whole_cooperative(kind: str, all_seen: bool) -> None:
    make_activity(code="A")
    make_activity(code="B")
    assert seen_by(make_user(kind)) == ({"A", "B"} if all_seen else set())


def test_an_entrepreneur_sees_only_their_own() -> None:
    user, activity = make_entrepreneur(code="MIENNE")
    make_activity(code="AUTRE")
    assert seen_by(user) == {"MIENNE"}
    assert list(Activity.objects.owned_by(user)) == [activity]


def test_a_membership_that_ended_shows_nothing_any_more() -> None:
    user, activity = make_entrepreneur()
    activity.scope.members.update(ends_on=timezone.localdate() - timedelta(days=1))
    assert seen_by(user) == set()


def test_an_advisor_of_a_portfolio_sees_that_portfolio() -> None:
    mine, other = make_activity(code="A"), make_activity(code="B")
    portfolio = save_portfolio(None, label="Landes", scopes=[mine.scope], actor=None)
    assert seen_by(make_user(RoleKind.ADVISOR, scope=portfolio)) == {"A"}
    assert other.code == "B"


def test_an_advisor_of_a_territory_sees_what_lies_below_it() -> None:
    region = make_territory("Aquitaine")
    town = make_territory("Bordeaux", parent=region)
    make_activity(code="A", territory=town)
    make_activity(code="B")
    assert seen_by(make_user(RoleKind.ADVISOR, scope=scope_of_territory(region))) == {"A"}


def test_a_role_to_come_opens_nothing_yet() -> None:
    make_activity(code="A")
    user = make_user()
    assert user.person is not None
    make_role(user.person, RoleKind.ACCOUNTANT, starts_on=timezone.localdate() + timedelta(days=1))
    assert seen_by(user) == set()


def test_closed_activities_are_told_from_open_ones() -> None:
    activity = make_activity(make_person(), on=date(2025, 1, 1))
    Activity.objects.filter(pk=activity.pk).update(closed_on=date(2025, 6, 30), close_reason="Départ")
    assert Activity.objects.open_on(date(2025, 6, 30)).exists()
    assert not Activity.objects.open_on(date(2025, 7, 1)).exists()
    assert not Activity.objects.open_on(date(2024, 12, 31)).exists()
