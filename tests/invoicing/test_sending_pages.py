"""The seller’s side: the page that sends, its preview, the links, the answer noted (INV-17)."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from cae.core.models import OutgoingEmail, PersonalLink
from cae.core.sending import send_email
from entrepreneurs.models import Activity
from invoicing.models import Answer, Invoice, Quote, Sending
from invoicing.services.seeing import note_seen
from invoicing.states.sales import QuoteState, SendingKind
from people.models import User
from people.states import RoleKind
from tests.factories import invoicing as sales
from tests.factories import quotes
from tests.factories import sendings as make
from tests.factories.entrepreneurs import make_entrepreneur
from tests.factories.people import make_user
from tests.invoicing.conftest import Judges
from tests.invoicing.pages import url
from tests.pages import client_of, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


@pytest.fixture(autouse=True)
def demonstration(settings: Any) -> None:
    """Neither a second factor, nor a mail that leaves."""
    settings.DEMONSTRATION = True


def letter(**values: Any) -> dict[str, Any]:
    return {"to": [make.READER], "other": "", "subject": "Votre devis", "body": "Voici."} | values


def counted() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Sending, PersonalLink, OutgoingEmail, Answer))


def test_the_page_offers_the_contacts_and_a_letter_ready_to_leave(shop: Activity, seller: User) -> None:
    quote = make.ready_quote(shop)
    quote.customer.contacts.create(name="Comptabilité", email="compta@client.example")
    page = client_of(seller).get(url("quote_send", quote.pk))
    said = text(page)
    for part in (make.READER, "compta@client.example", f"{shop.name} – Coopérative d’essai", shop.email):
        assert part in said
    assert "{{" not in page.context["form"]["body"].value()
    assert page.context["form"]["to"].value() == [make.READER]


def test_a_quote_leaves_and_its_page_says_so(shop: Activity, seller: User) -> None:
    quote = make.ready_quote(shop)
    answer = client_of(seller).post(url("quote_send", quote.pk), letter(other="chef@client.example"))
    assert answer["Location"] == quote.get_absolute_url()
    quote.refresh_from_db()
    assert quote.state == QuoteState.SENT
    said = text(client_of(seller).get(quote.get_absolute_url()))
    for part in ("Envois au client", make.READER, "chef@client.example", "Pas encore vu", "Retirer le lien"):
        assert part in said
    note_seen(quote.sendings.get(to=make.READER), at=timezone.now())
    assert "Vu" in text(client_of(seller).get(quote.get_absolute_url()))


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"to": []}, "to"),
        ({"to": ["autre@ailleurs.example"]}, "to"),
        ({"other": "jeanne"}, "other"),
        ({"subject": ""}, "subject"),
        ({"body": " "}, "body"),
    ],
)
def test_what_is_missing_is_said_at_its_place_and_nothing_is_lost(
    shop: Activity, seller: User, values: dict[str, Any], field: str
) -> None:
    quote = make.ready_quote(shop)
    before = counted()
    page = client_of(seller).post(url("quote_send", quote.pk), letter(**values))
    assert page.status_code == 422
    assert field in page.context["form"].errors
    if field != "subject":
        assert page.context["form"]["subject"].value() == "Votre devis"
    assert counted() == before


def test_a_customer_without_address_is_written_to_another_or_given_the_link(
    shop: Activity, seller: User
) -> None:
    quote = make.ready_quote(shop, customer=sales.firm(shop))
    browser = client_of(seller)
    assert "Ce client n’a pas d’adresse e-mail" in text(browser.get(url("quote_send", quote.pk)))
    before = counted()
    page = browser.post(url("quote_send", quote.pk), letter(to=[]))
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["other"])
    assert counted() == before


def test_the_preview_is_what_is_typed_and_keeps_nothing(shop: Activity, seller: User) -> None:
    quote = make.ready_quote(shop)
    before = counted()
    browser = client_of(seller)
    page = browser.post(url("quote_letter", quote.pk), letter(body="Mot à mot <b>"))
    assert "Mot à mot &lt;b&gt;" in page.content.decode()
    assert "sandbox" in page["Content-Security-Policy"]
    assert page["X-Frame-Options"] == "SAMEORIGIN"
    assert browser.get(url("quote_letter", quote.pk)).status_code == 200
    assert counted() == before


def test_the_link_is_shown_once(shop: Activity, seller: User) -> None:
    quote = make.ready_quote(shop)
    page = client_of(seller).post(url("quote_link", quote.pk))
    address = page.context["address"]
    assert address in page.content.decode()
    assert page["Cache-Control"] == "private, no-store"
    assert address not in client_of(seller).get(quote.get_absolute_url()).content.decode()
    quote.refresh_from_db()
    assert quote.state == QuoteState.SENT


def test_a_link_is_withdrawn_from_the_page(shop: Activity, seller: User) -> None:
    quote, _token = make.sent_quote(shop)
    sending = quote.sendings.get()
    answer = client_of(seller).post(url("sending_withdraw", sending.pk))
    assert answer["Location"] == quote.get_absolute_url()
    assert "Lien retiré" in text(client_of(seller).get(quote.get_absolute_url()))


def test_a_mail_that_waits_is_seen_on_the_page(
    shop: Activity, seller: User, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(*_args: Any, **_details: Any) -> None:
        raise OSError("nobody answers")

    settings.DEMONSTRATION = False
    monkeypatch.setattr("cae.core.sending.EmailMultiAlternatives.send", down)
    quote, _token = make.sent_quote(shop)
    mail = quote.sendings.get().email
    assert mail is not None
    send_email(mail.pk)
    settings.DEMONSTRATION = True
    said = text(client_of(seller).get(quote.get_absolute_url()))
    assert "En attente" in said
    assert "1 essai, le serveur de courrier ne répond pas" in said


def test_a_reminder_is_read_before_it_leaves(shop: Activity, seller: User) -> None:
    quote, _token = make.sent_quote(shop, to="chef@client.example")
    browser = client_of(seller)
    page = browser.get(url("quote_remind", quote.pk))
    first = page.context["form"]
    assert first["to"].value() == ["chef@client.example"]
    assert "se termine le" in first["subject"].value()
    preview = browser.get(page.context["letter_url"])
    assert "se termine le" in text(preview)
    browser.post(
        url("quote_remind", quote.pk), letter(to=["chef@client.example"], body="Avez-vous pu lire ?")
    )
    sending = quote.sendings.latest("pk")
    assert (sending.kind, sending.to) == (SendingKind.REMINDER, "chef@client.example")
    assert sending.email is not None
    assert "Avez-vous pu lire ?" in sending.email.text


def test_a_quote_is_withdrawn_once_asked(shop: Activity, seller: User) -> None:
    quote, _token = make.sent_quote(shop)
    browser = client_of(seller)
    asked = browser.get(url("quote_withdraw", quote.pk))
    assert "Tous ses liens se ferment" in text(asked)
    assert PersonalLink.objects.filter(withdrawn_at=None).exists()
    browser.post(url("quote_withdraw", quote.pk))
    quote.refresh_from_db()
    assert quote.state == QuoteState.WITHDRAWN
    assert not PersonalLink.objects.filter(withdrawn_at=None).exists()
    assert browser.get(url("quote_withdraw", quote.pk)).status_code == 409


def test_an_answer_on_paper_is_noted(shop: Activity, seller: User) -> None:
    quote = make.ready_quote(shop, sales.line("100.00"), sales.line("50.00", optional=True))
    today = timezone.localdate().isoformat()
    given = {"answer": "accept", "name": "Jeanne", "function": "", "on": today, "note": "", "reason": ""}
    option = quote.lines.get(optional=True).pk
    client_of(seller).post(url("quote_answer", quote.pk), given | {"options": [option]})
    quote.refresh_from_db()
    assert (quote.state, quote.answer.total_excl_tax) == (QuoteState.ACCEPTED, 150)
    assert "Noté par" in text(client_of(seller).get(quote.get_absolute_url()))


def test_a_refusal_noted_says_why(shop: Activity, seller: User) -> None:
    quote = make.ready_quote(shop)
    today = timezone.localdate().isoformat()
    given = {"answer": "refuse", "name": "Jeanne", "function": "", "on": today, "note": "", "reason": ""}
    before = counted()
    page = client_of(seller).post(url("quote_answer", quote.pk), given)
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["reason"])
    assert counted() == before
    client_of(seller).post(url("quote_answer", quote.pk), given | {"reason": "Trop tard"})
    quote.refresh_from_db()
    assert quote.state == QuoteState.REFUSED


def test_a_draft_has_nothing_of_the_kind(shop: Activity, seller: User) -> None:
    draft, browser = quotes.quote(shop), client_of(seller)
    for name in ("quote_send", "quote_answer", "quote_remind"):
        assert browser.get(url(name, draft.pk)).status_code == 409
    for name in ("quote_link", "quote_withdraw"):
        assert browser.post(url(name, draft.pk)).status_code == 409
    assert not Sending.objects.exists()
    assert "Envois au client" not in text(browser.get(draft.get_absolute_url()))


@pytest.fixture
def invoice(shop: Activity, judges: Judges) -> Invoice:
    return sales.issued(shop, on=timezone.localdate(), customer=make.buyer(shop))


def test_an_invoice_leaves_the_same_way(invoice: Invoice, seller: User) -> None:
    browser = client_of(seller)
    assert "Envoyer au client" in text(browser.get(invoice.get_absolute_url()))
    browser.post(url("invoice_send", invoice.pk), letter())
    said = text(browser.get(invoice.get_absolute_url()))
    assert "Envoyer de nouveau" in said
    assert make.READER in said
    assert browser.post(url("invoice_link", invoice.pk)).status_code == 200
    assert browser.get(url("invoice_letter", invoice.pk)).status_code == 200


ACTS = ("quote_send", "quote_letter", "quote_link", "quote_remind", "quote_withdraw", "quote_answer")


def test_a_letter_sent_twice_by_a_double_click_leaves_once(
    shop: Activity, seller: User, invoice: Invoice
) -> None:
    """Approved then sent, a quote changes state under the second click; an invoice does not."""
    client, quote = client_of(seller), make.ready_quote(shop)
    for name, document in (("quote_send", quote), ("invoice_send", invoice)):
        address, typed = url(name, document.pk), letter(form_key=str(uuid4()))
        for _click in range(2):
            assert client.post(address, typed)["Location"] == document.get_absolute_url()
        assert document.sendings.count() == 1, name
    # Read again on purpose, from the page opened anew: it leaves again.
    client.post(url("quote_send", quote.pk), letter(form_key=str(uuid4())))
    assert quote.sendings.count() == 2


def test_nobody_sends_for_another_activity(shop: Activity) -> None:
    quote, _token = make.sent_quote(shop)
    other, _shop = make_entrepreneur()
    before = counted()
    for name in ACTS:
        assert client_of(other).post(url(name, quote.pk), letter()).status_code == 404
    assert client_of(other).post(url("sending_withdraw", quote.sendings.get().pk)).status_code == 404
    assert counted() == before
    assert not PersonalLink.objects.exclude(withdrawn_at=None).exists()
    assert Quote.objects.get(pk=quote.pk).state == QuoteState.SENT


def test_an_auditor_reads_the_sendings_and_touches_none(shop: Activity) -> None:
    quote, _token = make.sent_quote(shop)
    auditor = client_of(make_user(RoleKind.AUDITOR))
    said = text(auditor.get(quote.get_absolute_url()))
    assert make.READER in said
    assert "Retirer le lien" not in said
    before = counted()
    for name in ACTS:
        assert auditor.post(url(name, quote.pk), letter()).status_code == 403
    assert counted() == before
