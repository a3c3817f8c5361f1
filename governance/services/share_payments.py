"""Notes the money that frees shares, and takes a wrong payment back (GOV-05)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core import audit
from cae.core.background import run_later
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.kept_words import house_words
from cae.core.templatetags.formats import day as shown
from cae.core.templatetags.formats import money
from cae.core.workflow import performs
from governance.models import SharePayment, Subscription
from governance.selectors.shares import count_held, next_payment, paid_on, unfreed_of
from governance.services.share_effects import (
    give_number,
    refuse_second_click,
    require_known_day,
    take_register,
)
from governance.services.share_entries import Posting, post_payment, undo_entry
from governance.states.register import SUBSCRIPTION_FLOW, PaymentPlan, PaymentWay, SubscriptionState
from people.services.changes import one_line, refuse_long

CERTIFICATE_TASK = "governance.archive_share_certificate"
MOST_NOTE = 200


@dataclass(frozen=True)
class PaymentData:
    """What is typed of a payment."""

    on: date
    amount: Decimal
    way: str = PaymentWay.BANK
    note: str = ""


@transaction.atomic
def record_payment(subscription: Subscription, *, data: PaymentData, actor: Any, today: date) -> SharePayment:
    """Does: notes money received for a subscription, and frees it when all is paid. Refuses: a subscription
    that is not signed or already freed, more than what is left, a day before the signature or to come. Leaves
    behind: the payment and its entry; at the last one the subscription freed, the associate's number, the
    certificate to come; audit."""
    row = _locked(subscription)
    take_register()
    if row.state != SubscriptionState.SIGNED or row.signed_on is None:
        raise IllegalMove(_("Cette souscription n’attend pas de versement."))
    require_known_day(data.on, today)
    left = row.amount - paid_on(row)
    _check(data, left, row.signed_on)
    payment = SharePayment(
        subscription=row,
        on=data.on,
        amount=data.amount,
        way=data.way,
        note=data.note.strip(),
        created_by=actor,
    )
    same = row.payments.filter(on=data.on, amount=data.amount, way=data.way, note=payment.note)
    refuse_second_click(same.filter(created_by=actor, reverses=None, reversed_by=None))
    label = house_words(gettext_lazy("Libération de parts sociales"))
    payment.entry = post_payment(
        Posting(row, data.on, row.associate.name, label, actor), data.amount, data.way
    )
    payment.save()
    audit.record(actor, "governance.share_payment.record", row, detail={"amount": str(data.amount)})
    if data.amount == left:
        free_subscription(row, on=data.on, actor=actor)
    return payment


def _check(data: PaymentData, left: Decimal, signed_on: date) -> None:
    if data.way not in PaymentWay.values:
        raise Refused(Code.VALUE_INVALID, _("Choisissez un moyen de paiement."), field="way")
    refuse_long(data.note, "note", MOST_NOTE)
    if data.amount <= 0:
        raise Refused(Code.AMOUNT_INVALID, _("Un versement est supérieur à zéro."), field="amount")
    if data.amount > left:
        raise Refused(
            Code.AMOUNT_ABOVE_DUE,
            _("Il ne reste que %(left)s à verser.") % {"left": money(left)},
            field="amount",
        )
    if data.on < signed_on:
        raise Refused(
            Code.DATE_INVALID,
            _("Un versement ne précède pas la signature du bulletin, le %(day)s.")
            % {"day": shown(signed_on)},
            field="on",
        )


@performs(SUBSCRIPTION_FLOW, "free")
def free_subscription(row: Subscription, *, on: date, actor: Any) -> None:
    """Does: the shares are wholly paid. Refuses: while something is left to pay. Leaves behind: the day, the
    number of the associate at their first full payment, the certificate to come, audit."""
    left = row.amount - paid_on(row)
    if left:
        raise Refused(
            Code.AMOUNT_INVALID, _("Il reste %(left)s à verser.") % {"left": money(left)}, field="amount"
        )
    row.paid_on = on
    give_number(row.associate_id)
    run_later(CERTIFICATE_TASK, subscription_id=row.pk)


@transaction.atomic
def reverse_payment(payment: SharePayment, *, on: date, reason: str, actor: Any, today: date) -> SharePayment:
    """Does: takes a wrong or unpaid payment back by its opposite. Refuses: one already taken back or that
    takes one back, no reason, a day before it or to come, shares since transferred or given back. Leaves
    behind: the opposite payment and entry, the subscription to be paid again; audit."""
    row = _locked(payment.subscription)
    take_register()
    reason = one_line(reason, "reason", _("Dites pourquoi ce versement est annulé."), most=MOST_NOTE)
    require_known_day(on, today)
    if payment.reverses_id is not None or SharePayment.objects.filter(reverses=payment).exists():
        raise Refused(Code.ALREADY_DONE, _("Ce versement est déjà annulé."))
    if on < payment.on:
        raise Refused(
            Code.DATE_INVALID, _("Un versement ne s’annule pas avant d’avoir été fait."), field="on"
        )
    if row.state == SubscriptionState.CANCELLED:
        raise IllegalMove(_("La souscription est abandonnée : ce versement ne s’annule plus."))
    reversing = SharePayment(
        subscription=row,
        on=on,
        amount=-payment.amount,
        way=payment.way,
        note=reason,
        reverses=payment,
        created_by=actor,
    )
    reversing.entry = undo_entry(payment.entry, on=on, reason=reason, actor=actor, source=row)
    reversing.save()
    audit.record(actor, "governance.share_payment.reverse", row, detail={"amount": str(payment.amount)})
    if row.state == SubscriptionState.PAID:
        row = reopen_subscription(row, actor=actor)
    if count_held(row.associate, row.share_class, today) < unfreed_of(row.associate, row.share_class, today):
        raise Refused(
            Code.ILLEGAL_MOVE,
            _("Ces parts ont été cédées ou rendues depuis : annulez d’abord ce mouvement."),
        )
    return reversing


@performs(SUBSCRIPTION_FLOW, "reopen")
def reopen_subscription(row: Subscription, *, actor: Any) -> None:
    """Does: a payment was taken back, so the shares are to be paid again. Refuses: while all is paid. Leaves
    behind: no certificate on the subscription (the file stays), audit."""
    if paid_on(row) >= row.amount:
        raise IllegalMove(_("Cette souscription est entièrement payée : annulez d’abord un versement."))
    row.paid_on = None
    row.certificate = None


@dataclass(frozen=True)
class Batch:
    """What a run of payments held on pay did."""

    count: int
    total: Decimal


@transaction.atomic
def record_held_on_pay(subscriptions: Iterable[Subscription], *, on: date, actor: Any, today: date) -> Batch:
    """Does: notes the next payment of each of these subscriptions held on pay, on the day of the pay.
    Refuses: what `record_payment` refuses, for all or none. Leaves behind: a payment and an entry each; those
    of another plan, not waiting, or held on the pay of that month already are left out, and counted out."""
    require_known_day(on, today)
    count, total = 0, Decimal(0)
    # All of them before the register, as whoever signs or pays a single one does.
    held = Subscription.objects.select_for_update(of=("self",)).filter(
        pk__in=[one.pk for one in subscriptions], plan=PaymentPlan.ON_PAY, state=SubscriptionState.SIGNED
    )
    month = SharePayment.objects.filter(
        subscription=OuterRef("pk"), way=PaymentWay.PAY, on__year=on.year, on__month=on.month
    )
    done = Exists(month.filter(reverses__isnull=True, reversed_by__isnull=True))
    for one in [row for row in held.order_by("pk").annotate(is_held=done) if not row.is_held]:
        due = next_payment(one, paid_on(one))
        if due is not None:
            data = PaymentData(on, due.amount, PaymentWay.PAY)
            record_payment(one, data=data, actor=actor, today=today)
            count, total = count + 1, total + due.amount
    if not count:
        raise Refused(Code.VALUE_MISSING, _("Aucune de ces souscriptions n’attend une retenue sur la paie."))
    return Batch(count, total)


def _locked(subscription: Subscription) -> Subscription:
    rows = Subscription.objects.select_for_update(of=("self",))
    found: Subscription = rows.select_related("associate", "share_class").get(pk=subscription.pk)
    return found
