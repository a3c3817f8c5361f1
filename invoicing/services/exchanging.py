"""Hands issued documents and their statuses over to the platform, and tries again what did not leave
(INV-35)."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.background import run_later
from cae.core.errors import Code, IllegalMove, Refused
from invoicing.calculations.lifecycle import standing
from invoicing.engines.exchange import ExchangeDown, platform_of
from invoicing.models import EInvoiceStatus, ExchangeMessage, Invoice
from invoicing.selectors.exchange_files import content_of, package_name, status_name
from invoicing.selectors.lifecycle import (
    came_by_platform,
    is_awaited_by_platform,
    package_message_of,
    steps_of,
)
from invoicing.states.exchange import Direction, EInvoiceCode, MessageKind, MessageState

TASK = "invoicing.hand_over"
# How long after each failure it is tried again; after the last one, somebody looks.
DELAYS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(hours=24),
)
# How long a status waits before it asks again whether its document left.
PATIENCE = timedelta(minutes=30)
# How many a sweep hands over before the next one.
SWEEP = 100
MAX_REASON = 300


def plan_package(invoice: Invoice) -> ExchangeMessage | None:
    """Does: puts an issued document whose PDF is made among what goes to the platform, once. Refuses:
    nothing; a document that does not go by it, or issued before the day, is left alone. Leaves behind: the
    message, and the job."""
    if not is_awaited_by_platform(invoice) or package_message_of(invoice) is not None:
        return None
    message = ExchangeMessage.objects.create(
        direction=Direction.OUT,
        kind=MessageKind.INVOICE,
        state=MessageState.WAITING,
        name=package_name(invoice),
        invoice=invoice,
        next_attempt_at=timezone.now(),
    )
    run_later(TASK, message_id=message.pk)
    return message


def plan_status(status: EInvoiceStatus) -> ExchangeMessage | None:
    """Does: puts a status of ours among what goes to the platform, when it has the document or will. Refuses:
    nothing. Leaves behind: the message, and the job."""
    if not _is_known_there(status):
        return None
    message = ExchangeMessage.objects.create(
        direction=Direction.OUT,
        kind=MessageKind.STATUS,
        state=MessageState.WAITING,
        name=status_name(status),
        status=status,
        next_attempt_at=timezone.now(),
    )
    run_later(TASK, message_id=message.pk)
    return message


def _is_known_there(status: EInvoiceStatus) -> bool:
    """The platform has the document, or will: it brought it, or it waits to be handed over."""
    if status.purchase is not None:
        return came_by_platform(status.purchase)
    package = package_message_of(status.invoice) if status.invoice else None
    return package is not None and package.state != MessageState.SET_ASIDE


def hand_over(message_id: int, *, at: datetime) -> bool:
    """Does: gives one message to the platform; a second call, or two workers at once, give it once. Refuses:
    nothing; a platform that does not answer is tried again later, and after the last delay the message is in
    error. Leaves behind: the message sent, with its hash, or the next instant; gives whether it left now."""
    platform = platform_of(settings.EXCHANGE_URL)
    if not platform.is_there:
        return False
    with transaction.atomic():
        rows = ExchangeMessage.objects.select_for_update(of=("self",), skip_locked=True)
        message = rows.filter(pk=message_id, state=MessageState.WAITING).first()
        if message is None or (message.next_attempt_at or at) > at:
            return False
        content = None if _waits_for_package(message) else content_of(message)
        if content is None:
            # Not its fault: it counts no attempt, and leaves its place to those that may go.
            message.next_attempt_at = at + PATIENCE
            message.save(update_fields=["next_attempt_at"])
            return False
        submit = platform.submit_status if message.kind == MessageKind.STATUS else platform.submit_invoice
        try:
            submit(message.name, content)
        except ExchangeDown as down:
            _postpone(message, str(down), at)
            return False
        _sent(message, content, at)
        _call_followers(message, at)
        return True


def _waits_for_package(message: ExchangeMessage) -> bool:
    """A status never overtakes its document."""
    if message.status is None or message.status.invoice is None:
        return False
    package = package_message_of(message.status.invoice)
    return package is not None and package.state != MessageState.SENT


def _call_followers(message: ExchangeMessage, at: datetime) -> None:
    """The statuses of a document leave once it has left."""
    if message.invoice is None:
        return
    waiting = ExchangeMessage.objects.filter(status__invoice=message.invoice, state=MessageState.WAITING)
    waiting.update(next_attempt_at=at)
    for pk in waiting.order_by("pk").values_list("pk", flat=True):
        run_later(TASK, message_id=pk)


def _sent(message: ExchangeMessage, content: bytes, at: datetime) -> None:
    message.state, message.done_at = MessageState.SENT, at
    message.sha256 = sha256(content).hexdigest()
    message.error, message.next_attempt_at = "", None
    message.save()


def _postpone(message: ExchangeMessage, why: str, at: datetime) -> None:
    message.attempts += 1
    message.error = _("La plateforme ne répond pas : %(why)s.") % {"why": why[:MAX_REASON]}
    if message.attempts > len(DELAYS):
        message.state, message.next_attempt_at = MessageState.FAILED, None
    else:
        message.next_attempt_at = at + DELAYS[message.attempts - 1]
    message.save()


def hand_over_waiting(*, at: datetime) -> int:
    """Does: hands over what waits and is due, documents first. Refuses: nothing. Leaves behind: as
    `hand_over`; gives how many left."""
    due = ExchangeMessage.objects.filter(state=MessageState.WAITING, next_attempt_at__lte=at)
    keys = due.order_by("kind", "pk").values_list("pk", flat=True)[:SWEEP]
    return sum(hand_over(pk, at=at) for pk in keys)


def send_again(message: ExchangeMessage, *, actor: Any, at: datetime) -> ExchangeMessage:
    """Does: puts back among what leaves a message in error or set aside, or a document that the platform
    misrouted or never spoke of. Refuses: one that came from the platform, waits already, or was answered.
    Leaves behind: the message to send, its job, audit."""
    with transaction.atomic():
        row = _locked(message)
        if not row.is_out:
            raise IllegalMove(_("Ce fichier vient de la plateforme : il ne lui est pas envoyé."))
        if row.state == MessageState.WAITING:
            raise IllegalMove(_("Ce message attend déjà d’être envoyé."))
        if row.state == MessageState.SENT and not _may_leave_again(row):
            raise IllegalMove(_("La plateforme a déjà répondu à cet envoi : il ne part pas deux fois."))
        row.state, row.attempts, row.error, row.by_hand = MessageState.WAITING, 0, "", False
        row.done_at, row.next_attempt_at = None, at
        row.save()
        audit.record(actor, "invoicing.send_exchange_again", row)
        run_later(TASK, message_id=row.pk)
        return row


def _may_leave_again(message: ExchangeMessage) -> bool:
    if message.invoice is None:
        return True
    return standing(steps_of(message.invoice)) in ("", EInvoiceCode.MISROUTED)


def set_aside(message: ExchangeMessage, *, reason: str, actor: Any) -> ExchangeMessage:
    """Does: takes a message out of what waits or is in error, and says why. Refuses: one already sent or
    taken in, no reason. Leaves behind: the message with the reason, audit."""
    if not reason.strip():
        raise Refused(Code.VALUE_MISSING, _("Dites pourquoi ce message est classé."), field="reason")
    if len(reason.strip()) > MAX_REASON:
        raise Refused(
            Code.TEXT_TOO_LONG,
            _("Ce motif dépasse %(most)d caractères.") % {"most": MAX_REASON},
            field="reason",
        )
    with transaction.atomic():
        row = _locked(message)
        if row.state not in (MessageState.WAITING, MessageState.FAILED):
            raise IllegalMove(_("Seul un message à envoyer ou en erreur se classe."))
        row.state, row.error, row.next_attempt_at = MessageState.SET_ASIDE, reason.strip(), None
        row.save()
        audit.record(actor, "invoicing.set_exchange_aside", row, detail={"reason": reason.strip()})
        return row


def mark_deposited(message: ExchangeMessage, *, actor: Any, at: datetime) -> ExchangeMessage:
    """Does: notes that somebody deposited the file on the platform's own page. Refuses: one that does not
    wait to leave, or whose file is not made. Leaves behind: the message sent by hand, audit."""
    with transaction.atomic():
        row = _locked(message)
        if not row.is_out or row.state not in (MessageState.WAITING, MessageState.FAILED):
            raise IllegalMove(_("Seul un message à envoyer se note comme déposé."))
        content = content_of(row)
        if content is None:
            raise IllegalMove(_("Le fichier de ce document est en préparation : attendez un instant."))
        _sent(row, content, at)
        row.by_hand = True
        row.save(update_fields=["by_hand"])
        audit.record(actor, "invoicing.mark_deposited", row)
        return row


def _locked(message: ExchangeMessage) -> ExchangeMessage:
    return ExchangeMessage.objects.select_for_update(of=("self",)).get(pk=message.pk)
