"""Customers who are late: reminded by steps, paused, contesting, given up; the rest waits for somebody."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from cae.demonstration.loading.activities import Shop
from cae.demonstration.loading.people import key_of
from invoicing.calculations.reminders import Step
from invoicing.models import Invoice
from invoicing.selectors.chasing import chased
from invoicing.selectors.sendings import recipients_of
from invoicing.selectors.statements import statement_of
from invoicing.services.accesses import copy_access, note_access_seen
from invoicing.services.chase_letters import reminder_letter, statement_letter
from invoicing.services.chase_settings import (
    open_dispute,
    pause_reminders,
    save_steps,
    set_credit_limit,
    set_policy,
)
from invoicing.services.chasing import Wanted, asked_fees, send_reminder
from invoicing.services.losses import Proof, write_off
from invoicing.services.statement_files import send_statement
from invoicing.states.chasing import ReminderChannel, ReminderTone
from people.models import User

# Days after the due date, means, tone, as the steps of the cooperative say.
_STEPS = (
    (4, ReminderChannel.MAIL, ReminderTone.COURTEOUS),
    (16, ReminderChannel.MAIL, ReminderTone.FIRM),
    (31, ReminderChannel.LETTER, ReminderTone.FORMAL),
)
# Of the late invoices, one in so many was followed by its seller; the others wait on the page of the day.
_FOLLOWED = 3
_MOST = 24
_PROOF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)


def chase_customers(shops: list[Shop], *, today: date, now: datetime, accountant: User) -> None:
    """A year of sales leaves some unpaid: what was done about them, and what is left to do today."""
    sellers = {shop.activity.pk: shop.author for shop in shops}
    late = list(_late(today))
    # A collective sells too; the accountant writes for it.
    authors = {one.activity_id: sellers.get(one.activity_id, accountant) for one in late}
    followed = late[::_FOLLOWED][:_MOST]
    for invoice in followed:
        _remind(invoice, today=today, author=authors[invoice.activity_id])
    kept_back = [one for one in late if one not in followed]
    _keep_back(kept_back[:2], today=today, now=now, authors=authors)
    if len(late) > _MOST:
        _give_up(followed[-1], today=today, accountant=accountant)
    _settings(shops, now=now)
    _account(late[:1], today=today, now=now, authors=authors)


def _late(today: date) -> Iterable[Any]:
    rows = chased(Invoice.objects.all(), on=today).select_related("customer", "activity")
    # Whoever contests through the platform is asked for nothing.
    rows = rows.filter(customer__disputed_on=None)
    return rows.exclude(customer__email="").order_by("due_on", "pk")


def _remind(invoice: Any, *, today: date, author: User) -> None:
    """Each step on its day, as far as the invoice is late; the last readers opened their page."""
    reader = recipients_of(invoice.customer)[0].email
    for days, channel, tone in _STEPS:
        on = invoice.due_on + timedelta(days=days)
        rows: list[Any] = list(
            chased(Invoice.objects.filter(pk=invoice.pk), on=on).select_related("customer")
        )
        if on >= today or not rows:
            return
        letter = reminder_letter(
            invoice.customer, tone, invoices=rows, fees=asked_fees(rows, tone=tone, on=on), on=on
        )
        to = reader if channel == ReminderChannel.MAIL else ""
        at = timezone.make_aware(datetime.combine(on, time(9, 40)))
        reminder = send_reminder(
            invoice.customer,
            wanted=Wanted({invoice.pk: rows[0].due}, channel, tone, letter, to),
            actor=author,
            at=at,
            form_key=key_of("reminder", f"{invoice.pk}-{days}"),
        )
        if reminder.access is not None and invoice.pk % 2:
            note_access_seen(reminder.access, at=at + timedelta(hours=5))


def _keep_back(invoices: list[Any], *, today: date, now: datetime, authors: dict[int, User]) -> None:
    """One promised to pay; one contests."""
    for rank, invoice in enumerate(invoices):
        author = authors[invoice.activity_id]
        if rank == 0:
            pause_reminders(
                invoice,
                until=today + timedelta(days=12),
                reason="Règlement promis au téléphone pour la fin du mois",
                actor=author,
                at=now,
            )
        elif invoice.customer.disputed_on is None:
            open_dispute(
                invoice.customer,
                reason="Conteste une demi-journée de la prestation",
                actor=author,
                on=today,
            )


def _give_up(invoice: Any, *, today: date, accountant: User) -> None:
    write_off(
        invoice,
        on=today,
        reason="Liquidation judiciaire clôturée pour insuffisance d’actif",
        proof=Proof("certificat-irrecouvrabilite.pdf", _PROOF),
        note_sent_on=None,
        form_key=key_of("loss", str(invoice.pk)),
        actor=accountant,
        today=today,
    )


def _settings(shops: list[Shop], *, now: datetime) -> None:
    """One activity lets its mails leave alone; another has steps of its own."""
    alone, patient = shops[1], shops[2]
    set_policy(alone.activity, automatic=True, actor=alone.author, at=now)
    save_steps(
        patient.activity,
        steps=[
            Step(10, ReminderChannel.CALL, ReminderTone.COURTEOUS),
            Step(25, ReminderChannel.MAIL, ReminderTone.FIRM, late_fees=True),
            Step(45, ReminderChannel.LETTER, ReminderTone.FORMAL, late_fees=True),
        ],
        actor=patient.author,
    )


def _account(invoices: list[Any], *, today: date, now: datetime, authors: dict[int, User]) -> None:
    """A customer with a limit, a copied link and a statement sent."""
    for invoice in invoices:
        customer, author = invoice.customer, authors[invoice.activity_id]
        set_credit_limit(customer, limit=invoice.total_incl_tax, actor=author)
        copy_access(customer, actor=author, at=now)
        statement = statement_of(customer, on=today)
        send_statement(
            customer,
            to=[customer.email],
            letter=statement_letter(customer, due=statement.balance, until=today, on=today),
            until=today,
            form_key=key_of("statement", str(customer.pk)),
            actor=author,
            at=now,
        )
