"""check_books sees money that documents and books tell otherwise, whichever side was touched."""

from __future__ import annotations

import uuid

import pytest

from invoicing.models import Invoice
from invoicing.selectors.controls import invoicing_controls
from invoicing.selectors.money_controls import money_faults
from invoicing.selectors.quote_controls import conversion_faults
from invoicing.services.converting import invoice_quote
from tests.factories import invoicing as make
from tests.factories import quotes
from tests.factories.entrepreneurs import make_activity
from tests.invoicing.conftest import Judges
from tests.tampering import triggers_off

pytestmark = pytest.mark.django_db


@pytest.fixture
def paid(judges: Judges) -> list[Invoice]:
    """Three of 240 €: one paid in part, one paid then taken back, one credited after it was paid twice."""
    owner = make_activity()
    issued = [make.issued(owner) for _rank in range(3)]
    make.pay(issued[0], "100.00")
    make.reverse(make.pay(issued[1], "240.00"))
    make.pay(issued[2], "300.00")
    make.issue(make.credit(issued[2]))
    return issued


def forge(statement: str) -> None:
    with triggers_off() as cursor:
        cursor.execute(statement)


def test_sound_money_has_no_fault(paid: list[Invoice]) -> None:
    assert list(money_faults()) == []
    assert {money_faults, conversion_faults} <= {control.faults for control in invoicing_controls()}


LINE = "accounting_entryline SET {} WHERE account_id IN (SELECT id FROM accounting_account WHERE role = '{}')"


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        (
            "UPDATE invoicing_payment SET amount = 90 WHERE amount = 100",
            [
                "Règlement du 01/04/2026, Client A : 100.00 €, réparti 90.00 €, en banque 100.00 €.",
                "F2026-0001 : reste 150.00 €, les livres attendent 140.00 €.",
            ],
        ),
        (
            "UPDATE invoicing_receipt SET amount = 90 WHERE amount = 100",
            ["Règlement du 01/04/2026, Client A : 90.00 €, réparti 100.00 €, en banque 100.00 €."],
        ),
        (
            "UPDATE " + LINE.format("debit = 90", "bank") + " AND debit = 100",
            ["Règlement du 01/04/2026, Client A : 100.00 €, réparti 100.00 €, en banque 90.00 €."],
        ),
        (
            "UPDATE " + LINE.format("credit = 90", "customer") + " AND credit = 100",
            ["F2026-0001 : reste 140.00 €, les livres attendent 150.00 €."],
        ),
        (
            "UPDATE " + LINE.format("credit = 50", "customer_advance") + " AND credit = 60",
            ["F2026-0003 : reste -300.00 €, les livres attendent -290.00 €."],
        ),
        (
            "UPDATE invoicing_invoice SET total_excl_tax = 260, total_incl_tax = 300"
            " WHERE kind = 'credit_note'",
            [
                "F2026-0003 : reste -360.00 €, les livres attendent -300.00 €.",
                "F2026-0003 : 300.00 € d’avoirs pour une facture de 240.00 €.",
            ],
        ),
    ],
)
def test_each_side_is_found_out(paid: list[Invoice], statement: str, said: list[str]) -> None:
    forge(statement)
    assert list(money_faults()) == said


def test_a_quote_invoiced_twice_or_before_its_acceptance(judges: Judges) -> None:
    quote = quotes.moved(quotes.approved(), "accepted", answered_on=make.DAY)
    invoice_quote(quote, form_key=uuid.uuid4(), actor=None)
    assert list(conversion_faults()) == []
    other = make.draft(quote.activity, customer=quote.customer)
    forge(f"UPDATE invoicing_invoice SET quote_id = {quote.pk} WHERE id = {other.pk}")  # noqa: S608
    assert list(conversion_faults()) == [f"{quote} : plusieurs factures viennent de ce devis."]
    forge(f"UPDATE invoicing_quote SET state = 'sent', answered_on = NULL WHERE id = {quote.pk}")  # noqa: S608
    assert f"{quote} : facturé sans avoir été accepté." in list(conversion_faults())
