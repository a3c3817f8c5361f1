"""The page of a customer: what it shows and to whom, what it leaves behind, how it says no (INV-18)."""

from __future__ import annotations

import base64
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cae.core.links import create_link
from cae.core.models import Message, OutgoingEmail, PersonalLink, Signature
from cae.core.threads import post_message
from entrepreneurs.models import Activity
from invoicing.models import Answer, DocumentLook, Invoice, Quote, Sending
from invoicing.selectors.answers import options_of
from invoicing.services.approving import approve_quote, withdraw_quote
from invoicing.services.sending import withdraw_sending
from invoicing.services.signed_files import archive_signed_quote
from invoicing.states.sales import QuoteState
from invoicing.views import letterhead
from people.models import User
from tests.core.test_signing import png
from tests.factories import invoicing as sales
from tests.factories import quotes
from tests.factories import sendings as make
from tests.invoicing.conftest import Judges
from tests.pages import client_of, text

pytestmark = pytest.mark.django_db

BROWSER = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}


@pytest.fixture
def reader() -> Client:
    """Somebody outside, with an ordinary browser; the secret against forgery is asked for as in real life."""
    return Client(headers=BROWSER, enforce_csrf_checks=True)


def at(name: str, token: str) -> str:
    return reverse(f"invoicing:public_{name}", args=[token])


def counted() -> dict[str, int]:
    models: tuple[Any, ...] = (Answer, Signature, Sending, Message, OutgoingEmail, PersonalLink)
    return {model.__name__: model.objects.count() for model in models}


def form(**values: Any) -> dict[str, Any]:
    """The acceptance, as a browser without JavaScript sends it."""
    given = {"name": "Jeanne Durand", "function": "Directrice", "email": make.READER}
    return given | {"way": "typed", "typed": "Jeanne Durand", "drawing": "", "terms": "on"} | values


def sign(reader: Client, token: str, **values: Any) -> Any:
    """Both steps: the form, then what the page asked to confirm."""
    shown = reader.post(at("accept", token), form(**values))
    assert shown.status_code == 200, text(shown)
    choice = shown.context["choice"].content_sha256
    return reader.post(at("accept", token), form(**values) | {"choice": choice, "confirm": "1"})


def test_the_page_says_whose_quote_it_is_and_how_much(reader: Client, shop: Activity) -> None:
    quote, token = make.sent_quote(shop, purpose="Reportage au salon")
    page = reader.get(at("document", token))
    said = text(page)
    assert page.status_code == 200
    for part in (
        shop.name,
        "Coopérative d’essai",
        str(quote),
        "Reportage au salon",
        "200,00 € HT",
        "240,00 € TTC",
    ):
        assert part in said
    assert said.index("200,00 € HT") < said.index("240,00 € TTC")
    assert "Accepter le devis" in said


def test_a_private_person_reads_the_amount_with_tax_first(reader: Client, shop: Activity) -> None:
    person = sales.firm(shop, siren="", kind="private_person", name="Claire Moreau", email=make.READER)
    _quote, token = make.sent_quote(shop, customer=person)
    said = text(reader.get(at("document", token)))
    assert said.index("240,00 € TTC") < said.index("200,00 € HT")


def test_an_amount_without_tax_is_told_once(reader: Client, shop: Activity) -> None:
    _quote, token = make.sent_quote(shop, sales.line("765.00", vat="training", nature="training"))
    side = text(reader.get(at("document", token))).split("Accepter le devis")[0]
    assert "765,00 € TTC" in side
    assert "soit" not in side


def test_nothing_is_kept_by_the_browser_nor_told_to_others(reader: Client, shop: Activity) -> None:
    _quote, token = make.sent_quote(shop)
    for name in ("document", "accept", "refuse", "question"):
        page = reader.get(at(name, token))
        assert "service-worker" not in page.content.decode()
        assert page["Referrer-Policy"] == "no-referrer"
        assert "noindex" in page["X-Robots-Tag"]
        assert page["Cache-Control"] == "private, no-store"
        assert not page.cookies
    assert not reader.cookies
    assert not Session.objects.exists()


