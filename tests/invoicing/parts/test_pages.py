"""The pages of parts: block « Facturation », what is prepared from it, what is held, who may."""

from __future__ import annotations

import uuid
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate as today

from entrepreneurs.models import Activity
from invoicing.models import Amendment, Invoice, Quote, RetentionRelease
from invoicing.services.inputs import InstalmentContent, ScheduleContent
from invoicing.states.parts import Billing, InstalmentKind, InvoicePart
from people.models import User
from people.states import RoleKind
from tests.factories import invoicing_parts as parts
from tests.factories.entrepreneurs import make_activity
from tests.factories.invoicing import line
from tests.factories.people import make_user
from tests.invoicing.pages import url
from tests.pages import client_of, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("judges", "demonstration")]

D = Decimal
DEPOSIT = InstalmentContent(InstalmentKind.DEPOSIT, label="À la commande", rate=D("0.3"))


def key() -> dict[str, str]:
    return {"form_key": str(uuid.uuid4())}


def accepted(owner: Activity, **said: object) -> Quote:
    return parts.accepted(owner, line("1000.00"), on=today(), **said)


def test_a_deposit_is_prepared_from_the_page(seller: User, shop: Activity) -> None:
    quote, client = accepted(shop), client_of(seller)
    page = text(client.get(url("quote_detail", quote.pk)))
    assert "Facturation" in page
    assert url("quote_deposit", quote.pk) in client.get(url("quote_detail", quote.pk)).content.decode()
    assert "Il reste" in text(client.get(url("quote_deposit", quote.pk)))
    for wrong in ({"rate": "", "amount": ""}, {"rate": "30", "amount": "10"}, {"rate": "150"}):
        assert client.post(url("quote_deposit", quote.pk), wrong | key()).status_code == 422
    assert not Invoice.objects.exists()
    response = client.post(url("quote_deposit", quote.pk), {"rate": "30"} | key())
    made = Invoice.objects.get()
    assert (made.part, made.total_excl_tax) == (InvoicePart.DEPOSIT, D("300.00"))
    assert response["Location"] == url("invoice_issue", made.pk)
    page = text(client.get(url("quote_detail", quote.pk)))
    assert "Facture d’acompte (brouillon)" in page
    assert "Voir la facture en préparation" in page


def test_the_schedule_leads(seller: User, shop: Activity) -> None:
    schedule = ScheduleContent(instalments=(DEPOSIT, InstalmentContent(amount=D("100.00"))))
    quote, client = accepted(shop, schedule=schedule), client_of(seller)
    assert "Facturer : À la commande" in text(client.get(url("quote_detail", quote.pk)))
    client.post(url("quote_instalment", quote.pk, 1), key())
    parts.issue(Invoice.objects.get(), on=today())
    client.post(url("quote_instalment", quote.pk, 2), key())
    second = Invoice.objects.get(part=InvoicePart.INTERIM)
    assert second.total_incl_tax == D("100.00")
    again = client.post(url("quote_instalment", quote.pk, 1), key(), follow=True)
    assert "en préparation" in text(again)
    parts.issue(second, on=today())
    assert "Facturer le solde" in text(client.get(url("quote_detail", quote.pk)))
    client.post(url("quote_balance", quote.pk), key())
    assert Invoice.objects.get(part=InvoicePart.BALANCE).total_incl_tax == D("740.00")
    assert client.post(url("quote_instalment", quote.pk, 9), key()).status_code == 404


def test_a_situation_line_by_line(seller: User, shop: Activity) -> None:
    quote, client = accepted(shop, schedule=ScheduleContent(Billing.PROGRESS)), client_of(seller)
    row = quote.lines.get()
    page = client.get(url("quote_progress", quote.pk))
    assert "Situation n° 1" in text(page)
    typed = {f"reached-{row.pk}": "40", "retention": "5"}
    assert (
        client.post(url("quote_progress", quote.pk), typed | {f"reached-{row.pk}": "140"} | key()).status_code
        == 422
    )
    client.post(url("quote_progress", quote.pk), typed | key())
    made = Invoice.objects.get()
    assert (made.situation, made.total_excl_tax, made.retained) == (1, D("400.00"), D("24.00"))
    parts.issue(made, on=today())
    page = text(client.get(url("invoice_detail", made.pk)))
    assert "Situation n° 1" in page
    assert "Retenue de garantie" in page
    page = client.get(url("quote_progress", quote.pk)).content.decode()
    assert 'value="40"' in page
    same = client.post(url("quote_progress", quote.pk), typed | key())
    assert (same.status_code, "Rien n’a avancé" in text(same)) == (422, True)


