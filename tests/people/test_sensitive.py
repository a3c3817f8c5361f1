"""Protected records: locked at rest, opened by purpose, each opening noted (PEO-40)."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from cryptography.fernet import InvalidToken
from django.db import DatabaseError, IntegrityError, connection, transaction

from cae.core import secrets
from cae.core.errors import Code, Forbidden, Refused
from cae.core.models import AuditEntry, Notice, OutgoingEmail
from people.adapters import SecondFactorAdapter
from people.models import Deadline, Person, SensitiveReading, SensitiveRecord, User
from people.services.sensitive import read_sensitive, write_sensitive
from people.states import RoleKind
from people.states.deadlines import DeadlineKind
from people.states.sensitive import FIELDS, SensitivePurpose, fields_of
from tests.factories.people import make_person, make_user

pytestmark = pytest.mark.django_db

P = SensitivePurpose
NIR = "2 95 10 99 126 111 93"
BARE = "295109912611193"


@pytest.fixture
def hr() -> User:
    return make_user(RoleKind.HUMAN_RESOURCES)


@pytest.fixture
def claire() -> Person:
    return make_person(first_name="Claire", last_name="Lenoir")


class TestLocks:
    def test_a_text_opens_for_its_purpose_only(self) -> None:
        locked = secrets.encrypt("secret", purpose="one")
        assert "secret" not in locked
        assert secrets.decrypt(locked, purpose="one") == "secret"
        with pytest.raises(InvalidToken):
            secrets.decrypt(locked, purpose="another")

    def test_a_change_of_key_loses_nothing(self, settings: Any) -> None:
        locked, former = secrets.encrypt("secret", purpose="one"), settings.SECRET_KEY
        settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another" * 10, [former]
        assert secrets.decrypt(locked, purpose="one") == "secret"
        settings.SECRET_KEY_FALLBACKS = []
        with pytest.raises(InvalidToken):
            secrets.decrypt(locked, purpose="one")

    def test_a_second_factor_is_locked_as_before(self) -> None:
        """The label of these keys may not change: it would lose everybody's factor."""
        adapter = SecondFactorAdapter()
        assert adapter.decrypt(secrets.encrypt("x", purpose="second factor")) == "x"


class TestTable:
    def test_each_field_is_opened_by_a_purpose_and_named_once(self) -> None:
        assert all(one.purposes for one in FIELDS)
        codes = [one.code for one in FIELDS]
        assert len(codes) == len(set(codes))

    def test_the_social_number_opens_for_pay_alone(self) -> None:
        opened = {purpose for purpose in P if "nir" in {one.code for one in fields_of(purpose)}}
        assert opened == {P.PAY, P.OWN, P.REQUEST}

    def test_health_opens_for_no_funder(self) -> None:
        assert not {"medical_visit_on", "medical_limits"} & {one.code for one in fields_of(P.FUNDER)}


