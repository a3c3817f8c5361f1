"""What members read of the shared services; total sales of each year by axis."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from pypdf import PdfReader

from accounting.calculations.heads import Present, heads, per_head
from accounting.models import SaleMovement
from accounting.selectors.accounts import section_of, shared_section
from accounting.selectors.sales_by_axis import sales_by_axis
from accounting.selectors.shared_services import shared_services
from accounting.states.sales_axes import SalesAxis
from accounting.views.layout_places import ranked
from cae.core.money import ZERO
from cae.core.periods import Month
from people.states import RoleKind
from tests.factories import accounting as books
from tests.factories import accounting_layouts as made
from tests.factories.entrepreneurs import make_activity, make_entrepreneur
from tests.factories.kernel import make_cooperative
from tests.factories.people import make_user
from tests.pages import client_of, text

pytestmark = pytest.mark.usefixtures("demonstration")

D = Decimal
END = date(2026, 2, 28)


def test_heads_are_counted_once_a_month() -> None:
    months = [Month(2026, 1), Month(2026, 2)]
    there = [
        Present(1, date(2025, 5, 1)),
        Present(1, date(2026, 1, 15)),
        Present(2, date(2026, 2, 28)),
        Present(3, date(2025, 1, 1), date(2026, 1, 1)),
        Present(4, date(2025, 1, 1), date(2025, 12, 31)),
    ]
    assert heads(there, months) == D("2.0")
    assert heads(there, []) == D(0)
    assert heads(there, [*months, Month(2026, 3)]) == D("2.0")
    assert per_head(D(100), D("3.0")) == D("33.33")
    assert per_head(D(100), D(0)) is None


@given(st.lists(st.tuples(st.integers(1, 5), st.dates(date(2024, 1, 1), date(2026, 12, 31))), max_size=8))
def test_heads_never_exceed_people(rows: list[tuple[int, date]]) -> None:
    found = heads([Present(person, start) for person, start in rows], [Month(2026, 1), Month(2026, 6)])
    assert ZERO <= found <= len({person for person, _start in rows})


@pytest.mark.django_db
def test_what_the_contribution_pays_for(django_assert_max_num_queries: Callable[..., Any]) -> None:
    _user, one = make_entrepreneur(code="A1")
    section, shared = section_of(one), shared_section()
    made.between(section, shared, ("internal_charge", "internal_income"), "300.00", date(2026, 1, 31))
    made.between(section, shared, ("internal_charge", "internal_income"), "80.00", date(2025, 6, 30))
    made.moves(shared, "641000", "421000", "250.00", date(2026, 1, 31))
    made.moves(shared, "512000", "740000", "40.00", date(2026, 2, 10))
    made.moves(shared, "512000", "106100", "500.00", date(2025, 2, 10))
    made.moves(section, "512000", "706000", "1000.00", date(2026, 2, 10))
    with django_assert_max_num_queries(20):
        found = shared_services(END)
    assert [year.end.year for year in found.years] == [2026, 2025, 2024, 2023]
    assert [(row.label, row.amounts[:2]) for row in found.received] == [
        ("Prestations échangées entre activités (produits)", (D("300.00"), D("80.00"))),
        ("Subventions d’exploitation", (D("40.00"), ZERO)),
    ]
    assert found.received_total.amounts[0] == D("340.00")
    assert found.spent_total.amounts[0] == D("250.00")
    assert found.result.amounts[:2] == (D("90.00"), D("80.00"))
    assert found.reserves.amounts == (D("500.00"), D("500.00"), ZERO, ZERO)
    assert found.self_financing.amounts[0] == D("790.00")
    assert found.heads[0] == D("1.0")
    assert found.cost_per_head.amounts[0] == D("210.00")


@pytest.mark.django_db
def test_members_read_it_and_strangers_do_not() -> None:
    make_cooperative()
    made.moves(shared_section(), "641000", "421000", "250.00", date(2026, 1, 31))
    url = reverse("accounting:shared_services")
    for user in (
        make_user(RoleKind.ASSOCIATE),
        make_user(RoleKind.ACCOUNTANT),
        make_entrepreneur()[0],
    ):
        assert client_of(user).get(url).status_code == 200
    assert client_of(make_user(RoleKind.CANDIDATE)).get(url).status_code == 403
    member = client_of(make_user(RoleKind.ASSOCIATE))
    page = text(member.get(url + "?au=2026-02-28"))
    assert "Rémunérations du personnel 250,00" in page
    assert "Présentations" not in page
    file = reverse("accounting:shared_services_file", args=["pdf"]) + "?au=2026-02-28"
    assert "250,00" in PdfReader(BytesIO(member.get(file).content)).pages[0].extract_text()
    book = load_workbook(BytesIO(member.get(file.replace(".pdf", ".xlsx")).content))
    assert ("Dépenses", 250) in {line[:2] for line in book.active.iter_rows(values_only=True)}
    assert member.get(file.replace(".pdf", ".doc")).status_code == 404


def sold(activity: Any, net: str, on: date, number: str, category: str = "ordinary", **source: Any) -> None:
    SaleMovement.objects.create(
        activity=activity, on=on, document=number, category=category, net=D(net), by_document=True, **source
    )


@pytest.mark.django_db
def test_sales_by_axis(django_assert_max_num_queries: Callable[..., Any]) -> None:
    one, other = make_activity(code="A1", name="Atelier clair"), make_activity(code="B2", name="Bois vert")
    sold(one, "100.00", date(2026, 1, 5), "F-1")
    sold(one, "-20.00", date(2026, 2, 5), "A-1")
    sold(one, "50.00", date(2025, 2, 5), "F-0")
    sold(other, "300.00", date(2026, 2, 5), "F-2")
    sold(other, "999.00", date(2026, 2, 5), "INT-1", "internal")
    years = [2026, 2025]
    with django_assert_max_num_queries(3):
        rows = sales_by_axis(SalesAxis.ACTIVITY, years, on=END)
    assert [(row.label, row.sums) for row in rows] == [
        ("Bois vert", (D("300.00"), ZERO)),
        ("Atelier clair", (D("80.00"), D("50.00"))),
    ]
    assert [row.label for row in sales_by_axis(SalesAxis.ACTIVITY, years, said="BOIS", on=END)] == [
        "Bois vert"
    ]
    for axis in SalesAxis:
        rows = sales_by_axis(axis, years, on=END)
        assert [sum(row.sums[rank] for row in rows) for rank in range(2)] == [D("380.00"), D("50.00")], axis


@pytest.mark.django_db
def test_the_page_of_sales_and_its_sheet() -> None:
    accountant: Client = client_of(make_user(RoleKind.ACCOUNTANT))
    url = reverse("accounting:sales_by_axis")
    assert "Aucune vente" in text(accountant.get(url))
    user, one = make_entrepreneur(code="A1", name="Atelier clair")
    sold(one, "150.00", date(2025, 3, 5), "F-1")
    sold(one, "100.00", date(2024, 3, 5), "F-0")
    page = text(accountant.get(url + "?axe=metier&annee=2025"))
    assert "150,00 € 100,00 € 0,00 € 50 %" in page
    book = load_workbook(BytesIO(accountant.get(url + "?annee=2025&export=xlsx").content))
    assert [tuple(line) for line in book.active.iter_rows(values_only=True)] == [
        ("Activité", "2025", "2024", "2023"),
        ("Atelier clair", 150, 100, 0),
    ]
    assert client_of(user).get(url).status_code == 403
    assert accountant.get(url + "?axe=x&annee=1&export=csv").status_code == 200


@pytest.mark.django_db
def test_a_document_says_the_kind_of_its_customer() -> None:
    books.sale(make_activity(code="A1"))  # without any document: under « Autres »
    sold(make_activity(code="B2"), "10.00", date(2026, 1, 5), "F-9")
    (row,) = sales_by_axis(SalesAxis.CUSTOMER, [2026], on=END)
    assert (row.label, row.sums) == ("Autres", (D("10.00"),))


def test_the_largest_rows_come_first_with_their_share_of_the_first() -> None:
    rows = [(f"n° {rank}", Decimal(rank)) for rank in range(8)]
    assert ranked(rows) == [
        ("n° 7", Decimal(7), 100),
        ("n° 6", Decimal(6), 85),
        ("n° 5", Decimal(5), 71),
        ("n° 4", Decimal(4), 57),
        ("n° 3", Decimal(3), 42),
        ("n° 2", Decimal(2), 28),
    ]
    assert ranked([("néant", ZERO), ("avoir", Decimal(-3))]) == []
