"""A customer accepts, refuses or asks; a seller notes what came on paper (INV-18)."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from cae.core.errors import Code, IllegalMove, Refused
from cae.core.models import AuditEntry, Message, Notice, OutgoingEmail, Signature
from cae.core.signing import Hand
from entrepreneurs.models import Activity
from invoicing.models import Answer, ChosenOption, DocumentLook, Quote
from invoicing.selectors.answers import choice_of, options_of
from invoicing.selectors.sendings import open_sending
from invoicing.services import answering
from invoicing.services.answering import Reply
from invoicing.services.approving import approve_quote, withdraw_quote
from invoicing.services.inputs import LineContent
from invoicing.services.sending import withdraw_sending
from invoicing.services.signed_files import archive_signed_quote, archive_waiting_signed
from invoicing.states.sales import QuoteState
from people.models import User
from tests.factories import invoicing as sales
from tests.factories import quotes
from tests.factories import sendings as make

pytestmark = pytest.mark.django_db


def counted() -> dict[str, int]:
    models: tuple[Any, ...] = (Answer, ChosenOption, Signature, AuditEntry, OutgoingEmail, Notice, Message)
    return {model.__name__: model.objects.count() for model in models}


def refused(act: Any) -> Refused:
    before = counted(), list(Quote.objects.order_by("pk").values("state", "answered_on", "refusal_reason"))
    with pytest.raises(Refused) as refusal:
        act()
    after = counted(), list(Quote.objects.order_by("pk").values("state", "answered_on", "refusal_reason"))
    assert after == before
    return refusal.value


def lines() -> tuple[LineContent, ...]:
    """A day of work, then two options."""
    return (
        sales.line("1000.00"),
        sales.line("250.00", optional=True, label="Tirages"),
        sales.line("80.00", optional=True, label="Livraison", vat="reduced"),
    )


def with_options(shop: Activity) -> tuple[Quote, str, list[int]]:
    quote, token = make.sent_quote(shop, *lines())
    return quote, token, [line.pk for line in options_of(quote)]


def test_an_acceptance_is_signed_and_told(shop: Activity, seller: User) -> None:
    quote, token = make.sent_quote(shop)
    quote = make.accept(quote, token)
    assert (quote.state, quote.answered_on) == (QuoteState.ACCEPTED, timezone.localdate())
    answer = quote.answer
    assert (answer.accepted, answer.name, answer.function) == (True, "Jeanne Durand", "Directrice")
    assert (answer.sending, answer.noted_by) == (open_sending(token), None)
    assert answer.total_incl_tax == quote.total_incl_tax
    signature = answer.signature
    assert signature is not None
    assert (signature.ip, signature.content_sha256) == (make.ORIGIN.ip, choice_of(quote, ()).content_sha256)
    notice = Notice.objects.get(user=seller, kind=answering.ACCEPTED)
    assert str(quote.number) in notice.subject


def test_the_proof_is_mailed_to_both_sides(shop: Activity) -> None:
    quote, token = make.sent_quote(shop)
    make.accept(quote, token)
    proofs = OutgoingEmail.objects.filter(cause="invoicing.mail_proof")
    assert set(proofs.values_list("to", flat=True)) == {make.READER, shop.email}
    signature = Signature.objects.get()
    for mail in proofs:
        for part in (quote.content_sha256, signature.seal, "203.0.113.7", "Jeanne Durand"):
            assert part in mail.text
            assert part in mail.html
    assert f"/d/{token}/" in proofs.get(to=make.READER).secret
    assert "/d/" not in proofs.get(to=shop.email).text


def test_the_options_taken_are_counted_by_the_house(shop: Activity) -> None:
    quote, token, options = with_options(shop)
    quote = make.accept(quote, token, options=(options[0],))
    assert ChosenOption.objects.get().line_id == options[0]
    assert (quote.answer.total_excl_tax, quote.answer.total_incl_tax) == (
        Decimal("1250.00"),
        Decimal("1500.00"),
    )
    assert quote.total_excl_tax == Decimal("1000.00")


def test_a_quote_of_options_alone_is_accepted_with_one(shop: Activity) -> None:
    quote, token = make.sent_quote(shop, sales.line("250.00", optional=True))
    refusal = refused(lambda: make.accept(quote, token))
    assert (refusal.code, refusal.field) == (Code.VALUE_MISSING, "options")
    taken = make.accept(quote, token, options=(quote.lines.get().pk,))
    assert taken.answer.total_excl_tax == Decimal("250.00")


def test_a_line_that_is_no_option_cannot_be_taken(shop: Activity) -> None:
    quote, token, _options = with_options(shop)
    plain = quote.lines.get(optional=False)
    other = quotes.quote(shop, *lines()).lines.filter(optional=True).first()
    assert other is not None
    quote = make.accept(quote, token, options=(plain.pk, other.pk))
    assert not ChosenOption.objects.exists()
    assert quote.answer.total_excl_tax == Decimal("1000.00")


def test_what_is_signed_is_what_was_shown(shop: Activity) -> None:
    quote, token, options = with_options(shop)
    shown = choice_of(quote, ()).content_sha256
    refusal = refused(lambda: make.accept(quote, token, options=(options[1],), shown_sha256=shown))
    assert refusal.code == Code.STALE_FORM
    assert refused(lambda: make.accept(quote, token, shown_sha256="")).code == Code.STALE_FORM


def test_accepted_twice_is_accepted_once(shop: Activity) -> None:
    quote, token = make.sent_quote(shop)
    quote = make.accept(quote, token)
    refusal = refused(lambda: make.accept(quote, token))
    assert refusal.code == Code.ALREADY_DONE
    assert f"{timezone.localdate():%d/%m/%Y}" in str(refusal)


def test_a_quote_that_changed_after_it_left_is_not_accepted(shop: Activity) -> None:
    quote, token = make.sent_quote(shop)
    approve_quote(quotes.revision(quote), actor=None, on=timezone.localdate())
    assert refused(lambda: make.accept(quote, token)).code == Code.LINK_WITHDRAWN


def test_a_quote_replaced_while_its_page_was_read_is_not_accepted(
    shop: Activity, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The link is found alive, then the new version comes before the lock."""
    quote, token = make.sent_quote(shop)
    found = open_sending(token)
    approve_quote(quotes.revision(quote), actor=None, on=timezone.localdate())
    monkeypatch.setattr(answering, "open_sending", lambda *_args, **_details: found)
    refusal = refused(lambda: make.accept(quote, token))
    assert refusal.code == Code.STALE_FORM
    assert "nouvelle version" in str(refusal)


