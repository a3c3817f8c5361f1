"""Bank details of a person: given, confirmed by somebody else, locked, erased with the file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from cae.core.errors import Code, Refused
from cae.core.models import AuditEntry, Notice
from cae.core.permanence import erasing
from people.models import PersonBank
from people.selectors.banks import bank_of, banks_to_confirm
from people.services.banks import confirm_bank, erase_banks, propose_bank, refuse_bank
from people.states import RoleKind
from people.states.banks import BankState
from tests.factories.people import make_person, make_user

pytestmark = pytest.mark.django_db

IBAN, OTHER = "FR7630006000011234567890189", "DE89370400440532013000"


def refused(code: Code, act: Callable[[], object], *, field: str | None = None) -> None:
    before = list(PersonBank.objects.order_by("pk").values())
    with pytest.raises(Refused) as caught, transaction.atomic():
        act()
    assert (caught.value.code, caught.value.field) == (code, field)
    assert list(PersonBank.objects.order_by("pk").values()) == before


def states(person: Any) -> list[str]:
    return list(PersonBank.objects.filter(person=person).order_by("pk").values_list("state", flat=True))


def test_an_account_serves_once_somebody_else_confirmed_it() -> None:
    user, accountant = make_user(RoleKind.ENTREPRENEUR), make_user(RoleKind.ACCOUNTANT)
    person = user.person
    assert person is not None
    bank = propose_bank(person, holder="Zoé Dupré", iban="FR76 3000 6000 0112 3456 7890 189", actor=user)
    assert bank_of(person) is None
    refused(Code.NOT_ALLOWED, lambda: confirm_bank(bank, actor=user))
    confirm_bank(bank, actor=accountant)
    found = bank_of(person)
    assert found is not None
    assert (found.holder, found.iban, found.bic) == ("Zoé Dupré", IBAN, "AGRIFRPPXXX")
    refused(Code.ILLEGAL_MOVE, lambda: confirm_bank(bank, actor=accountant))


def test_another_account_takes_the_place_of_the_first_when_it_is_confirmed() -> None:
    user, accountant = make_user(RoleKind.ENTREPRENEUR), make_user(RoleKind.ACCOUNTANT)
    person = user.person
    assert person is not None
    confirm_bank(propose_bank(person, holder="Zoé", iban=IBAN, actor=user), actor=accountant)
    refused(Code.DUPLICATE, lambda: propose_bank(person, holder="Zoé", iban=IBAN, actor=user), field="iban")
    propose_bank(person, holder="Zoé D.", iban=OTHER, actor=user)
    last = propose_bank(person, holder="Zoé Dupré", iban=OTHER, actor=user)
    assert states(person) == [BankState.CONFIRMED, BankState.REPLACED, BankState.PROPOSED]
    found = bank_of(person)
    assert found is not None
    assert found.iban == IBAN
    confirm_bank(last, actor=accountant)
    assert states(person) == [BankState.REPLACED, BankState.REPLACED, BankState.CONFIRMED]


def test_a_refusal_says_why_and_leaves_the_former_account() -> None:
    user, accountant = make_user(RoleKind.ENTREPRENEUR), make_user(RoleKind.HUMAN_RESOURCES)
    person = user.person
    assert person is not None
    bank = propose_bank(person, holder="Zoé", iban=IBAN, actor=user)
    refused(Code.VALUE_MISSING, lambda: refuse_bank(bank, reason="", actor=accountant), field="reason")
    refuse_bank(bank, reason="Le relevé est au nom de quelqu’un d’autre", actor=accountant)
    assert states(person) == [BankState.REFUSED]
    told = Notice.objects.filter(user=user, kind="people.bank_changed")
    assert told.count() == 2
    assert "au nom de quelqu’un d’autre" in told.order_by("-pk")[0].text


@pytest.mark.parametrize(
    ("holder", "iban", "code", "field"),
    [
        (" ", IBAN, Code.VALUE_MISSING, "holder"),
        ("Zoé", "FR7630006000011234567890188", Code.VALUE_INVALID, "iban"),
        ("Zoé", "SA0380000000608010167519", Code.VALUE_INVALID, "iban"),
    ],
)
def test_wrong_details_are_refused_at_their_field(holder: str, iban: str, code: Code, field: str) -> None:
    user = make_user()
    assert user.person is not None
    person = user.person
    refused(code, lambda: propose_bank(person, holder=holder, iban=iban, actor=user), field=field)


def test_the_database_alone_tells_four_signs_and_changes_nothing() -> None:
    user = make_user()
    assert user.person is not None
    bank = propose_bank(user.person, holder="Zoé", iban=IBAN, actor=user)
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(bank)::text FROM people_personbank bank WHERE id = %s", [bank.pk])
        stored = cursor.fetchone()[0]
    assert IBAN not in stored
    assert "0189" in stored
    assert IBAN not in str(list(AuditEntry.objects.values_list("detail", flat=True)))
    for change in ({"holder": "Un autre"}, {"locked": "gAAAAautre"}, {"ending": "0000"}):
        with pytest.raises(DatabaseError, match="pgtrigger"), transaction.atomic():
            PersonBank.objects.filter(pk=bank.pk).update(**change)
    with pytest.raises(DatabaseError, match="pgtrigger"), transaction.atomic():
        bank.delete()
    with pytest.raises(IntegrityError, match="bank_two_people"), transaction.atomic():
        PersonBank.objects.filter(pk=bank.pk).update(decided_by=user)


def test_an_erased_file_keeps_no_account() -> None:
    user = make_user()
    assert user.person is not None
    propose_bank(user.person, holder="Zoé", iban=IBAN, actor=user)
    with erasing():
        assert erase_banks(user.person, date(2026, 3, 6)) == 1
    assert states(user.person) == []


# Pages


def test_somebody_gives_their_account_and_another_confirms_it(client: Client, demonstration: None) -> None:
    user, accountant = make_user(RoleKind.ENTREPRENEUR), make_user(RoleKind.ACCOUNTANT)
    client.force_login(user)
    own = reverse("people:own_bank")
    wrong = client.post(own, {"holder": "Zoé", "iban": "FR00"})
    assert wrong.status_code == 422
    assert "Cet IBAN n’existe pas" in wrong.content.decode()
    assert client.post(own, {"holder": "Zoé Dupré", "iban": IBAN}).status_code == 302
    assert "…0189" in client.get(own).content.decode()
    bank = PersonBank.objects.get()
    assert list(banks_to_confirm(accountant.pk)) == [bank]
    page = reverse("people:bank_detail", args=[bank.pk])
    assert client.get(page).status_code == 403
    client.force_login(accountant)
    assert page in client.get(reverse("people:bank_list")).content.decode()
    assert "FR76" in client.get(page).content.decode()
    client.post(reverse("people:bank_refuse", args=[bank.pk]), {"reason": ""})
    bank.refresh_from_db()
    assert bank.state == BankState.PROPOSED
    client.post(reverse("people:bank_confirm", args=[bank.pk]))
    bank.refresh_from_db()
    assert (bank.state, bank.decided_by) == (BankState.CONFIRMED, accountant)
    assert reverse("people:bank_confirm", args=[bank.pk]) not in client.get(page).content.decode()


def test_nobody_confirms_what_concerns_them(client: Client, demonstration: None) -> None:
    accountant = make_user(RoleKind.ACCOUNTANT)
    assert accountant.person is not None
    bank = propose_bank(accountant.person, holder="Moi", iban=IBAN, actor=accountant)
    client.force_login(accountant)
    assert client.post(reverse("people:bank_confirm", args=[bank.pk])).status_code == 403
    assert "une autre personne" in client.get(reverse("people:bank_list")).content.decode()
    bank.refresh_from_db()
    assert bank.state == BankState.PROPOSED
    assert list(banks_to_confirm(accountant.pk)) == []


def test_a_person_has_one_account_in_force() -> None:
    """Whoever writes the rows."""
    person, accountant, other = make_person(), make_user(RoleKind.ACCOUNTANT), make_user(RoleKind.ACCOUNTANT)
    bank = propose_bank(person, holder="Zoé", iban=IBAN, actor=other)
    confirm_bank(bank, actor=accountant)
    with pytest.raises(IntegrityError, match="bank_one_in_force"), transaction.atomic():
        PersonBank.objects.create(
            person=person,
            holder="Z",
            locked="gAAAA",
            ending="0000",
            state=BankState.CONFIRMED,
            asked_by=other,
            decided_by=accountant,
            decided_at=bank.asked_at,
        )
