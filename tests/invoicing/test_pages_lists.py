"""The lists of the sales: what each shows, to whom, narrowed how, at what cost."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cae.core.models import Job
from entrepreneurs.models import Activity
from invoicing.models import Invoice
from invoicing.services.customers import archive_customer
from invoicing.services.discarding import discard_invoice
from people.models import User
from people.states import RoleKind
from tests.factories import invoicing as sales
from tests.factories.entrepreneurs import make_activity
from tests.factories.people import make_user
from tests.invoicing.conftest import Judges
from tests.invoicing.pages import url
from tests.pages import client_of, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration", "judges")]

LISTS = ("invoice_list", "credit_note_list", "draft_list", "customer_list")
TODAY = "2026-06-15T12:00:00+02:00"


@pytest.fixture(autouse=True)
def _day() -> Any:
    """One day for all."""
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def papers(shop: Activity) -> dict[str, Invoice]:
    """One invoice in each settlement, one credit note, one draft, one given up."""
    customer = sales.firm(shop)
    late = sales.issued(shop, on=date(2026, 3, 2), purpose="Retard", customer=customer)
    paid = sales.issued(shop, on=date(2026, 3, 3), purpose="Payée", customer=customer)
    sales.pay(paid, "240.00")
    partly = sales.issued(shop, on=date(2026, 6, 1), purpose="Partie", customer=customer)
    sales.pay(partly, "40.00", on=date(2026, 6, 2))
    waiting = sales.issued(shop, on=date(2026, 6, 10), purpose="Attente", customer=customer)
    credited = sales.issued(shop, on=date(2026, 6, 11), purpose="Annulée", customer=customer)
    note = sales.issue(sales.credit(credited), on=date(2026, 6, 12))
    draft = sales.draft(shop, purpose="En cours", customer=customer)
    given_up = discard_invoice(sales.draft(shop, purpose="Laissée", customer=customer), actor=None)
    return {
        "late": late,
        "paid": paid,
        "partly": partly,
        "waiting": waiting,
        "credited": credited,
        "note": note,
        "draft": draft,
        "given_up": given_up,
    }


def test_an_empty_list_says_why_and_what_next(seller: User, shop: Activity) -> None:
    client = client_of(seller)
    assert "Aucune facture émise pour l’instant." in text(client.get(url("invoice_list")))
    assert "Aucun avoir." in text(client.get(url("credit_note_list")))
    assert "Aucun brouillon en attente." in text(client.get(url("draft_list")))
    customers = client.get(url("customer_list"))
    assert "Aucun client pour l’instant." in text(customers)
    assert url("customer_new") in customers.content.decode()


def test_the_list_of_invoices_shows_each_state_with_its_word(
    seller: User, papers: dict[str, Invoice]
) -> None:
    response = client_of(seller).get(url("invoice_list"))
    said = text(response)
    assert response.status_code == 200
    for word in ("En retard", "Réglée", "Réglée en partie", "À encaisser"):
        assert word in said
    for key in ("late", "paid", "partly", "waiting", "credited"):
        assert papers[key].number in said
    assert papers["note"].number not in said
    assert "Laissée" not in said
    # 240 late + 200 of the partly paid + 240 waiting; the credited one owes nothing
    assert "680,00 €" in said


@pytest.mark.parametrize(
    ("choice", "kept"),
    [
        ("to_pay", {"late", "partly", "waiting"}),
        ("overdue", {"late"}),
        ("settled", {"paid", "credited"}),
    ],
)
def test_the_quick_choices_narrow_the_list(
    choice: str, kept: set[str], seller: User, papers: dict[str, Invoice]
) -> None:
    said = text(client_of(seller).get(url("invoice_list", settlement=choice)))
    for key in ("late", "paid", "partly", "waiting", "credited"):
        assert (papers[key].number in said) is (key in kept)


def test_search_and_dates_narrow_the_list(seller: User, papers: dict[str, Invoice]) -> None:
    client = client_of(seller)
    found = text(client.get(url("invoice_list", q="retard")))
    assert papers["late"].number in found
    assert papers["paid"].number not in found
    dated = text(client.get(url("invoice_list", issued_on_after="2026-06-01", issued_on_before="2026-06-10")))
    assert papers["partly"].number in dated
    assert papers["waiting"].number in dated
    assert papers["credited"].number not in dated
    assert "Rien ne répond à ces filtres." in text(client.get(url("invoice_list", q="introuvable")))


def test_the_order_number_of_the_customer_is_shown_found_and_exported(
    seller: User, papers: dict[str, Invoice]
) -> None:
    sold = papers["waiting"]
    ordered = sales.issued(
        sold.activity, on=date(2026, 6, 13), customer=sold.customer, order_reference="BC 118", purpose="Série"
    )
    client = client_of(seller)
    found = client.get(url("invoice_list", q="bc 118"))
    assert "Série · commande BC 118" in text(found)
    assert ordered.number in text(found)
    assert sold.number not in text(found)
    export = client.get(url("invoice_list", q="bc 118", export="csv")).content.decode("utf-8-sig")
    assert "commande BC 118" in export


def test_credit_notes_and_drafts_have_their_lists(seller: User, papers: dict[str, Invoice]) -> None:
    client = client_of(seller)
    notes = text(client.get(url("credit_note_list")))
    assert papers["note"].number in notes
    assert papers["credited"].number in notes
    assert papers["late"].number not in notes
    drafts = text(client.get(url("draft_list")))
    assert "En cours" in drafts
    assert "Laissée" in drafts
    only = text(client.get(url("draft_list", state="discarded")))
    assert "Laissée" in only
    assert "Attente" not in only


def test_the_list_of_customers_adds_up_what_they_owe(seller: User, papers: dict[str, Invoice]) -> None:
    said = text(client_of(seller).get(url("customer_list")))
    assert "552 100 554" in said
    assert "960,00 €" in said  # five invoices of 240, less the credit note
    assert "680,00 €" in said


def test_an_archived_customer_is_shown_only_on_demand(seller: User, shop: Activity) -> None:
    gone = sales.firm(shop, name="Zébulon")
    archive_customer(gone, actor=seller, at=gone.created_at)
    client = client_of(seller)
    assert "Zébulon" not in text(client.get(url("customer_list")))
    assert "Zébulon" in text(client.get(url("customer_list", archived="1")))


@pytest.mark.parametrize("name", LISTS)
def test_nobody_sees_the_sales_of_others(name: str, papers: dict[str, Invoice]) -> None:
    other = make_user(RoleKind.ENTREPRENEUR, first_name="Autre")
    make_activity(other)
    said = text(client_of(other).get(url(name)))
    assert papers["late"].number not in said
    assert "552 100 554" not in said
    assert "Laissée" not in said


@pytest.mark.parametrize("name", LISTS)
def test_a_person_without_sales_is_refused(name: str) -> None:
    assert client_of(make_user(RoleKind.CANDIDATE)).get(url(name)).status_code == 403


@pytest.mark.parametrize("name", LISTS)
def test_the_accountant_sees_all_with_the_activity(name: str, papers: dict[str, Invoice]) -> None:
    other = make_activity()
    sales.issued(other, on=date(2026, 6, 13))
    response = client_of(make_user(RoleKind.ACCOUNTANT)).get(url(name))
    assert response.status_code == 200
    assert papers["late"].activity.name in text(response)


def test_the_export_gives_what_is_shown(seller: User, papers: dict[str, Invoice]) -> None:
    response = client_of(seller).get(url("invoice_list", settlement="overdue", export="csv"))
    rows = response.content.decode("utf-8-sig").splitlines()
    assert len(rows) == 2
    assert papers["late"].number in rows[1]
    assert "Retard" in rows[1]
    assert rows[1].endswith("En retard")
    sheet = client_of(seller).get(url("invoice_list", export="xlsx"))
    assert sheet.content.startswith(b"PK")


def test_htmx_asks_for_the_rows_alone(seller: User, papers: dict[str, Invoice]) -> None:
    part = client_of(seller).get(url("invoice_list", settlement="overdue"), headers={"HX-Request": "true"})
    assert papers["late"].number in part.content.decode()
    assert "<html" not in part.content.decode()


def test_the_quick_choice_and_the_other_filters_keep_each_other(
    seller: User, papers: dict[str, Invoice]
) -> None:
    client = client_of(seller)
    page = client.get(url("invoice_list", settlement="overdue")).content.decode()
    assert '<input type="hidden" name="settlement" value="overdue" id="id_settlement">' in page
    part = client.get(url("invoice_list", q="retard", settlement="overdue"), headers={"HX-Request": "true"})
    body = part.content.decode()
    assert 'hx-swap-oob="true"' in body
    assert "?q=retard&amp;settlement=settled" in body


def queries(user: User, address: str) -> int:
    client = client_of(user)
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def more_of_everything(shop: Activity, count: int) -> None:
    """Enough rows for one query a row to show."""
    customer = shop.customers.get()
    for rank in range(count):
        person = {"siren": "", "kind": "private_person", "name": f"Personne {rank}"}
        sales.draft(shop, purpose=f"Brouillon {rank}", customer=sales.firm(shop, **person))
        invoice = sales.issued(shop, on=date(2026, 6, 13), customer=customer)
        sales.issue(sales.credit(invoice), on=date(2026, 6, 13))


def test_thirty_rows_cost_the_queries_of_one(seller: User, shop: Activity) -> None:
    customer = sales.firm(shop)
    invoice = sales.issued(shop, on=date(2026, 6, 12), customer=customer)
    sales.issue(sales.credit(invoice), on=date(2026, 6, 12))
    sales.draft(shop, customer=customer)
    make_activity(seller)
    before = {name: queries(seller, url(name)) for name in LISTS}
    more_of_everything(shop, 29)
    after = {name: queries(seller, url(name)) for name in LISTS}
    assert before == after
    assert min(before.values()) > 5


def test_the_pdfs_of_chosen_rows_start_a_job(seller: User, papers: dict[str, Invoice]) -> None:
    client = client_of(seller)
    chosen = {"ids": [papers["late"].pk, papers["paid"].pk]}
    response = client.post(url("gather", "invoice"), chosen)
    job = Job.objects.get()
    assert response.status_code == 302
    assert str(job.pk) in response["Location"]
    assert job.total == 2


def test_the_pdfs_of_the_whole_list_follow_its_filters(seller: User, papers: dict[str, Invoice]) -> None:
    client_of(seller).post(url("gather", "invoice"), {"tout": "1", "requete": "settlement=to_pay"})
    assert Job.objects.get().total == 3


def test_nobody_gathers_the_pdfs_of_others(papers: dict[str, Invoice]) -> None:
    other = make_user(RoleKind.ENTREPRENEUR)
    make_activity(other)
    response = client_of(other).post(url("gather", "invoice"), {"ids": [papers["late"].pk]})
    assert response.status_code == 422
    assert "Choisissez au moins un document émis" in text(response)
    assert not Job.objects.exists()


def test_a_get_gathers_nothing(seller: User, papers: dict[str, Invoice]) -> None:
    assert client_of(seller).get(url("gather", "invoice")).status_code == 405


def test_the_judges_are_not_asked_by_lists(judges: Judges, seller: User, papers: dict[str, Invoice]) -> None:
    asked = judges.calls
    client = client_of(seller)
    for name in LISTS:
        client.get(url(name))
    assert judges.calls == asked
    assert papers["late"].total_incl_tax == Decimal("240.00")