def test_who_opens_it_has_seen_it(reader: Client, shop: Activity, seller: User) -> None:
    quote, token = make.sent_quote(shop)
    url = at("document", token)
    reader.head(url)
    client_of(seller).get(url, headers=BROWSER)
    for agent in ("Googlebot/2.1 Mozilla/5.0", "Mozilla/5.0 SafeLinks preview", "curl/8.5", ""):
        Client(headers={"User-Agent": agent}).get(url)
    reader.get(url, headers={"Sec-Purpose": "prefetch"})
    assert quote.sendings.get().first_seen_at is None
    reader.get(url)
    assert quote.sendings.get().first_seen_at is not None


def test_accepting_shows_the_total_before_it_is_signed(reader: Client, shop: Activity) -> None:
    quote, token = make.sent_quote(shop, sales.line("1000.00"), sales.line("250.00", optional=True))
    [option] = options_of(quote)
    before = counted()
    shown = reader.post(at("accept", token), form(options=[str(option.pk)]))
    assert "1 250,00 €" in text(shown)
    assert "1 500,00 €" in text(shown)
    assert counted() == before
    answer = sign(reader, token, options=[str(option.pk)])
    assert answer["Location"] == at("proof", token)
    quote.refresh_from_db()
    assert quote.state == QuoteState.ACCEPTED
    assert quote.answer.total_excl_tax == 1250


def test_the_proof_shows_hash_time_address_and_name(reader: Client, shop: Activity) -> None:
    quote, token = make.sent_quote(shop)
    assert reader.get(at("proof", token)).status_code == 404
    sign(reader, token)
    said = text(reader.get(at("proof", token)))
    signature = Signature.objects.get()
    for part in (
        "Jeanne Durand, Directrice",
        "127.0.0.1",
        quote.content_sha256,
        signature.seal,
        "Sceau vérifié",
    ):
        assert part in said
    assert "Firefox" in signature.user_agent


def test_accepted_twice_says_when_and_signs_once(reader: Client, shop: Activity) -> None:
    _quote, token = make.sent_quote(shop)
    shown = reader.post(at("accept", token), form())
    confirmed = form(choice=shown.context["choice"].content_sha256, confirm="1")
    assert reader.post(at("accept", token), confirmed).status_code == 302
    before = counted()
    again = reader.post(at("accept", token), confirmed)
    assert again.status_code == 409
    assert f"déjà accepté, le {timezone.localdate():%d/%m/%Y}" in text(again)
    assert counted() == before
    assert reader.get(at("accept", token))["Location"] == at("document", token)
    page = text(reader.get(at("document", token)))
    assert "Accepté le" in page
    assert "Accepter le devis" not in page


def test_a_drawn_signature_is_shown_before_it_is_kept(reader: Client, shop: Activity) -> None:
    _quote, token = make.sent_quote(shop)
    drawing = "data:image/png;base64," + base64.b64encode(png()).decode()
    sign(reader, token, way="drawn", typed="", drawing=drawing)
    assert Signature.objects.get().drawing is not None


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": ""}, "name"),
        ({"typed": ""}, "typed"),
        ({"terms": ""}, "terms"),
        ({"way": "drawn", "typed": ""}, "way"),
        ({"way": "drawn", "drawing": "data:image/png;base64,TVqQAA=="}, "way"),
        ({"way": "drawn", "drawing": "data:application/pdf;base64,JVBERi0="}, "way"),
        ({"email": "jeanne"}, "email"),
        ({"name": "J" * 121}, "name"),
    ],
)
def test_a_faulty_form_comes_back_whole(
    reader: Client, shop: Activity, values: dict[str, str], field: str
) -> None:
    quote, token = make.sent_quote(shop)
    before = counted()
    page = reader.post(at("accept", token), form(**values))
    assert page.status_code == 422
    assert field in page.context["form"].errors
    assert counted() == before
    quote.refresh_from_db()
    assert quote.state == QuoteState.SENT
    if field != "name":
        assert 'value="Jeanne Durand"' in page.content.decode()


def test_a_content_that_was_not_shown_is_not_signed(reader: Client, shop: Activity) -> None:
    _quote, token = make.sent_quote(shop)
    before = counted()
    page = reader.post(at("accept", token), form(confirm="1", choice="0" * 64))
    assert page.status_code == 409
    assert "relisez" in text(page)
    assert counted() == before


