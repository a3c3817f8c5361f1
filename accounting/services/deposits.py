"""Deposit slips: prepared, taken to the bank, credited; given up before that (ACC-38)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounting.calculations.entries import EntryDraft, credit, debit
from accounting.models import BankAccount, BankMatchedLine, DepositItem, DepositSlip, Entry
from accounting.selectors.deposits import deposables, waiting_lines
from accounting.services.lettering import letter_lines
from accounting.services.posting import post_entry
from accounting.services.reversing import reverse_entry
from accounting.states.books import JournalCode
from accounting.states.lettering import LetteringOrigin
from accounting.states.reconciliation import DEPOSIT_FLOW, DEPOSIT_SERIES, DepositKind
from cae.core import audit, numbering
from cae.core.background import run_later
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.kept_words import house_words
from cae.core.money import ZERO
from cae.core.turns import take_turn
from cae.core.workflow import performs
from people.services.changes import one_line

MOST_ITEMS, MOST_REASON = 200, 300
# With the reference of the entry, what a label holds.
MOST_TAKEN_BACK = 150
_TURN = "accounting.deposits"


@transaction.atomic
def prepare_slip(
    keys: Sequence[int],
    *,
    kind: str,
    bank_account: BankAccount,
    on: date,
    form_key: UUID,
    actor: Any,
) -> DepositSlip:
    """Does: puts these receipts in one numbered slip; the same form sent twice gives the first one. Refuses:
    none, too many, an unknown kind, a closed account, a receipt that another slip holds or that was taken
    back. Leaves behind: the slip and what it holds; audit."""
    take_turn(_TURN)
    known = DepositSlip.objects.filter(form_key=form_key).first()
    if known is not None:
        return known
    _check(keys, kind, bank_account, on)
    free = {one.entry: one for one in deposables(kind, on)}
    if not free.keys() >= set(keys):
        raise Refused(
            Code.ILLEGAL_MOVE,
            _("Un encaissement choisi n’est plus à remettre : quelqu’un vient de s’en occuper."),
            field="entries",
        )
    chosen = [free[key] for key in dict.fromkeys(keys)]
    slip = DepositSlip.objects.create(
        number=numbering.next_number(DEPOSIT_SERIES, on),
        kind=kind,
        bank_account=bank_account,
        on=on,
        total=sum((one.amount for one in chosen), ZERO),
        count=len(chosen),
        prepared_by=actor,
        form_key=form_key,
    )
    DepositItem.objects.bulk_create(
        DepositItem(
            slip=slip, entry_id=one.entry, drawer=one.drawer, reference=one.reference, amount=one.amount
        )
        for one in chosen
    )
    audit.record(actor, "accounting.prepare_deposit", slip, detail={"amount": str(slip.total)})
    return slip


def _check(keys: Sequence[int], kind: str, bank_account: BankAccount, on: date) -> None:
    if kind not in DepositKind.values:
        raise Refused(Code.VALUE_INVALID, _("Choisissez des chèques ou des espèces."), field="kind")
    if not keys:
        raise Refused(Code.VALUE_MISSING, _("Choisissez au moins un encaissement."), field="entries")
    if len(keys) > MOST_ITEMS:
        raise Refused(
            Code.VALUE_INVALID,
            _("Un bordereau compte au plus %(count)d valeurs : faites-en plusieurs.") % {"count": MOST_ITEMS},
            field="entries",
        )
    if not bank_account.is_open(on):
        raise Refused(Code.VALUE_INVALID, _("Ce compte bancaire est clôturé."), field="bank_account")


@performs(DEPOSIT_FLOW, "deposit")
def deposit_slip(row: DepositSlip, *, on: date, actor: Any, today: date) -> None:
    """Does: notes that a slip was taken to the bank. Refuses: a day to come or before the slip, a receipt
    taken back since. Leaves behind: the day, its PDF to come, audit."""
    if not row.on <= on <= today:
        raise Refused(
            Code.DATE_INVALID,
            _("Une remise a lieu entre la date du bordereau et aujourd’hui."),
            field="on",
        )
    if Entry.objects.filter(reverses__deposit_items__slip=row).exists():
        raise Refused(
            Code.ILLEGAL_MOVE,
            _(
                "Un encaissement de ce bordereau a été annulé depuis : "
                "annulez-le, puis refaites un bordereau."
            ),
        )
    row.deposited_on = on
    run_later("accounting.make_deposit_file", slip_id=row.pk)


@performs(DEPOSIT_FLOW, "credit")
def credit_slip(row: DepositSlip, *, on: date, actor: Any, today: date) -> None:
    """Does: notes that the bank credited a slip; what waited on the account of cheques or of cash goes to the
    bank, section by section. Refuses: a day to come or before the deposit, a closed month. Leaves behind: the
    day; the entry and its letterings when something waited; audit."""
    if row.deposited_on is None or not row.deposited_on <= on <= today:
        raise Refused(Code.DATE_INVALID, _("La banque crédite entre la remise et aujourd’hui."), field="on")
    row.credited_on = on
    row.entry = _post(row, on, actor)


def _post(row: DepositSlip, on: date, actor: Any) -> Entry | None:
    waiting = waiting_lines(row)
    if not waiting:
        return None
    lines = []
    for one in waiting:
        line, section = one.line, one.line.analytic_id
        lines.append(debit(row.bank_account.account.number, section, one.left))
        lines.append(credit(line.account.number, section, one.left, party=line.party))
    label = house_words(gettext_lazy("Remise en banque"), row.number)
    draft = EntryDraft(JournalCode.BANK, on, label, tuple(lines), piece=row.number)
    entry = post_entry(draft, actor=actor, source=row)
    answers = list(entry.lines.filter(account=waiting[0].line.account).order_by("pk"))
    held = [one.line for one in waiting]
    for section in dict.fromkeys(line.analytic_id for line in held):
        group = [line for line in (*held, *answers) if line.analytic_id == section]
        letter_lines(group, actor=actor, on=on, origin=LetteringOrigin.ITSELF)
    return entry


@performs(DEPOSIT_FLOW, "take_back")
def take_back_credit(row: DepositSlip, *, reason: str, actor: Any) -> None:
    """Does: the credit of a slip was wrongly noted: its entry is reversed on its own day, what it held waits
    again. Refuses: no reason, an entry that a line of the bank is matched with, a closed month. Leaves
    behind: the slip at the bank, not credited yet; audit with the reason."""
    missing = _("Dites pourquoi ce crédit est repris.")
    why = one_line(reason, "reason", missing, most=MOST_TAKEN_BACK)
    entry, row.credited_on, row.entry = row.entry, None, None
    if entry is not None:
        if BankMatchedLine.objects.filter(entry_line__entry=entry, is_live=True).exists():
            raise IllegalMove(
                _("Une ligne de banque est rapprochée de cette remise : défaites d’abord ce rapprochement.")
            )
        reverse_entry(entry, on=entry.on, reason=why, actor=actor)
    audit.record(actor, "accounting.take_back_credit", row, detail={"reason": why})


@performs(DEPOSIT_FLOW, "cancel")
def cancel_slip(row: DepositSlip, *, reason: str, actor: Any) -> None:
    """Does: gives up a slip that the bank does not have. Refuses: no reason. Leaves behind: the reason, what
    it held free again; its number stays taken; audit."""
    row.cancel_reason = one_line(
        reason, "reason", _("Dites pourquoi ce bordereau est annulé."), most=MOST_REASON
    )
    row.items.filter(is_live=True).update(is_live=False)
