"""The statement beside earlier years, and as files: the figures of the page, of the PDF and of the sheet."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from accounting.calculations.entries import EntryDraft, credit, debit
from accounting.selectors.accounts import section_of
from accounting.services.contribution_months import run_month
from accounting.services.posting import post_entry
from cae.core.periods import Month
from entrepreneurs.models import Activity
from people.states import RoleKind
from tests.factories import accounting as books
from tests.factories.entrepreneurs import make_activity, make_entrepreneur
from tests.factories.kernel import make_cooperative
from tests.factories.people import make_user
from tests.pages import client_of, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]

MARCH = Month(2026, 3)


@pytest.fixture
def activity() -> Activity:
    """900 sold in March 2025; 3 000 sold in March 2026, 600 subcontracted, 500 of pay, 13,5 % given."""
    make_cooperative()
    books.scale(rules=books.monthly(fixed_per_month="30.00"))
    one = make_activity(code="A1", name="Atelier clair")
    for number, net, on in (("F-0", "900.00", date(2025, 3, 3)), ("F-1", "3000.00", date(2026, 3, 3))):
        books.sale(one, net, on=on, number=number)
        books.take(one, net, on=on, number=number)
    books.cost(one, "600.00", kind="subcontracting")
    section = section_of(one).pk
    pay = (debit("641000", section, Decimal(500)), credit("421000", section, Decimal(500)))
    post_entry(EntryDraft("OD", date(2026, 3, 31), "Paie", pay, "PAIE-3"), actor=None, source=None)
    run_month(one, MARCH, today=date(2026, 4, 1), actor=None)
    return one


def file_of(client: Client, activity: Activity, kind: str) -> Any:
    return client.get(reverse("accounting:statement_file", args=[activity.pk, MARCH, kind]))


@pytest.fixture
def accountant() -> Client:
    return client_of(make_user(RoleKind.ACCOUNTANT))


def test_the_page_sets_each_figure_beside_the_year_before(activity: Activity, accountant: Client) -> None:
    said = text(
        accountant.get(reverse("accounting:activity_statement", args=[activity.pk]) + "?mois=2026-03")
    )
    for words in ("3 000,00 € 2025 : 900,00 €", "Rémunération", "500,00 €", "354,00 €"):
        assert words in said
    assert "Base de mars 2026" in said
    assert "Depuis le 1er janvier" in said


def test_the_printed_page_says_the_same(activity: Activity, accountant: Client) -> None:
    answer = file_of(accountant, activity, "pdf")
    assert answer["Content-Type"] == "application/pdf"
    pages = PdfReader(BytesIO(answer.content)).pages
    said = " ".join("".join(page.extract_text() for page in pages).replace("\u202f", " ").split())
    for words in ("Atelier clair", "Coopérative d’essai", "3 000,00", "900,00", "Part fixe", "354,00"):
        assert words in said


def test_the_sheet_has_numbers(activity: Activity, accountant: Client) -> None:
    sheet = load_workbook(BytesIO(file_of(accountant, activity, "xlsx").content)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0] == ["Atelier clair", "Mars 2026", "Mars 2025", "Cumul 2026", "Cumul 2025"]
    assert rows[1] == ["Ventes HT", 3000, 900, 3000, 900]
    assert [row[0] for row in rows[2:6]] == ["Charges", "Contribution", "Rémunération", "Résultat"]
    assert rows[5][1] == 3000 - 600 - 354 - 500
    assert ["Contribution de mars 2026", 354, None, None, None] in rows
    assert (sheet["B2"].number_format, sheet["B2"].value) == ("#,##0.00", 3000)
    assert sheet.freeze_panes == "A2"
    assert sheet["A1"].font.bold
    longest = max(len(row[0]) for row in rows if row[0])
    assert sheet.column_dimensions["A"].width == min(longest + 2, 60)
    assert sheet.column_dimensions["B"].width > len("Mars 2026")


def test_a_sheet_opens_in_a_french_spreadsheet(activity: Activity, accountant: Client) -> None:
    assert "Ventes HT;3000,00;900,00" in file_of(accountant, activity, "csv").content.decode("utf-8-sig")


def test_another_kind_or_month_is_not_found(activity: Activity, accountant: Client) -> None:
    assert file_of(accountant, activity, "exe").status_code == 404
    wrong = reverse("accounting:statement_file", args=[activity.pk, "2026-13", "pdf"])
    assert accountant.get(wrong).status_code == 404


def test_ones_own_and_no_other(activity: Activity) -> None:
    user, own = make_entrepreneur(code="OWN")
    client = client_of(user)
    assert file_of(client, own, "pdf").status_code == 200
    assert file_of(client, activity, "pdf").status_code == 404
