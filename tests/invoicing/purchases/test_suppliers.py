"""Suppliers, and the bank details that two persons vouch for."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from cae.core.errors import Code, Refused
from cae.core.models import AuditEntry, Notice
from invoicing.models import Supplier, SupplierBank
from invoicing.selectors.suppliers import (
    bank_in_force,
    bank_waiting,
    owed_to,
    supplier_named,
    suppliers_with_sums,
)
from invoicing.services.purchase_inputs import CallBack, SupplierContent
from invoicing.services.purchase_telling import BANK_PROPOSED
from invoicing.services.supplier_banks import confirm_bank, propose_bank, reject_bank
from invoicing.services.suppliers import (
    accept_supplier,
    archive_supplier,
    create_supplier,
    restore_supplier,
    save_supplier,
)
from people.models import Organisation
from tests.factories import invoicing_purchases as make
from tests.factories.entrepreneurs import make_activity
from tests.invoicing.purchases.refusals import refused

pytestmark = pytest.mark.django_db
SIREN = make.SIRENS[0]


def call(**details: object) -> CallBack:
    values = {"whom": "Zoé Martin", "number": "05 56 00 00 00", "on": timezone.localdate()}
    return CallBack(**values | details)  # type: ignore[arg-type]


def test_a_supplier_with_a_siren_is_the_organisation_of_that_siren() -> None:
    supplier = make.make_supplier(siren=f"{SIREN[:3]} {SIREN[3:]}")
    assert supplier.siren == SIREN
    assert supplier.organisation == Organisation.objects.get(siren=SIREN)
    assert supplier.is_accepted


def test_the_same_form_sent_twice_gives_the_same_supplier() -> None:
    key = uuid.uuid4()
    once, again = (
        create_supplier(content=SupplierContent(name="A"), form_key=key, actor=None) for _ in range(2)
    )
    assert once == again
    assert not once.is_accepted


@pytest.mark.parametrize(
    ("details", "code", "field"),
    [
        ({"name": "  "}, Code.VALUE_MISSING, "name"),
        ({"siren": "123456789"}, Code.SIREN_INVALID, "siren"),
        ({"vat_number": "FR00123456789"}, Code.VALUE_INVALID, "vat_number"),
        ({"payment_days": 60, "payment_end_of_month": True}, Code.VALUE_INVALID, "payment_days"),
        ({"payment_days": 61}, Code.VALUE_INVALID, "payment_days"),
        ({"vat_rate": make.D("1.5")}, Code.VALUE_INVALID, "vat_rate"),
        ({"email": "pas une adresse"}, Code.VALUE_INVALID, "email"),
        ({"name": "x" * 161}, Code.TEXT_TOO_LONG, "name"),
    ],
)
def test_a_wrong_supplier_is_refused_at_its_field(details: dict[str, object], code: Code, field: str) -> None:
    content = SupplierContent(**{"name": "Fournisseur"} | details)  # type: ignore[arg-type]
    with refused(code, field):
        create_supplier(content=content, form_key=uuid.uuid4(), actor=None)
    assert not Supplier.objects.exists()


def test_a_number_belongs_to_one_supplier() -> None:
    first = make.make_supplier(siren=SIREN)
    with refused(Code.DUPLICATE, "siren"):
        make.make_supplier("Autre", siren=SIREN)
    archive_supplier(first, actor=None, at=timezone.now())
    with pytest.raises(Refused, match="archivé"):
        make.make_supplier("Autre", siren=SIREN)


def test_a_proposed_supplier_is_accepted_once_by_somebody() -> None:
    supplier = make.make_supplier(accepted=False)
    who = make.accountant()
    accepted = accept_supplier(supplier, actor=who, at=timezone.now())
    assert accepted.accepted_by == who
    with refused(Code.ALREADY_DONE):
        accept_supplier(supplier, actor=who, at=timezone.now())


def test_an_older_form_does_not_overwrite() -> None:
    supplier = make.make_supplier()
    save_supplier(supplier, content=SupplierContent(name="B"), version=1, actor=None)
    with refused(Code.STALE_FORM):
        save_supplier(supplier, content=SupplierContent(name="C"), version=1, actor=None)
    assert Supplier.objects.get().name == "B"


def test_archiving_goes_back_and_forth() -> None:
    supplier = make.make_supplier()
    archive_supplier(supplier, actor=None, at=timezone.now())
    with refused(Code.ALREADY_DONE):
        archive_supplier(supplier, actor=None, at=timezone.now())
    assert not restore_supplier(supplier, actor=None).is_archived
    with refused(Code.ALREADY_DONE):
        restore_supplier(supplier, actor=None)


def test_bank_details_wait_for_another_person_who_called() -> None:
    supplier, one, other = make.make_supplier(), make.accountant(), make.accountant()
    bank = propose_bank(supplier, iban="FR76 3000 6000 0112 3456 7890 189", actor=one, at=timezone.now())
    assert bank.iban == make.IBAN
    assert bank_in_force(supplier) is None
    assert bank_waiting(supplier) == bank
    told = Notice.objects.filter(kind=BANK_PROPOSED).values_list("user", flat=True)
    assert other.pk in told
    assert one.pk not in told
    with refused(Code.NOT_ALLOWED):
        confirm_bank(bank, call=call(), actor=one, at=timezone.now())
    confirm_bank(bank, call=call(), actor=other, at=timezone.now())
    assert bank_in_force(supplier) == bank
    entry = AuditEntry.objects.filter(verb="invoicing.confirm_bank").get()
    assert entry.detail["called"] == "Zoé Martin"
    assert make.IBAN not in str(entry.detail)


@pytest.mark.parametrize(
    ("details", "code", "field"),
    [
        ({"whom": " "}, Code.VALUE_MISSING, "whom"),
        ({"number": ""}, Code.VALUE_MISSING, "number"),
        ({"number": "le même"}, Code.VALUE_INVALID, "number"),
        ({"on": timezone.localdate() + timedelta(days=1)}, Code.DATE_INVALID, "on"),
        ({"on": timezone.localdate() - timedelta(days=1)}, Code.DATE_INVALID, "on"),
    ],
)
def test_a_call_without_proof_confirms_nothing(details: dict[str, object], code: Code, field: str) -> None:
    bank = make.make_bank(make.make_supplier(), confirmed=False)
    with refused(code, field):
        confirm_bank(bank, call=call(**details), actor=make.accountant(), at=timezone.now())
    assert SupplierBank.objects.get().is_waiting


def test_the_database_itself_wants_two_persons() -> None:
    bank = make.make_bank(make.make_supplier(), confirmed=False)
    with pytest.raises(IntegrityError, match="supplierbank_confirmed_by_another"), transaction.atomic():
        SupplierBank.objects.filter(pk=bank.pk).update(
            verdict="confirmed",
            decided_by=bank.proposed_by,
            decided_at=timezone.now(),
            called_whom="A",
            called_number="0102030405",
            called_on=timezone.localdate(),
        )


def test_a_decision_and_an_iban_never_change() -> None:
    bank = make.make_bank(make.make_supplier())
    for change in ({"called_whom": "X"}, {"iban": make.OTHER_IBAN}):
        with pytest.raises(Exception, match="pgtrigger"), transaction.atomic():
            SupplierBank.objects.filter(pk=bank.pk).update(**change)
    with pytest.raises(Exception, match="pgtrigger"), transaction.atomic():
        bank.delete()


@pytest.mark.parametrize(
    "iban", ["FR76 3000 6000 0112 3456 7890 188", "12", "", "BR1500000000000010932840814P2"]
)
def test_a_wrong_iban_is_refused_in_one_sentence(iban: str) -> None:
    supplier = make.make_supplier()
    with refused(Code.VALUE_INVALID, "iban"):
        propose_bank(supplier, iban=iban, actor=make.accountant(), at=timezone.now())
    assert not SupplierBank.objects.exists()


def test_one_change_waits_at_a_time_and_the_one_in_force_is_no_change() -> None:
    supplier = make.make_supplier()
    make.make_bank(supplier)
    with refused(Code.ALREADY_DONE, "iban"):
        make.make_bank(supplier)
    make.make_bank(supplier, make.OTHER_IBAN, confirmed=False)
    with refused(Code.DUPLICATE, "iban"):
        make.make_bank(supplier, make.OTHER_IBAN)


def test_what_is_set_aside_says_why_and_is_decided_once() -> None:
    supplier = make.make_supplier()
    bank = make.make_bank(supplier, confirmed=False)
    with refused(Code.VALUE_MISSING, "reason"):
        reject_bank(bank, reason=" ", actor=make.accountant(), at=timezone.now())
    reject_bank(bank, reason="Fraude probable", actor=bank.proposed_by, at=timezone.now())
    with refused(Code.ALREADY_DONE):
        confirm_bank(bank, call=call(), actor=make.accountant(), at=timezone.now())
    assert bank_in_force(supplier) is None


def test_a_supplier_is_found_by_number_then_by_a_name_that_only_one_has() -> None:
    numbered = make.make_supplier("Papier SA", siren=SIREN)
    plain = make.make_supplier("Bois & Cie")
    assert supplier_named(siren=SIREN, vat_number="", name="Autre nom") == numbered
    assert supplier_named(siren="", vat_number="", name=" bois &  cie ") == plain
    assert supplier_named(siren=make.SIRENS[1], vat_number="", name="Papier SA") is None
    make.make_supplier("Bois & Cie")
    assert supplier_named(siren="", vat_number="", name="Bois & Cie") is None
    assert supplier_named(siren="", vat_number="", name=" ") is None


def test_the_list_adds_up_what_each_is_owed_in_as_many_questions_as_for_one(
    django_assert_max_num_queries: Any,
) -> None:
    who, activity = make.accountant(), make_activity()
    supplier = make.make_supplier()
    make.make_purchase(activity, make.line("150.00"), supplier=supplier)
    make.make_purchase(activity, supplier=supplier, number="AV-1", kind="credit_note")
    for n in range(30):
        make.make_supplier(f"Fournisseur {n}")
    # The roles of the reader, then the list.
    with django_assert_max_num_queries(2):
        rows = {row.pk: row for row in suppliers_with_sums(who)}
    assert rows[supplier.pk].owed == owed_to(supplier) == make.D("60.00")
    assert len(rows) == 31
