"""Takes in what the platform brought: statuses of our documents and of purchases, suppliers' invoices
(INV-35, INV-47)."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.documents import read_document, store_document
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.identity import cooperative_on
from cae.core.money import ZERO
from cae.core.turns import take_turn
from invoicing.calculations.lifecycle import BESIDE, standing
from invoicing.engines.exchange import Arrived, ExchangeDown, Platform, cdar, platform_of
from invoicing.models import ExchangeMessage, Invoice, Purchase
from invoicing.selectors.lifecycle import steps_of
from invoicing.services.incoming import take_in
from invoicing.services.lifecycle import Cause, note_status
from invoicing.services.turning_down import lock_customers
from invoicing.states.exchange import (
    MAX_COMMENT,
    WITH_AMOUNT,
    Direction,
    EInvoiceCode,
    MessageKind,
    MessageState,
    StatusOrigin,
)
from invoicing.states.incoming import FileSource

FILE_KIND = "invoicing.exchange_file"
# As the accounting documents that they speak of (C. com. L123-22).
RETENTION_YEARS = 10
# How many files one sweep takes.
SWEEP = 50
MAX_NAME = 200

log = logging.getLogger(__name__)


def take_arrivals(*, at: datetime) -> int:
    """Does: takes in the files that the platform brought, statuses in the order of their instants. Refuses:
    nothing; a file that can't be read is kept, in error, with a sentence. Leaves behind: a message for each
    file, once, and what it says; gives how many came. What a dead worker had taken comes again."""
    platform = platform_of(settings.EXCHANGE_URL)
    told: list[tuple[datetime, Arrived]] = []
    count = 0
    try:
        for arrived in platform.fetch(SWEEP):
            count += 1
            if arrived.content is not None and cdar.is_status(arrived.content):
                told.append((_instant_of(arrived.content, at), arrived))
            else:
                _settle(platform, arrived, at)
    except ExchangeDown as down:
        log.warning("the platform gives nothing: %s", down)
    for _instant, arrived in sorted(told, key=lambda one: (one[0], one[1].name)):
        _settle(platform, arrived, at)
    return count


def _instant_of(content: bytes, at: datetime) -> datetime:
    try:
        return min(step.at for step in cdar.read_statuses(content))
    except cdar.Damaged:
        return at


def _settle(platform: Platform, arrived: Arrived, at: datetime) -> None:
    """Kept here first, then put away there: between the two, the same bytes are known already."""
    message = (
        take_file(arrived.name, arrived.content, at=at)
        if arrived.content is not None
        else _too_big(arrived.name)
    )
    try:
        if message.state == MessageState.FAILED:
            platform.refuse(arrived)
        else:
            platform.keep(arrived)
    except ExchangeDown as down:
        log.warning("%s was taken in but stays at the platform: %s", arrived.name, down)


def take_file(name: str, content: bytes, *, at: datetime, actor: Any = None) -> ExchangeMessage:
    """Does: keeps a file of the platform and does what it says. Refuses: nothing; what can't be done is a
    message in error, with the file and one sentence. Leaves behind: the message, once for these bytes; the
    statuses, all those of the file or none."""
    seal = sha256(content).hexdigest()
    with transaction.atomic():
        take_turn(f"invoicing.exchange.{seal}")
        known = ExchangeMessage.objects.filter(direction=Direction.IN, sha256=seal).first()
        if known is not None:
            return known
        message = _came(name, error=_("Pas encore lu."), sha256=seal)
        is_status = cdar.is_status(content)
        message.kind = MessageKind.STATUS if is_status else MessageKind.PURCHASE
        message.document = store_document(
            content,
            kind=FILE_KIND,
            name=message.name,
            mime="application/xml" if is_status else "application/octet-stream",
            about=message,
            actor=actor,
            retention_until=date(timezone.localdate(at).year + RETENTION_YEARS, 12, 31),
        )
        _do(message, content, at=at, actor=actor)
        return message


def _came(name: str, *, error: str, sha256: str = "") -> ExchangeMessage:
    return ExchangeMessage.objects.create(
        direction=Direction.IN,
        kind=MessageKind.PURCHASE,
        state=MessageState.FAILED,
        name=name[-MAX_NAME:],
        sha256=sha256,
        error=error,
    )


def _too_big(name: str) -> ExchangeMessage:
    return _came(name, error=_("Ce fichier dépasse 30 Mo : il reste dans le dossier « error »."))


def take_again(message: ExchangeMessage, *, actor: Any, at: datetime) -> ExchangeMessage:
    """Does: does again what a file in error says, once what stood in its way is settled. Refuses: a file
    already taken in, one that leaves, one that was too big to be kept. Leaves behind: the message, its
    statuses or its new sentence; audit."""
    with transaction.atomic():
        row = ExchangeMessage.objects.select_for_update(of=("self",)).get(pk=message.pk)
        if row.is_out or row.state == MessageState.TAKEN or row.document is None:
            raise IllegalMove(_("Seul un fichier reçu en erreur se reprend."))
        _do(row, read_document(row.document), at=at, actor=actor)
        audit.record(actor, "invoicing.take_exchange_again", row)
        return row


def _do(message: ExchangeMessage, content: bytes, *, at: datetime, actor: Any) -> None:
    try:
        # Read before anything is written: what is damaged undoes nothing.
        steps = cdar.read_statuses(content) if message.kind == MessageKind.STATUS else []
        with transaction.atomic():
            if message.kind == MessageKind.STATUS:
                _note_all(message, steps)
            else:
                _bring_to_tray(message, content, at=at, actor=actor)
    except (Refused, cdar.Damaged) as fault:
        message.state, message.error = MessageState.FAILED, _sentence(fault)
    else:
        message.state, message.error, message.done_at = MessageState.TAKEN, "", at
    message.save()


def _sentence(fault: Refused | cdar.Damaged) -> str:
    if isinstance(fault, Refused):
        return str(fault)[:500]
    known = _DAMAGES.get(fault.what)
    if known is not None:
        return known()
    return _("Ce message ne dit pas ce qu’il faut, ou le dit mal : « %(term)s ».") % {"term": fault.what}


_DAMAGES = {
    "xml": lambda: _("Ce message est abîmé : son XML ne se lit pas."),
    "doctype": lambda: _("Ce message contient une déclaration DOCTYPE : il n’est pas lu, par sécurité."),
    "size": lambda: _("Ce message dépasse 1 Mo : un statut est bien plus court."),
    "root": lambda: _("Ce fichier n’est pas un message de cycle de vie."),
}


def _bring_to_tray(message: ExchangeMessage, content: bytes, *, at: datetime, actor: Any) -> None:
    """A supplier's invoice: the tray reads and sorts it."""
    take_in(
        content,
        name=message.name,
        source=FileSource.PLATFORM,
        activity=None,
        actor=actor,
        received_at=at,
    )