def test_changing_ones_mind_before_signing_loses_nothing(reader: Client, shop: Activity) -> None:
    _quote, token = make.sent_quote(shop)
    page = reader.post(at("accept", token), form(back="1"))
    assert page.status_code == 200
    assert 'value="Directrice"' in page.content.decode()


def test_the_terms_of_the_activity_are_there_to_read(reader: Client, shop: Activity) -> None:
    DocumentLook.objects.create(activity=shop, terms_of_sale="Article 1 – Objet")
    _quote, token = make.sent_quote(shop)
    assert "Article 1 – Objet" in text(reader.get(at("accept", token)))


def test_a_refusal_says_why(reader: Client, shop: Activity) -> None:
    quote, token = make.sent_quote(shop)
    before = counted()
    assert reader.post(at("refuse", token), {"name": "Jeanne", "reason": ""}).status_code == 422
    assert counted() == before
    answer = reader.post(at("refuse", token), {"name": "Jeanne", "reason": "Trop cher"})
    assert answer.status_code == 302
    quote.refresh_from_db()
    assert (quote.state, quote.refusal_reason) == (QuoteState.REFUSED, "Trop cher")
    assert "Refusé le" in text(reader.get(at("document", token)))
    assert reader.post(at("refuse", token), {"name": "J", "reason": "x"}).status_code == 409


def test_a_question_and_its_answer_are_read_on_the_page(reader: Client, shop: Activity, seller: User) -> None:
    quote, token = make.sent_quote(shop)
    assert reader.post(at("question", token), {"name": "", "text": "?"}).status_code == 422
    assert reader.post(at("question", token), {"name": "Jeanne", "text": "Avant Noël ?"}).status_code == 302
    post_message(quote, text="Gardez-le pour vous.", actor=seller)
    post_message(quote, text="Oui, le 18.", actor=seller, outside=True)
    said = text(reader.get(at("document", token)))
    assert "Avant Noël ?" in said
    assert "Oui, le 18." in said
    assert "Gardez-le pour vous." not in said


def test_an_unknown_link_says_nothing_of_anybody(reader: Client, shop: Activity) -> None:
    make.sent_quote(shop)
    for name in ("document", "accept", "proof", "file"):
        page = reader.get(at(name, "n-importe-quoi"))
        assert page.status_code == 404
        assert shop.name not in text(page)
    assert reader.get(at("document", "x" * 400)).status_code == 404


def test_the_link_of_something_else_is_unknown_here(reader: Client, shop: Activity) -> None:
    quote, _token = make.sent_quote(shop)
    _link, foreign = create_link(
        quote, purpose="people.invitation", ends_at=timezone.now() + timedelta(days=1), actor=None
    )
    assert reader.get(at("document", foreign)).status_code == 404


def test_a_closed_link_says_why_and_whom_to_write_to(reader: Client, shop: Activity) -> None:
    quote, token = make.sent_quote(shop)
    withdraw_sending(quote.sendings.get(), actor=None, at=timezone.now())
    page = reader.get(at("document", token))
    assert page.status_code == 410
    assert "retiré" in text(page)
    assert shop.email in text(page)
    assert reader.post(at("accept", token), form()).status_code == 410


def test_a_link_past_its_end_is_gone(reader: Client, shop: Activity) -> None:
    quote, token = make.sent_quote(shop)
    PersonalLink.objects.update(ends_at=timezone.now() - timedelta(minutes=1))
    page = reader.get(at("document", token))
    assert page.status_code == 410
    assert shop.email in text(page)
    assert quote.sendings.get().first_seen_at is None


def test_a_replaced_quote_says_that_a_new_version_exists(reader: Client, shop: Activity) -> None:
    quote, token = make.sent_quote(shop)
    approve_quote(quotes.revision(quote), actor=None, on=timezone.localdate())
    page = reader.get(at("document", token))
    assert page.status_code == 410
    assert "remplacé par la version 2" in text(page)
    before = counted()
    assert reader.post(at("accept", token), form(confirm="1")).status_code == 410
    assert counted() == before


def test_a_quote_taken_back_is_gone(reader: Client, shop: Activity) -> None:
    quote, token = make.sent_quote(shop)
    withdraw_quote(quote, actor=None)
    page = reader.get(at("document", token))
    assert page.status_code == 410
    assert "Ce devis a été retiré" in text(page)


