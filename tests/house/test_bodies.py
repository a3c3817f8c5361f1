"""What somebody else owns, named in the body of one’s own forms: nothing of it is read, changed or used
(PEO-21, CAE-14)."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from cae.core.models import ImportRun, Job, Message
from entrepreneurs.models import Activity
from invoicing.models import (
    CatalogueItem,
    Customer,
    DocumentLook,
    Invoice,
    InvoiceLine,
    Payment,
    Quote,
    Receipt,
)
from people.models import User
from tests.factories import invoicing as make
from tests.factories import quotes
from tests.factories.entrepreneurs import make_entrepreneur
from tests.invoicing.conftest import Judges, judges
from tests.invoicing.pages import customer_form, draft_form, line, url
from tests.pages import client_of

__all__ = ["judges"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


class Both:
    """Claire, whose things are named; Paul, who names them."""

    def __init__(self) -> None:
        today = timezone.localdate()
        self.claire, self.hers = make_entrepreneur(code="CLAIRE")
        self.paul, self.his = make_entrepreneur(code="PAUL")
        make.trust(self.paul)
        self.customer = make.firm(self.hers, name="Cliente de Claire")
        self.own = make.firm(self.his, siren=make.SIRENS[1], name="Client de Paul")
        self.invoice = make.issued(self.hers, customer=self.customer, on=today)
        self.paid = make.issued(self.his, customer=self.own, on=today)
        make.pay(self.paid, "500.00", on=today)
        self.due = make.issued(self.his, customer=self.own, on=today)
        self.quote = quotes.submitted(self.hers, customer=self.customer, on=today)
        self.his_quote = quotes.quote(self.his, customer=self.own)
        self.item = make.item(self.hers, label="Secret de fabrique")
        self.client = client_of(self.paul)

    def post(self, address: str, **values: Any) -> Any:
        return self.client.post(address, values)


@pytest.fixture
def both(judges: Judges) -> Both:
    return Both()


def world() -> list[Any]:
    models: tuple[Any, ...] = (Activity, CatalogueItem, Customer, DocumentLook, Invoice, InvoiceLine, Job)
    models += (ImportRun, Message, Payment, Quote, Receipt)
    return [list(model.objects.order_by("pk").values()) for model in models]


def money(**values: Any) -> dict[str, Any]:
    today = timezone.localdate().isoformat()
    return {"on": today, "mode": "transfer", "reference": "", "form_key": str(uuid4())} | values


ATTEMPTS: dict[str, tuple[Callable[[Both], Any], tuple[int, ...]]] = {
    "invoice her customer": (
        lambda both: both.post(url("invoice_new"), **draft_form(customer="Cliente de Claire")),
        (422,),
    ),
    "invoice her customer by siren": (
        lambda both: both.post(url("invoice_new"), **draft_form(customer=make.SIRENS[0])),
        (422,),
    ),
    "write in her activity": (
        lambda both: both.post(url("quote_new"), **draft_form(activity=str(both.hers.pk))),
        (404,),
    ),
    "totals of her activity": (
        lambda both: both.post(url("live_totals"), **draft_form(activity=str(both.hers.pk))),
        (404,),
    ),
    "preview of her activity": (
        lambda both: both.post(url("live_preview"), **draft_form(activity=str(both.hers.pk))),
        (404,),
    ),
    "a customer in her activity": (
        lambda both: both.post(
            url("customer_new"), **customer_form(activity=str(both.hers.pk), siren=make.SIRENS[2])
        ),
        (404,),
    ),
    "an article in her catalogue": (
        lambda both: both.post(url("catalogue_new"), activity=str(both.hers.pk), label="x", unit_price="1"),
        (404,),
    ),
    "an article for everybody": (
        lambda both: both.post(url("catalogue_new"), activity="commun", label="x", unit_price="1"),
        (403,),
    ),
    "her look": (
        lambda both: both.post(url("look_edit"), activity=str(both.hers.pk), colour="#111111", version="0"),
        (404,),
    ),
    "a copy for her customer": (
        lambda both: both.post(
            url("quote_copy", both.his_quote.pk), customer="Cliente de Claire", kind="quote", form_key=uuid4()
        ),
        (422,),
    ),
    "her files in one archive": (
        lambda both: both.post(url("gather", "factures"), ids=[both.invoice.pk]),
        (422,),
    ),
    "her quote in a validation": (
        lambda both: both.post(url("queue_validate"), ids=[f"quote:{both.quote.pk}"]),
        (403,),
    ),
    "an advance on her invoice": (
        lambda both: both.post(
            url("advance_use", both.paid.pk), **money(invoice=both.invoice.pk, amount="10")
        ),
        (422,),
    ),
    "her activity in use": (lambda both: both.post("/activite-en-cours/", activity=both.hers.pk), (404,)),
    "a message on her invoice": (
        lambda both: both.post(f"/messages/invoicing.invoice/{both.invoice.pk}/", text="x"),
        (404,),
    ),
    "a message of the team": (
        lambda both: both.post(f"/messages/invoicing.invoice/{both.due.pk}/", text="x", audience="staff"),
        (403,),
    ),
}


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_what_another_owns_is_not_reached_by_a_body(both: Both, attempt: str) -> None:
    act, expected = ATTEMPTS[attempt]
    before = world()
    answer = act(both)
    assert answer.status_code in expected
    assert world() == before
    assert "Cliente de Claire" not in answer.content.decode().replace('value="Cliente de Claire"', "")


def test_an_article_of_another_leaves_no_trace_on_a_line(both: Both) -> None:
    form = draft_form(line(0, item=str(both.item.pk)), customer="Client de Paul")
    assert both.post(url("invoice_new"), **form).status_code == 302
    drafted = Invoice.objects.latest("pk")
    assert drafted.activity == both.his
    assert drafted.lines.get().item is None


def test_a_share_for_another_s_invoice_counts_for_nothing(both: Both) -> None:
    form = money(amount="10.00") | {f"share_{both.invoice.pk}": "10.00"}
    assert both.post(url("receipt_new", both.own.pk), **form).status_code == 302
    assert not both.invoice.payments.exists()
    assert both.due.payments.get().amount == Decimal("10.00")


def test_a_sheet_is_brought_into_ones_own_activity(both: Both) -> None:
    sheet = SimpleUploadedFile("clients.csv", b"Nom;Ville\nX;Y\n")
    both.post("/importer/invoicing.customers/", file=sheet, target=str(both.hers.pk))
    assert {run.target for run in ImportRun.objects.all()} <= {str(both.his.pk)}


def test_the_owner_reaches_all_of_it(both: Both) -> None:
    """So that a wrong form in this file cannot make the tests above pass."""
    client: Client = client_of(User.objects.get(pk=both.claire.pk))
    form = draft_form(customer="Cliente de Claire", activity=str(both.hers.pk))
    assert client.post(url("invoice_new"), form).status_code == 302
    assert client.post(url("live_totals"), form).status_code == 200
    assert client.post(f"/messages/invoicing.invoice/{both.invoice.pk}/", {"text": "x"}).status_code == 302
    assert client.post("/activite-en-cours/", {"activity": both.hers.pk}).status_code == 302