def _note_all(message: ExchangeMessage, steps: Sequence[cdar.StatusMessage]) -> None:
    found = [(step, _document_of(step)) for step in steps]
    lock_customers(
        document
        for step, document in found
        if step.code == EInvoiceCode.DISPUTED and isinstance(document, Invoice)
    )
    for step, document in found:
        if isinstance(document, Invoice):
            message.invoice = document
        if step.code not in BESIDE and standing(steps_of(document)) == step.code:
            continue  # noted by hand meanwhile, or told twice
        amount = sum((share.amount for share in step.shares), ZERO)
        note_status(
            document,
            step.code,
            at=step.at,
            actor=None,
            reason=" ".join(step.reasons),
            comment=step.comment[:MAX_COMMENT],
            amount=amount if amount and step.code in WITH_AMOUNT else None,
            shares=step.shares,
            cause=Cause(StatusOrigin.PLATFORM, arrived_in=message),
        )


def _document_of(step: cdar.StatusMessage) -> Invoice | Purchase:
    """Ours when we are the seller, else a purchase of that supplier. Raises Refused for an unknown number."""
    found: Invoice | Purchase | None
    if step.seller_siren in ("", _own_siren(step.at)):
        found = Invoice.objects.filter(number=step.number).first()
        if found is None:
            raise Refused(
                Code.VALUE_INVALID,
                _("Aucun document émis ne porte le numéro « %(number)s ».") % {"number": step.number[:60]},
            )
        return found
    rows = Purchase.objects.filter(supplier__siren=step.seller_siren, number=step.number)
    found = rows.order_by("-pk").first()
    if found is None:
        raise Refused(
            Code.VALUE_INVALID,
            _("Aucun achat au fournisseur %(siren)s ne porte le numéro « %(number)s ».")
            % {"siren": step.seller_siren[:20], "number": step.number[:60]},
        )
    return found


def _own_siren(at: datetime) -> str:
    siren: str = cooperative_on(timezone.localdate(at)).siren
    return siren
