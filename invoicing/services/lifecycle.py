"""Writes what happens to an issued document at the platform and at its customer's, in the legal order
(INV-35)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.money import ZERO
from cae.core.templatetags.formats import money
from invoicing.calculations.lifecycle import (
    FINAL,
    Fault,
    RateShare,
    Step,
    by_rate,
    collected,
    fault_of,
    standing,
)
from invoicing.engines.model import Treatment
from invoicing.models import EInvoiceStatus, ExchangeMessage, Invoice, Payment, Purchase
from invoicing.selectors.lifecycle import grosses_of, steps_of, subject_of, treatment_of
from invoicing.services.exchanging import plan_status
from invoicing.services.turning_down import lock_customers, stand_in_dispute, tell_turned_down
from invoicing.states.exchange import (
    MAX_COMMENT,
    TURNED_DOWN,
    WITH_AMOUNT,
    WITH_REASON,
    WRITERS,
    EInvoiceCode,
    Party,
    StatusOrigin,
)
from invoicing.states.reasons import BY_CODE, OTHER


@dataclass(frozen=True)
class Cause:
    """What made a status come: a movement of money of ours, or a message of the platform."""

    origin: StatusOrigin = StatusOrigin.HOUSE
    payment: Payment | None = None
    arrived_in: ExchangeMessage | None = None


OURS = Cause()
BY_HAND = Cause(StatusOrigin.NOTED)


def note_status(
    document: Invoice | Purchase,
    code: str,
    *,
    at: datetime,
    actor: Any,
    reason: str = "",
    comment: str = "",
    amount: Decimal | None = None,
    shares: Sequence[RateShare] = (),
    cause: Cause = OURS,
) -> EInvoiceStatus:
    """Does: keeps one step in the life of an issued document or of a purchase; `reason` holds codes of the
    list, with a space between. Refuses: a draft, a step out of order or after the end, one that is not for
    this party to write, a reason that does not go with it, an amount missing. Leaves behind: the row; if the
    step is ours, a message to the platform; the sellers told when their document came back or is contested,
    its customer in dispute then; audit."""
    with transaction.atomic():
        if code == EInvoiceCode.DISPUTED and isinstance(document, Invoice):
            lock_customers([document])
        row = _locked(document)
        _require_writer(row, code, cause.origin)
        _require_after_document(row, at)
        reasons = checked_reasons(code, reason, comment, at=at)
        _require_words(reasons, comment, cause.origin)
        _require_amount(code, amount)
        _require_order(row, Step(code, amount or ZERO))
        status = EInvoiceStatus.objects.create(
            **subject_of(row),
            code=code,
            reasons=reasons,
            comment=comment.strip(),
            amount=amount,
            by_rate=[one.kept() for one in shares],
            at=at,
            origin=cause.origin,
            payment=cause.payment,
            arrived_in=cause.arrived_in,
            created_by=actor,
        )
        detail = {"code": code, "reason": " ".join(reasons), "amount": str(amount or "")}
        audit.record(actor, "invoicing.note_status", row, detail=detail)
        if cause.origin == StatusOrigin.HOUSE:
            plan_status(status)
        if code in TURNED_DOWN and isinstance(row, Invoice):
            tell_turned_down(status, actor=actor)
        if code == EInvoiceCode.DISPUTED and isinstance(row, Invoice):
            stand_in_dispute(status, actor=actor)
        return status


def note_collected(payment: Payment, *, actor: Any) -> EInvoiceStatus | None:
    """Does: says of a B2B document what a movement of money paid or took back (212), shared over its rates.
    Refuses: nothing: money is recorded whatever became of the document at the platform; one that came back,
    or a surplus that pays nothing, writes nothing. Leaves behind: as `note_status`."""
    invoice, amount = payment.invoice, payment.amount - payment.advance
    if not amount or treatment_of(invoice) is not Treatment.B2B:
        return None
    steps = steps_of(invoice)
    # Statuses begin with this version: what was paid before them is not taken back below nothing.
    if standing(steps) in FINAL or collected(steps) + amount < ZERO:
        return None
    return note_status(
        invoice,
        EInvoiceCode.COLLECTED,
        at=_noon(payment.receipt.on),
        actor=actor,
        amount=amount,
        shares=_shares_of(payment, amount),
        cause=Cause(payment=payment),
    )


def _noon(on: date) -> datetime:
    """The day of the money is what counts: tax is due by it."""
    return timezone.make_aware(datetime.combine(on, time(12)))


def _shares_of(payment: Payment, amount: Decimal) -> tuple[RateShare, ...]:
    """What a payment brings to each rate; a movement taken back takes the same from each."""
    former = payment.receipt.reverses
    if former is not None:
        said = EInvoiceStatus.objects.filter(
            payment__receipt=former, payment__invoice=payment.invoice_id, amount=-amount
        ).first()
        if said is not None:
            return tuple(RateShare.read(one).opposite for one in said.by_rate)
    return by_rate(amount, grosses_of(payment.invoice))


def checked_reasons(code: str, reason: str, comment: str, *, at: datetime) -> list[str]:
    """The codes of `reason`, each once. Raises Refused for one that the list of the day does not know, that
    does not go with this status, and when one is missing."""
    codes, on = list(dict.fromkeys(reason.split())), timezone.localdate(at)
    label = EInvoiceCode(code).label
    if len(comment.strip()) > MAX_COMMENT:
        raise Refused(
            Code.TEXT_TOO_LONG,
            _("Cette précision dépasse %(most)d caractères.") % {"most": MAX_COMMENT},
            field="comment",
        )
    for one in codes:
        if one not in BY_CODE:
            raise Refused(
                Code.VALUE_INVALID,
                _("Le motif « %(reason)s » n’est pas dans la liste.") % {"reason": one[:40]},
                field="reason",
            )
        if not BY_CODE[one].goes_with(code, on):
            raise Refused(
                Code.VALUE_INVALID,
                _("Le motif « %(reason)s » ne va pas avec le statut « %(status)s ».")
                % {"reason": BY_CODE[one].label, "status": label},
                field="reason",
            )
    if code in WITH_REASON and not codes:
        raise Refused(
            Code.VALUE_MISSING,
            _("Le statut « %(status)s » dit toujours pourquoi : choisissez un motif.") % {"status": label},
            field="reason",
        )
    return codes


def _require_words(reasons: list[str], comment: str, origin: StatusOrigin) -> None:
    """What the platform brings is taken with the words that it has."""
    if OTHER in reasons and not comment.strip() and origin != StatusOrigin.PLATFORM:
        raise Refused(Code.VALUE_MISSING, _("« Autre motif » s’explique en quelques mots."), field="comment")


def _locked(document: Invoice | Purchase) -> Invoice | Purchase:
    if isinstance(document, Purchase):
        return Purchase.objects.select_for_update(of=("self",)).get(pk=document.pk)
    rows = Invoice.objects.select_for_update(of=("self",)).select_related("activity", "customer")
    invoice = rows.get(pk=document.pk)
    if not invoice.is_issued:
        raise IllegalMove(_("Seul un document émis a une vie de facture électronique."))
    return invoice


def _require_after_document(document: Invoice | Purchase, at: datetime) -> None:
    dated = document.on if isinstance(document, Purchase) else document.issued_on
    if dated is not None and timezone.localdate(at) < dated:
        raise Refused(Code.DATE_INVALID, _("Un statut ne précède pas son document."), field="at")


def _require_writer(document: Invoice | Purchase, code: str, origin: StatusOrigin) -> None:
    """What is for our side to write is written here; what is for the others comes from them."""
    if code not in EInvoiceCode.values:
        raise Refused(
            Code.VALUE_INVALID,
            _("Le statut « %(code)s » n’est pas dans la liste.") % {"code": code[:10]},
            field="code",
        )
    writer = Party(WRITERS[code])
    ours = Party.BUYER if isinstance(document, Purchase) else Party.SELLER
    if (writer == ours) != (origin == StatusOrigin.HOUSE):
        raise Refused(
            Code.NOT_ALLOWED,
            _("Le statut « %(status)s » est écrit par %(party)s.")
            % {"status": EInvoiceCode(code).label, "party": writer.label},
            field="code",
        )


def _require_amount(code: str, amount: Decimal | None) -> None:
    if code == EInvoiceCode.COLLECTED and not amount:
        raise Refused(
            Code.VALUE_MISSING, _("Le statut « Encaissée » dit combien a été reçu."), field="amount"
        )
    if amount is not None and code not in WITH_AMOUNT:
        raise Refused(Code.VALUE_INVALID, _("Ce statut ne porte pas de montant."), field="amount")


def _require_order(document: Invoice | Purchase, step: Step) -> None:
    steps = steps_of(document)
    fault = fault_of(steps, step)
    if fault is None:
        return
    last = standing(steps)
    facts = {
        "number": document.number,
        "status": EInvoiceCode(step.code).label,
        "last": EInvoiceCode(last).label if last else "",
        "amount": money(collected(steps)),
    }
    raise IllegalMove(_FAULTS[fault]() % facts)


_FAULTS = {
    Fault.OVER: lambda: _("%(number)s est « %(last)s » : plus aucun statut ne suit."),
    Fault.TWICE: lambda: _("%(number)s est déjà « %(last)s »."),
    Fault.OUT_OF_ORDER: lambda: _("Le statut « %(status)s » ne suit pas « %(last)s » (%(number)s)."),
    Fault.PAID: lambda: _("%(amount)s sont encaissés sur %(number)s : « %(status)s » ne convient plus."),
    Fault.BELOW_ZERO: lambda: _(
        "%(amount)s seulement sont encaissés sur %(number)s : pas de reprise au-delà."
    ),
}
