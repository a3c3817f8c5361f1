"""check_books sees sales that are counted otherwise than the books say, whichever side was touched."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from accounting.calculations.entries import EntryDraft, credit, debit
from accounting.models import Account
from accounting.selectors.accounts import section_of
from accounting.selectors.contribution_controls import contribution_faults
from accounting.selectors.controls import book_controls
from accounting.selectors.sale_controls import sale_faults
from accounting.services.posting import post_entry
from entrepreneurs.models import Activity
from tests.factories import accounting as books
from tests.factories.entrepreneurs import make_activity
from tests.tampering import triggers_off

pytestmark = pytest.mark.django_db

ON = date(2026, 3, 2)


@pytest.fixture
def activity() -> Activity:
    """Sells 100 € of services (F-1), then 300 € of training and 200 € of services, 50 € of them off (F-2)."""
    books.scale()
    seller = make_activity(code="A1")
    books.sale(seller, "100.00", on=ON, number="F-1")
    books.take(seller, "100.00", on=ON, number="F-1")
    section = section_of(seller).pk
    lines = (
        debit("customer", section, Decimal(450), party="Client A"),
        credit("revenue_training", section, Decimal(300)),
        credit("revenue_services", section, Decimal(200)),
        debit("discount_granted", section, Decimal(50)),
    )
    post_entry(EntryDraft("VE", ON, "F-2 Client A", lines, piece="F-2"), actor=None, source=None)
    parts = [("training", Decimal(270)), ("ordinary", Decimal(180))]
    books.take_contribution(seller, parts=parts, on=ON, document_number="F-2", source=None, actor=None)
    return seller


def forge(statement: str) -> None:
    with triggers_off() as cursor:
        cursor.execute(statement)


def test_sound_sales_have_no_fault(activity: Activity) -> None:
    assert list(sale_faults()) == []
    assert list(contribution_faults()) == []
    assert sale_faults in [control.faults for control in book_controls()]


def test_a_credit_note_agrees_with_its_entry(activity: Activity) -> None:
    books.sale(activity, "-40.00", on=ON, number="A-1")
    books.take(activity, "-40.00", on=ON, number="A-1", corrects="F-1")
    assert list(sale_faults()) == []
    assert list(contribution_faults()) == []


UNLIKE = "F-1 du 02/03/2026 (Atelier A1) : ventes comptées {} €, livres {} €."


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        (
            "UPDATE accounting_salemovement SET net = 100.01 WHERE document = 'F-1'",
            [UNLIKE.format("100.01", "100.00")],
        ),
        ("DELETE FROM accounting_salemovement WHERE document = 'F-1'", [UNLIKE.format("0", "100.00")]),
        (
            "UPDATE accounting_entryline SET credit = 99.99 WHERE credit = 100",
            [UNLIKE.format("100.00", "99.99")],
        ),
        (
            "DELETE FROM accounting_entryline WHERE credit = 100",
            [UNLIKE.format("100.00", "0")],
        ),
        (
            "UPDATE accounting_salemovement SET \"on\" = '2026-02-28' WHERE document = 'F-1'",
            [
                "F-1 du 28/02/2026 (Atelier A1) : ventes comptées 100.00 €, livres 0 €.",
                UNLIKE.format("0", "100.00"),
            ],
        ),
        (
            "UPDATE accounting_salemovement SET category = 'training' WHERE document = 'F-1'",
            ["F-1 du 02/03/2026 (Atelier A1) : la part de formation n’est pas celle des livres."],
        ),
        (
            "UPDATE accounting_salemovement SET net = net"
            " + CASE category WHEN 'training' THEN 31 ELSE -31 END WHERE document = 'F-2'",
            ["F-2 du 02/03/2026 (Atelier A1) : la part de formation n’est pas celle des livres."],
        ),
        (
            "UPDATE accounting_salemovement SET net = net"
            " + CASE category WHEN 'training' THEN -21 ELSE 21 END WHERE document = 'F-2'",
            ["F-2 du 02/03/2026 (Atelier A1) : la part de formation n’est pas celle des livres."],
        ),
    ],
)
def test_each_side_is_found_out(activity: Activity, statement: str, said: list[str]) -> None:
    forge(statement)
    assert list(sale_faults()) == said


def test_another_activity_is_another_sale(activity: Activity) -> None:
    other = make_activity(code="B1")
    forge(f"UPDATE accounting_salemovement SET activity_id = {other.pk} WHERE document = 'F-1'")  # noqa: S608
    assert [fault.partition(" : ")[0] for fault in sale_faults()] == [
        "F-1 du 02/03/2026 (Atelier A1)",
        "F-1 du 02/03/2026 (Atelier B1)",
    ]


def test_an_account_that_lost_its_role_accuses_nobody(activity: Activity) -> None:
    Account.objects.filter(role="revenue_training").update(role=None)
    assert list(sale_faults()) == []


def test_a_run_that_counts_other_sales_is_found(activity: Activity) -> None:
    forge("UPDATE accounting_salemovement SET net = net + 1 WHERE document = 'F-2' AND category = 'training'")
    said = "Contribution F-2 de Atelier A1 : elle compte d’autres ventes que le document."
    assert list(contribution_faults()) == [said]
    forge("DELETE FROM accounting_salemovement WHERE document = 'F-2'")
    assert list(contribution_faults()) == [said]
