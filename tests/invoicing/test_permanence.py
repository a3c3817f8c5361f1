# ruff: noqa: S608 - raw SQL is the point here, and its parts are ours.
"""PostgreSQL itself refuses to change an issued document, a payment or a verdict, in raw SQL too."""

from __future__ import annotations

import uuid
from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, connection, transaction

from cae.core.models import NumberSeries
from invoicing.models import Customer, Invoice, Payment, Receipt, VatRate
from tests.factories import invoicing as make
from tests.factories.entrepreneurs import make_activity
from tests.invoicing.conftest import Judges

pytestmark = pytest.mark.django_db


def sql(statement: str, *values: object) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


@pytest.mark.parametrize(
    "change",
    [
        "total_excl_tax = total_excl_tax + 1, total_incl_tax = total_incl_tax + 1",
        "number = 'F2026-0099'",
        "state = 'draft', number = NULL, issued_on = NULL, facts = NULL, seal = ''",
        "facts = '{}'",
        "issued_on = issued_on + 1",
        "seal = repeat('0', 64)",
        "purpose = 'autre'",
        "version = version + 1",
    ],
)
def test_an_issued_invoice_is_frozen(judges: Judges, change: str) -> None:
    invoice = make.issued()
    with pytest.raises(DatabaseError, match="issued and frozen"):
        sql(f"UPDATE invoicing_invoice SET {change} WHERE id = %s", invoice.pk)


def test_no_document_is_erased(judges: Judges) -> None:
    for document in (make.issued(), make.draft()):
        with pytest.raises(DatabaseError, match="Cannot delete"):
            sql("DELETE FROM invoicing_invoice WHERE id = %s", document.pk)


@pytest.mark.parametrize("table", ["invoiceline", "invoicetax"])
def test_its_lines_and_taxes_are_frozen(judges: Judges, table: str) -> None:
    issued, draft = make.issued(), make.draft()
    name = f"invoicing_{table}"
    with pytest.raises(DatabaseError, match="no draft"):
        sql(f"DELETE FROM {name} WHERE invoice_id = %s", issued.pk)
    with pytest.raises(DatabaseError, match="no draft"):
        sql(f"UPDATE {name} SET invoice_id = %s WHERE invoice_id = %s", draft.pk, issued.pk)
    with pytest.raises(DatabaseError, match="no draft"):
        sql(f"UPDATE {name} SET invoice_id = %s WHERE invoice_id = %s", issued.pk, draft.pk)
    columns = ", ".join(
        field.column
        for field in apps.get_model("invoicing", table)._meta.concrete_fields
        if field.name not in ("id", "invoice")
    )
    with pytest.raises(DatabaseError, match="no draft"):
        sql(
            f"INSERT INTO {name} (invoice_id, {columns}) "
            f"SELECT %s, {columns} FROM {name} WHERE invoice_id = %s",
            issued.pk,
            draft.pk,
        )
    assert sql(f"DELETE FROM {name} WHERE invoice_id = %s", draft.pk) == 1


@pytest.mark.parametrize(
    "table", ["invoice", "invoiceline", "invoicetax", "payment", "paymenttax", "verdict", "vatrate"]
)
def test_truncate_is_refused(table: str) -> None:
    with pytest.raises(DatabaseError, match="Cannot truncate"):
        sql(f"TRUNCATE invoicing_{table} CASCADE")


def test_a_document_is_born_a_draft() -> None:
    draft = make.draft()
    draft.pk, draft.form_key, draft.state = None, uuid.uuid4(), "discarded"
    with pytest.raises(DatabaseError, match="born a draft"), transaction.atomic():
        draft.save(force_insert=True)


def test_a_discarded_draft_is_not_issued() -> None:
    draft = make.draft()
    sql("UPDATE invoicing_invoice SET state = 'discarded' WHERE id = %s", draft.pk)
    with pytest.raises(DatabaseError, match="only a draft"):
        sql("UPDATE invoicing_invoice SET state = 'issued' WHERE id = %s", draft.pk)


def test_numbered_if_and_only_if_issued() -> None:
    draft = make.draft()
    for change in ("state = 'issued'", "number = 'F1'", "issued_on = '2026-03-02'"):
        with pytest.raises(IntegrityError, match=r"invoice_(numbered_if_issued|issued_has_due_date)"):
            sql(f"UPDATE invoicing_invoice SET {change} WHERE id = %s", draft.pk)


@pytest.mark.parametrize(
    "change",
    [
        "kind = 'credit_note'",
        "credit_reason = 'sans facture'",
        "kind = 'other'",
        "operation = 'other'",
        "vat_due_on = 'never'",
        "state = 'lost'",
        "total_incl_tax = 1",
    ],
)
def test_what_a_draft_may_never_say(change: str) -> None:
    with pytest.raises(IntegrityError):
        sql(f"UPDATE invoicing_invoice SET {change} WHERE id = %s", make.draft().pk)


FORCED_ISSUE = """
    UPDATE invoicing_invoice SET state = 'issued', number = %s, issued_on = '2026-03-09', facts = '{}',
        seal = repeat('0', 64), xml_sha256 = repeat('0', 64)
    WHERE id = %s
"""