def test_what_is_held_is_listed_and_released(seller: User, shop: Activity) -> None:
    quote, client = accepted(shop, schedule=ScheduleContent(Billing.PROGRESS)), client_of(seller)
    first = parts.issue(parts.situation(quote, "0.5"), on=today())
    listed = client.get(url("retention_list"))
    assert str(first.number) in text(listed)
    page = client.get(url("invoice_detail", first.pk)).content.decode()
    assert url("retention_release", first.pk) in page
    day = today().isoformat()
    wrong = client.post(url("retention_release", first.pk), {"on": day, "due_on": "2020-01-01"})
    assert wrong.status_code == 422
    client.post(url("retention_release", first.pk), {"on": day, "due_on": day})
    assert RetentionRelease.objects.get().amount == D("30.00")
    assert "libérée le" in text(client.get(url("invoice_detail", first.pk)))
    assert "Aucun client ne garde de retenue." in text(client.get(url("retention_list")))


def test_an_amendment_is_added_and_taken_out(seller: User, shop: Activity) -> None:
    quote, client = accepted(shop), client_of(seller)
    alone = client.get(url("quote_amend", quote.pk))
    assert (alone.status_code, "Aucun autre devis" in text(alone)) == (409, True)
    more = accepted(shop, customer=quote.customer)
    client.post(url("quote_amend", quote.pk), {"quote": str(more.pk)})
    assert Amendment.objects.get().work == quote
    assert "Retirer l’avenant" in text(client.get(url("quote_detail", more.pk)))
    assert "Facturer avec l’avenant" in text(client.get(url("quote_detail", quote.pk)))
    client.post(url("quote_unamend", more.pk))
    assert not Amendment.objects.exists()
    assert client.post(url("quote_unamend", more.pk)).status_code == 404


def test_the_draft_of_a_part_changes_what_does_not_come_from_the_quote(seller: User, shop: Activity) -> None:
    draft, client = parts.deposit(accepted(shop)), client_of(seller)
    page = client.get(url("invoice_detail", draft.pk)).content.decode()
    assert url("part_edit", draft.pk) in page
    assert url("invoice_duplicate", draft.pk) not in page
    said = {"purpose": "Acompte", "order_reference": "BC 1", "due_on": "", "version": str(draft.version)}
    client.post(url("part_edit", draft.pk), said)
    draft.refresh_from_db()
    assert (draft.purpose, draft.order_reference) == ("Acompte", "BC 1")
    assert client.get(url("invoice_edit", draft.pk))["Location"] == url("part_edit", draft.pk)
    parts.issue(draft, on=today())
    assert client.get(url("part_edit", draft.pk)).status_code == 409


def test_the_account_is_a_file(seller: User, shop: Activity) -> None:
    quote, client = accepted(shop, schedule=ScheduleContent(Billing.PROGRESS)), client_of(seller)
    parts.issue(parts.situation(quote, "0.5"), on=today())
    parts.balance(quote)
    response = client.get(url("quote_account", quote.pk))
    assert (response["Content-Type"], response.content[:5]) == ("application/pdf", b"%PDF-")


def test_who_may(shop: Activity) -> None:
    quote = accepted(shop, schedule=ScheduleContent(Billing.PROGRESS))
    held = parts.issue(parts.situation(quote, "0.5"), on=today())
    stranger = make_user(RoleKind.ENTREPRENEUR)
    make_activity(stranger)
    auditor = make_user(RoleKind.AUDITOR)
    pages = [
        url(name, quote.pk)
        for name in ("quote_deposit", "quote_interim", "quote_progress", "quote_balance", "quote_amend")
    ]
    pages += [url("quote_instalment", quote.pk, 1), url("retention_release", held.pk)]
    for page in pages:
        assert client_of(stranger).post(page, key()).status_code == 404
        assert client_of(auditor).post(page, key()).status_code == 403
    assert client_of(stranger).get(url("quote_account", quote.pk)).status_code == 404
    assert str(held.number) not in text(client_of(stranger).get(url("retention_list")))
    assert Invoice.objects.count() == 1


def test_the_list_of_what_is_held_is_flat(shop: Activity, seller: User) -> None:
    client, counts = client_of(seller), []

    for more in (1, 5):
        for _ in range(more):
            quote = accepted(shop, schedule=ScheduleContent(Billing.PROGRESS))
            parts.issue(parts.situation(quote, "0.5"), on=today())
        client.get(reverse("invoicing:retention_list"))
        with CaptureQueriesContext(connection) as seen:
            client.get(reverse("invoicing:retention_list"))
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_the_block_of_a_quote_invoiced_whole(seller: User, shop: Activity) -> None:
    quote, client = accepted(shop), client_of(seller)
    client.post(url("quote_invoice", quote.pk), key())
    page = text(client.get(url("quote_detail", quote.pk)))
    assert "Brouillon de facture" in page
    assert "Reste" not in page.split("Facturation")[1].split("Suivi")[0]
