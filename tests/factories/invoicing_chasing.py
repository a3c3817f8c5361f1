"""Late invoices and what is done about them, each by the services."""

from __future__ import annotations

import uuid
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from entrepreneurs.models import Activity
from invoicing.models import Customer, Invoice, Reminder, WriteOff
from invoicing.selectors.chasing import chased_of
from invoicing.services.chase_letters import reminder_letter
from invoicing.services.chasing import Wanted, asked_fees, send_reminder
from invoicing.services.losses import Proof, write_off
from invoicing.states.chasing import ReminderChannel, ReminderTone
from tests.factories import invoicing as sales
from tests.factories import sendings

PDF = Proof("jugement.pdf", b"%PDF-1.7 proof")


def noon(on: date) -> datetime:
    return timezone.make_aware(datetime.combine(on, time(12)))


def late(owner: Activity, *lines: Any, on: date = sales.DAY, **details: Any) -> Invoice:
    """An invoice issued on a day; `day_late(invoice, n)` is n days after its due date."""
    customer = details.pop("customer", None) or owner.customers.first() or sendings.buyer(owner)
    return sales.issued(owner, *lines, on=on, customer=customer, **details)


def day_late(invoice: Invoice, days: int) -> date:
    assert invoice.due_on is not None
    return invoice.due_on + timedelta(days=days)


def wanted(
    customer: Customer,
    *invoices: Invoice,
    on: date,
    channel: str = ReminderChannel.MAIL,
    tone: str = ReminderTone.COURTEOUS,
    to: str = sendings.READER,
) -> Wanted:
    """What somebody reads on the page, that day."""
    rows = list(chased_of(customer, on=on).filter(pk__in=[one.pk for one in invoices]))
    letter = reminder_letter(customer, tone, invoices=rows, fees=asked_fees(rows, tone=tone, on=on), on=on)
    return Wanted({row.pk: row.due for row in rows}, channel, tone, letter, to)


def remind(*invoices: Invoice, on: date, actor: Any = None, **details: Any) -> Reminder:
    customer = invoices[0].customer
    return send_reminder(
        customer,
        wanted=wanted(customer, *invoices, on=on, **details),
        actor=actor,
        at=noon(on),
        form_key=uuid.uuid4(),
    )


def give_up(invoice: Invoice, *, on: date, actor: Any = None, note_sent_on: date | None = None) -> WriteOff:
    return write_off(
        invoice,
        on=on,
        reason="Liquidation clôturée",
        proof=PDF,
        note_sent_on=note_sent_on,
        form_key=uuid.uuid4(),
        actor=actor,
        today=on,
    )