def test_credit_notes_never_exceed_the_invoice_even_in_raw_sql(judges: Judges) -> None:
    invoice = make.issued()
    first, second = make.credit(invoice), make.credit(invoice)
    sql(FORCED_ISSUE, "A1", first.pk)
    with pytest.raises(DatabaseError, match="credit notes exceed"):
        sql(FORCED_ISSUE, "A2", second.pk)


def test_the_pdf_comes_once(judges: Judges) -> None:
    one, two = make.stored(), make.stored()
    invoice = make.issued()
    sql("UPDATE invoicing_invoice SET pdf_id = %s WHERE id = %s", one.pk, invoice.pk)
    for pdf in (two.pk, None):
        with pytest.raises(DatabaseError, match="issued and frozen"):
            sql("UPDATE invoicing_invoice SET pdf_id = %s WHERE id = %s", pdf, invoice.pk)


def test_payments_are_append_only(judges: Judges) -> None:
    payment = make.pay(make.issued(), "100.00")
    for table in ("payment", "paymenttax"):
        with pytest.raises(DatabaseError, match="Cannot update or delete"):
            sql(f"DELETE FROM invoicing_{table}")
    with pytest.raises(DatabaseError, match="Cannot update or delete"):
        sql("UPDATE invoicing_payment SET amount = 1 WHERE id = %s", payment.pk)


SHARE = "INSERT INTO invoicing_payment (receipt_id, invoice_id, amount, advance) VALUES (%s, %s, %s, 0)"
COPY = """
    WITH copied AS (
        INSERT INTO invoicing_receipt (kind, activity_id, customer_id, "on", amount, mode, reference,
            reverses_id, reason, entry_id, form_key, created_at)
        SELECT kind, activity_id, customer_id, "on", amount, mode, reference,
            id, 'Erreur', (SELECT min(id) FROM accounting_entry), gen_random_uuid(), now()
        FROM invoicing_receipt WHERE id = %s RETURNING id
    )
    SELECT id FROM copied
"""


def take_back(payment: Payment, invoice: Invoice, amount: int) -> None:
    """Writes by hand a reversal with one share, and asks what is asked at commit."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute(COPY, [payment.receipt_id])
        cursor.execute(SHARE, [cursor.fetchone()[0], invoice.pk, amount])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_payment_goes_to_an_issued_invoice_of_its_customer(judges: Judges) -> None:
    payment = make.pay(make.issued(), "100.00")
    for invoice in (make.draft(payment.invoice.activity), make.issued()):
        with pytest.raises(DatabaseError, match="only an issued invoice"):
            sql(SHARE, payment.receipt_id, invoice.pk, 10)
    assert Payment.objects.count() == 1


@pytest.mark.parametrize("amount", [100, -99, -101])
def test_the_shares_of_a_receipt_make_its_amount(amount: int, judges: Judges) -> None:
    payment = make.pay(make.issued(), "100.00")
    with pytest.raises(DatabaseError, match="do not make its amount"):
        take_back(payment, payment.invoice, amount)
    assert Receipt.objects.count() == 1


def test_a_reversal_names_the_same_invoices(judges: Judges) -> None:
    payment = make.pay(make.issued(), "100.00")
    with pytest.raises(DatabaseError, match="reversed whole"):
        take_back(payment, make.issued(payment.invoice.activity), -100)
    assert Receipt.objects.count() == 1


def test_verdicts_are_kept(judges: Judges) -> None:
    make.issued()
    with pytest.raises(DatabaseError, match="Cannot update or delete"):
        sql("UPDATE invoicing_verdict SET accepted = NOT accepted")


def test_a_rate_changes_by_a_new_row() -> None:
    with pytest.raises(DatabaseError, match="Cannot update"):
        sql("UPDATE invoicing_vatrate SET rate = 0.21 WHERE code = 'normal'")
    assert sql("UPDATE invoicing_vatrate SET valid_to = '2030-12-31' WHERE code = 'normal'") == 1
    old = VatRate.objects.get(code="normal")
    fields = {"code": "normal", "label": "21 %", "rate": "0.2100", "category": "S"}
    with pytest.raises(IntegrityError, match="vatrate_one_value_at_a_date"), transaction.atomic():
        VatRate.objects.create(**fields, valid_from=old.valid_to)
    assert VatRate.objects.create(**fields, valid_from=old.valid_to + timedelta(days=1)).pk


def test_customers_obey_their_constraints() -> None:
    customer = make.firm(make_activity())
    for change in (
        "siren = ''",
        "kind = 'private_person'",
        "kind = 'pet'",
        "siret = '73282932000074'",
        "name = ''",
    ):
        with pytest.raises(IntegrityError):
            sql(f"UPDATE invoicing_customer SET {change} WHERE id = %s", customer.pk)
    customer.refresh_from_db()
    assert Customer.objects.get() == customer


def test_reference_data_goes_and_comes_back() -> None:
    migration = import_module("invoicing.migrations.0002_reference_data")
    rates = list(VatRate.objects.order_by("code").values("code", "rate", "category", "vatex_code"))
    numbered = NumberSeries.objects.filter(code__in=["invoice", "credit_note"]).order_by("code")
    series = list(numbered.values("code", "template"))
    migration.remove(apps, None)
    assert not VatRate.objects.exists()
    migration.add(apps, None)
    assert list(VatRate.objects.order_by("code").values("code", "rate", "category", "vatex_code")) == rates
    assert list(numbered.all().values("code", "template")) == series
    assert not Invoice.objects.exists()
