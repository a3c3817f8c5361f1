"""The team answers a hire by a quote of the place’s activity: written, sent, given up (COW-20)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.background import run_later
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.money import ZERO
from cae.core.notices import notify
from cae.core.permissions import can
from cae.core.templatetags.formats import day as said_day
from coworking.models import Booking, Hire
from coworking.selectors.availability import stretch_of
from coworking.selectors.booking_words import span_words
from coworking.selectors.hires import awaits_answer, hire_of, is_accepted, quote_of
from coworking.selectors.places import runners_of
from coworking.selectors.pricing import tariff_on
from coworking.services.booking_checks import day_of
from coworking.services.paying_bookings import payer_of_hire
from coworking.states.bookings import BookingState
from invoicing.emails import QUOTE, Letter, letter_of
from invoicing.models import Customer, Quote, VatRate
from invoicing.selectors.einvoices import validity
from invoicing.services.approving import approve_quote, withdraw_quote
from invoicing.services.inputs import DraftContent, InstalmentContent, LineContent, ScheduleContent
from invoicing.services.quoting import create_quote_draft, discard_quote
from invoicing.services.sending import send_quote
from invoicing.services.submitting import submit_quote, take_back_quote
from invoicing.states.parts import InstalmentKind
from invoicing.states.sales import MAX_DESCRIPTION, MAX_LABEL, QuoteState
from people.services.changes import refuse_long

# Withdraws the quote of a hire that is no more.
TASK = "coworking.give_up_hire_quote"
CALLED_OFF = "coworking.hire_called_off"
_MOST_WORDS = 2000


@dataclass(frozen=True)
class QuoteTerms:
    """What the team says of its quote; `deposit`: the part asked at once (0.3: thirty percent), none at
    zero."""

    valid_until: date | None = None
    deposit: Decimal = ZERO
    words: str = ""


@transaction.atomic
def answer_by_quote(booking: Booking, *, terms: QuoteTerms, actor: Any, on: date) -> Quote:
    """Does: answers a hire by a quote of the place’s activity, its conditions said on it: sent at once by who
    may approve quotes, else handed to those who check. Refuses: a booking that is no hire or was answered, a
    quote that waits already, nothing to pay, a place that sells nothing, a last day that is past or after the
    hire, what a quote refuses. Leaves behind: the customer, the quote, the mail with its link, audit."""
    row = _held(booking)
    hire = hire_of(row)
    if hire is None:
        raise Refused(Code.NOT_ALLOWED, _("Un devis répond à une location demandée sans compte."))
    if row.state != BookingState.ASKED:
        raise IllegalMove(_("Cette demande a déjà sa réponse."))
    if awaits_answer(quote_of(hire)):
        raise Refused(Code.ALREADY_DONE, _("Un devis répond déjà à cette demande."))
    if not row.price:
        raise Refused(Code.AMOUNT_INVALID, _("Cette location ne coûte rien : validez-la."))
    refuse_long(terms.words, "words", _MOST_WORDS)
    payer = payer_of_hire(row, actor=actor)
    if payer.customer is None:
        raise LookupError("a hire is paid by a customer")
    content = _content(row, hire, payer.customer, terms, on)
    quote = create_quote_draft(payer.customer.activity, content=content, form_key=uuid4(), actor=actor)
    row.payer = payer
    row.save(update_fields=["payer"])
    hire.quote, hire.words = quote, terms.words.strip()
    hire.save(update_fields=["quote", "words"])
    audit.record(actor, "coworking.hire.quote", row)
    if not can(actor, "invoicing.approve_quote", quote):
        return submit_quote(quote, actor=actor, on=on)
    quote = approve_quote(quote, actor=actor, on=on)
    return _send(row, quote, hire.words, actor)


@transaction.atomic
def send_hire_quote(booking: Booking, *, actor: Any) -> Quote:
    """Does: sends the quote of a hire once it is approved. Refuses: none, or one not approved yet or sent
    already. Leaves behind: the mail with its link, audit."""
    hire = hire_of(booking)
    found = quote_of(hire)
    # Before the booking, as whoever answers it.
    quote = Quote.objects.select_for_update(of=("self",)).get(pk=found.pk) if found else None
    row = _held(booking)
    if hire is None or quote is None or quote.state != QuoteState.APPROVED or row.state != BookingState.ASKED:
        raise IllegalMove(_("Aucun devis validé n’attend d’être envoyé pour cette demande."))
    return _send(row, quote, hire.words, actor)


def part_with_quote(booking: Booking, *, is_due: bool = False) -> None:
    """Does: has the quote of a hire that is no more given up, once this is committed: whoever answers a quote
    locks it before the booking. Refuses: nothing; no hire, nothing to do. Leaves behind: the job."""
    hire = hire_of(booking) if booking.name else None
    if hire is not None and hire.quote_id is not None:
        run_later(TASK, booking=booking.pk, is_due=is_due)


def give_up_quote(booking_id: int, *, is_due: bool) -> None:
    """Does: withdraws the quote of a hire called off or refused; of an accepted one, the team is told not to
    invoice it, unless it stays due. Refuses: nothing. Leaves behind: the state of the quote, audit, or
    notices."""
    booking = Booking.objects.select_related("place__scope__territory", "resource").get(pk=booking_id)
    quote = quote_of(hire_of(booking))
    if quote is None or booking.state not in (BookingState.CANCELLED, BookingState.REFUSED):
        return
    with transaction.atomic():
        row = Quote.objects.select_for_update(of=("self",)).get(pk=quote.pk)
        if row.state == QuoteState.SUBMITTED:
            row = take_back_quote(row, actor=None)
        if row.state == QuoteState.DRAFT:
            discard_quote(row, actor=None)
        elif row.state in (QuoteState.APPROVED, QuoteState.SENT):
            withdraw_quote(row, actor=None)
        elif is_accepted(row) and not is_due:
            _tell_called_off(booking, row)


def _held(booking: Booking) -> Booking:
    rows = Booking.objects.select_related("place__activity", "resource")
    return rows.select_for_update(of=("self",)).get(pk=booking.pk)


def _content(row: Booking, hire: Hire, customer: Customer, terms: QuoteTerms, on: date) -> DraftContent:
    """One line at the price shown when it was asked; the rules accepted are said under it."""
    day = day_of(stretch_of(row.during))
    tariff = tariff_on(row.resource, day)
    code = tariff.vat_code if tariff else "normal"
    rate = VatRate.objects.in_force(on).filter(code=code).first()
    if rate is None:
        raise Refused(
            Code.VAT_RATE_NOT_IN_FORCE,
            _("Le taux de TVA « %(code)s » n’est plus en vigueur.") % {"code": code},
        )
    what = _("Location de %(name)s, %(span)s") % {"name": row.resource, "span": span_words(row.during)}
    return DraftContent(
        customer=customer,
        lines=(
            LineContent(
                label=what[:MAX_LABEL],
                quantity=Decimal(1),
                unit_price=row.price or ZERO,
                vat_rate=rate,
                description=_conditions(row, hire),
            ),
        ),
        purpose=_("%(place)s : location de %(name)s") % {"place": row.place, "name": row.resource},
        valid_until=_last_day(terms.valid_until, day, on),
        starts_on=day,
        schedule=_schedule(terms.deposit),
    )


def _last_day(asked: date | None, day: date, on: date) -> date:
    """The last day to accept: the usual one, and never after the hire."""
    last = asked or min(validity(Quote(), on), day)
    if not on <= last <= day:
        raise Refused(
            Code.DATE_INVALID,
            _("Le devis s’accepte au plus tôt aujourd’hui, au plus tard le %(day)s, jour de la location.")
            % {"day": said_day(day)},
            field="valid_until",
        )
    return last


def _schedule(deposit: Decimal) -> ScheduleContent:
    if not deposit:
        return ScheduleContent()
    if not 0 < deposit < 1:
        raise Refused(
            Code.AMOUNT_INVALID, _("Un acompte est une part du devis, entre 1 et 99 %."), field="deposit"
        )
    rows = (InstalmentContent(kind=InstalmentKind.DEPOSIT, rate=deposit),)
    return ScheduleContent(deposit_at_once=True, instalments=rows)


def _conditions(row: Booking, hire: Hire) -> str:
    """How the price was counted and the rules of the place, whole where they fit."""
    lines = [row.working] if row.working else []
    if hire.rules:
        said = _("Règles du lieu, acceptées le %(day)s :") % {
            "day": said_day(timezone.localdate(row.created_at))
        }
        whole = "\n".join([*lines, said, hire.rules])
        if len(whole) <= MAX_DESCRIPTION:
            return whole
        lines.append(
            _("Règles du lieu, acceptées le %(day)s : jointes à la convention de location.")
            % {"day": said_day(timezone.localdate(row.created_at))}
        )
    return "\n".join(lines)


def _send(row: Booking, quote: Quote, words: str, actor: Any) -> Quote:
    """The usual letter, with what the team adds after its first line."""
    at = timezone.now()
    letter = letter_of(quote, QUOTE, on=timezone.localdate(at))
    if words:
        hello, _gap, rest = letter.body.partition("\n\n")
        letter = Letter(letter.subject, f"{hello}\n\n{words}\n\n{rest}")
    return send_quote(quote, to=[row.email], letter=letter, actor=actor, at=at)


def _tell_called_off(booking: Booking, quote: Quote) -> None:
    values = {"number": str(quote), "who": booking.holder, "span": span_words(booking.during)}

    def subject() -> str:
        return _("Location annulée, %(span)s : ne facturez pas le devis %(number)s de %(who)s") % values

    notify(
        runners_of(booking.place),
        CALLED_OFF,
        subject=subject,
        text=lambda: _("Elle l’a été dans son délai. Un acompte déjà payé se rend par un avoir."),
        url=booking.get_absolute_url(),
        about=booking,
    )
