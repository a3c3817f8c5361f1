"""How customers are chased: steps, what leaves alone, pauses, disputes, credit limits (INV-42, INV-04)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.money import ZERO, cents
from entrepreneurs.models import Activity
from invoicing.calculations.reminders import Step
from invoicing.models import ChasePolicy, Customer, Invoice, ReminderPause, ReminderStep
from invoicing.selectors.chasing import own_steps
from invoicing.states.chasing import (
    MAX_REASON,
    MAX_STEP_DAYS,
    MAX_STEPS,
    ReminderChannel,
    ReminderTone,
)
from invoicing.states.sales import MAX_TOTAL


def save_steps(activity: Activity | None, *, steps: Sequence[Step], actor: Any) -> None:
    """Does: gives an activity its own steps, or the cooperative its own; an activity without any follows the
    cooperative's. Refuses: a day twice or out of range, a formal notice otherwise than by letter, a
    cooperative without steps, too many. Leaves behind: the steps, audit."""
    _check_steps(steps, house=activity is None)
    with transaction.atomic():
        if activity is None:
            list(ReminderStep.objects.select_for_update().filter(activity=None))
        else:
            Activity.objects.select_for_update(no_key=True).get(pk=activity.pk)
        before = [row.days for row in own_steps(activity)]
        ReminderStep.objects.filter(activity=activity).delete()
        made = ReminderStep.objects.bulk_create(
            ReminderStep(
                activity=activity,
                days=step.days,
                channel=step.channel,
                tone=step.tone,
                late_fees=step.late_fees,
            )
            for step in steps
        )
        detail = {"days": [before, [step.days for step in steps]]}
        audit.record(actor, "invoicing.save_reminder_steps", activity or made[0], detail=detail)


def _check_steps(steps: Sequence[Step], *, house: bool) -> None:
    if house and not steps:
        raise Refused(Code.VALUE_MISSING, _("La coopérative garde au moins une étape."), field="steps")
    if len(steps) > MAX_STEPS:
        raise Refused(Code.VALUE_INVALID, _("%(most)d étapes au plus.") % {"most": MAX_STEPS}, field="steps")
    for index, step in enumerate(steps):
        if not 1 <= step.days <= MAX_STEP_DAYS:
            raise Refused(
                Code.VALUE_INVALID,
                _("Une étape tombe de 1 à %(most)d jours après l’échéance.") % {"most": MAX_STEP_DAYS},
                field=f"steps-{index}-days",
            )
        if any(other.days == step.days for other in steps[:index]):
            raise Refused(
                Code.DUPLICATE,
                _("Deux étapes tombent à %(days)d jours : une seule par jour.") % {"days": step.days},
                field=f"steps-{index}-days",
            )
        if step.channel not in ReminderChannel.values or step.tone not in ReminderTone.values:
            raise Refused(Code.VALUE_INVALID, _("Cette étape n’existe pas."), field=f"steps-{index}-tone")
        if step.tone == ReminderTone.FORMAL and step.channel != ReminderChannel.LETTER:
            raise Refused(
                Code.VALUE_INVALID,
                _("Une mise en demeure part par lettre."),
                field=f"steps-{index}-channel",
            )


def set_policy(activity: Activity, *, automatic: bool, actor: Any, at: datetime) -> ChasePolicy:
    """Does: lets the mails of an activity leave alone each morning, or keeps them for a hand. Refuses:
    nothing; what is already so is left. Leaves behind: the row, audit."""
    with transaction.atomic():
        Activity.objects.select_for_update(no_key=True).get(pk=activity.pk)
        row = ChasePolicy.objects.filter(activity=activity).first() or ChasePolicy(activity=activity)
        if row.pk is not None and row.automatic == automatic:
            return row
        row.automatic, row.changed_at, row.changed_by = automatic, at, actor
        row.save()
        audit.record(actor, "invoicing.set_chase_policy", activity, detail={"value": automatic})
        return row


def pause_reminders(
    target: Customer | Invoice, *, until: date, reason: str, actor: Any, at: datetime
) -> ReminderPause:
    """Does: leaves a customer, or one invoice, alone until a day (included). Refuses: no reason, a day past,
    one already paused, an invoice that owes nothing. Leaves behind: the pause, audit."""
    reason = _checked_reason(reason, _("Dites pourquoi les relances s’arrêtent."))
    if until < timezone.localdate(at):
        raise Refused(Code.DATE_INVALID, _("Une pause dure jusqu’à aujourd’hui ou plus tard."), field="until")
    of = {"customer": target} if isinstance(target, Customer) else {"invoice": target}
    with transaction.atomic():
        # A payment names its customer: it waits for the invoice alone.
        rows = type(target)._base_manager.select_for_update(of=("self",), no_key=True)
        row: Any = rows.get(pk=target.pk)
        if isinstance(row, Invoice) and not _is_due(row):
            raise Refused(Code.ALREADY_DONE, _("Il ne reste rien à payer sur cette facture."))
        live = ReminderPause.objects.filter(**of, ended_at=None, until__gte=timezone.localdate(at))
        if live.exists():
            raise Refused(Code.ALREADY_DONE, _("Les relances sont déjà en pause : levez d’abord la pause."))
        pause = ReminderPause.objects.create(
            **of, reason=reason, until=until, created_at=at, created_by=actor
        )
        audit.record(actor, "invoicing.pause_reminders", row, detail={"reason": reason})
        return pause


def resume_reminders(pause: ReminderPause, *, actor: Any, at: datetime) -> ReminderPause:
    """Does: lifts a pause before its day. Refuses: one already lifted. Leaves behind: the instant, audit."""
    with transaction.atomic():
        row = ReminderPause.objects.select_for_update(of=("self",)).get(pk=pause.pk)
        if row.ended_at is not None:
            raise Refused(Code.ALREADY_DONE, _("Cette pause est déjà levée."))
        row.ended_at, row.ended_by = at, actor
        row.save(update_fields=["ended_at", "ended_by"])
        about: Any = row.customer or row.invoice
        audit.record(actor, "invoicing.resume_reminders", about, detail={"reason": row.reason})
        return row


def open_dispute(customer: Customer, *, reason: str, actor: Any, on: date) -> Customer:
    """Does: says that a customer contests: nothing is asked of them any more. Refuses: no reason, one already
    contested. Leaves behind: the row, audit."""
    reason = _checked_reason(reason, _("Dites ce que le client conteste."))
    with transaction.atomic():
        row = Customer.objects.select_for_update(of=("self",), no_key=True).get(pk=customer.pk)
        if row.disputed_on is not None:
            raise Refused(Code.ALREADY_DONE, _("Ce client est déjà en litige."))
        row.disputed_on, row.dispute_reason = on, reason
        row.save(update_fields=["disputed_on", "dispute_reason"])
        audit.record(actor, "invoicing.open_dispute", row, detail={"reason": reason})
        return row


def close_dispute(customer: Customer, *, actor: Any) -> Customer:
    """Does: says that nothing is contested any more. Refuses: a customer who contests nothing. Leaves behind:
    the row, audit with what was contested."""
    with transaction.atomic():
        row = Customer.objects.select_for_update(of=("self",), no_key=True).get(pk=customer.pk)
        if row.disputed_on is None:
            raise Refused(Code.ALREADY_DONE, _("Ce client n’est pas en litige."))
        reason = row.dispute_reason
        row.disputed_on, row.dispute_reason = None, ""
        row.save(update_fields=["disputed_on", "dispute_reason"])
        audit.record(actor, "invoicing.close_dispute", row, detail={"reason": reason})
        return row


def set_credit_limit(customer: Customer, *, limit: Decimal | None, actor: Any) -> Customer:
    """Does: says how much a customer may owe at once; None, no limit. Refuses: an amount below zero or out of
    range. Leaves behind: the row, audit."""
    if limit is not None and not (limit.is_finite() and ZERO <= limit <= MAX_TOTAL and limit == cents(limit)):
        raise Refused(
            Code.AMOUNT_INVALID, _("Cet encours est positif et s’arrête au centime."), field="credit_limit"
        )
    with transaction.atomic():
        row = Customer.objects.select_for_update(of=("self",), no_key=True).get(pk=customer.pk)
        if row.credit_limit != limit:
            before, row.credit_limit = row.credit_limit, limit
            row.save(update_fields=["credit_limit"])
            said = ["" if one is None else str(one) for one in (before, limit)]
            audit.record(actor, "invoicing.set_credit_limit", row, detail={"amount": said})
        return row


def _checked_reason(reason: str, sentence: str) -> str:
    reason = reason.strip()
    if not reason:
        raise Refused(Code.VALUE_MISSING, sentence, field="reason")
    if len(reason) > MAX_REASON:
        raise Refused(
            Code.TEXT_TOO_LONG,
            _("Ce motif dépasse %(most)d caractères.") % {"most": MAX_REASON},
            field="reason",
        )
    return reason


def _is_due(invoice: Invoice) -> bool:
    return Invoice.objects.filter(pk=invoice.pk, balance__due__gt=0).exists()
