"""The customer's own page by link: what it shows and to whom, what it leaves behind, how it ends (INV-39)."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cae.core.models import Message, Notice, OutgoingEmail
from cae.core.threads import post_message
from entrepreneurs.models import Activity
from invoicing.models import Customer, CustomerAccess, Invoice
from invoicing.services.accesses import copy_access, withdraw_access
from invoicing.services.archiving import archive_pdf
from invoicing.states.sales import CustomerKind
from invoicing.views import letterhead
from people.models import User
from tests.factories import invoicing as sales
from tests.factories import invoicing_chasing as make
from tests.factories import sendings
from tests.pages import client_of, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("judges")]

BROWSER = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}


@pytest.fixture
def reader() -> Client:
    return Client(headers=BROWSER, enforce_csrf_checks=True)


@pytest.fixture
def customer(shop: Activity) -> Customer:
    return sendings.buyer(shop)


@pytest.fixture
def invoice(shop: Activity, customer: Customer) -> Invoice:
    return make.late(shop, customer=customer)


@pytest.fixture
def token(customer: Customer) -> str:
    return copy_access(customer, actor=None, at=timezone.now()).rstrip("/").rpartition("/")[2]


def at(name: str, *args: Any) -> str:
    return reverse(f"invoicing:{name}", args=args)


def test_it_says_what_is_left_and_how_to_pay(reader: Client, token: str, invoice: Invoice) -> None:
    page = reader.get(at("account", token))
    shown = text(page)
    assert str(invoice.number) in shown
    assert "240,00" in shown
    assert "IBAN" in shown
    assert 'shape-rendering="crispEdges"' in page.content.decode()
    assert page["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert page["Cache-Control"] == "private, no-store"
    assert not page.cookies
    access = CustomerAccess.objects.get()
    assert access.first_seen_at is not None


def test_all_paid_asks_for_nothing(reader: Client, token: str, invoice: Invoice) -> None:
    sales.pay(invoice, "240.00", on=sales.DAY)
    shown = text(reader.get(at("account", token)))
    assert "Tout est réglé" in shown
    assert "IBAN" not in shown


def test_a_machine_or_somebody_of_the_house_is_not_noted(token: str, seller: User, invoice: Invoice) -> None:
    Client(headers={"User-Agent": "curl/8.0"}).get(at("account", token))
    client_of(seller).get(at("account", token), headers=BROWSER)
    assert CustomerAccess.objects.get().first_seen_at is None


def test_it_opens_its_own_documents_and_no_other(
    reader: Client, token: str, invoice: Invoice, shop: Activity
) -> None:
    archive_pdf(invoice.pk)
    other = sendings.buyer(shop, siren="", kind=CustomerKind.PRIVATE_PERSON, name="Un autre")
    theirs = make.late(shop, customer=other)
    archive_pdf(theirs.pk)
    draft = sales.draft(shop, customer=invoice.customer)
    assert reader.get(at("account_file", token, invoice.pk)).content.startswith(b"%PDF")
    for hidden in (theirs, draft):
        assert reader.get(at("account_file", token, hidden.pk)).status_code == 404
    assert str(theirs.number) not in text(reader.get(at("account", token)))


def test_the_statement_is_downloaded(reader: Client, token: str, invoice: Invoice) -> None:
    assert reader.get(at("account_statement", token)).content.startswith(b"%PDF")
    sheet = reader.get(at("account_statement", token) + "?format=csv").content.decode("utf-8-sig")
    assert str(invoice.number) in sheet


def test_a_question_reaches_the_sellers_and_its_answer_comes_back_by_mail(
    reader: Client, token: str, seller: User, customer: Customer, invoice: Invoice
) -> None:
    make.remind(invoice, on=make.day_late(invoice, 5))
    form = {"name": "Jeanne Durand", "text": "Pouvons-nous payer en deux fois ?"}
    response = reader.post(at("account_question", token), form)
    assert response["Location"].endswith("?fait=question")
    message = Message.objects.get()
    assert (message.about_type, message.author_name) == ("invoicing.customer", "Jeanne Durand")
    assert Notice.objects.filter(user=seller).exists()
    assert "en deux fois" in text(client_of(seller).get(customer.get_absolute_url()))
    post_message(customer, text="Oui, bien sûr.", actor=seller, outside=True)
    answer = OutgoingEmail.objects.latest("pk")
    assert (answer.to, answer.cause) == (sendings.READER, "invoicing.mail_customer_reply")
    assert "Oui, bien sûr." in text(reader.get(at("account", token)))


def test_an_empty_question_is_said_at_its_field(reader: Client, token: str) -> None:
    response = reader.post(at("account_question", token), {"name": "", "text": ""})
    assert response.status_code == 422
    assert not Message.objects.exists()


def test_withdrawn_it_opens_nothing_and_says_whom_to_write_to(
    reader: Client, token: str, invoice: Invoice, shop: Activity
) -> None:
    withdraw_access(CustomerAccess.objects.get(), actor=None, at=timezone.now())
    for name in ("account", "account_statement", "account_question"):
        page = reader.get(at(name, token))
        assert page.status_code in (404, 409, 410)
        assert "Ce lien a été retiré" in text(page)
        assert str(invoice.number) not in text(page)
        assert shop.name in text(page)
    form = {"name": "Jeanne", "text": "Bonjour"}
    reader.post(at("account_question", token), form)
    assert not Message.objects.exists()


def test_an_unknown_link_says_nothing_of_anybody(reader: Client, shop: Activity) -> None:
    page = reader.get(at("account", "x" * 43))
    assert "Ce lien n’existe pas" in text(page)
    assert shop.name not in text(page)


def test_the_link_of_a_document_opens_no_account(reader: Client, invoice: Invoice) -> None:
    secret = sendings.sent_invoice(invoice)
    assert "Ce lien n’existe pas" in text(reader.get(at("account", secret)))


def test_it_speaks_the_language_of_the_customer(reader: Client, shop: Activity) -> None:
    customer = sendings.buyer(shop, language="en")
    make.late(shop, customer=customer)
    token = copy_access(customer, actor=None, at=timezone.now()).rstrip("/").rpartition("/")[2]
    assert 'lang="en"' in reader.get(at("account", token)).content.decode()


def test_a_machine_is_stopped(reader: Client, token: str) -> None:
    cache.clear()
    codes = [
        reader.post(at("account_question", token), {"name": "", "text": ""}).status_code
        for _ in range(letterhead.MOST_POSTS + 1)
    ]
    assert codes[-1] == 429
    cache.clear()
