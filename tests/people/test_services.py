"""What the services of the room do, refuse and leave behind; a refusal leaves nothing changed."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from cae.core.errors import Code, Refused
from cae.core.models import AuditEntry, OutgoingEmail, PersonalLink
from people.models import Organisation, Person, PersonScope, Role, Scope, Territory, User
from people.services.accounts import (
    Preferences,
    change_preferences,
    close_account,
    open_account,
    reopen_account,
)
from people.services.organisations import (
    ContactData,
    OrganisationData,
    archive_organisation,
    save_organisation,
)
from people.services.persons import PersonData, create_person, save_person
from people.services.roles import end_role, give_role
from people.services.scopes import join_scope, leave_scope, open_scope, rename_scope, save_portfolio
from people.services.territories import TerritoryData, save_territory
from people.states import RelationKind, RoleKind, ScopeKind
from tests.factories.people import (
    PASSWORD,
    make_admin,
    make_member,
    make_person,
    make_role,
    make_scope,
    make_territory,
    make_user,
)

pytestmark = pytest.mark.django_db

SIREN, SIRET = "732829320", "73282932000074"
TODAY = date(2026, 11, 25)


def rows() -> dict[str, list[Any]]:
    """Everything the services may write, to compare before and after a refusal."""
    models = (
        Person,
        Role,
        User,
        Organisation,
        Territory,
        Scope,
        PersonScope,
        AuditEntry,
        OutgoingEmail,
        PersonalLink,
    )
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models}


def refuses(act: Callable[[], Any], code: Code, field: str | None = None) -> Refused:
    before = rows()
    with pytest.raises(Refused) as caught:
        act()
    assert caught.value.code == code
    assert caught.value.field == field
    assert rows() == before
    return caught.value


class TestPersons:
    def test_the_same_form_twice_makes_one_person(self) -> None:
        key = uuid.uuid4()
        data = PersonData("Claire", "Lenoir")
        first = create_person(data, actor=None, form_key=key)
        assert create_person(data, actor=None, form_key=key) == first
        assert Person.objects.count() == 1
        assert AuditEntry.objects.filter(verb="people.person.create").count() == 1

    @pytest.mark.parametrize(
        ("data", "field"), [(PersonData(" ", "L"), "first_name"), (PersonData("C", ""), "last_name")]
    )
    def test_a_name_is_needed(self, data: PersonData, field: str) -> None:
        refuses(lambda: create_person(data, actor=None), Code.VALUE_MISSING, field)

    def test_a_change_is_written_with_before_and_after(self) -> None:
        admin, person = make_admin(), make_person(first_name="Claire", last_name="Lenoir", email="")
        save_person(
            person, data=PersonData("Claire", "Lenoir", phone="0601"), actor=admin, now=timezone.now()
        )
        entry = AuditEntry.objects.get(verb="people.person.change")
        assert entry.actor == admin
        assert entry.detail == {"phone": ["", "0601"]}

    def test_a_form_opened_before_another_change_is_refused(self) -> None:
        person = make_person()
        save_person(person, data=PersonData("A", "B"), actor=None, now=timezone.now(), version=1)
        refuses(
            lambda: save_person(person, data=PersonData("C", "D"), actor=None, now=timezone.now(), version=1),
            Code.STALE_FORM,
        )

    def test_saving_the_same_values_writes_nothing(self) -> None:
        person = create_person(PersonData("A", "B"), actor=None)
        before = rows()
        save_person(person, data=PersonData("A", "B"), actor=None, now=timezone.now())
        assert rows() == before


class TestRoles:
    def test_a_role_is_given_with_its_giver_and_reason(self) -> None:
        admin, person = make_admin(), make_person()
        role = give_role(person, kind=RoleKind.ADVISOR, actor=admin, starts_on=TODAY, reason="embauche")
        assert (role.given_by, role.reason, role.scope) == (admin, "embauche", None)
        entry = AuditEntry.objects.get(verb="people.role.give", actor=admin)
        assert entry.detail["role"] == "advisor"
        assert entry.about_id == str(person.pk)

    def test_a_person_with_an_account_is_told_at_once(self) -> None:
        admin, user = make_admin(), make_user()
        give_role(user.person, kind=RoleKind.ADVISOR, actor=admin, starts_on=TODAY, reason="embauche")
        mail = OutgoingEmail.objects.get()
        assert mail.to == user.email
        assert "Accompagnateur·rice" in mail.subject
        assert "embauche" in mail.text

    def test_what_give_role_refuses(self) -> None:
        person, activity = make_person(), make_scope()
        give = {"person": person, "kind": RoleKind.ADVISOR, "actor": None, "starts_on": TODAY, "reason": "x"}
        refuses(lambda: give_role(**(give | {"reason": " "})), Code.VALUE_MISSING, "reason")
        refuses(lambda: give_role(**(give | {"kind": "king"})), Code.ROLE_INVALID, "kind")
        refuses(
            lambda: give_role(**(give | {"kind": RoleKind.ACCOUNTANT, "scope": activity})),
            Code.ROLE_INVALID,
            "scope",
        )
        refuses(lambda: give_role(**give, ends_on=TODAY - timedelta(days=1)), Code.PERIOD_INVALID, "ends_on")
        give_role(**give)
        refuses(
            lambda: give_role(**(give | {"starts_on": TODAY + timedelta(days=90)})), Code.DUPLICATE, "kind"
        )
        refuses(
            lambda: give_role(**(give | {"starts_on": TODAY - timedelta(days=9)}), ends_on=TODAY),
            Code.DUPLICATE,
            "kind",
        )
        give_role(**give, scope=activity)

    def test_a_role_ends_at_once_or_on_a_later_day(self) -> None:
        person, now = make_person(), timezone.now()
        today = timezone.localdate(now)
        at_once = make_role(person, RoleKind.ADVISOR)
        ended = end_role(at_once, last_day=today - timedelta(days=1), reason="départ", actor=None, now=now)
        assert not ended.is_in_force(today)
        assert ended.is_in_force(today - timedelta(days=1))
        later = make_role(person, RoleKind.ACCOUNTANT)
        ended = end_role(later, last_day=today + timedelta(days=5), reason="départ", actor=None, now=now)
        assert ended.is_in_force(today + timedelta(days=5))
        assert Role.objects.count() == 2

    def test_a_role_taken_back_before_its_first_day_never_was_in_force(self) -> None:
        now = timezone.now()
        today = timezone.localdate(now)
        role = make_role(make_person(), RoleKind.ADMINISTRATOR, starts_on=today)
        make_admin()
        ended = end_role(role, last_day=today - timedelta(days=1), reason="erreur", actor=None, now=now)
        assert ended.is_empty
        assert not Role.objects.in_force(today).filter(pk=role.pk).exists()
        # The place is free again.
        make_role(ended.person, RoleKind.ADMINISTRATOR, starts_on=today)

    def test_what_end_role_refuses(self) -> None:
        now = timezone.now()
        today = timezone.localdate(now)
        role = make_role(make_person(), RoleKind.ADVISOR)
        end = {"last_day": today, "reason": "départ", "actor": None, "now": now}
        refuses(lambda: end_role(role, **(end | {"reason": ""})), Code.VALUE_MISSING, "reason")
        refuses(
            lambda: end_role(role, **(end | {"last_day": today - timedelta(days=2)})),
            Code.PERIOD_INVALID,
            "last_day",
        )
        end_role(role, **end)
        refuses(lambda: end_role(role, **end), Code.ALREADY_DONE)

    def test_the_last_administrator_stays(self) -> None:
        now = timezone.now()
        admin, other = make_admin(), make_user(RoleKind.HUMAN_RESOURCES)
        role = admin.person.roles.get()
        end = {"last_day": timezone.localdate(now), "reason": "départ", "actor": other, "now": now}
        refuses(lambda: end_role(role, **end), Code.ROLE_INVALID)
        make_admin()
        end_role(role, **end)

    def test_an_administrator_who_leaves_tonight_does_not_count(self) -> None:
        now, other = timezone.now(), make_user(RoleKind.HUMAN_RESOURCES)
        admins = [make_admin(), make_admin()]
        roles = [Role.objects.get(person=admin.person_id) for admin in admins]
        end = {"last_day": timezone.localdate(now), "reason": "départ", "actor": other, "now": now}
        end_role(roles[0], **end)
        refuses(lambda: end_role(roles[1], **end), Code.ROLE_INVALID)
        today = timezone.localdate(now)
        refuses(lambda: close_account(admins[1], reason="x", actor=other, on=today), Code.ROLE_INVALID)

    def test_an_administrator_without_account_does_not_count(self) -> None:
        admin = make_admin()
        make_role(make_person(), RoleKind.ADMINISTRATOR)
        other = make_user(RoleKind.HUMAN_RESOURCES)
        refuses(
            lambda: close_account(admin, reason="x", actor=other, on=timezone.localdate()), Code.ROLE_INVALID
        )


class TestAccounts:
    def test_an_account_opens_once(self) -> None:
        user = make_user()
        refuses(
            lambda: open_account(user.person, email="b@b.fr", password="x", actor=None), Code.ALREADY_DONE
        )
        other, address = make_person(), user.email.upper()
        refuses(lambda: open_account(other, email=address, password="x", actor=None), Code.DUPLICATE, "email")

    def test_closing_and_reopening(self) -> None:
        admin, user = make_admin(), make_user(RoleKind.ENTREPRENEUR)
        today = timezone.localdate()
        refuses(lambda: close_account(admin, reason="x", actor=admin, on=today), Code.NOT_ALLOWED)
        refuses(lambda: close_account(user, reason=" ", actor=admin, on=today), Code.VALUE_MISSING, "reason")
        refuses(lambda: reopen_account(user, reason="x", actor=admin), Code.ALREADY_DONE)
        assert not close_account(user, reason="fin de contrat", actor=admin, on=today).is_active
        refuses(lambda: close_account(user, reason="x", actor=admin, on=today), Code.ALREADY_DONE)
        reopened = reopen_account(user, reason="retour", actor=admin)
        assert reopened.is_active
        assert reopened.check_password(PASSWORD)

    def test_preferences(self) -> None:
        user = make_user()
        wanted = Preferences(language="en", theme="dark", density="compact", shortcuts=False)
        changed = change_preferences(user, data=wanted, actor=user)
        assert (changed.language, changed.theme, changed.density, changed.shortcuts) == (
            "en",
            "dark",
            "compact",
            False,
        )
        assert AuditEntry.objects.get(verb="people.account.preferences").detail["theme"] == ["system", "dark"]


class TestOrganisations:
    def test_a_record_with_its_contacts(self) -> None:
        data = OrganisationData("Mairie", siret="732 829 320 00074", relations=[RelationKind.CUSTOMER])
        saved = save_organisation(None, data=data, contacts=[ContactData("Ana", "achats")], actor=None)
        assert (saved.siren, saved.siret) == (SIREN, SIRET)
        assert [contact.function for contact in saved.contacts.all()] == ["achats"]
        save_organisation(
            saved, data=data, contacts=[ContactData("Ben"), ContactData("Ana")], actor=None, version=1
        )
        assert [contact.name for contact in saved.contacts.all()] == ["Ana", "Ben"]
        entry = AuditEntry.objects.get(verb="people.organisation.change")
        assert entry.detail == {"contacts": ["Ana", "Ben, Ana"]}

    @pytest.mark.parametrize(
        ("fields", "code", "field"),
        [
            ({"name": "  "}, Code.VALUE_MISSING, "name"),
            ({"siren": "732829321"}, Code.SIREN_INVALID, "siren"),
            ({"siren": "12"}, Code.SIREN_INVALID, "siren"),
            ({"siren": SIREN, "siret": "73282932000075"}, Code.SIRET_INVALID, "siret"),
            ({"siren": "552100554", "siret": SIRET}, Code.SIRET_INVALID, "siret"),
            ({"vat_number": "FR00123"}, Code.VALUE_INVALID, "vat_number"),
        ],
    )
    def test_numbers_that_do_not_exist(self, fields: dict[str, str], code: Code, field: str) -> None:
        data = OrganisationData(**({"name": "Mairie"} | fields))
        refuses(lambda: save_organisation(None, data=data, actor=None), code, field)

    def test_a_siren_we_know_is_refused_by_the_name_of_who_bears_it(self) -> None:
        known = save_organisation(None, data=OrganisationData("Mairie", siren=SIREN), actor=None)
        again = OrganisationData("La mairie", siren=SIREN)
        refusal = refuses(lambda: save_organisation(None, data=again, actor=None), Code.DUPLICATE, "siren")
        assert "« Mairie »" in str(refusal)
        other = save_organisation(None, data=OrganisationData("École"), actor=None)
        refuses(lambda: save_organisation(other, data=again, actor=None), Code.DUPLICATE, "siren")
        save_organisation(known, data=again, actor=None)

    def test_double_click_and_two_tabs(self) -> None:
        key = uuid.uuid4()
        data = OrganisationData("Mairie")
        first = save_organisation(None, data=data, actor=None, form_key=key)
        assert save_organisation(None, data=data, actor=None, form_key=key) == first
        save_organisation(first, data=OrganisationData("Mairie de Talence"), actor=None, version=1)
        stale = OrganisationData("Mairie de Pessac")
        refuses(lambda: save_organisation(first, data=stale, actor=None, version=1), Code.STALE_FORM)

    def test_a_foreign_vat_number_is_checked_and_kept_compact(self) -> None:
        data = OrganisationData("Brauerei", country="DE", vat_number="DE 136 695 976")
        assert save_organisation(None, data=data, actor=None).vat_number == "DE136695976"

    def test_archiving_twice_is_once(self) -> None:
        saved = save_organisation(None, data=OrganisationData("Mairie"), actor=None)
        assert archive_organisation(saved, archived=True, actor=None).is_archived
        archive_organisation(saved, archived=True, actor=None)
        assert AuditEntry.objects.filter(verb="people.organisation.archive").count() == 1


class TestTerritoriesAndScopes:
    def test_a_territory_brings_its_scope_under_its_name(self) -> None:
        territory = make_territory("Gironde", code="33")
        changed = save_territory(territory, data=TerritoryData("La Gironde", "33"), actor=None)
        before = rows()
        save_territory(changed, data=TerritoryData("La Gironde", "33", kind=changed.kind), actor=None)
        assert rows() == before
        scope = Scope.objects.get(kind=ScopeKind.TERRITORY)
        assert (scope.label, scope.territory_id) == ("La Gironde", territory.pk)

    def test_no_loop_no_twin_code(self) -> None:
        top = make_territory("Aquitaine", code="A")
        below = make_territory("Gironde", code="33", parent=top)
        refuses(
            lambda: save_territory(top, data=TerritoryData("Aquitaine", "A", parent=below), actor=None),
            Code.VALUE_INVALID,
            "parent",
        )
        refuses(
            lambda: save_territory(None, data=TerritoryData("Autre", "33"), actor=None),
            Code.DUPLICATE,
            "code",
        )
        refuses(
            lambda: save_territory(None, data=TerritoryData("", "9"), actor=None), Code.VALUE_MISSING, "name"
        )
        refuses(
            lambda: save_territory(None, data=TerritoryData("X", ""), actor=None), Code.VALUE_MISSING, "code"
        )

    def test_a_portfolio_holds_exactly_what_is_ticked(self) -> None:
        one, two = make_scope("Un"), make_scope("Deux")
        north = save_portfolio(None, label="Nord", scopes=[one, two], actor=None)
        south = save_portfolio(None, label="Sud", scopes=[two], actor=None)
        assert set(north.followed.all()) == {one}
        assert set(south.followed.all()) == {two}
        save_portfolio(north, label="Grand Nord", scopes=[], actor=None)
        north.refresh_from_db()
        assert (north.label, north.followed.count()) == ("Grand Nord", 0)
        refuses(lambda: save_portfolio(None, label="Sud", scopes=[], actor=None), Code.DUPLICATE, "label")
        refuses(lambda: save_portfolio(north, label="Sud", scopes=[], actor=None), Code.DUPLICATE, "label")
        refuses(
            lambda: save_portfolio(None, label="Est", scopes=[north], actor=None),
            Code.VALUE_INVALID,
            "scopes",
        )

    def test_opening_and_renaming_a_scope(self) -> None:
        refuses(lambda: open_scope(ScopeKind.PLACE, label=" ", actor=None), Code.VALUE_MISSING, "label")
        refuses(lambda: open_scope(ScopeKind.TERRITORY, label="x", actor=None), Code.VALUE_INVALID)
        scope = rename_scope(make_scope("Avant"), label="Après", actor=None, territory=make_territory())
        assert (scope.label, scope.territory is not None) == ("Après", True)

    def test_joining_and_leaving(self) -> None:
        person, scope = make_person(), make_scope()
        refuses(
            lambda: join_scope(
                person, scope=scope, starts_on=TODAY, ends_on=TODAY - timedelta(days=1), actor=None
            ),
            Code.PERIOD_INVALID,
            "ends_on",
        )
        membership = join_scope(person, scope=scope, starts_on=TODAY, actor=None)
        refuses(
            lambda: join_scope(person, scope=scope, starts_on=TODAY, actor=None), Code.DUPLICATE, "starts_on"
        )
        refuses(
            lambda: leave_scope(membership, last_day=TODAY - timedelta(days=2), actor=None),
            Code.PERIOD_INVALID,
            "ends_on",
        )
        leave_scope(membership, last_day=TODAY, actor=None)
        refuses(lambda: leave_scope(membership, last_day=TODAY, actor=None), Code.ALREADY_DONE, "ends_on")
        make_member(person, scope, starts_on=TODAY + timedelta(days=1))
