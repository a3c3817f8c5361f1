"""A hire answered by a quote: taken it books the room and bills it once, declined or left it frees it; its
agreement is a paper (COW-20)."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cae.core.errors import Code
from cae.core.models import Notice, OutgoingEmail
from cae.core.periods import Month
from coworking.models import Booking, Charge, Hire, Place
from coworking.selectors.hires import hire_facts, is_on_quote, quote_of, sold_on_quotes
from coworking.selectors.usage import usage_of
from coworking.services.booking_changes import (
    approve_booking,
    cancel_booking,
    move_booking,
    refuse_booking,
)
from coworking.services.hire_quotes import QuoteTerms, answer_by_quote, give_up_quote, send_hire_quote
from coworking.services.hiring import HireData, ask_to_hire, lapse_hires
from coworking.states.bookings import BookingState
from invoicing.models import Quote
from invoicing.services.answering import Reply, refuse_quote
from invoicing.services.approving import approve_quote
from invoicing.states.parts import InstalmentKind
from invoicing.states.sales import QuoteState
from people.models import User
from people.states import RoleKind
from tests.factories import quotes
from tests.factories.bookings import book_at, hours, make_room, next_monday
from tests.factories.coworking import make_facilitator
from tests.factories.coworking_members import neighbour
from tests.factories.people import make_user
from tests.factories.sendings import accept, let_time_pass, token_of
from tests.pages import client_of, text
from tests.refusals import refusal_of, refused

pytestmark = pytest.mark.django_db
PRICE = Decimal("40.00")
LEA = "lea@exemple.fr"


@pytest.fixture
def accountant() -> User:
    return make_user(RoleKind.ACCOUNTANT)


def asked(starts: str = "9:00", ends: str = "11:00", charter: str = "Chacun range la salle.") -> Booking:
    room = make_room(is_public=True, cut_off=24 * 60)
    Place.objects.filter(pk=room.place_id).update(charter=charter)
    room.place.refresh_from_db()
    return ask(room, starts, ends)


def ask(room: Any, starts: str, ends: str) -> Booking:
    data = HireData(
        name="Léa Marchand",
        email=LEA,
        address_line="1 rue du Port",
        postcode="33190",
        city="La Réole",
        rules_accepted=True,
    )
    span = hours(starts, ends)
    return ask_to_hire(room, span, data=data, shown=None, form_key=None, now=timezone.now())


def answered(booking: Booking, actor: Any, **terms: Any) -> Quote:
    return answer_by_quote(booking, terms=QuoteTerms(**terms), actor=actor, on=timezone.localdate())


def now_is(booking: Booking) -> Booking:
    return Booking.objects.get(pk=booking.pk)


def test_a_quote_that_is_taken_books_the_room_and_nothing_else_bills_it(accountant: User) -> None:
    booking = asked()
    quote = answered(booking, accountant, deposit=Decimal("0.3"), words="Merci de votre demande.")
    line = quote.lines.get()
    assert (quote.state, quote.total_excl_tax, quote.customer.name) == (
        QuoteState.SENT,
        PRICE,
        "Léa Marchand",
    )
    assert "Chacun range la salle." in line.description
    instalment = quote.instalments.get()
    assert (instalment.kind, instalment.rate, quote.deposit_at_once) == (
        InstalmentKind.DEPOSIT,
        Decimal("0.3"),
        True,
    )
    mail = OutgoingEmail.objects.filter(to=LEA).latest("pk")
    assert "Merci de votre demande." in mail.text
    assert (now_is(booking).state, is_on_quote(booking)) == (BookingState.ASKED, True)
    # Nobody says yes beside it, nor writes another, nor moves what it says.
    with refused(Code.NOT_ALLOWED):
        approve_booking(booking, actor=accountant)
    with refused(Code.ALREADY_DONE):
        answered(booking, accountant)
    with refused(Code.NOT_ALLOWED):
        moved(booking, "14:00", "16:00")
    assert Quote.objects.count() == 1
    accept(quote, token_of(quote.sendings.get()))
    row = now_is(booking)
    month = Month.of(next_monday())
    assert [sold_on_quotes(row.place, one) for one in (month, month.next())] == [PRICE, Decimal(0)]
    assert usage_of(row.place, month, next_monday()).income == [("Locations sur devis", PRICE)]
    assert (row.state, row.price, row.charge, Charge.objects.count()) == (BookingState.BOOKED, PRICE, None, 0)
    assert row.payer is not None
    assert "Réservation validée" in OutgoingEmail.objects.filter(to=LEA).latest("pk").subject
    # The same room for as long keeps what was agreed; another length does not.
    with refused(Code.NOT_ALLOWED, "starts"):
        moved(row, "14:00", "17:00")
    after = moved(row, "14:00", "16:00")
    assert (after.price, Charge.objects.count()) == (PRICE, 0)
    charge = Charge.objects.create(
        payer=row.payer, kind="booking", label="Salle", day=next_monday(), amount=PRICE
    )
    with pytest.raises(IntegrityError, match="on a quote"), transaction.atomic():
        Booking.objects.filter(pk=row.pk).update(charge=charge)


def moved(booking: Booking, starts: str, ends: str) -> Booking:
    return move_booking(
        booking,
        resource=booking.resource,
        wanted=hours(starts, ends),
        actor=None,
        now=timezone.now(),
        by_team=True,
    )


def test_a_quote_declined_or_left_without_answer_frees_the_room(accountant: User) -> None:
    booking = asked()
    quote = answered(booking, accountant)
    reply = Reply("Léa Marchand")
    refuse_quote(quote, reply=reply, reason="Trop cher.", actor=accountant, at=timezone.now())
    assert (now_is(booking).state, now_is(booking).reason) == (BookingState.CANCELLED, "devis refusé")
    other = ask(booking.resource, "9:00", "11:00")
    quote = answered(other, accountant)
    assert lapse_hires(now=timezone.now()) == 0
    let_time_pass(quote)
    assert (lapse_hires(now=timezone.now()), now_is(other).state) == (1, BookingState.CANCELLED)
    give_up_quote(other.pk, is_due=False)
    quote.refresh_from_db()
    assert quote.state == QuoteState.WITHDRAWN
    # A quote of nobody’s hire changes nothing here.
    alone = quotes.approved(on=timezone.localdate())
    refuse_quote(alone, reply=reply, reason="Non.", actor=None, at=timezone.now())
    assert Booking.objects.filter(state=BookingState.CANCELLED).count() == 2


def test_who_may_not_approve_quotes_hands_it_to_those_who_check(accountant: User) -> None:
    booking = asked(charter="x" * 4000)
    facilitator = make_facilitator(booking.place)
    quote = answered(booking, facilitator, words="À bientôt.")
    assert quote.state == QuoteState.SUBMITTED
    assert quote.lines.get().description.endswith("jointes à la convention de location.")
    with refused(Code.ILLEGAL_MOVE):
        send_hire_quote(booking, actor=facilitator)
    approve_quote(quote, actor=accountant, on=timezone.localdate())
    facts = hire_facts(facilitator, booking)
    assert (facts["may_send_quote"], facts["may_quote"], facts["sees_quote"]) == (True, False, False)
    assert send_hire_quote(booking, actor=facilitator).state == QuoteState.SENT
    assert "À bientôt." in OutgoingEmail.objects.filter(to=LEA).latest("pk").text
    # A new version answers for the former.
    newer = quotes.revision(Quote.objects.get(pk=quote.pk))
    newer = approve_quote(newer, actor=accountant, on=timezone.localdate())
    assert quote_of(Hire.objects.get(booking=booking)) == newer
    newer = send_hire_quote(booking, actor=facilitator)
    accept(newer, token_of(newer.sendings.get()))
    assert (now_is(booking).state, Hire.objects.get().quote) == (BookingState.BOOKED, newer)
    cancel_booking(now_is(booking), actor=None, now=timezone.now())
    give_up_quote(booking.pk, is_due=False)
    assert "ne facturez pas" in Notice.objects.filter(user=facilitator).latest("pk").subject


def test_a_quote_is_refused_where_it_answers_nothing(accountant: User) -> None:
    booking = asked()
    today = timezone.localdate()
    wrong: tuple[tuple[dict[str, Any], str], ...] = (
        ({"valid_until": today - timedelta(days=1)}, "valid_until"),
        ({"valid_until": next_monday() + timedelta(days=1)}, "valid_until"),
        ({"deposit": Decimal(1)}, "deposit"),
        ({"words": "x" * 2001}, "words"),
    )
    for terms, field in wrong:
        assert refusal_of(partial(answered, booking, accountant, **terms)).field == field
    assert not Quote.objects.exists()
    plain = book_at(booking.resource, hours("14:00", "15:00"), of=neighbour())
    with refused(Code.NOT_ALLOWED):
        answered(plain, accountant)
    # Called off while its quote is in the mail: the quote is taken no more.
    quote = answered(booking, accountant)
    token = token_of(quote.sendings.get())
    refuse_booking(booking, reason="Travaux", actor=accountant, now=timezone.now())
    with refused(Code.ILLEGAL_MOVE):
        accept(quote, token)
    quote.refresh_from_db()
    assert quote.state == QuoteState.SENT
    give_up_quote(booking.pk, is_due=False)
    quote.refresh_from_db()
    assert quote.state == QuoteState.WITHDRAWN
    with refused(Code.ILLEGAL_MOVE):
        answered(booking, accountant)
    # What was handed and not read yet is put aside.
    other = ask(booking.resource, "9:00", "11:00")
    handed = answered(other, make_facilitator(booking.place))
    cancel_booking(other, actor=None, now=timezone.now())
    give_up_quote(other.pk, is_due=False)
    handed.refresh_from_db()
    assert handed.state == QuoteState.DISCARDED


@pytest.mark.usefixtures("demonstration")
def test_the_pages_of_a_hire(accountant: User) -> None:
    booking = asked()
    client = client_of(make_facilitator(booking.place))
    page = text(client.get(booking.get_absolute_url()))
    for words in ("Location sans compte", "1 rue du Port", "Répondre par un devis"):
        assert words in page
    address = reverse("coworking:hire_quote", args=[booking.pk])
    wrong = client.post(address, {"deposit": "120", "words": "À bientôt"})
    assert (wrong.status_code, Quote.objects.count()) == (422, 0)
    assert "À bientôt" in wrong.content.decode()
    sent = client.post(address, {"deposit": "30 %"}, follow=True)
    assert "Devis remis à qui le valide" in text(sent)
    paper = reverse("coworking:hire_agreement", args=[booking.pk])
    assert client.get(paper).status_code == 404, "not agreed yet"
    quote = approve_quote(Quote.objects.get(), actor=accountant, on=timezone.localdate())
    said = client.post(reverse("coworking:hire_quote_send", args=[booking.pk]), follow=True)
    assert "Devis envoyé" in text(said)
    quote.refresh_from_db()
    visitor, own = Client(), own_page()
    seen = text(visitor.get(own))
    for words in ("Un devis vous attend", "40,00 €", "48,00 € TTC"):
        assert words in seen
    assert visitor.get(f"{own}convention.pdf").status_code == 404
    accept(quote, token_of(quote.sendings.get()))
    assert "pas avec le mois" in text(client.get(booking.get_absolute_url()))
    assert client.get(paper).content.startswith(b"%PDF")
    fresh = own_page()
    assert f"{fresh}convention.pdf" in visitor.get(fresh).content.decode()
    assert visitor.get(f"{fresh}convention.pdf").content.startswith(b"%PDF")
    assert visitor.get("/location/faux/convention.pdf").status_code == 404
    plain = book_at(booking.resource, hours("14:00", "15:00"), of=neighbour())
    assert client.get(reverse("coworking:hire_quote", args=[plain.pk])).status_code == 404
    assert client.get(reverse("coworking:hire_agreement", args=[plain.pk])).status_code == 404
    assert client_of(make_user(RoleKind.ENTREPRENEUR)).get(paper).status_code == 404


def own_page() -> str:
    """The page of who hired, by the last link that left."""
    mail = OutgoingEmail.objects.filter(to=LEA, secret__contains="/location/").latest("pk")
    return mail.secret[mail.secret.index("/location/") :]
