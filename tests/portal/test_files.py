"""The full page of a person or of an activity: every room, each block by its right, few queries (CAE-24)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from entrepreneurs.services.contracts import draft_contract
from people.models import User
from people.services.scopes import save_portfolio
from people.states import RoleKind
from people.states.deadlines import DeadlineKind
from tests.factories.desk import make_absence, make_deadline, make_exit, make_request
from tests.factories.entrepreneurs import make_activity, make_entrepreneur
from tests.factories.people import make_user
from tests.pages import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def full(demonstration: None) -> tuple[User, Any, User]:
    """An entrepreneur of whom every room has something to say, the activity, human resources."""
    user, activity = make_entrepreneur(code="CLAIRE")
    assert user.person
    hr = make_user(RoleKind.HUMAN_RESOURCES)
    today = timezone.localdate()
    make_deadline(user.person, today + timedelta(days=9), label="Terme du CAPE")
    make_deadline(user.person, today + timedelta(days=9), kind=DeadlineKind.MEDICAL_VISIT)
    make_request(user, title="Ma question")
    make_absence(user)
    make_exit(user.person, hr)
    draft_contract(user.person, kind="cesa", starts_on=date(2026, 4, 1), activity=activity, actor=hr)
    return user, activity, hr


def test_human_resources_read_everything(full: tuple[User, Any, User]) -> None:
    user, activity, hr = full
    assert user.person
    page = client_of(hr).get(f"/personnes/{user.person.pk}/").content.decode()
    for words in ("Terme du CAPE", "Visite médicale", "Ma question", "CESA", activity.name, "du 03/08/2026"):
        assert words in page, words


def test_each_block_by_its_right(full: tuple[User, Any, User]) -> None:
    user, activity, _hr = full
    assert user.person
    url = f"/personnes/{user.person.pk}/"
    portfolio = save_portfolio(None, label="Sud", scopes=[activity.scope], actor=None)
    page = client_of(make_user(RoleKind.ADVISOR, scope=portfolio)).get(url).content.decode()
    assert "Terme du CAPE" in page
    for hidden in ("Visite médicale", "du 03/08/2026", "Ma question"):
        assert hidden not in page
    accountant = client_of(make_user(RoleKind.ACCOUNTANT)).get(url).content.decode()
    for hidden in ("Terme du CAPE", "Visite médicale", "du 03/08/2026", "Ma question"):
        assert hidden not in accountant
    own = client_of(user).get(url).content.decode()
    assert "Visite médicale" in own
    assert "Ma question" in own


def test_a_stranger_sees_nothing(full: tuple[User, Any, User]) -> None:
    user, activity, _hr = full
    assert user.person
    far = make_user(RoleKind.ADVISOR, scope=make_activity().scope)
    for stranger in (make_user(RoleKind.ENTREPRENEUR), far):
        client = client_of(stranger)
        assert client.get(f"/personnes/{user.person.pk}/").status_code == 404
        assert client.get(f"/activites/{activity.pk}/").status_code == 404


def test_the_activity_gathers_its_people_and_figures(full: tuple[User, Any, User]) -> None:
    user, activity, hr = full
    assert user.person
    url = f"/activites/{activity.pk}/"
    page = client_of(hr).get(url).content.decode()
    assert user.person.full_name in page
    assert "CESA" in page
    make_deadline(
        user.person, timezone.localdate(), kind=DeadlineKind.INSURANCE, about=activity, scope=activity.scope
    )
    assert "Assurance professionnelle" in client_of(hr).get(url).content.decode()
    assert "Trésorerie disponible" in client_of(make_user(RoleKind.ACCOUNTANT)).get(url).content.decode()


def test_it_is_flat(full: tuple[User, Any, User], django_assert_max_num_queries: Any) -> None:
    user, _activity, hr = full
    assert user.person
    client, url = client_of(hr), f"/personnes/{user.person.pk}/"

    def queries() -> int:
        with django_assert_max_num_queries(60) as counted:
            assert client.get(url).status_code == 200
        return len(counted)

    queries()
    before = queries()
    for rank in range(20):
        make_request(user, title=f"Question {rank}")
        make_activity(user)
    for kind in (DeadlineKind.TRIAL_END, DeadlineKind.ASSOCIATE, DeadlineKind.PAPER):
        make_deadline(user.person, timezone.localdate(), kind=kind)
    assert queries() == before
