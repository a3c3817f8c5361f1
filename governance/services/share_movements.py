"""Moves shares: a transfer between associates, shares of before, the undoing of a wrong movement (GOV-02)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, IllegalMove, Refused
from governance.models import Associate, ShareClass, ShareMovement
from governance.services.share_effects import (
    NEVER_BY_TRANSFER,
    broken_codes,
    give_number,
    refuse_second_click,
    require_associate,
    require_half,
    require_held,
    require_known_day,
    require_never_negative,
    require_not_asked_back,
    require_one_kept,
    require_quantity,
    require_within_limits,
    take_register,
)
from governance.states.register import MovementKind
from people.services.changes import one_line

MOST = 200


@dataclass(frozen=True)
class MoveData:
    """So many shares of a class, on a day, by a decision or a deed."""

    share_class: ShareClass
    quantity: int
    on: date
    decision: str


@transaction.atomic
def transfer_shares(
    giver: Associate,
    receiver: Associate,
    *,
    data: MoveData,
    actor: Any,
    today: date,
    accepted: bool = False,
) -> ShareMovement:
    """Does: shares go from an associate, or who holds capital without a voice, to an associate; nothing moves
    in the books, which know the capital and not its holders. Refuses: oneself, more freed shares than held,
    those asked back, a day to come or after which shares would be missing, no decision, the last share of who
    stays an associate, a receiver who is no associate or would hold more than half, limits broken and not
    `accepted`. Leaves behind: the movement, the number of the receiver at their first shares, audit."""
    take_register()
    _check(data, today)
    if giver.pk == receiver.pk:
        raise Refused(Code.VALUE_INVALID, _("Une cession se fait entre deux associé·es."), field="receiver")
    require_associate(receiver, data.on, "receiver")
    require_held(giver, data.share_class, data.quantity, data.on)
    require_not_asked_back(giver, data.share_class, data.quantity, today)
    amount = data.quantity * data.share_class.nominal
    changes = {giver.pk: -amount, receiver.pk: amount}
    known = {NEVER_BY_TRANSFER} if not accepted else True
    effect = require_within_limits(changes, data.on, accepted=known, today=today)
    require_half(effect)
    row = _write(MovementKind.TRANSFER, data, actor, giver=giver, receiver=receiver)
    require_never_negative(giver, data.share_class, data.on)
    require_one_kept(giver, today)
    give_number(receiver.pk)
    audit.record(actor, "governance.shares.transfer", row, detail=_facts(row, broken_codes(effect)))
    return row


@transaction.atomic
def enter_shares(
    associate: Associate, *, data: MoveData, actor: Any, today: date, accepted: bool = False
) -> ShareMovement:
    """Does: enters shares subscribed and paid before the register was kept here; their capital is in the
    opening balances, so nothing is posted. Refuses: a day to come, no decision, who is no associate that day,
    limits broken and not `accepted`. Leaves behind: the movement, the number of the associate at their first
    shares, audit."""
    take_register()
    _check(data, today)
    require_associate(associate, data.on, "associate")
    amount = data.quantity * data.share_class.nominal
    effect = require_within_limits({associate.pk: amount}, data.on, accepted=accepted, today=today)
    row = _write(MovementKind.ISSUE, data, actor, receiver=associate)
    give_number(associate.pk)
    audit.record(actor, "governance.shares.enter", row, detail=_facts(row, broken_codes(effect)))
    return row


@transaction.atomic
def reverse_movement(
    movement: ShareMovement, *, reason: str, on: date, actor: Any, today: date
) -> ShareMovement:
    """Does: undoes a wrong transfer, or wrong shares of before, by the same movement the other way round.
    Refuses: one already undone or that undoes one, one that comes from a bulletin or a refund (which have
    their own undoing), no reason, a day before it or to come, shares gone or asked back since. Leaves behind:
    the movement, audit."""
    take_register()
    row = ShareMovement.objects.select_related("giver", "receiver", "share_class").get(pk=movement.pk)
    reason = one_line(reason, "reason", _("Dites pourquoi ce mouvement est annulé."), most=MOST)
    require_known_day(on, today)
    if row.reverses_id is not None or ShareMovement.objects.filter(reverses=row).exists():
        raise Refused(Code.ALREADY_DONE, _("Ce mouvement est déjà annulé."))
    if row.subscription_id is not None:
        raise IllegalMove(_("Ces parts viennent d’un bulletin : abandonnez la souscription."))
    if row.refund_id is not None:
        raise IllegalMove(_("Ces parts ont un remboursement en cours : rétablissez-les depuis sa page."))
    if on < row.on:
        raise Refused(Code.DATE_INVALID, _("Un mouvement ne s’annule pas avant d’avoir eu lieu."), field="on")
    if row.receiver is not None:
        require_held(row.receiver, row.share_class, row.quantity, on)
        require_not_asked_back(row.receiver, row.share_class, row.quantity, today)
    data = MoveData(row.share_class, row.quantity, on, reason)
    undone = _write(row.kind, data, actor, giver=row.receiver, receiver=row.giver, reverses=row)
    if row.receiver is not None:
        require_never_negative(row.receiver, row.share_class, on)
    audit.record(actor, "governance.shares.reverse", undone, detail=_facts(undone, []) | {"of": row.pk})
    return undone


def _check(data: MoveData, today: date) -> None:
    require_quantity(data.quantity)
    require_known_day(data.on, today)


def _write(kind: str, data: MoveData, actor: Any, **sides: Any) -> ShareMovement:
    said: dict[str, Any] = {
        "kind": kind,
        "on": data.on,
        "share_class": data.share_class,
        "quantity": data.quantity,
        "decision": one_line(data.decision, "decision", _("Indiquez la décision ou l’acte."), most=MOST),
        "created_by": actor,
    } | sides
    refuse_second_click(ShareMovement.objects.filter(**said, reversed_by__isnull=True))
    return ShareMovement.objects.create(**said)


def _facts(row: ShareMovement, limits: list[str]) -> dict[str, Any]:
    return {
        "from": row.giver_id,
        "to": row.receiver_id,
        "shares": row.quantity,
        "on": row.on.isoformat(),
        "limits": limits,
    }