def test_a_quote_past_its_last_day_is_read_and_not_accepted(reader: Client, shop: Activity) -> None:
    quote, token = make.sent_quote(shop)
    make.let_time_pass(quote)
    page = reader.get(at("document", token))
    assert page.status_code == 200
    assert "n’est plus valable" in text(page)
    assert "Accepter le devis" not in text(page)
    before = counted()
    shown = reader.post(at("accept", token), form(choice="x", confirm="1"))
    assert shown.status_code == 410
    assert counted() == before


def test_the_files_go_out_by_the_link_alone(reader: Client, shop: Activity) -> None:
    quote, token = make.sent_quote(shop)
    assert reader.get(at("file", token)).status_code == 404
    Quote.objects.filter(pk=quote.pk).update(pdf=sales.stored())
    page = reader.get(at("file", token))
    assert (page.status_code, page["Content-Type"]) == (200, "application/pdf")
    assert page["Content-Disposition"].startswith("attachment")
    assert reader.get(at("file", token) + "?signe").status_code == 404
    sign(reader, token)
    archive_signed_quote(quote.pk)
    assert reader.get(at("file", token) + "?signe").content.startswith(b"%PDF")


@pytest.fixture
def invoice(shop: Activity, judges: Judges) -> Invoice:
    return sales.issued(shop, on=timezone.localdate(), customer=make.buyer(shop))


def test_an_invoice_says_what_is_left_to_pay_and_how(reader: Client, invoice: Invoice) -> None:
    token = make.sent_invoice(invoice)
    sales.pay(invoice, "100.00", on=timezone.localdate())
    page = reader.get(at("document", token))
    said = text(page)
    for part in (
        "Reste à payer",
        "140,00 € TTC",
        "FR14 2004 1010 0505 0001 3M02 606",
        "PSSTFRPPXXX",
        "100,00 €",
    ):
        assert part in said
    assert str(invoice.number) in said
    assert page.context["square"] is not None
    assert "<svg" in page.content.decode()


def test_a_settled_invoice_asks_for_nothing(reader: Client, invoice: Invoice) -> None:
    token = make.sent_invoice(invoice)
    sales.pay(invoice, "240.00", on=timezone.localdate())
    page = reader.get(at("document", token))
    assert "Réglée" in text(page)
    assert page.context["square"] is None


def test_an_invoice_is_not_accepted_nor_refused(reader: Client, invoice: Invoice) -> None:
    token = make.sent_invoice(invoice)
    for name in ("accept", "refuse", "proof"):
        assert reader.get(at(name, token)).status_code == 404
        assert reader.post(at(name, token), form()).status_code == 404


def test_a_machine_that_insists_is_stopped(reader: Client, shop: Activity) -> None:
    cache.clear()
    _quote, token = make.sent_quote(shop)
    for _rank in range(30):
        reader.post(at("question", token), {"name": "", "text": ""})
    before = counted()
    page = reader.post(at("question", token), {"name": "Jeanne", "text": "Encore ?"})
    assert page.status_code == 429
    assert counted() == before
    assert reader.get(at("document", token)).status_code == 200
    cache.clear()


def test_an_address_that_tries_many_links_is_stopped(
    reader: Client, shop: Activity, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each link is tried once or twice, which its own count would never notice."""
    monkeypatch.setattr(letterhead, "MOST_POSTS", 2)
    cache.clear()
    _quote, token = make.sent_quote(shop)
    asked = {"name": "Jeanne", "text": "Encore ?"}
    for rank in range(8):
        assert reader.post(at("question", f"{rank}" * 43), asked).status_code == 404
    before = counted()
    assert reader.post(at("question", token), asked).status_code == 429
    assert counted() == before
    elsewhere = reader.post(at("question", token), asked, REMOTE_ADDR="203.0.113.9")
    assert elsewhere.status_code == 302
    cache.clear()


def test_a_customer_who_reads_english_is_answered_in_english(reader: Client, shop: Activity) -> None:
    customer = make.buyer(shop)
    type(customer).objects.filter(pk=customer.pk).update(language="en")
    _quote, token = make.sent_quote(shop, customer=type(customer).objects.get(pk=customer.pk))
    assert '<html lang="en"' in reader.get(at("document", token)).content.decode()