@pytest.mark.parametrize("act", ["accept", "refuse"])
def test_a_quote_past_its_last_day_waits_no_more(shop: Activity, act: str) -> None:
    quote, token = make.sent_quote(shop)
    make.let_time_pass(quote)
    refusal = refused(
        lambda: (
            make.accept(quote, token)
            if act == "accept"
            else answering.refuse_online(token, name="Jeanne", reason="Trop cher", at=timezone.now())
        )
    )
    assert refusal.code == Code.LINK_EXPIRED


def test_a_link_withdrawn_opens_no_answer(shop: Activity) -> None:
    quote, token = make.sent_quote(shop)
    withdraw_sending(quote.sendings.get(), actor=None, at=timezone.now())
    assert refused(lambda: make.accept(quote, token)).code == Code.LINK_WITHDRAWN
    assert refused(lambda: answering.ask_online(token, name="J", text="?")).code == Code.LINK_WITHDRAWN


def test_a_quote_taken_back_opens_no_answer(shop: Activity) -> None:
    quote, token = make.sent_quote(shop)
    withdraw_quote(quote, actor=None)
    assert refused(lambda: make.accept(quote, token)).code == Code.LINK_WITHDRAWN


def test_the_secret_of_another_purpose_opens_nothing(shop: Activity) -> None:
    quote, _token = make.sent_quote(shop)
    assert refused(lambda: make.accept(quote, "n-importe-quoi")).code == Code.LINK_UNKNOWN


def test_the_terms_are_ticked_and_kept_word_for_word(shop: Activity) -> None:
    DocumentLook.objects.create(activity=shop, terms_of_sale="Article 1.")
    quote, token = make.sent_quote(shop)
    assert refused(lambda: make.accept(quote, token, terms_accepted=False)).field == "terms"
    make.accept(quote, token)
    assert Signature.objects.get().terms == "Article 1."


