"""Chases unpaid invoices: a reminder by mail, letter or call, counted again under lock before it leaves
(INV-42)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.background import run_later
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.money import ZERO
from cae.core.templatetags.formats import day, money
from invoicing.calculations.late_fees import NO_FEES, LateFees
from invoicing.calculations.reminders import Departure
from invoicing.emails import Letter
from invoicing.models import Customer, Invoice, Reminder, ReminderLine
from invoicing.selectors.chasing import chased_of, mails_that_leave_alone, steps_due
from invoicing.selectors.late_fees import fees_of
from invoicing.selectors.sendings import recipients_of
from invoicing.services.accesses import mail_access
from invoicing.services.chase_letters import CAUSES, reminder_letter
from invoicing.services.sending import checked_addresses, checked_letter
from invoicing.states.chasing import MAX_REASON, AccessKind, ChaseStage, ReminderChannel, ReminderTone
from people.services.changes import one_line

LETTER_TASK = "invoicing.make_reminder_letter"


@dataclass(frozen=True)
class Wanted:
    """What somebody read before sending: the invoices with what each owed then, how it leaves, its words."""

    owed: Mapping[int, Decimal]
    channel: str
    tone: str
    letter: Letter
    to: str = ""


def send_reminder(
    customer: Customer, *, wanted: Wanted, actor: Any, at: datetime, form_key: UUID
) -> Reminder:
    """Does: reminds a customer of chosen invoices, in the words that were read; the same form sent twice
    reminds once. Refuses: no late invoice, one settled or paid in part since, contested or paused; a formal
    notice otherwise than by letter; a wrong address, no words; a second reminder of the same day.
    Leaves behind: the reminder and its lines; the mail and its link, or a letter to make; audit."""
    letter = checked_letter(wanted.letter)
    to = checked_addresses([wanted.to])[0] if wanted.channel == ReminderChannel.MAIL else ""
    if wanted.tone == ReminderTone.FORMAL and wanted.channel != ReminderChannel.LETTER:
        raise Refused(Code.VALUE_INVALID, _("Une mise en demeure part par lettre."), field="channel")
    with transaction.atomic():
        held = _locked(customer, wanted.owed)
        known = Reminder.objects.filter(form_key=form_key).first()
        if known is not None:
            return known
        rows = _late(held, wanted.owed, on=timezone.localdate(at))
        _refuse_changed(held, wanted.owed, rows)
        _refuse_kept_back(held, rows, timezone.localdate(at))
        going = _Going(wanted.channel, wanted.tone, letter, to, rows)
        return _keep(held, going, verb="invoicing.remind", actor=actor, at=at, form_key=form_key)


def leave_alone(*, at: datetime) -> int:
    """Does: sends the mails due today of the activities that let them leave alone, one a customer. Refuses:
    nothing; an invoice settled, contested or paused since is left out, a customer without address waits for
    somebody. Leaves behind: the reminders, audit for each; gives how many left."""
    found = mails_that_leave_alone(on=timezone.localdate(at))
    return sum(send_departure(one, actor=None, at=at) is not None for one in found)


def send_departure(departure: Departure, *, actor: Any, at: datetime) -> Reminder | None:
    """Does: reminds a customer of what is still due once locked, in the words in force. Refuses: a customer
    without address. Leaves behind: as `send_reminder`; nothing when nothing is due any more. Called twice, it
    reminds once: what was just reminded is not due."""
    on, keys = timezone.localdate(at), [one.pk for one in departure.invoices]
    with transaction.atomic():
        held = _locked(departure.customer, keys)
        rows = _still_due(_late(held, keys, on=on), departure)
        if not rows:
            return None
        to = _usual_address(held) if departure.channel == ReminderChannel.MAIL else ""
        if departure.channel == ReminderChannel.MAIL and not to:
            if actor is None:
                return None
            raise Refused(
                Code.VALUE_MISSING,
                _("« %(name)s » n’a pas d’adresse e-mail : ajoutez-en une, ou écrivez-lui.")
                % {"name": held.name},
            )
        letter = reminder_letter(held, departure.tone, invoices=rows, fees=_asked(rows, on), on=on)
        going = _Going(departure.channel, departure.tone, letter, to, rows)
        verb = "invoicing.remind_alone" if actor is None else "invoicing.remind"
        return _keep(held, going, verb=verb, actor=actor, at=at, form_key=uuid4())


def undo_reminder(reminder: Reminder, *, reason: str, actor: Any, at: datetime) -> Reminder:
    """Does: takes back a call or a letter noted by mistake: its step is due again. Refuses: no reason, a
    mail, which left for good, a reminder already taken back. Leaves behind: why and by whom,
    beside the words as noted; audit for each invoice."""
    said = one_line(reason, "reason", _("Dites pourquoi cette relance est annulée."), most=MAX_REASON)
    with transaction.atomic():
        # As whoever sends: the customer first.
        Customer.objects.select_for_update(of=("self",), no_key=True).get(pk=reminder.customer_id)
        row = Reminder.objects.select_for_update(of=("self",)).get(pk=reminder.pk)
        if row.channel == ReminderChannel.MAIL:
            raise Refused(Code.NOT_ALLOWED, _("Un e-mail parti ne s’annule pas : mettez plutôt en pause."))
        if row.undone_at is not None:
            raise Refused(Code.ALREADY_DONE, _("Cette relance est déjà annulée."))
        row.undone_at, row.undone_by, row.undone_reason = at, actor, said
        row.save(update_fields=["undone_at", "undone_by", "undone_reason"])
        for line in row.lines.select_related("invoice").order_by("pk"):
            audit.record(actor, "invoicing.undo_reminder", line.invoice, detail={"reason": said})
        return row


def asked_fees(rows: Sequence[Any], *, tone: str, on: date) -> dict[int, LateFees]:
    """Gives what is asked beyond each invoice of `chased`: where its step says so, everywhere in a formal
    notice; of professionals alone."""
    if tone == ReminderTone.FORMAL:
        return fees_of(rows, on=on)
    return _asked(rows, on)


def _asked(rows: Sequence[Any], on: date) -> dict[int, LateFees]:
    steps = steps_due(rows)
    charged = [row for row in rows if (step := steps[row.pk]) is not None and step.late_fees]
    return fees_of(charged, on=on)


@dataclass(frozen=True)
class _Going:
    """What leaves, once everything was counted again."""

    channel: str
    tone: str
    letter: Letter
    to: str
    rows: Sequence[Any]


def _keep(
    customer: Customer, going: _Going, *, verb: str, actor: Any, at: datetime, form_key: UUID
) -> Reminder:
    on = timezone.localdate(at)
    fees = asked_fees(going.rows, tone=going.tone, on=on)
    lines = [_line(row, fees.get(row.pk, NO_FEES)) for row in going.rows]
    access = None
    if going.channel == ReminderChannel.MAIL:
        access = mail_access(
            customer,
            going.letter,
            kind=AccessKind.REMINDER,
            to=going.to,
            cause=CAUSES[going.tone],
            actor=actor,
            at=at,
            attachments=[row.pdf_id for row in going.rows if row.pdf_id],
        )
    reminder = Reminder.objects.create(
        activity=customer.activity,
        customer=customer,
        channel=going.channel,
        tone=going.tone,
        subject=going.letter.subject,
        text=going.letter.body,
        due=sum((line.due for line in lines), ZERO),
        penalty=sum((line.penalty for line in lines), ZERO),
        indemnity=sum((line.indemnity for line in lines), ZERO),
        to=going.to,
        access=access,
        sent_at=at,
        sent_by=actor,
        form_key=form_key,
    )
    for line in lines:
        line.reminder = reminder
    ReminderLine.objects.bulk_create(lines)
    if going.channel == ReminderChannel.LETTER:
        run_later(LETTER_TASK, reminder_id=reminder.pk)
    for line in lines:
        audit.record(actor, verb, line.invoice, detail={"amount": str(line.due), "on": on.isoformat()})
    return reminder


def _line(row: Any, fees: LateFees) -> ReminderLine:
    return ReminderLine(
        invoice=row,
        step_days=row.reached if row.next_days is None else row.next_days,
        days_late=row.days_late,
        due=row.due,
        penalty=fees.penalty,
        indemnity=fees.indemnity,
    )


def _locked(customer: Customer, keys: Any) -> Customer:
    """The customer, then its invoices, locked in the order of their keys: a payment waits, or came first.

    The key of the customer stays free: a receipt that names it, written by who holds the invoice, does not
    wait for who waits for the invoice."""
    held = (
        Customer.objects.select_for_update(of=("self",), no_key=True)
        .select_related("activity")
        .get(pk=customer.pk)
    )
    rows = Invoice.objects.select_for_update(of=("self",)).filter(pk__in=list(keys), customer=held)
    list(rows.order_by("pk"))
    return held


def _late(customer: Customer, keys: Any, *, on: date) -> list[Any]:
    return list(chased_of(customer, on=on).filter(pk__in=list(keys)))


def _still_due(rows: Sequence[Any], departure: Departure) -> list[Any]:
    """Those that wait for this departure still: same means, and a formal notice apart."""
    steps, formal = steps_due(rows), departure.tone == ReminderTone.FORMAL
    found = []
    for row in rows:
        step = steps[row.pk]
        if row.stage == ChaseStage.DUE and step is not None and step.channel == departure.channel:
            found += [row] if (step.tone == ReminderTone.FORMAL) == formal else []
    return found


def _usual_address(customer: Customer) -> str:
    known = recipients_of(customer)
    return known[0].email if known else ""


def _refuse_changed(customer: Customer, owed: Mapping[int, Decimal], rows: Sequence[Any]) -> None:
    """What was read is still true, to the cent: a payment seen since stops everything."""
    if not owed:
        raise Refused(Code.VALUE_MISSING, _("Choisissez au moins une facture en retard."), field="invoices")
    found = {row.pk: row for row in rows}
    for key, due in owed.items():
        if key not in found:
            number = (
                Invoice.objects.filter(pk=key, customer=customer).values_list("number", flat=True).first()
            )
            raise Refused(
                Code.ALREADY_DONE,
                _("%(number)s n’est plus en retard : rien n’est parti. Relisez la relance.")
                % {"number": number or _("Cette facture")},
            )
        if found[key].due != due:
            raise Refused(
                Code.STALE_FORM,
                _("Il reste maintenant %(due)s sur %(number)s : rien n’est parti. Relisez la relance.")
                % {"due": money(found[key].due), "number": found[key].number},
            )


def _refuse_kept_back(customer: Customer, rows: Sequence[Any], on: date) -> None:
    if customer.disputed_on is not None:
        raise IllegalMove(
            _("« %(name)s » est en litige depuis le %(day)s : levez d’abord le litige.")
            % {"name": customer.name, "day": day(customer.disputed_on)}
        )
    for row in rows:
        if row.paused_until is not None:
            raise IllegalMove(
                _("%(number)s est en pause jusqu’au %(day)s : levez d’abord la pause.")
                % {"number": row.number, "day": day(row.paused_until)}
            )
        if row.reminded_on == on:
            raise Refused(
                Code.ALREADY_DONE,
                _("%(number)s a déjà été relancée aujourd’hui.") % {"number": row.number},
            )
