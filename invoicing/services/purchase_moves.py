"""What becomes of a purchase before its payment: taken, approved and posted, disputed, refused (INV-47,
INV-48)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounting.selectors.periods import open_day
from accounting.services.posting import post_entry
from accounting.services.reversing import reverse_entry
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.money import ZERO
from cae.core.settings import value_of
from cae.core.templatetags.formats import money
from cae.core.workflow import performs
from invoicing.calculations.lifecycle import Step, fault_of
from invoicing.calculations.purchase_entries import (
    OWED_TO_PERSON,
    OWED_TO_SUPPLIER,
    PurchasePiece,
    purchase_entry,
)
from invoicing.models import Purchase
from invoicing.parameters import ONE_STEP
from invoicing.permissions.purchases import waits_for_activity
from invoicing.selectors.lifecycle import steps_of
from invoicing.selectors.purchases import doubts_of
from invoicing.services.lifecycle import note_status
from invoicing.services.proving import prove_purchase, withdraw_proofs
from invoicing.services.purchase_telling import (
    DISPUTED_MAIL,
    REFUSED_MAIL,
    tell_answered,
    write_to_supplier,
)
from invoicing.services.purchase_writing import cells_of
from invoicing.states.exchange import EInvoiceCode
from invoicing.states.purchases import PURCHASE_FLOW, DisputeKind, PurchaseState
from invoicing.states.reasons import BY_CODE
from people.services.changes import one_line

_MOST_REASON = 500


@performs(PURCHASE_FLOW, "take")
def take_purchase(row: Purchase, *, actor: Any, at: datetime) -> None:
    """Does: says that a purchase is for the activity: what it bought, at the price it agreed. Refuses:
    nothing more than its state. Leaves behind: the purchase to approve, status 204."""
    answer(row, EInvoiceCode.IN_HAND, actor=actor, at=at)


@performs(PURCHASE_FLOW, "approve")
def approve_purchase(row: Purchase, *, actor: Any, at: datetime, looked: bool = False) -> None:
    """Does: approves and posts a purchase, the lines without account on the usual one of the supplier.
    Refuses: a supplier nobody checked, no account at all, doubts that nobody said to have looked at, one that
    its activity has not recognised beyond a small amount. Leaves behind: the entry, status 205."""
    _require_taken(row, actor=actor, on=timezone.localdate(at))
    if not row.supplier.is_accepted:
        raise Refused(
            Code.VALUE_INVALID,
            _("« %(name)s » n’est pas encore vérifié : ouvrez sa fiche, puis vérifiez-la.")
            % {"name": row.supplier.name},
        )
    _fill_accounts(row)
    if doubts_of(row) and not looked:
        raise Refused(
            Code.VALUE_MISSING, _("Dites que vous avez regardé les points signalés."), field="looked"
        )
    draft = purchase_entry(piece_of(row), cells_of(row))
    # One that comes once its month is closed is booked on the first day that is open.
    row.entry = post_entry(replace(draft, on=open_day(draft.on)), actor=actor, source=row)
    prove_purchase(row, actor=actor)
    row.approved_by, row.approved_at = actor, at
    row.reason_code = row.reason = row.dispute_kind = ""
    answer(row, EInvoiceCode.APPROVED, actor=actor, at=at)


@performs(PURCHASE_FLOW, "undo")
def undo_purchase(row: Purchase, *, reason: str, on: date, actor: Any) -> None:
    """Does: takes an approval back by the reversing entry. Refuses: no reason, a credit note imputed on it.
    Leaves behind: the purchase to approve, its former entry and the one that cancels it."""
    why = one_line(reason, "reason", _("Dites pourquoi cette approbation est annulée."), most=_MOST_REASON)
    if row.imputed.exists():
        raise IllegalMove(_("Un avoir est imputé sur cet achat : reprenez d’abord l’avoir."))
    if row.entry is None:
        raise IllegalMove(_("Cet achat n’a pas d’écriture."))
    withdraw_proofs(purchase=row)
    reverse_entry(row.entry, on=max(on, row.entry.on), reason=why, actor=actor, source=row)
    row.entry = row.approved_by = row.approved_at = None
    row.reason = why


@performs(PURCHASE_FLOW, "dispute")
def dispute_purchase(
    row: Purchase,
    *,
    kind: str,
    code: str,
    reason: str,
    actor: Any,
    at: datetime,
    tells_supplier: bool = False,
) -> None:
    """Does: holds a purchase back, contested or waiting for a paper. Refuses: a reason that does not go with
    it, no words. Leaves behind: the reason, status 207 or 208, the activity told, the supplier too if
    asked."""
    if kind not in DisputeKind.values:
        raise Refused(Code.VALUE_INVALID, _("Choisissez la sorte de litige."), field="kind")
    _keep_reason(row, kind, code, reason, at=at)
    row.dispute_kind = kind
    row.state = PurchaseState.DISPUTED
    answer(row, kind, actor=actor, at=at)
    tell_answered(row, actor=actor)
    if tells_supplier:
        write_to_supplier(row, DISPUTED_MAIL, actor=actor)


@performs(PURCHASE_FLOW, "resume")
def resume_purchase(row: Purchase, *, actor: Any, at: datetime) -> None:
    """Does: takes up a purchase that was disputed. Refuses: nothing more than its state. Leaves behind: the
    purchase to approve."""
    row.reason_code = row.reason = row.dispute_kind = ""


@performs(PURCHASE_FLOW, "refuse")
def refuse_purchase(
    row: Purchase, *, code: str, reason: str, actor: Any, at: datetime, tells_supplier: bool = False
) -> None:
    """Does: refuses a purchase for good. Refuses: a reason that does not go with a refusal, no words. Leaves
    behind: the reason, status 210, the activity told, the supplier too if asked; its number is free for a
    corrected one."""
    _keep_reason(row, EInvoiceCode.REFUSED, code, reason, at=at)
    row.dispute_kind = ""
    row.state = PurchaseState.REFUSED
    answer(row, EInvoiceCode.REFUSED, actor=actor, at=at)
    tell_answered(row, actor=actor)
    if tells_supplier:
        write_to_supplier(row, REFUSED_MAIL, actor=actor)


def answer(purchase: Purchase, code: str, *, actor: Any, at: datetime, amount: Any = None) -> None:
    """Does: says the answer to the platform of a document that came as an electronic invoice. Refuses:
    nothing: a step that the legal order does not take stays ours. Leaves behind: the status."""
    if not purchase.was_read or fault_of(steps_of(purchase), Step(code, amount or ZERO)) is not None:
        return
    with_reason = code in (DisputeKind.DISPUTED, DisputeKind.SUSPENDED, EInvoiceCode.REFUSED)
    note_status(
        purchase,
        code,
        at=at,
        actor=actor,
        reason=purchase.reason_code if with_reason else "",
        comment=purchase.reason if with_reason else "",
        amount=amount,
    )


def piece_of(purchase: Purchase) -> PurchasePiece:
    """What the entries of a purchase carry."""
    person = purchase.advanced_by
    return PurchasePiece(
        number=purchase.number,
        on=purchase.on,
        supplier=purchase.supplier.name,
        party=person.full_name if person else purchase.supplier.name,
        owed=OWED_TO_PERSON if person else OWED_TO_SUPPLIER,
        due_on=purchase.due_on,
        is_credit_note=purchase.is_credit_note,
    )


def _require_taken(purchase: Purchase, *, actor: Any, on: date) -> None:
    """Beyond a small amount, the activity says first that the purchase is for it."""
    if waits_for_activity(actor, purchase):
        raise Refused(
            Code.ILLEGAL_MOVE,
            _("Au-dessus de %(ceiling)s, l’activité dit d’abord « C’est bien pour moi ».")
            % {"ceiling": money(value_of(ONE_STEP, on=on))},
        )


def _fill_accounts(purchase: Purchase) -> None:
    """A file was read before its supplier had an account: its lines take the one that it has now."""
    bare = purchase.lines.filter(account=None)
    if not bare.exists():
        return
    usual = purchase.supplier.account
    if usual is None:
        raise Refused(
            Code.VALUE_MISSING,
            _("Choisissez d’abord le compte de chaque ligne, ou celui du fournisseur sur sa fiche."),
        )
    bare.update(account=usual)


def _keep_reason(purchase: Purchase, status: str, code: str, reason: str, *, at: datetime) -> None:
    known = BY_CODE.get(code)
    if known is None or not known.goes_with(status, timezone.localdate(at)):
        raise Refused(Code.VALUE_INVALID, _("Choisissez un motif de la liste."), field="code")
    purchase.reason_code = code
    purchase.reason = one_line(
        reason, "reason", _("Dites en une phrase ce qui ne va pas."), most=_MOST_REASON
    )
