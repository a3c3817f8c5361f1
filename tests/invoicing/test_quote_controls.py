"""The verification of the books sees a quote whose frozen content, number or file was tampered with."""

from __future__ import annotations

import pytest
from django.db import connection

from invoicing.models import Quote
from invoicing.selectors.controls import invoicing_controls
from invoicing.selectors.quote_controls import quote_faults
from invoicing.services.quote_files import archive_quote_pdf
from tests.factories import quotes

pytestmark = pytest.mark.django_db


def tamper(quote: Quote, change: str) -> None:
    """Changes the row behind the back of the triggers."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(f"UPDATE invoicing_quote SET {change} WHERE id = %s", [quote.pk])  # noqa: S608
        cursor.execute("SET LOCAL session_replication_role = origin")


def test_sound_quotes_have_no_fault() -> None:
    quotes.quote()
    first = quotes.approved()
    archive_quote_pdf(first.pk)
    quotes.replaced()
    quotes.withdrawn()
    assert list(quote_faults()) == []
    assert quote_faults in [control.faults for control in invoicing_controls()]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            """facts = jsonb_set(facts, '{totals,gross}', '"1.00"')""",
            "le contenu n’est plus celui qui a été validé.",
        ),
        ("number = 'D2026-0999'", "le numéro n’est plus celui qui a été validé."),
        ("revision = 7", "le numéro n’est plus celui qui a été validé."),
    ],
)
def test_a_changed_row_is_seen(change: str, said: str) -> None:
    tamper(quotes.approved(), change)
    (fault,) = quote_faults()
    assert said in fault


def test_a_changed_file_is_seen() -> None:
    quote = quotes.approved()
    archive_quote_pdf(quote.pk)
    quote.refresh_from_db()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE core_document SET sha256 = %s WHERE id = %s", ["0" * 64, quote.pdf_id])
        cursor.execute("SET LOCAL session_replication_role = origin")
    (fault,) = quote_faults()
    assert "le fichier PDF a été modifié ou a disparu." in fault
