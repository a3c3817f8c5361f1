"""Two files of one person: found, merged with all that names them, given back within thirty days (PEO-17)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, models, transaction
from django.utils import timezone

from cae.core.errors import Code, Refused
from cae.core.models import AuditEntry
from people.models import CivilRecord, Consent, Deadline, MergeRecord, Person, PersonScope, Role, User
from people.selectors.merging import file_keys, likely_duplicates, lookalikes
from people.selectors.sensitive import readings_of
from people.services.accounts import close_account
from people.services.consents import give_consent
from people.services.deadlines import set_deadline
from people.services.merging import merge_persons, person_keys, rehearse_merge, undo_merge
from people.services.sensitive import read_sensitive
from people.states import RoleKind
from people.states.consents import ConsentPurpose
from people.states.deadlines import DeadlineKind
from people.states.merging import Likeness
from people.states.sensitive import SensitivePurpose
from tests.factories.kernel import BEGINNING
from tests.factories.own_data import protect
from tests.factories.people import make_admin, make_member, make_person, make_role, make_scope, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> User:
    return make_admin()


@pytest.fixture
def two() -> tuple[Person, Person]:
    kept = make_person(first_name="Claire", last_name="Lenoir", email="claire@exemple.fr")
    return kept, make_person(first_name="Claire", last_name="Le Noir", email="clenoir@exemple.fr")


def merge(kept: Person, merged: Person, actor: User) -> MergeRecord:
    return merge_persons(kept, merged=merged, reason="Deux saisies", actor=actor, now=timezone.now())


def everything() -> list[Any]:
    return [
        list(model.objects.order_by("pk").values())
        for model in (Person, Role, PersonScope, Consent, Deadline, User, MergeRecord, AuditEntry)
    ]


class TestFinding:
    def test_each_reason_finds_its_pair(self) -> None:
        make_person(first_name="Ali", last_name="Benali", email="a@x.fr")
        make_person(first_name="Zoé", last_name="Martin", email="A@x.fr")
        make_person(first_name="Luc", last_name="Petit", phone="06 12 34 56 78")
        make_person(first_name="Ida", last_name="Grand", phone="+33 612345678")
        make_person(first_name="Claire", last_name="Lenoir")
        make_person(first_name="Clair", last_name="Lenoir")
        make_person(first_name="Hugo", last_name="Bernard")
        for _twice in range(2):
            born = make_person(first_name="Ana", last_name="Ruiz")
            CivilRecord.objects.create(person=born, birth_date=date(1990, 5, 4))
        found = [(pair.first.last_name, pair.second.last_name, pair.reasons) for pair in likely_duplicates()]
        assert found == [
            ("Benali", "Martin", (Likeness.EMAIL,)),
            ("Ruiz", "Ruiz", (Likeness.BIRTH, Likeness.NAME)),
            ("Petit", "Grand", (Likeness.PHONE,)),
            ("Lenoir", "Lenoir", (Likeness.NAME,)),
        ]

    def test_a_number_that_many_files_give_says_nothing(self) -> None:
        names = ("Petit", "Grand", "Moyen", "Martin")
        for name in names:
            make_person(first_name=name[::-1], last_name=name, phone="05 58 00 00 00")
        assert len(likely_duplicates()) == 6
        make_person(first_name="Hugo", last_name="Bernard", phone="05 58 00 00 00")
        assert likely_duplicates() == []

    def test_merged_files_are_found_no_more(self, two: tuple[Person, Person], admin: User) -> None:
        assert len(likely_duplicates()) == 1
        merge(*two, admin)
        assert likely_duplicates() == []
        assert [person for person, _why in lookalikes(name="Claire Le Noir")] == [two[0]]

    def test_what_is_typed_finds_files(self, two: tuple[Person, Person]) -> None:
        Person.objects.filter(pk=two[0].pk).update(phone="0612345678")
        assert lookalikes(email=" CLAIRE@exemple.fr ") == [(two[0], Likeness.EMAIL)]
        assert lookalikes(phone="+33 6 12 34 56 78") == [(two[0], Likeness.PHONE)]
        assert {person for person, _why in lookalikes(name="Lenoir Claire")} == set(two)
        assert lookalikes(name="Claire") == []
        assert lookalikes(phone="06") == []
        assert lookalikes(email="claire@exemple.fr", but=two[0]) == []


class TestMerging:
    def test_every_key_is_known(self) -> None:
        """A room that names a person somewhere is moved without being told of."""
        labels = {key.label for key in person_keys()}
        assert {"people.role.person", "people.personscope.person", "people.consent.person"} <= labels
        assert "people.user.person" not in labels
        for key in person_keys():
            assert isinstance(key.model._meta.get_field(key.column), models.ForeignKey)

    def test_what_names_the_second_names_the_first(self, two: tuple[Person, Person], admin: User) -> None:
        kept, merged = two
        scope = make_scope()
        make_member(merged, scope)
        account = make_user(RoleKind.CANDIDATE, person=merged)
        give_consent(merged, purpose=ConsentPurpose.PHOTO, on=BEGINNING, actor=account)
        set_deadline(
            about=merged, kind=DeadlineKind.MEDICAL_VISIT, person=merged, due_on=date(2030, 1, 1), actor=admin
        )
        merge(kept, merged, admin)
        merged.refresh_from_db()
        account.refresh_from_db()
        assert merged.merged_into == kept
        assert account.person == kept
        assert kept.roles.get().kind == RoleKind.CANDIDATE
        assert kept.memberships.get().scope == scope
        assert kept.consents.get().purpose == ConsentPurpose.PHOTO
        assert Deadline.objects.get().about_id == str(kept.pk)
        assert not merged.roles.exists()

    def test_rows_that_never_change_are_read_through_both(
        self, two: tuple[Person, Person], admin: User
    ) -> None:
        kept, merged = two
        protect(merged)
        hr = make_user(RoleKind.HUMAN_RESOURCES)
        read_sensitive(merged, purpose=SensitivePurpose.HEALTH, actor=hr)
        merge(kept, merged, admin)
        assert readings_of(kept).get().person_id == merged.pk
        assert file_keys(kept) == [kept.pk, merged.pk]
        assert kept.sensitive is not None

    def test_the_preview_says_it_and_changes_nothing(self, two: tuple[Person, Person], admin: User) -> None:
        make_role(two[1], RoleKind.CANDIDATE)
        before = everything()
        said = rehearse_merge(*two[:1], merged=two[1], actor=admin, now=timezone.now())
        assert [(one.label, one.moved) for one in said if one.moved] == [("rôles", 1)]
        assert everything() == before

    def test_the_frozen_columns_stay_frozen_elsewhere(self, two: tuple[Person, Person], admin: User) -> None:
        role = make_role(two[1], RoleKind.CANDIDATE)
        merge(*two, admin)
        with pytest.raises(Exception, match="Cannot update"), transaction.atomic():
            Role.objects.filter(pk=role.pk).update(person=two[1])


class TestRefusals:
    def refused(self, two: tuple[Person, Person], admin: User) -> Refused:
        before = everything()
        with pytest.raises(Refused) as refused:
            merge(*two, admin)
        assert everything() == before
        return refused.value

    def test_roles_of_the_same_days(self, two: tuple[Person, Person], admin: User) -> None:
        for one in two:
            make_role(one, RoleKind.CANDIDATE)
        refusal = self.refused(two, admin)
        assert refusal.code == Code.DUPLICATE
        assert "rôles" in str(refusal)

    def test_memberships_of_the_same_days(self, two: tuple[Person, Person], admin: User) -> None:
        scope = make_scope()
        for one in two:
            make_member(one, scope)
        assert "appartenances" in str(self.refused(two, admin))

    def test_two_open_accounts(self, two: tuple[Person, Person], admin: User) -> None:
        accounts = [make_user(person=one) for one in two]
        assert self.refused(two, admin).code == Code.DUPLICATE
        close_account(accounts[0], reason="double", actor=admin, on=timezone.localdate())
        assert "c’est elle" in str(self.refused(two, admin))
        merge(two[1], two[0], admin)
        accounts[1].refresh_from_db()
        assert accounts[1].person == two[1]

    def test_two_protected_records(self, two: tuple[Person, Person], admin: User) -> None:
        for one in two:
            protect(one)
        assert self.refused(two, admin).code == Code.DUPLICATE

    def test_one_file_twice_one_merged_no_reason(self, two: tuple[Person, Person], admin: User) -> None:
        assert self.refused((two[0], two[0]), admin).code == Code.DUPLICATE
        merge(*two, admin)
        assert self.refused(two, admin).code == Code.ALREADY_DONE
        with pytest.raises(Refused) as refused:
            merge_persons(two[0], merged=make_person(), reason=" ", actor=admin, now=timezone.now())
        assert refused.value.code == Code.VALUE_MISSING

    def test_a_consent_of_both_stays_with_each(self, two: tuple[Person, Person], admin: User) -> None:
        hr = make_user(RoleKind.HUMAN_RESOURCES)
        for one in two:
            give_consent(one, purpose=ConsentPurpose.PHOTO, on=BEGINNING, actor=hr, proof="papier")
        merge(*two, admin)
        assert [one.person for one in Consent.objects.order_by("pk")] == list(two)


class TestUndoing:
    def test_each_file_gets_back_its_own(self, two: tuple[Person, Person], admin: User) -> None:
        kept, merged = two
        make_role(kept, RoleKind.ASSOCIATE)
        make_user(RoleKind.CANDIDATE, person=merged)
        before = everything()[:6]
        record = merge(kept, merged, admin)
        undo_merge(record, actor=admin, now=timezone.now())
        assert everything()[:6] == before
        assert merge(kept, merged, admin).moved == record.moved

    def test_what_came_since_stays_with_the_file_kept(self, two: tuple[Person, Person], admin: User) -> None:
        record = merge(*two, admin)
        role = make_role(two[0], RoleKind.ASSOCIATE)
        undo_merge(record, actor=admin, now=timezone.now())
        role.refresh_from_db()
        assert role.person == two[0]

    def test_not_after_thirty_days_nor_twice(self, two: tuple[Person, Person], admin: User) -> None:
        record = merge(*two, admin)
        before = everything()
        with pytest.raises(Refused) as refused:
            undo_merge(record, actor=admin, now=timezone.now() + timedelta(days=30, minutes=1))
        assert refused.value.code == Code.DATE_INVALID
        assert everything() == before
        undo_merge(record, actor=admin, now=timezone.now())
        with pytest.raises(Refused) as refused:
            undo_merge(record, actor=admin, now=timezone.now())
        assert refused.value.code == Code.ALREADY_DONE

    def test_not_once_the_file_kept_is_itself_merged(self, two: tuple[Person, Person], admin: User) -> None:
        record = merge(*two, admin)
        merge(make_person(), two[0], admin)
        with pytest.raises(Refused) as refused:
            undo_merge(record, actor=admin, now=timezone.now())
        assert refused.value.code == Code.NOT_ALLOWED


def test_the_search_of_pairs_uses_the_index_of_names() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'person_found'")
        assert "gin_trgm_ops" in cursor.fetchone()[0]