class TestWriting:
    def test_what_is_written_is_read_back_by_purpose(self, hr: User, claire: Person) -> None:
        write_sensitive(claire, purpose=P.PAY, values={"nir": NIR, "is_disabled_worker": True}, actor=hr)
        write_sensitive(
            claire,
            purpose=P.FUNDER,
            values={
                "income_before": Decimal("812.50"),
                "rsa_since": date(2026, 1, 5),
                "priority_zone": "qpv",
            },
            actor=hr,
        )
        assert read_sensitive(claire, purpose=P.PAY, actor=hr) == {
            "nir": BARE,
            "is_disabled_worker": True,
            "disability_ends_on": None,
        }
        funder = read_sensitive(claire, purpose=P.FUNDER, actor=hr)
        assert "nir" not in funder
        assert funder["income_before"] == Decimal("812.50")
        assert funder["rsa_since"] == date(2026, 1, 5)
        assert funder["is_disabled_worker"] is True

    def test_nothing_readable_is_in_the_database(self, hr: User, claire: Person) -> None:
        values = {"nir": NIR}
        write_sensitive(claire, purpose=P.PAY, values=values, actor=hr)
        write_sensitive(claire, purpose=P.HEALTH, values={"medical_limits": "pas de charge lourde"}, actor=hr)
        read_sensitive(claire, purpose=P.HEALTH, actor=hr)
        record = SensitiveRecord.objects.get()
        assert BARE not in record.locked
        told = [
            json.dumps(list(model.objects.values()), default=str)
            for model in (AuditEntry, OutgoingEmail, Notice)
        ]
        for text in (*told, record.locked):
            assert "charge lourde" not in text
            assert BARE not in text
            assert NIR not in text

    def test_an_end_sets_its_date_and_emptying_closes_it(self, hr: User, claire: Person) -> None:
        ends = date(2027, 3, 4)
        write_sensitive(claire, purpose=P.RIGHT_TO_WORK, values={"permit_ends_on": ends}, actor=hr)
        deadline = Deadline.objects.get()
        assert (deadline.kind, deadline.due_on, deadline.person) == (
            DeadlineKind.RESIDENCE_PERMIT,
            ends,
            claire,
        )
        write_sensitive(claire, purpose=P.RIGHT_TO_WORK, values={"permit_ends_on": None}, actor=hr)
        deadline.refresh_from_db()
        assert deadline.closed_at is not None
        assert ends.isoformat() not in json.dumps(list(AuditEntry.objects.values()), default=str)

    @pytest.mark.parametrize(
        ("purpose", "values", "code"),
        [
            (P.PAY, {"nir": "2 95 10 99 126 111 94"}, Code.VALUE_INVALID),
            (P.PAY, {"nir": "abc"}, Code.VALUE_INVALID),
            (P.PAY, {"is_disabled_worker": "oui"}, Code.VALUE_INVALID),
            (P.FUNDER, {"income_before": Decimal(-1)}, Code.VALUE_INVALID),
            (P.FUNDER, {"income_before": 12.5}, Code.VALUE_INVALID),
            (P.FUNDER, {"rsa_since": "hier"}, Code.VALUE_INVALID),
            (P.FUNDER, {"priority_zone": "lune"}, Code.VALUE_INVALID),
            (P.HEALTH, {"medical_limits": "x" * 301}, Code.TEXT_TOO_LONG),
            (P.FUNDER, {"nir": NIR}, Code.NOT_ALLOWED),
            (P.OWN, {"nir": NIR}, Code.NOT_ALLOWED),
        ],
    )
    def test_a_wrong_value_is_refused_and_nothing_changes(
        self, hr: User, claire: Person, purpose: str, values: dict[str, Any], code: str
    ) -> None:
        write_sensitive(claire, purpose=P.HEALTH, values={"medical_result": "fit"}, actor=hr)
        before = list(SensitiveRecord.objects.values()), AuditEntry.objects.count(), Deadline.objects.count()
        with pytest.raises(Refused) as refused:
            write_sensitive(claire, purpose=purpose, values=values, actor=hr)
        assert refused.value.code == code
        after = list(SensitiveRecord.objects.values()), AuditEntry.objects.count(), Deadline.objects.count()
        assert after == before

    @pytest.mark.parametrize("value", [None, "", 900])
    def test_empty_and_whole_amounts_are_values(self, hr: User, claire: Person, value: Any) -> None:
        write_sensitive(claire, purpose=P.FUNDER, values={"income_before": value}, actor=hr)
        found = read_sensitive(claire, purpose=P.FUNDER, actor=hr)["income_before"]
        assert found == (Decimal(900) if value == 900 else None)


class TestReading:
    def test_each_reading_is_noted_and_stays(self, hr: User, claire: Person) -> None:
        read_sensitive(claire, purpose=P.HEALTH, actor=hr)
        reading = SensitiveReading.objects.get()
        assert (reading.person, reading.reader, reading.purpose) == (claire, hr, P.HEALTH)
        assert reading.fields == [one.code for one in fields_of(P.HEALTH)]
        for change in (
            lambda: SensitiveReading.objects.update(purpose=P.PAY),
            lambda: SensitiveReading.objects.all().delete(),
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                change()
        assert SensitiveReading.objects.get() == reading

    @pytest.mark.parametrize(
        ("kind", "allowed"),
        [
            (RoleKind.HUMAN_RESOURCES, {P.PAY, P.FUNDER, P.HEALTH, P.RIGHT_TO_WORK}),
            (RoleKind.ACCOUNTANT, {P.PAY}),
            (RoleKind.ADVISOR, {P.FUNDER}),
            (RoleKind.CO_MANAGER, {P.RIGHT_TO_WORK}),
            (RoleKind.DATA_OFFICER, {P.REQUEST}),
            (RoleKind.ADMINISTRATOR, set()),
            (RoleKind.ENTREPRENEUR, set()),
        ],
    )
    def test_a_purpose_opens_to_its_functions(self, claire: Person, kind: str, allowed: set[str]) -> None:
        user = make_user(kind)
        for purpose in P:
            if purpose in allowed:
                read_sensitive(claire, purpose=purpose, actor=user)
            else:
                with pytest.raises(Forbidden):
                    read_sensitive(claire, purpose=purpose, actor=user)
        assert SensitiveReading.objects.count() == len(allowed)

    def test_one_reads_all_of_ones_own_and_nobody_elses(self, claire: Person) -> None:
        user = make_user(person=claire)
        assert set(read_sensitive(claire, purpose=P.OWN, actor=user)) == {one.code for one in FIELDS}
        with pytest.raises(Forbidden):
            read_sensitive(make_person(), purpose=P.OWN, actor=user)


def test_the_database_takes_nothing_readable(claire: Person) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        SensitiveRecord.objects.create(person=claire, locked='{"nir": "…"}')
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM people_sensitiverecord")
        assert cursor.fetchone() == (0,)
