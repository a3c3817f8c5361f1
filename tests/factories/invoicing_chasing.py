"""Late invoices and what is done about them, each by the services."""

from __future__ import annotations

import uuid
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from entrepreneurs.models import Activity
from invoicing.models import Customer, Invoice, Reminder, WriteOff
from invoicing.selectors.chasing import chased_of
from invoicing.services.accesses import copy_access
from invoicing.services.chase_letters import reminder_letter
from invoicing.services.chase_settings import pause_reminders
from invoicing.services.chasing import Wanted, asked_fees, send_reminder
from invoicing.services.losses import Proof, write_off
from invoicing.services.merging_customers import merge_customers
from invoicing.states.chasing import ReminderChannel, ReminderTone
from invoicing.states.sales import CustomerKind
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


def long_past(activity: Activity, customer: Customer, *, days: int = 40) -> Invoice:
    """An invoice as it stands once its due date is past, whatever was issued since: time alone does that, so
    no service does."""
    invoice = sales.issued(activity, on=timezone.localdate(), customer=customer)
    due_on = timezone.localdate() - timedelta(days=days)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(
            "UPDATE invoicing_invoice SET issued_on = %s, due_on = %s WHERE id = %s",
            [due_on - timedelta(days=30), due_on, invoice.pk],
        )
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")
    invoice.refresh_from_db()
    return invoice


def chased_by(activity: Activity) -> dict[str, Any]:
    """What the walk visits: somebody late and reminded, paused, given up, merged; a link to their page."""
    today = timezone.localdate()
    customer = sendings.buyer(activity, siren=sales.SIRENS[4], name="Commune de Lormont")
    invoice, waiting, lost, late_one = (long_past(activity, customer) for _ in range(4))
    reminder = remind(invoice, on=today)
    address = copy_access(customer, actor=None, at=timezone.now())
    pause = pause_reminders(
        waiting, until=today + timedelta(days=9), reason="Promesse", actor=None, at=timezone.now()
    )
    give_up(lost, on=today)
    twins = [
        sendings.buyer(activity, siren="", kind=CustomerKind.PRIVATE_PERSON, name=name)
        for name in ("Luc Moreau", "Luc Moraud", "Luc Morau")
    ]
    merge = merge_customers(twins[0], merged=twins[2], reason="Même personne", actor=None, at=timezone.now())
    return {
        "late_customer": customer,
        "late_invoice": late_one,
        "lost_invoice": lost,
        "reminder": reminder,
        "pause": pause,
        "access": customer.accesses.latest("pk"),
        "account_token": address.rstrip("/").rpartition("/")[2],
        "twins": twins,
        "customer_merge": merge,
    }
