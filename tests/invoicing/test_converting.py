"""From an accepted quote to its invoice: nothing typed twice, nothing invoiced twice, the promise kept."""

from __future__ import annotations

import uuid
from decimal import Decimal

import pytest
from django.utils.timezone import localdate as today

from accounting.models import ContributionRun
from accounting.selectors.contribution import estimate
from cae.core.errors import Code, Refused
from entrepreneurs.models import Activity
from invoicing.models import Invoice, Quote
from invoicing.selectors.einvoices import usual_due_date
from invoicing.services.converting import invoice_quote
from invoicing.services.discarding import discard_invoice
from people.models import User
from people.states import RoleKind
from tests.factories import accounting as books
from tests.factories import invoicing as sales
from tests.factories import quotes, sendings
from tests.factories.entrepreneurs import make_activity
from tests.factories.invoicing import trust
from tests.factories.people import make_user
from tests.invoicing.conftest import Judges
from tests.invoicing.pages import url
from tests.pages import client_of, text

pytestmark = pytest.mark.django_db


def accepted(owner: Activity, *, options: tuple[int, ...] = (), **details: object) -> Quote:
    lines = (
        sales.line("1000.00", label="Reportage", group_title="Prises de vue"),
        sales.line("300.00", label="Tirages", nature="goods", optional=True),
        sales.line("50.00", label="Livraison", quantity=Decimal(2), optional=True),
    )
    quote, token = sendings.sent_quote(owner, *lines, purpose="Mariage", **details)
    wanted = tuple(quote.lines.filter(position__in=options).values_list("pk", flat=True))
    return sendings.accept(quote, token, options=wanted)


def convert(quote: Quote, key: uuid.UUID | None = None) -> Invoice:
    return invoice_quote(quote, form_key=key or uuid.uuid4(), actor=None)


def test_the_invoice_says_what_was_accepted(shop: Activity) -> None:
    quote = accepted(shop, options=(3,), discount_rate=Decimal("0.1000"))
    invoice = convert(quote)
    assert [line.label for line in invoice.lines.all()] == ["Reportage", "Livraison"]
    assert (invoice.quote, invoice.customer, invoice.purpose) == (quote, quote.customer, "Mariage")
    assert invoice.total_excl_tax == Decimal("990.00")
    assert invoice.lines.first().group_title == "Prises de vue"


def test_options_that_nobody_took_are_left_out(shop: Activity) -> None:
    invoice = convert(accepted(shop))
    assert [line.label for line in invoice.lines.all()] == ["Reportage"]
    assert invoice.total_incl_tax == invoice.quote.total_incl_tax


def test_the_terms_of_the_quote_give_the_due_date(shop: Activity) -> None:
    invoice = convert(accepted(shop, payment_days=10))
    due = usual_due_date(invoice.customer, today(), quote=invoice.quote)
    assert (due - today()).days == 10


SLICES = {
    "base": {"turnover": "invoiced", "minus": []},
    "shape": {
        "kind": "slices",
        "window": "year",
        "slices": [{"up_to": "1000.00", "rate": "0.1235"}, {"up_to": None, "rate": "0.0777"}],
    },
    "taken_on": "document",
}


@pytest.mark.parametrize("rules", [books.flat("0.1150"), SLICES])
@pytest.mark.parametrize("before", ["0", "777.77"])
def test_what_stays_is_what_is_booked(before: str, rules: dict[str, object], judges: Judges) -> None:
    """« Reste pour vous » on the quote equals the contribution of its invoice, to the cent (ACC-19)."""
    books.scale(rules=rules)
    owner = make_activity(trust(make_user(RoleKind.ENTREPRENEUR), "quote", "invoice"))
    if Decimal(before):
        sales.issued(owner, sales.line(before), on=today())
    quote = accepted(owner, discount_amount=Decimal("33.33"))
    promised = estimate(owner, [("ordinary", quote.total_excl_tax)], today())
    invoice = sales.issue(convert(quote), on=today())
    booked = ContributionRun.objects.get(activity=owner, subject=invoice.number)
    assert (promised.exact, promised.due) == (True, booked.due)
    assert booked.due > 0


@pytest.mark.parametrize("state", ["draft", "approved", "sent"])
def test_only_an_accepted_quote_is_invoiced(state: str, shop: Activity) -> None:
    quote, _token = sendings.sent_quote(shop)
    if state == "draft":
        quote = quotes.quote(shop)
    elif state == "approved":
        quote = sendings.ready_quote(shop)
    with pytest.raises(Refused) as refusal:
        convert(quote)
    assert refusal.value.code == Code.ILLEGAL_MOVE
    assert not Invoice.objects.exists()


def test_a_quote_is_invoiced_once(shop: Activity) -> None:
    quote, key = accepted(shop), uuid.uuid4()
    assert convert(quote, key) == convert(quote, key)
    with pytest.raises(Refused) as refusal:
        convert(quote)
    assert refusal.value.code == Code.ALREADY_DONE
    assert Invoice.objects.count() == 1
    discard_invoice(Invoice.objects.get(), actor=None)
    assert convert(quote).is_draft


def test_from_the_page_of_the_quote(seller: User, shop: Activity, demonstration: None) -> None:
    quote, client = accepted(shop), client_of(seller)
    page = client.get(url("quote_detail", quote.pk))
    assert url("quote_invoice", quote.pk) in page.content.decode()
    response = client.post(url("quote_invoice", quote.pk), {"form_key": str(uuid.uuid4())})
    invoice = Invoice.objects.get()
    assert response["Location"] in {url("invoice_issue", invoice.pk), url("invoice_submit", invoice.pk)}
    page = client.get(url("quote_detail", quote.pk))
    assert url("quote_invoice", quote.pk) not in page.content.decode()
    assert "Brouillon de facture" in text(page)
    again = client.post(url("quote_invoice", quote.pk), follow=True)
    assert "a déjà sa facture" in text(again)
    assert Invoice.objects.count() == 1


def test_the_quote_of_another_is_not_invoiced(shop: Activity, demonstration: None) -> None:
    quote, stranger = accepted(shop), make_user(RoleKind.ENTREPRENEUR)
    make_activity(stranger)
    assert client_of(stranger).post(url("quote_invoice", quote.pk)).status_code == 404
    auditor = client_of(make_user(RoleKind.AUDITOR))
    assert auditor.post(url("quote_invoice", quote.pk)).status_code == 403
    assert not Invoice.objects.exists()
