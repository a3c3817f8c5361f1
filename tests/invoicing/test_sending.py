"""A document leaves for its customer: link, mail, who may open it and until when (INV-17)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from cae.core.errors import Code, IllegalMove, Refused
from cae.core.models import AuditEntry, EmailState, OutgoingEmail, PersonalLink
from cae.core.sending import send_email
from cae.core.threads import post_message
from entrepreneurs.models import Activity
from invoicing.emails import Letter, letter_html, letter_of
from invoicing.models import Quote, Sending
from invoicing.selectors.sendings import open_sending, recipients_of
from invoicing.services import sending as services
from invoicing.states.sales import QuoteState, SendingKind
from people.models import User
from tests.factories import invoicing as sales
from tests.factories import quotes
from tests.factories import sendings as make
from tests.invoicing.conftest import Judges

pytestmark = pytest.mark.django_db

LETTER = Letter("Votre devis", "Bonjour,\n\nVoici.")


def counted() -> dict[str, int]:
    models: tuple[Any, ...] = (Sending, PersonalLink, OutgoingEmail, AuditEntry)
    return {model.__name__: model.objects.count() for model in models}


def refused(act: Any) -> Refused:
    before = counted()
    with pytest.raises(Refused) as refusal:
        act()
    assert counted() == before
    return refusal.value


def send(quote: Quote, **details: Any) -> Quote:
    given: dict[str, Any] = {"to": [make.READER], "letter": LETTER, "actor": None, "at": timezone.now()}
    return services.send_quote(quote, **given | details)


def test_an_approved_quote_leaves_with_a_link_for_each_reader(shop: Activity, seller: User) -> None:
    quote = send(make.ready_quote(shop), to=[make.READER, "compta@client.example"], actor=seller)
    assert quote.state == QuoteState.SENT
    first, second = quote.sendings.order_by("pk")
    assert (first.to, second.to) == (make.READER, "compta@client.example")
    assert first.kind == SendingKind.MAIL
    assert first.sent_by == seller
    assert make.token_of(first) != make.token_of(second)
    assert open_sending(make.token_of(second)) == second


def test_the_link_lives_a_month_after_the_last_day_and_the_secret_is_not_kept(shop: Activity) -> None:
    quote, token = make.sent_quote(shop)
    link = quote.sendings.get().link
    assert quote.valid_until is not None
    assert timezone.localdate(link.ends_at) == quote.valid_until + timedelta(days=30)
    assert token not in str(PersonalLink.objects.values().get())


def test_the_mail_is_that_of_the_activity_and_of_nobody_else(shop: Activity) -> None:
    quote, token = make.sent_quote(shop, purpose="Reportage au salon")
    mail = quote.sendings.get().email
    assert mail is not None
    assert mail.reply_to == shop.email
    assert mail.sender_name == f"{shop.name} – Coopérative d’essai"
    assert f"/d/{token}/" in mail.secret
    assert mail.secret in mail.html
    assert "Reportage au salon" in mail.text
    assert "200,00\xa0€" in mail.text
    assert f"Devis {quote.number}" in mail.subject


def test_the_preview_is_the_mail(shop: Activity) -> None:
    quote = make.ready_quote(shop)
    letter = letter_of(quote, "invoicing.mail_quote", on=timezone.localdate())
    assert "{{" not in letter.subject + letter.body
    preview = letter_html(quote, letter, on=timezone.localdate())
    sent = make.send(quote).sendings.get()
    assert sent.email is not None
    assert preview.replace("/d/apercu/", f"/d/{make.token_of(sent)}/") == sent.email.html


def test_what_the_seller_typed_is_what_is_read(shop: Activity) -> None:
    quote = send(make.ready_quote(shop), letter=Letter("  Pour   vous ", "Un {{ mot }}\n\n<b>deux</b>"))
    mail = quote.sendings.get().email
    assert mail is not None
    assert mail.subject == "Pour vous"
    assert "Un {{ mot }}" in mail.text
    assert "&lt;b&gt;deux&lt;/b&gt;" in mail.html


def test_the_pdf_goes_with_it_once_it_is_kept(shop: Activity) -> None:
    quote = make.ready_quote(shop)
    Quote.objects.filter(pk=quote.pk).update(pdf=(kept := sales.stored()))
    quote.refresh_from_db()
    mail = send(quote).sendings.get().email
    assert mail is not None
    assert list(mail.attachments.all()) == [kept]


@pytest.mark.parametrize(
    ("to", "code"),
    [
        ((), Code.VALUE_MISSING),
        (("  ",), Code.VALUE_MISSING),
        (("jeanne",), Code.VALUE_INVALID),
        ((make.READER, "a@b\r\nBcc: c@d.fr"), Code.VALUE_INVALID),
        (tuple(f"a{rank}@client.example" for rank in range(11)), Code.VALUE_INVALID),
    ],
)
def test_a_wrong_address_sends_nothing_to_anybody(shop: Activity, to: tuple[str, ...], code: Code) -> None:
    quote = make.ready_quote(shop)
    refusal = refused(lambda: send(quote, to=to))
    assert (refusal.code, refusal.field) == (code, "to")
    quote.refresh_from_db()
    assert quote.state == QuoteState.APPROVED


@pytest.mark.parametrize(
    ("letter", "field"),
    [(Letter(" ", "x"), "subject"), (Letter("x", " "), "body"), (Letter("x", "x" * 8001), "body")],
)
def test_an_empty_or_endless_letter_is_refused(shop: Activity, letter: Letter, field: str) -> None:
    quote = make.ready_quote(shop)
    assert refused(lambda: send(quote, letter=letter)).field == field


def test_a_draft_does_not_leave(shop: Activity) -> None:
    draft = quotes.quote(shop)
    assert isinstance(refused(lambda: send(draft)), IllegalMove)


def test_a_quote_past_its_last_day_does_not_leave(shop: Activity) -> None:
    quote = make.let_time_pass(make.ready_quote(shop))
    assert refused(lambda: send(quote)).code == Code.DATE_INVALID
    assert refused(lambda: services.copy_link(quote, actor=None, at=timezone.now())).code == Code.DATE_INVALID


def test_sent_again_the_first_link_still_opens(shop: Activity) -> None:
    quote, token = make.sent_quote(shop)
    services.resend_quote(quote, to=["compta@client.example"], letter=LETTER, actor=None, at=timezone.now())
    assert quote.sendings.count() == 2
    assert open_sending(token).to == make.READER
    make.accept(quote, token)
    refusal = refused(
        lambda: services.resend_quote(quote, to=[make.READER], letter=LETTER, actor=None, at=timezone.now())
    )
    assert isinstance(refusal, IllegalMove)


def test_a_link_is_copied_without_any_mail(shop: Activity, seller: User) -> None:
    quote = make.ready_quote(shop)
    address = services.copy_link(quote, actor=seller, at=timezone.now())
    quote.refresh_from_db()
    assert quote.state == QuoteState.SENT
    sending = quote.sendings.get()
    assert (sending.kind, sending.to, sending.email) == (SendingKind.COPY, "", None)
    assert open_sending(address.rstrip("/").rpartition("/")[2]) == sending
    assert not OutgoingEmail.objects.exists()


def test_a_link_is_withdrawn_in_one_click_and_at_once(shop: Activity, seller: User) -> None:
    quote, token = make.sent_quote(shop)
    services.withdraw_sending(quote.sendings.get(), actor=seller, at=timezone.now())
    with pytest.raises(Refused) as refusal:
        open_sending(token)
    assert refusal.value.code == Code.LINK_WITHDRAWN


def test_an_invoice_leaves_once_issued(shop: Activity, judges: Judges) -> None:
    make.buyer(shop)
    draft = sales.draft(shop)
    refusal = refused(
        lambda: services.send_invoice(draft, to=[make.READER], letter=LETTER, actor=None, at=timezone.now())
    )
    assert isinstance(refusal, IllegalMove)
    invoice = sales.issue(draft)
    sending = open_sending(make.sent_invoice(invoice))
    assert (sending.invoice, sending.quote) == (invoice, None)
    assert sending.link.ends_at - timezone.now() > timedelta(days=364)


def test_each_address_of_the_customer_is_offered_once(shop: Activity) -> None:
    customer = make.buyer(shop)
    customer.contacts.create(name="Comptabilité", email="compta@client.example")
    customer.contacts.create(name="Jeanne", email=make.READER.upper())
    customer.contacts.create(name="Sans adresse")
    assert [one.email for one in recipients_of(customer)] == [make.READER, "compta@client.example"]


@pytest.mark.parametrize(
    "act",
    [
        lambda rows: rows.update(to="autre@client.example"),
        lambda rows: rows.update(sent_at=timezone.now()),
        lambda rows: rows.delete(),
    ],
    ids=["to", "when", "erased"],
)
def test_what_left_for_whom_is_never_rewritten(shop: Activity, act: Any) -> None:
    make.sent_quote(shop)
    with pytest.raises(DatabaseError), transaction.atomic():
        act(Sending.objects.all())


def test_a_mail_server_down_leaves_the_mail_waiting(shop: Activity, monkeypatch: pytest.MonkeyPatch) -> None:
    def down(*_args: Any, **_details: Any) -> None:
        raise OSError("nobody answers")

    monkeypatch.setattr("cae.core.sending.EmailMultiAlternatives.send", down)
    quote, token = make.sent_quote(shop)
    mail = quote.sendings.get().email
    assert mail is not None
    send_email(mail.pk)
    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == (EmailState.QUEUED, 1)
    assert quote.state == QuoteState.SENT
    assert open_sending(token)


def test_what_the_seller_answers_is_carried_to_those_who_have_the_quote(shop: Activity, seller: User) -> None:
    quote, _token = make.sent_quote(shop)
    post_message(quote, text="Oui, c’est compris.", actor=seller, outside=True)
    reply = quote.sendings.get(kind=SendingKind.REPLY)
    assert reply.to == make.READER
    assert reply.email is not None
    assert "Oui, c’est compris." in reply.email.text
    assert open_sending(make.token_of(reply)) == reply


@pytest.mark.usefixtures("judges")
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_credit_note_speaks_of_what_it_gives_back(shop: Activity, language: str) -> None:
    invoice = sales.issued(shop, customer=make.buyer(shop, language=language))
    note = sales.issue(sales.credit(invoice))
    make.sent_invoice(note)
    mail = note.sendings.get().email
    assert mail is not None
    assert mail.cause == "invoicing.mail_credit_note"
    assert str(note.number) in mail.subject
    assert note.credit_reason in mail.text
    for wrong in ("{{", " –.", "None", "Facture", "Invoice"):
        assert wrong not in mail.subject + mail.text
    assert str(invoice.number) in mail.text
