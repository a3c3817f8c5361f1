"""`check_books` sees a document taken out, changed, renumbered, or whose file was touched."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from cae.core.controls import controls
from cae.core.models import NumberSeries
from invoicing.models import Invoice
from invoicing.selectors.controls import chain_faults, pdf_faults, total_faults
from invoicing.services import archiving
from tests.factories import invoicing as make
from tests.factories.entrepreneurs import make_activity
from tests.invoicing.conftest import Judges
from tests.tampering import triggers_off

pytestmark = pytest.mark.django_db


@pytest.fixture
def books(judges: Judges, monkeypatch: pytest.MonkeyPatch) -> list[Invoice]:
    """Three invoices, the last of another year, and a credit note; sound."""
    monkeypatch.setattr(archiving, "facturx_pdf", lambda html, xml: b"%PDF " + xml)
    owner = make_activity()
    issued = [make.issued(owner), make.issued(owner)]
    issued.append(make.issue(make.credit(issued[0])))
    issued.append(make.issued(owner, on=make.DAY.replace(year=2027)))
    return issued


def forge(statement: str, *values: object) -> None:
    with triggers_off() as cursor:
        cursor.execute(statement, values)


def faults() -> list[str]:
    return [*chain_faults(), *total_faults(), *pdf_faults()]


def test_sound_books(books: list[Invoice]) -> None:
    assert [row.number for row in books] == ["F2026-0001", "F2026-0002", "A2026-0001", "F2027-0001"]
    assert faults() == []
    assert {"Totaux des factures et avoirs"} <= {str(control) for control in controls()}


def test_a_changed_content(books: list[Invoice]) -> None:
    forge(
        "UPDATE invoicing_invoice SET facts = jsonb_set(facts, '{purpose}', '\"x\"') WHERE id = %s",
        books[1].pk,
    )
    found = faults()
    assert any("F2026-0002" in fault and "scellé" in fault for fault in found)


ERASED = """
    UPDATE invoicing_invoice SET state = 'discarded', number = NULL, issued_on = NULL, facts = NULL,
        seal = '', previous_seal = '', xml_sha256 = ''
    WHERE id = %s
"""


def test_a_missing_document(books: list[Invoice]) -> None:
    forge(ERASED, books[1].pk)
    assert any("F2027-0001" in fault for fault in chain_faults())


def test_a_missing_last_document(books: list[Invoice]) -> None:
    forge(ERASED, books[3].pk)
    assert len(list(chain_faults())) == 1


def test_a_number_that_does_not_follow(books: list[Invoice]) -> None:
    forge("UPDATE invoicing_invoice SET number = 'F2026-0007' WHERE id = %s", books[1].pk)
    assert any("F2026-0007" in fault and "F2026-0001" in fault for fault in chain_faults())
    forge("UPDATE invoicing_invoice SET number = 'X' WHERE id = %s", books[0].pk)
    assert any(": ce numéro ne suit pas X" in fault for fault in chain_faults())


def test_a_number_changed_alone(books: list[Invoice]) -> None:
    """The seal covers the facts; the columns must say the same."""
    forge("UPDATE invoicing_invoice SET number = 'A2026-0009' WHERE id = %s", books[2].pk)
    assert list(chain_faults()) == [
        "A2026-0009 : le numéro ou la date ne sont plus ceux qui ont été scellés."
    ]


def test_a_date_that_goes_back(books: list[Invoice]) -> None:
    forge("UPDATE invoicing_invoice SET issued_on = '2026-01-01' WHERE id = %s", books[1].pk)
    assert any("F2026-0002" in fault for fault in chain_faults())


def test_two_documents_after_the_same(books: list[Invoice]) -> None:
    forge("UPDATE invoicing_invoice SET previous_seal = '' WHERE id = %s", books[1].pk)
    assert any("deux documents" in fault for fault in chain_faults())


def test_a_last_seal_that_is_not_the_last(books: list[Invoice]) -> None:
    NumberSeries.objects.filter(code="credit_note").update(last_seal="0" * 64)
    assert list(chain_faults()) == ["Série « Avoirs » : le dernier document manque."]


@pytest.mark.parametrize("table", ["line", "tax", "total"])
def test_changed_amounts(books: list[Invoice], table: str) -> None:
    statement = {
        "line": "UPDATE invoicing_invoiceline SET net = net + 1 WHERE invoice_id = %s",
        "tax": "UPDATE invoicing_invoicetax SET tax = tax + 1 WHERE invoice_id = %s",
        "total": "UPDATE invoicing_invoice SET total_tax = 0, total_incl_tax = total_excl_tax WHERE id = %s",
    }[table]
    for invoice in books:
        forge(statement, invoice.pk)
    assert len(list(total_faults())) == len(books)


def test_a_line_whose_price_was_changed(books: list[Invoice]) -> None:
    forge("UPDATE invoicing_invoiceline SET quantity = %s WHERE invoice_id = %s", Decimal(2), books[0].pk)
    assert [fault.split()[0] for fault in total_faults()] == ["F2026-0001"]


def test_touched_files(books: list[Invoice]) -> None:
    one, two = (archiving.archive_pdf(invoice.pk) for invoice in books[:2])
    assert one is not None
    assert two is not None
    assert list(pdf_faults()) == []
    Path(one.file.path).write_bytes(b"other")
    Path(two.file.path).unlink()
    assert len(list(pdf_faults())) == 2


def test_data_that_no_longer_give_the_sealed_xml(books: list[Invoice]) -> None:
    forge("UPDATE invoicing_invoice SET xml_sha256 = repeat('0', 64) WHERE id = %s", books[0].pk)
    assert any("F2026-0001" in fault for fault in pdf_faults())


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE accounting_salemovement SET net = net + 1 WHERE document = 'F2026-0002'",
        "UPDATE accounting_salemovement SET category = 'training' WHERE document = 'F2026-0002'",
        "DELETE FROM accounting_salemovement WHERE document = 'F2026-0002'",
    ],
)
def test_sales_counted_otherwise(books: list[Invoice], change: str) -> None:
    forge(change)
    assert list(total_faults()) == ["F2026-0002 : les ventes comptées ne sont pas celles des lignes."]
