"""Lots of payments: prepared by one person, released by another, noted as the bank made them (INV-57)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounting.calculations.entries import EntryDraft, credit, debit
from accounting.calculations.payment_orders import LONGEST_NAME, bank_text, is_transfer_day, next_transfer_day
from accounting.engines.transfer_file import Payer, Transfer, WrongFile, transfer_file
from accounting.events import PaymentSettled
from accounting.models import Entry, PaymentBatch, PaymentLine, PaymentOrder
from accounting.selectors.payments import fingerprint, holds_of, sent_lines
from accounting.services.payment_notices import settle_notices, tell_prepared, tell_released
from accounting.services.posting import post_entry
from accounting.states.books import AccountRole, JournalCode
from accounting.states.payments import BATCH_FLOW, ORDER_FLOW, BatchState, LineState
from accounting.states.payments import OrderState as State
from cae.core import audit
from cae.core.banks import checked_iban
from cae.core.documents import store_document
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.events import publish
from cae.core.identity import cooperative_on
from cae.core.kept_words import house_words
from cae.core.money import ZERO
from cae.core.signing import Hand, Origin, sign
from cae.core.templatetags.formats import day as shown_day
from cae.core.templatetags.formats import money
from cae.core.turns import take_turn
from cae.core.workflow import performs
from people.services.changes import one_line

FILE_KIND = "accounting.transfer_file"
MIME = "application/xml"
SIGNED_AS = "accounting.release"
MOST_ORDERS, MOST_REASON = 500, 300
# Supporting papers of the books (C. com. L123-22).
RETENTION_YEARS = 10
_TURN = "accounting.payments"


@transaction.atomic
def prepare_batch(
    keys: Sequence[int], *, execution_on: date, form_key: UUID, actor: Any, today: date
) -> PaymentBatch:
    """Does: puts these orders in one lot. Refuses: none, too many, a day past or without transfers, an order
    that waits no more, one that the cash of its section does not cover, a cooperative without a sound IBAN.
    Leaves behind: the lot and its lines, the orders in it, audit; the same form twice gives the first lot."""
    take_turn(_TURN)
    already = PaymentBatch.objects.filter(form_key=form_key).first()
    if already is not None:
        return already
    _require_day(execution_on, today)
    orders = _chosen(keys)
    _require_cash(orders, today)
    cooperative = cooperative_on(today)
    batch = PaymentBatch.objects.create(
        execution_on=execution_on,
        total=sum((order.amount for order in orders), ZERO),
        count=len(orders),
        debtor_name=bank_text(cooperative.legal_name, LONGEST_NAME),
        debtor_iban=_own_iban(cooperative.iban),
        debtor_bic="".join(cooperative.bic.split()).upper(),
        prepared_by=actor,
        form_key=form_key,
    )
    PaymentLine.objects.bulk_create([_line(batch, order) for order in orders])
    for order in orders:
        _batch(order, actor=actor)
    audit.record(
        actor, "accounting.prepare_batch", batch, detail={"amount": str(batch.total), "number": batch.count}
    )
    tell_prepared(batch, actor=actor)
    return batch


def _own_iban(text: str) -> str:
    """Raises Refused when the identity of the cooperative has a wrong one: nothing can leave."""
    try:
        return checked_iban(text)
    except Refused as refusal:
        raise Refused(
            refusal.code,
            _("L’IBAN de la coopérative n’est pas valable : corrigez-le dans son identité avant de payer."),
        ) from refusal


def _require_day(execution_on: date, today: date) -> None:
    if execution_on < today:
        raise Refused(Code.DATE_INVALID, _("Un virement ne part pas un jour passé."), field="execution_on")
    if not is_transfer_day(execution_on):
        raise Refused(
            Code.DATE_INVALID,
            _("Les banques ne font pas de virement ce jour-là ; le prochain jour ouvré est le %(day)s.")
            % {"day": shown_day(next_transfer_day(execution_on))},
            field="execution_on",
        )


def _chosen(keys: Sequence[int]) -> list[PaymentOrder]:
    """The orders, locked in the order of their keys. Raises Refused when one is not there to be paid."""
    if not keys:
        raise Refused(Code.VALUE_MISSING, _("Choisissez au moins un ordre à payer."), field="orders")
    if len(keys) > MOST_ORDERS:
        raise Refused(
            Code.VALUE_INVALID,
            _("Un lot compte au plus %(count)d ordres : faites-en plusieurs.") % {"count": MOST_ORDERS},
            field="orders",
        )
    rows = PaymentOrder.objects.select_for_update(of=("self",)).select_related("section")
    orders = list(rows.filter(pk__in=keys).order_by("pk"))
    gone = next((order for order in orders if order.state != State.PLANNED), None)
    if gone is not None or len(orders) != len(set(keys)):
        label = gone or _("un ordre choisi")
        raise Refused(
            Code.ILLEGAL_MOVE,
            _("« %(order)s » n’est plus à payer : quelqu’un vient de s’en occuper.") % {"order": label},
            field="orders",
        )
    return orders


def _require_cash(orders: Sequence[PaymentOrder], today: date) -> None:
    held = holds_of(orders, today)
    if not held:
        return
    first = next(order for order in orders if order.pk in held)
    sentence = ngettext(
        "« %(order)s » est retenu : « %(section)s » peut encore payer %(left)s.",
        "%(count)d ordres sont retenus, dont « %(order)s » : « %(section)s » peut encore payer %(left)s.",
        len(held),
    )
    raise Refused(
        Code.AMOUNT_ABOVE_DUE,
        sentence
        % {
            "count": len(held),
            "order": first,
            "left": money(held[first.pk].left),
            "section": first.section,
        },
        field="orders",
    )


def _line(batch: PaymentBatch, order: PaymentOrder) -> PaymentLine:
    return PaymentLine(
        batch=batch,
        order=order,
        name=order.name,
        iban=order.iban,
        bic=order.bic,
        amount=order.amount,
        label=order.label,
    )


@performs(ORDER_FLOW, "batch")
def _batch(_row: PaymentOrder, *, actor: Any) -> None:
    """Does, refuses, leaves behind: as `prepare_batch`."""


@performs(BATCH_FLOW, "cancel")
def cancel_batch(row: PaymentBatch, *, reason: str, actor: Any) -> None:
    """Does: gives up a lot that nobody released. Refuses: no reason. Leaves behind: the lot, its reason; its
    orders to be paid again; audit."""
    reason = one_line(reason, "reason", _("Dites pourquoi ce lot est annulé."), most=MOST_REASON)
    pending = _pending(row)
    _mark(row, pending, LineState.DROPPED, reason)
    for line in pending:
        _give_back(line.order, actor=actor)
    row.cancelled_by, row.cancel_reason = actor, reason
    settle_notices(row, at=timezone.now())


@performs(ORDER_FLOW, "give_back")
def _give_back(_row: PaymentOrder, *, actor: Any) -> None:
    """Does, refuses, leaves behind: as `cancel_batch`."""


def drop_order(batch: PaymentBatch, order: PaymentOrder, *, reason: str, actor: Any) -> None:
    """Does: takes an order out of a lot that nobody released, which the caller holds. Refuses: nothing.
    Leaves behind: the total of what is left; the lot cancelled when nothing is."""
    PaymentLine.objects.filter(batch=batch, order=order, state=LineState.PENDING).update(
        state=LineState.DROPPED, reason=reason
    )
    left = sent_lines(batch)
    if not left:
        cancel_batch(batch, reason=reason, actor=actor)
        return
    batch.total, batch.count = sum((line.amount for line in left), ZERO), len(left)
    batch.save(update_fields=["total", "count"])


@performs(BATCH_FLOW, "release")
def release_batch(
    row: PaymentBatch, *, shown: str, hand: Hand, origin: Origin, at: datetime, actor: Any
) -> None:
    """Does: signs a lot and makes its file. Refuses: whoever prepared it or corrected the bank details of one
    of its orders, a content that is not the one shown, a day past meanwhile. Leaves behind: the signature,
    the file with its hash, frozen for ever; audit."""
    lines = sent_lines(row)
    _require_other_hand(row, lines, actor)
    if fingerprint(row, lines) != shown:
        raise Refused(Code.STALE_FORM, _("Le lot a changé depuis que vous l’avez ouvert : relisez-le."))
    if row.execution_on < timezone.localdate(at):
        raise Refused(
            Code.DATE_INVALID,
            _("Le jour d’exécution est passé : annulez ce lot, puis préparez-le à nouveau."),
        )
    content = _file_of(row, lines, at)
    row.signature = sign(
        row, purpose=SIGNED_AS, hand=hand, content_sha256=shown, at=at, origin=origin, actor=actor
    )
    row.document = store_document(
        content,
        kind=FILE_KIND,
        name=f"{row.reference}.xml",
        mime=MIME,
        about=row,
        actor=actor,
        retention_until=date(row.execution_on.year + RETENTION_YEARS, 12, 31),
    )
    row.released_by, row.released_at = actor, at
    tell_released(row, actor=actor, at=at)


def _require_other_hand(row: PaymentBatch, lines: Sequence[PaymentLine], actor: Any) -> None:
    if row.prepared_by_id == actor.pk:
        raise Refused(
            Code.NOT_ALLOWED, _("Vous avez préparé ce lot : c’est à une autre personne de le valider.")
        )
    mine = next((line for line in lines if line.order.corrected_by_id == actor.pk), None)
    if mine is not None:
        raise Refused(
            Code.NOT_ALLOWED,
            _("Vous avez corrigé les coordonnées de « %(name)s » : c’est à une autre personne de valider.")
            % {"name": mine.name},
        )


def _file_of(row: PaymentBatch, lines: Sequence[PaymentLine], at: datetime) -> bytes:
    transfers = [
        Transfer(line.order.reference, line.name, line.iban, line.bic, line.amount, line.label)
        for line in lines
    ]
    payer = Payer(row.debtor_name, row.debtor_iban, row.debtor_bic)
    try:
        return transfer_file(
            payer, transfers, reference=row.reference, execution_on=row.execution_on, made_at=at
        )
    except WrongFile as error:
        raise Refused(
            Code.FILE_REFUSED,
            _("Le fichier de virement n’est pas conforme : vérifiez l’identité de la coopérative."),
        ) from error


@transaction.atomic
def settle_batch(batch: PaymentBatch, *, on: date, actor: Any, today: date) -> PaymentBatch:
    """Does: notes that the bank paid everything that waits in a lot. Refuses: a lot that is not at the bank,
    a day to come or before the release. Leaves behind: an entry BQ an order, `PaymentSettled` for each, the
    lot done; audit."""
    row = _at_bank(batch)
    _require_paid_day(row, on, today)
    for line in _pending(row):
        _pay(line, on=on, actor=actor)
    return close_batch(row, actor=actor)


@transaction.atomic
def settle_payment(order: PaymentOrder, *, on: date, actor: Any, today: date) -> PaymentOrder:
    """Does: notes that the bank paid one order of a lot. Refuses: an order that is not at the bank, a day to
    come or before the release. Leaves behind: as `settle_batch`; the lot done when nothing waits in it."""
    line = _line_at_bank(order)
    _require_paid_day(line.batch, on, today)
    paid = _pay(line, on=on, actor=actor)
    _close_if_over(line.batch, actor)
    return paid


@transaction.atomic
def reject_payment(order: PaymentOrder, *, reason: str, actor: Any) -> PaymentOrder:
    """Does: notes that the bank refused one order of a lot. Refuses: an order that is not at the bank, no
    reason. Leaves behind: the order to be corrected or withdrawn, the lot done when nothing waits in it,
    audit; no entry."""
    line = _line_at_bank(order)
    reason = one_line(reason, "reason", _("Dites ce que la banque a répondu."), most=MOST_REASON)
    _mark(line.batch, [line], LineState.REJECTED, reason)
    rejected = _reject(line.order, actor=actor)
    _close_if_over(line.batch, actor)
    return rejected


@performs(BATCH_FLOW, "close")
def close_batch(row: PaymentBatch, *, actor: Any) -> None:
    """Does: notes that nothing waits in a lot any more. Refuses: a line whose end is unknown. Leaves behind:
    the lot done; audit."""
    if _pending(row):
        raise IllegalMove(_("Un ordre de ce lot attend encore la réponse de la banque."))


@performs(ORDER_FLOW, "settle")
def _settle(row: PaymentOrder, *, line: PaymentLine, on: date, actor: Any) -> None:
    """Does, refuses, leaves behind: as `settle_batch`."""
    line.state, line.settled_on = LineState.SETTLED, on
    line.entry = _post(row, on, actor)
    line.save(update_fields=["state", "settled_on", "entry"])


@performs(ORDER_FLOW, "reject")
def _reject(_row: PaymentOrder, *, actor: Any) -> None:
    """Does, refuses, leaves behind: as `reject_payment`."""


def _post(row: PaymentOrder, on: date, actor: Any) -> Entry:
    label = house_words(gettext_lazy("Virement émis"), row.name, row.label)
    party: dict[str, Any] = {"party": row.name}
    lines = (
        debit(row.account, row.section_id, row.amount, **party),
        credit(AccountRole.BANK, row.section_id, row.amount, **party),
    )
    draft = EntryDraft(JournalCode.BANK, on, label, lines, piece=row.reference)
    return post_entry(draft, actor=actor, source=row.source)


def _pay(line: PaymentLine, *, on: date, actor: Any) -> PaymentOrder:
    paid = _settle(line.order, line=line, on=on, actor=actor)
    publish(PaymentSettled(paid, on, actor))
    return paid


def _at_bank(batch: PaymentBatch) -> PaymentBatch:
    """The lot under lock. Raises IllegalMove unless the bank has it."""
    take_turn(_TURN)
    row = PaymentBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if row.state != BatchState.RELEASED:
        raise IllegalMove(
            _("Le lot n° %(number)s n’est pas à la banque : son état est « %(state)s ».")
            % {"number": row.pk, "state": row.status[2]}
        )
    return row


def _line_at_bank(order: PaymentOrder) -> PaymentLine:
    """The line of an order that the bank has, its lot under lock. Raises IllegalMove when there is none."""
    found = PaymentLine.objects.filter(order=order, state=LineState.PENDING).first()
    if found is not None:
        batch = _at_bank(found.batch)
        for line in _pending(batch):
            if line.pk == found.pk:
                line.batch = batch
                return line
    raise IllegalMove(_("Cet ordre n’est pas à la banque."))


def _require_paid_day(row: PaymentBatch, on: date, today: date) -> None:
    if on > today:
        raise Refused(Code.DATE_INVALID, _("Ce jour n’est pas encore venu."), field="on")
    if row.released_at is not None and on < timezone.localdate(row.released_at):
        raise Refused(Code.DATE_INVALID, _("Le lot n’était pas encore validé ce jour-là."), field="on")


def _pending(row: PaymentBatch) -> list[PaymentLine]:
    lines = PaymentLine.objects.filter(batch=row, state=LineState.PENDING).select_related("order")
    return list(lines.order_by("pk"))


def _mark(row: PaymentBatch, lines: Sequence[PaymentLine], state: str, reason: str) -> None:
    PaymentLine.objects.filter(batch=row, pk__in=[line.pk for line in lines]).update(
        state=state, reason=reason
    )


def _close_if_over(row: PaymentBatch, actor: Any) -> None:
    if not _pending(row):
        close_batch(row, actor=actor)
