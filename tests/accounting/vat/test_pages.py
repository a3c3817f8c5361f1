"""The pages of VAT: from the list to the filing, each figure opening its lines, each refusal at its place."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounting.models import Entry, EntryLine, VatReturn, VatRuling
from accounting.states.vat import VatState
from cae.core.facts import sources_of
from people.models import User
from people.states import RoleKind
from tests.factories.accounting_vat import (
    MARCH,
    bought,
    deadline,
    filed,
    make_section,
    month_of_case,
    opened,
    prepared,
    sold,
)
from tests.factories.entrepreneurs import make_activity
from tests.factories.kernel import make_cooperative
from tests.factories.people import make_user
from tests.pages import client_of, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


@pytest.fixture
def accountant(client: Client) -> User:
    user = make_user(RoleKind.ACCOUNTANT)
    client.force_login(user)
    return user


def test_a_month_from_its_opening_to_its_payment(client: Client, accountant: User) -> None:
    month_of_case(make_activity())
    assert "Aucune déclaration" in text(client.get(reverse("accounting:vat_list")))
    answer = client.post(reverse("accounting:vat_open"), {"month": "2026-03-09"})
    assert answer.status_code == 302
    row = VatReturn.objects.get()
    page = text(client.get(row.get_absolute_url()))
    for words in ("TVA de mars 2026", "Taux normal 20 % 11 984 2 397", "Total à payer 621", "Arrêter"):
        assert words in page, words
    behind = client.get(reverse("accounting:vat_box", args=[row.pk, "08"]))
    assert "F-1 Client A" in text(behind)
    entry = Entry.objects.get(piece="F-1")
    assert entry.get_absolute_url() in behind.content.decode()

    client.post(reverse("accounting:vat_prepare", args=[row.pk]))
    row.refresh_from_db()
    assert row.state == VatState.READY
    assert "Reprendre la préparation" in text(client.get(row.get_absolute_url()))
    sent: dict[str, Any] = {"filed_on": f"{timezone.localdate():%Y-%m-%d}", "reference": ""}
    wrong = client.post(reverse("accounting:vat_file", args=[row.pk]), sent)
    assert wrong.status_code == 422
    proof = SimpleUploadedFile("accuse.pdf", b"%PDF-1.7 oui", "application/pdf")
    client.post(reverse("accounting:vat_file", args=[row.pk]), sent | {"reference": "26-77", "proof": proof})
    row.refresh_from_db()
    assert (row.state, row.reference) == (VatState.FILED, "26-77")
    page = text(client.get(row.get_absolute_url()))
    for words in ("Noter le paiement", "Annuler le dépôt", "accuse.pdf", "26-77"):
        assert words in page, words
    client.post(reverse("accounting:vat_pay", args=[row.pk]), {"on": sent["filed_on"]})
    page = text(client.get(row.get_absolute_url()))
    assert "Déposée et payée" in page
    assert "Annuler le dépôt" not in page
    assert "621,00 €" in text(client.get(reverse("accounting:vat_list")))


def test_what_is_missing_leads_to_its_repair(client: Client, accountant: User) -> None:
    section = make_section()
    sold(section, ("0", "300.00", "0"))
    row = opened()
    page = client.get(row.get_absolute_url())
    assert "1 ligne est à qualifier" in text(page)
    line = EntryLine.objects.get(vat_rate=0)
    repair = reverse("accounting:vat_rule", args=[line.pk])
    assert repair in page.content.decode()
    refusal = client.post(reverse("accounting:vat_prepare", args=[row.pk]), follow=True)
    assert "1 ligne n’a pas de case" in text(refusal)
    wrong = client.post(repair, {"rate": "0", "kind": "", "reason": "Export"})
    assert wrong.status_code == 422
    assert "dit pourquoi elle n’est pas taxée" in text(wrong)
    client.post(repair, {"rate": "0", "kind": "export", "reason": "Client suisse"})
    assert VatRuling.objects.get().kind == "export"
    page = text(client.get(row.get_absolute_url()))
    assert "à qualifier" not in page
    assert "Exportations hors UE 300" in page
    client.post(repair, {"is_out": "on", "rate": "", "kind": "", "reason": "Hors champ"})
    assert VatRuling.objects.get().is_out


def test_late_lines_and_the_corrective_return_are_said(client: Client, accountant: User) -> None:
    section = make_section()
    filed(prepared(), accountant)
    sold(section, ("20", "30000.00", "6000.00"), on=date(2026, 3, 20))
    row = opened(date(2026, 4, 1))
    page = text(client.get(row.get_absolute_url()))
    assert "déclaration rectificative" in page
    assert "cases de régularisation" in page
    march = VatReturn.objects.get(starts_on=MARCH)
    assert "la prochaine déclaration la prendra" in text(client.get(march.get_absolute_url()))


def test_a_purchase_without_tax_is_taxed_from_its_list(client: Client, accountant: User) -> None:
    bought(make_section(), "606100", "0", "100.00", "0")
    line = EntryLine.objects.get(vat_rate=0)
    address = reverse("accounting:vat_assess", args=[line.pk])
    assert address in client.get(reverse("accounting:vat_untaxed")).content.decode()
    sent = {"kind": "services_abroad", "rate": "20", "recovery": "100", "on": "2026-03-12"}
    assert client.post(address, sent).status_code == 302
    posted = EntryLine.objects.get(account__role="vat_reverse")
    assert (posted.credit, posted.vat_base, posted.vat_kind) == (
        Decimal(20),
        Decimal(-100),
        "services_abroad",
    )
    assert "Faite" in text(client.get(reverse("accounting:vat_untaxed")))
    again = client.post(address, sent)
    assert again.status_code == 422
    assert "déjà autoliquidée" in text(again)


def test_a_return_is_printed_and_read_in_a_spreadsheet(client: Client, accountant: User) -> None:
    make_cooperative()
    sold(make_section(), ("20", "1000.40", "200.08"))
    row = prepared()
    printed = client.get(reverse("accounting:vat_sheet", args=[row.pk, "pdf"]))
    assert printed.content.startswith(b"%PDF")
    rows = client.get(reverse("accounting:vat_sheet", args=[row.pk, "csv"])).content.decode("utf-8-sig")
    assert "08;0207;Taux normal 20 %;1000,00;200,00;1000,40;200,08" in rows
    assert client.get(reverse("accounting:vat_sheet", args=[row.pk, "docx"])).status_code == 404


def test_a_settlement_leads_to_its_return_for_who_may_open_it(client: Client, accountant: User) -> None:
    section = make_section()
    sold(section, ("20", "1000.00", "200.00"))
    row = filed(prepared(), accountant)
    assert row.entry is not None
    assert row.get_absolute_url() in client.get(row.entry.get_absolute_url()).content.decode()
    key = ("accounting.vatreturn", str(row.pk))
    assert key in sources_of(accountant, [key])
    assert sources_of(make_user(RoleKind.ENTREPRENEUR), [key]) == {}
    due = deadline()
    told = ("accounting.taxdeadline", str(due.pk))
    assert sources_of(accountant, [told])[told].url == due.get_absolute_url()
    assert sources_of(make_user(RoleKind.ADVISOR), [told]) == {}


def test_who_only_reads_the_books_has_no_button(accountant: User) -> None:
    row = opened()
    reader = client_of(make_user(RoleKind.CO_MANAGER))
    page = text(reader.get(row.get_absolute_url()))
    assert "TVA de mars 2026" in page
    assert "Arrêter la déclaration" not in page
    assert reader.post(reverse("accounting:vat_prepare", args=[row.pk])).status_code == 403
    assert client_of(make_user(RoleKind.ENTREPRENEUR)).get(row.get_absolute_url()).status_code == 403


def test_a_return_asks_as_much_of_the_database_with_thirty_sales_as_with_one(
    client: Client, accountant: User, django_assert_max_num_queries: Any
) -> None:
    section = make_section()
    sold(section, ("20", "1000.00", "200.00"))
    row = opened()
    addresses = [row.get_absolute_url(), reverse("accounting:vat_box", args=[row.pk, "08"])]
    counts = []
    for address in addresses:
        client.get(address)
        with django_assert_max_num_queries(60) as few:
            client.get(address)
        counts.append(len(few))
    for rank in range(30):
        sold(section, ("20", "10.00", "2.00"), number=f"F-{rank + 2}")
    for address, count in zip(addresses, counts, strict=True):
        with django_assert_max_num_queries(count):
            client.get(address)