@pytest.mark.parametrize("hand", [Hand("", typed="x"), Hand("Jeanne"), Hand("Jeanne", drawing=b"MZ\x90\0")])
def test_a_signature_that_is_none_accepts_nothing(shop: Activity, hand: Hand) -> None:
    quote, token = make.sent_quote(shop)
    refused(lambda: make.accept(quote, token, hand=hand))


def test_a_refusal_says_why(shop: Activity, seller: User) -> None:
    _quote, token = make.sent_quote(shop)
    refusal = refused(lambda: answering.refuse_online(token, name="Jeanne", reason=" ", at=timezone.now()))
    assert refusal.field == "reason"
    quote = answering.refuse_online(token, name="Jeanne", reason="Trop cher", at=timezone.now())
    assert (quote.state, quote.refusal_reason, quote.answer.accepted) == (
        QuoteState.REFUSED,
        "Trop cher",
        False,
    )
    assert "Trop cher" in Notice.objects.get(user=seller, kind=answering.REFUSED).text
    assert refused(lambda: make.accept(quote, token)).code == Code.ALREADY_DONE


def test_a_question_reaches_the_seller(shop: Activity, seller: User) -> None:
    quote, token = make.sent_quote(shop)
    message = answering.ask_online(token, name="Jeanne", text="Livrez-vous avant Noël ?")
    assert (message.author, message.author_name, message.about_id) == (None, "Jeanne", str(quote.pk))
    assert Notice.objects.filter(user=seller, kind="core.message").count() == 1


def test_an_answer_on_paper_is_noted_by_the_seller(shop: Activity, seller: User) -> None:
    quote, _token, options = with_options(shop)
    quote = answering.accept_quote(
        quote,
        reply=Reply("Jeanne Durand", note="Devis signé reçu par courrier"),
        options=options,
        actor=seller,
        at=timezone.now(),
    )
    answer = quote.answer
    assert (answer.noted_by, answer.signature, answer.sending) == (seller, None, None)
    assert answer.total_excl_tax == Decimal("1330.00")
    assert archive_signed_quote(quote.pk) is None


def test_an_approved_quote_never_sent_may_be_accepted_on_paper(shop: Activity, seller: User) -> None:
    quote = make.ready_quote(shop)
    quote = answering.accept_quote(quote, reply=Reply("Jeanne"), actor=seller, at=timezone.now())
    assert quote.state == QuoteState.ACCEPTED


@pytest.mark.parametrize("days", [1, -400])
def test_an_answer_is_given_between_the_quote_and_today(shop: Activity, days: int) -> None:
    quote = make.ready_quote(shop)
    on = timezone.localdate() + timedelta(days=days)
    refusal = refused(
        lambda: answering.accept_quote(quote, reply=Reply("Jeanne"), actor=None, at=timezone.now(), on=on)
    )
    assert refusal.field == "on"


def test_a_draft_is_not_answered(shop: Activity) -> None:
    draft = quotes.quote(shop)
    refusal = refused(
        lambda: answering.accept_quote(draft, reply=Reply("Jeanne"), actor=None, at=timezone.now())
    )
    assert isinstance(refusal, IllegalMove)


def test_the_signed_pdf_is_made_once(shop: Activity) -> None:
    quote, token, options = with_options(shop)
    make.accept(quote, token, options=(options[0],))
    kept = archive_signed_quote(quote.pk)
    assert kept is not None
    assert (kept.kind, kept.name) == ("invoicing.signed_quote", f"{quote.number}-signe.pdf")
    assert archive_signed_quote(quote.pk) == kept
    assert archive_waiting_signed() == 0


def test_a_signed_pdf_that_a_dead_worker_left_is_made_later(shop: Activity) -> None:
    quote, token = make.sent_quote(shop)
    make.accept(quote, token)
    assert archive_waiting_signed() == 1
    quote.refresh_from_db()
    assert quote.signed_pdf is not None


def test_the_answer_is_kept_as_given(shop: Activity) -> None:
    quote, token = make.sent_quote(shop)
    make.accept(quote, token)
    with pytest.raises(DatabaseError), transaction.atomic():
        Answer.objects.update(name="Autre")
