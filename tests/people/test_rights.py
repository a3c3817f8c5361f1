"""Who sees and changes what: the table of rights of the room, and how far a role reaches."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cae.core.permissions import can
from people.models import User
from people.permissions import advises, in_scope, is_own, kinds_given_by, scope_id_of
from people.permissions.files import PERMISSIONS
from people.selectors import held_kinds, needs_second_factor, roles_of, scopes_followed_by, scopes_of
from people.selectors.persons import persons_visible_to
from people.services.scopes import save_portfolio
from people.states import SECOND_FACTOR_KINDS, STAFF_KINDS, RoleKind
from tests.factories.people import (
    make_admin,
    make_member,
    make_person,
    make_role,
    make_scope,
    make_territory,
    make_user,
    scope_of_territory,
)

pytestmark = pytest.mark.django_db

READERS = {
    "administrator",
    "human_resources",
    "data_officer",
    "co_manager",
    "accountant",
    "advisor",
    "training_manager",
    "cooperative_life",
    "place_facilitator",
}
WRITERS = {"administrator", "human_resources", "advisor"}
ORGANISATION_WRITERS = WRITERS | {"accountant", "cooperative_life", "training_manager", "project_manager"}
EVERYBODY = set(RoleKind.values)

# Right, asked without object → the roles (given for the whole cooperative) that have it.
EXPECTED = {
    "people.view_persons": READERS,
    "people.view_person": EVERYBODY,
    "people.change_person": EVERYBODY,
    "people.invite_person": WRITERS,
    "people.give_role": {"administrator", "human_resources"},
    "people.give_guarded_role": {"administrator"},
    "people.change_account": {"administrator", "human_resources"},
    "people.reset_second_factor": {"administrator"},
    "people.act_for": {"administrator", "advisor"},
    "people.view_organisations": READERS | {"project_manager"},
    "people.change_organisation": ORGANISATION_WRITERS,
    "people.view_territories": {"administrator", "co_manager"},
    "people.change_territory": {"administrator"},
}


def test_the_table_is_whole() -> None:
    assert set(PERMISSIONS) == set(EXPECTED)


@pytest.mark.parametrize("kind", RoleKind.values)
def test_role_by_right(kind: str) -> None:
    user = make_user(kind)
    assert {right for right in EXPECTED if can(user, right)} == {
        right for right, kinds in EXPECTED.items() if kind in kinds
    }


def test_nobody_and_closed_accounts_have_no_right() -> None:
    closed = make_admin()
    closed.is_active = False
    for visitor in (AnonymousUser(), closed):
        assert not [right for right in EXPECTED if can(visitor, right)]
        assert roles_of(visitor) == ()
        assert scopes_of(visitor) == frozenset()


@pytest.mark.parametrize("kind", RoleKind.values)
def test_own_and_other_file(kind: str) -> None:
    """CAE-14: own × other, for a role that reaches the whole cooperative."""
    user, other = make_user(kind), make_person()
    assert can(user, "people.view_person", user.person)
    assert can(user, "people.change_person", user.person)
    assert can(user, "people.view_person", other) is (kind in READERS)
    assert can(user, "people.change_person", other) is (kind in WRITERS)


def test_webmaster_and_auditor_open_no_personal_file() -> None:
    make_person()
    for kind in (RoleKind.WEBMASTER, RoleKind.AUDITOR, RoleKind.PROJECT_MANAGER):
        user = make_user(kind)
        assert list(persons_visible_to(user)) == [user.person]


def test_an_advisor_sees_nothing_outside_the_scope() -> None:
    inside, outside = make_scope("Dedans"), make_scope("Dehors")
    followed, stranger = make_person(), make_person()
    make_member(followed, inside)
    make_member(stranger, outside)
    advisor = make_user(RoleKind.ADVISOR, scope=inside)
    assert set(persons_visible_to(advisor)) == {followed, advisor.person}
    assert scopes_followed_by(advisor) == {inside.pk}
    for right in ("people.view_person", "people.change_person"):
        assert can(advisor, right, followed)
        assert not can(advisor, right, stranger)
    assert advises(advisor, inside)
    assert not advises(advisor, outside)


def test_without_object_a_limited_role_is_still_a_role() -> None:
    assert advises(make_user(RoleKind.ADVISOR, scope=make_scope()))
    assert not advises(make_user(RoleKind.ACCOUNTANT))


def test_an_account_without_person_writes_no_file() -> None:
    alone = User.objects.create_user("seule@exemple.fr", "x")
    assert not can(alone, "people.change_person")
    assert list(persons_visible_to(alone)) == []


def test_a_role_on_a_territory_reaches_what_lies_below() -> None:
    region = make_territory("Aquitaine", code="A")
    gironde = make_territory("Gironde", code="33", parent=region)
    elsewhere = make_territory("Bretagne", code="B")
    here, there = make_scope("Ici", territory=gironde), make_scope("Là", territory=elsewhere)
    member, resident, stranger = (
        make_person(),
        make_person(territory=gironde),
        make_person(territory=elsewhere),
    )
    make_member(member, here)
    make_member(stranger, there)
    advisor = make_user(RoleKind.ADVISOR, scope=scope_of_territory(region))
    assert here.pk in (scopes_followed_by(advisor) or ())
    assert there.pk not in (scopes_followed_by(advisor) or ())
    assert set(persons_visible_to(advisor)) == {member, resident, advisor.person}


def test_a_role_on_a_portfolio_reaches_its_activities() -> None:
    activity, other = make_scope("Un"), make_scope("Deux")
    portfolio = save_portfolio(None, label="Nord", scopes=[activity], actor=None)
    advisor = make_user(RoleKind.ADVISOR, scope=portfolio)
    assert scopes_followed_by(advisor) == {activity.pk, portfolio.pk}
    assert in_scope(RoleKind.ADVISOR)(advisor, activity)
    assert not in_scope(RoleKind.ADVISOR)(advisor, other)


def test_a_role_for_the_whole_cooperative_reaches_everything() -> None:
    advisor = make_user(RoleKind.ADVISOR)
    assert scopes_followed_by(advisor) is None
    assert scopes_followed_by(advisor, kind=RoleKind.ACCOUNTANT) == frozenset()
    assert advises(advisor, make_scope())


def test_one_s_own_activity() -> None:
    mine, theirs = make_scope("À moi"), make_scope("À d’autres")
    user = make_user(RoleKind.ENTREPRENEUR)
    make_member(user.person, mine)
    assert is_own(user, mine)
    assert is_own(user)
    assert not is_own(user, theirs)
    assert not is_own(make_user(RoleKind.ENTREPRENEUR))


def test_the_scope_of_an_object_is_its_own_or_that_of_its_activity() -> None:
    class Thing:
        def __init__(self, **fields: object) -> None:
            vars(self).update(fields)

    assert scope_id_of(Thing(scope_id=3)) == 3
    assert scope_id_of(Thing(activity=Thing(scope_id=4))) == 4
    assert scope_id_of(Thing(activity=None)) is None
    # What belongs to the cooperative is out of reach of a limited role.
    assert not advises(make_user(RoleKind.ADVISOR, scope=make_scope()), Thing())


def test_rights_follow_the_calendar() -> None:
    today = timezone.localdate()
    user = make_user()
    make_role(user.person, RoleKind.ACCOUNTANT, starts_on=today + timedelta(days=1))
    make_role(
        user.person, RoleKind.ADVISOR, starts_on=today - timedelta(days=9), ends_on=today - timedelta(days=1)
    )
    assert held_kinds(user, today) == frozenset()
    assert held_kinds(user, today + timedelta(days=1)) == {"accountant"}
    assert held_kinds(user, today - timedelta(days=1)) == {"advisor"}


def test_rights_are_read_once_and_forgotten_with_the_object() -> None:
    user = make_user(RoleKind.ADVISOR, scope=make_scope())
    day = timezone.localdate()
    with CaptureQueriesContext(connection) as queries:
        for _again in range(5):
            roles_of(user, day)
            scopes_of(user, day)
            scopes_followed_by(user, day)
            can(user, "people.view_persons")
    assert len(queries) == 2
    make_role(user.person, RoleKind.ADMINISTRATOR)
    assert not can(user, "people.give_guarded_role")
    user.refresh_from_db()
    assert can(user, "people.give_guarded_role")


def test_who_gives_which_role() -> None:
    assert set(kinds_given_by(make_admin())) == EVERYBODY
    by_hr = set(kinds_given_by(make_user(RoleKind.HUMAN_RESOURCES)))
    assert by_hr == EVERYBODY - SECOND_FACTOR_KINDS
    assert set(kinds_given_by(make_user(RoleKind.ADVISOR))) == {"candidate", "project_holder"}
    assert kinds_given_by(make_user(RoleKind.ENTREPRENEUR)) == ()


@pytest.mark.parametrize("kind", RoleKind.values)
def test_staff_and_the_auditor_need_a_second_factor(kind: str) -> None:
    assert needs_second_factor(make_user(kind)) is (kind in STAFF_KINDS | {"auditor"})
