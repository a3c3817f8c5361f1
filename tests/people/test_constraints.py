"""The database has the last word on the rows of the room, whoever writes them."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, InternalError, transaction
from django.db.utils import DatabaseError

from people.models import Organisation, Person, PersonScope, Role, Scope, Territory, User
from people.states import RoleKind, ScopeKind, TerritoryKind
from tests.factories.people import make_member, make_person, make_role, make_scope, make_territory, make_user

pytestmark = pytest.mark.django_db


def refused(write: object, *, by: str) -> None:
    """Runs a write that the database must refuse, by the constraint or trigger named."""
    assert callable(write)
    with pytest.raises((IntegrityError, InternalError, DatabaseError)) as caught, transaction.atomic():
        write()
    assert by in str(caught.value)


def test_one_account_per_address_whatever_the_case() -> None:
    User.objects.create_user("Claire@Exemple.fr", "x")
    assert User.objects.get().email == "claire@exemple.fr"
    refused(lambda: User.objects.create_user("CLAIRE@exemple.FR", "x"), by="email")
    refused(lambda: User.objects.bulk_create([User(email="Autre@exemple.fr")]), by="user_email_lower_case")
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "constraint"),
    [("language", "user_language_known"), ("theme", "user_theme_known"), ("density", "user_density_known")],
)
def test_preferences_are_known_words(field: str, constraint: str) -> None:
    user = make_user()
    refused(lambda: User.objects.filter(pk=user.pk).update(**{field: "zz"}), by=constraint)


def test_enumerations_are_closed() -> None:
    person = make_person()
    today = date(2026, 11, 25)
    refused(
        lambda: Role.objects.create(person=person, kind="king", starts_on=today, reason="x"),
        by="role_kind_known",
    )
    refused(lambda: Scope.objects.create(kind="planet", label="x"), by="scope_kind_known")
    refused(lambda: Territory.objects.create(name="x", code="x", kind="moon"), by="territory_kind_known")
    refused(lambda: Organisation.objects.create(name="x", kind="gang"), by="organisation_kind_known")
    refused(
        lambda: Organisation.objects.create(name="x", relations=["friend"]), by="organisation_relations_known"
    )


def test_a_role_ends_after_its_start() -> None:
    person = make_person()
    refused(
        lambda: Role.objects.create(
            person=person,
            kind=RoleKind.ADVISOR,
            starts_on=date(2026, 3, 10),
            ends_on=date(2026, 3, 8),
            reason="x",
        ),
        by="role_dates_coherent",
    )


def test_the_same_role_twice_at_a_time_is_refused_also_for_the_whole_cooperative() -> None:
    person = make_person()
    make_role(person, RoleKind.ADVISOR, starts_on=date(2026, 1, 1), ends_on=date(2026, 6, 30))
    again = {"person": person, "kind": RoleKind.ADVISOR, "reason": "x"}
    refused(lambda: Role.objects.create(starts_on=date(2026, 6, 30), **again), by="role_once_at_a_time")
    Role.objects.create(starts_on=date(2026, 7, 1), **again)
    # Another scope is another role.
    Role.objects.create(starts_on=date(2026, 1, 1), scope=make_scope(), **again)
    assert Role.objects.count() == 3


def test_roles_are_never_erased_nor_rewritten() -> None:
    role = make_role(make_person(), RoleKind.ADVISOR)
    refused(role.delete, by="Cannot delete")
    refused(lambda: Role.objects.filter(pk=role.pk).update(kind=RoleKind.ADMINISTRATOR), by="Cannot update")
    refused(lambda: Role.objects.filter(pk=role.pk).update(starts_on=date(2020, 1, 1)), by="Cannot update")
    role.refresh_from_db()
    assert role.kind == RoleKind.ADVISOR


def test_an_end_without_reason_is_refused() -> None:
    role = make_role(make_person(), RoleKind.ADVISOR, starts_on=date(2026, 1, 1))
    refused(
        lambda: Role.objects.filter(pk=role.pk).update(
            ended_at="2026-11-25T10:00Z", ends_on=date(2026, 11, 24)
        ),
        by="role_end_has_reason",
    )


def test_memberships_do_not_overlap_and_stay() -> None:
    person, scope = make_person(), make_scope()
    make_member(person, scope, starts_on=date(2026, 1, 1))
    refused(
        lambda: PersonScope.objects.create(person=person, scope=scope, starts_on=date(2026, 5, 1)),
        by="personscope_once_at_a_time",
    )
    refused(lambda: PersonScope.objects.all().delete(), by="Cannot delete")


def test_one_organisation_per_siren_and_many_without() -> None:
    Organisation.objects.create(name="Un", siren="732829320")
    refused(
        lambda: Organisation.objects.create(name="Deux", siren="732829320"), by="organisation_one_per_siren"
    )
    refused(
        lambda: Organisation.objects.create(name="Trois", siren="552100554", siret="73282932000074"),
        by="organisation_siret_of_siren",
    )
    Organisation.objects.create(name="Quatre")
    Organisation.objects.create(name="Cinq")
    assert Organisation.objects.count() == 3


def test_scopes_are_coherent() -> None:
    territory = make_territory()
    refused(
        lambda: Scope.objects.create(kind=ScopeKind.TERRITORY, label="x"), by="scope_of_territory_names_it"
    )
    refused(
        lambda: Scope.objects.create(kind=ScopeKind.TERRITORY, label="x", territory=territory),
        by="scope_one_per_territory",
    )
    portfolio = Scope.objects.create(kind=ScopeKind.PORTFOLIO, label="Nord")
    refused(
        lambda: Scope.objects.create(kind=ScopeKind.PLACE, label="x", portfolio=portfolio),
        by="scope_in_portfolio_is_followed",
    )
    refused(
        lambda: Territory.objects.create(pk=99, name="x", code="y", kind=TerritoryKind.TOWN, parent_id=99),
        by="territory_not_its_own_parent",
    )


def test_persons_sort_in_french_order_by_the_name_they_use() -> None:
    names = ("Étienne", "eric", "Claude", "Émile", "Çelik")
    for name in names:
        make_person(last_name=name, first_name="A")
    make_person(last_name="Zola", usual_name="Dupont", first_name="A")
    order = [person.shown_last_name for person in Person.objects.all()]
    assert order == ["Çelik", "Claude", "Dupont", "Émile", "eric", "Étienne"]
