"""Two records of one customer become one, and are told apart again (INV-02)."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db.utils import DatabaseError
from django.utils import timezone

from cae.core.errors import Refused
from entrepreneurs.models import Activity
from invoicing.models import Customer, CustomerMerge, Invoice
from invoicing.selectors.duplicates import likely_customers
from invoicing.services.customers import archive_customer, restore_customer
from invoicing.services.merging_customers import customer_keys, merge_customers, undo_customer_merge
from invoicing.states.sales import CustomerKind
from tests.factories import invoicing as sales
from tests.factories import invoicing_chasing as make
from tests.factories import quotes, sendings
from tests.factories.entrepreneurs import make_activity

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("judges")]


def person(owner: Activity, name: str, **details: Any) -> Customer:
    said = {"siren": "", "kind": CustomerKind.PRIVATE_PERSON, "email": sendings.READER}
    return sales.firm(owner, name=name, **said | details)


def merge(kept: Customer, merged: Customer, **details: Any) -> CustomerMerge:
    said = {"reason": "Même personne", "actor": None, "at": timezone.now()}
    return merge_customers(kept, merged=merged, **said | details)


def test_everything_that_names_the_second_names_the_first(shop: Activity) -> None:
    kept, gone = person(shop, "Jeanne Durand"), person(shop, "Jeanne Durant")
    invoice = make.late(shop, customer=gone)
    said = invoice.facts
    payment = sales.pay(invoice, "40.00", on=sales.DAY)
    reminder = make.remind(invoice, on=make.day_late(invoice, 4))
    quote = quotes.approved(shop, customer=gone)
    record = merge(kept, gone)
    for row in (invoice, payment.receipt, reminder, quote, reminder.access):
        row.refresh_from_db()
        assert row.customer == kept, row
    assert invoice.facts == said
    gone.refresh_from_db()
    assert gone.merged_into == kept
    assert gone.is_archived
    with pytest.raises(Refused):
        restore_customer(gone, actor=None)
    assert kept.balance.due == Decimal("200.00")
    undo_customer_merge(record, actor=None, at=timezone.now())
    for row in (invoice, payment.receipt, reminder, quote, gone):
        row.refresh_from_db()
    assert {invoice.customer, payment.receipt.customer, reminder.customer, quote.customer} == {gone}
    assert gone.merged_into is None
    assert not gone.is_archived


def test_frozen_rows_stay_frozen_after_a_merge(shop: Activity) -> None:
    kept, gone = person(shop, "Jeanne Durand"), person(shop, "Jeanne Durant")
    invoice = make.late(shop, customer=gone)
    merge(kept, gone)
    with pytest.raises(DatabaseError):
        Invoice.objects.filter(pk=invoice.pk).update(purpose="autre")


def test_what_was_written_since_stays_with_the_record_kept(shop: Activity) -> None:
    kept, gone = person(shop, "Jeanne Durand"), person(shop, "Jeanne Durant")
    record = merge(kept, gone)
    since = make.late(shop, customer=kept)
    undo_customer_merge(record, actor=None, at=timezone.now())
    since.refresh_from_db()
    assert since.customer == kept


def test_a_merge_is_undone_once_and_within_thirty_days(shop: Activity) -> None:
    kept, gone = person(shop, "Jeanne Durand"), person(shop, "Jeanne Durant")
    record = merge(kept, gone)
    with pytest.raises(Refused):
        undo_customer_merge(record, actor=None, at=timezone.now() + timedelta(days=31))
    undo_customer_merge(record, actor=None, at=timezone.now())
    with pytest.raises(Refused):
        undo_customer_merge(record, actor=None, at=timezone.now())


def test_who_is_not_the_same_is_not_merged(shop: Activity) -> None:
    firm, other = sales.firm(shop), sales.firm(shop, siren=sales.SIRENS[1], name="Client B")
    someone, twin = person(shop, "Jeanne Durand"), person(shop, "Jeanne Durant")
    archived = archive_customer(person(shop, "Jeanne D."), actor=None, at=timezone.now())
    away = person(make_activity(), "Jeanne Durand")
    without = sales.firm(shop, siren="", country="BE", name="Client A")
    for kept, gone in (
        (firm, firm),
        (firm, other),
        (firm, someone),
        (someone, away),
        (archived, someone),
        (without, firm),
    ):
        with pytest.raises(Refused):
            merge(kept, gone)
    for reason in (" ", "x" * 251):
        with pytest.raises(Refused):
            merge(someone, twin, reason=reason)
    assert not CustomerMerge.objects.exists()
    merge(firm, without)
    merge(someone, twin)
    with pytest.raises(Refused):
        merge(someone, twin)


def test_likely_pairs_are_of_one_activity_and_of_no_two_siren(shop: Activity) -> None:
    one, two = person(shop, "Mairie de Lormont"), person(shop, "Mairie Lormont", email="autre@x.example")
    person(make_activity(), "Mairie de Lormont")
    sales.firm(shop, email="a@b.example", name="Durand et fils")
    sales.firm(shop, siren=sales.SIRENS[1], email="a@b.example", name="Atelier du port")
    (pair,) = likely_customers([shop])
    assert (pair.first, pair.second) == (one, two)
    assert pair.near_name
    assert not pair.same_email
    assert likely_customers([]) == []


def test_every_key_of_a_customer_is_known_to_move() -> None:
    """A new table that names a customer moves with it, or says why it stays."""
    labels = {f"{model._meta.label_lower}.{column}" for model, column in customer_keys()}
    assert {
        "invoicing.invoice.customer",
        "invoicing.receipt.customer",
        "invoicing.reminder.customer",
    } <= labels
    assert "invoicing.customermerge.kept" not in labels
