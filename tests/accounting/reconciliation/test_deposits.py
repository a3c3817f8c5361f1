"""Deposit slips: numbered, taken, credited, given up; what waits goes to the bank (ACC-38)."""

from __future__ import annotations

import uuid
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from accounting.models import DepositItem, DepositSlip, Entry
from accounting.selectors.accounts import section_of
from accounting.selectors.deposits import deposables
from accounting.services.bank_matching import Choice, match_line, undo_match
from accounting.services.deposit_files import make_deposit_file
from accounting.services.deposits import (
    cancel_slip,
    credit_slip,
    deposit_slip,
    prepare_slip,
    take_back_credit,
)
from accounting.services.lettering import letter_lines
from accounting.services.reversing import reverse_entry
from accounting.states.reconciliation import DepositKind, DepositState
from cae.core.errors import Code
from tests.factories.accounting_bank import make_bank_account, make_line
from tests.factories.accounting_lettering import left, third
from tests.factories.accounting_reconciliation import cheque, credited, deposited, slip
from tests.factories.entrepreneurs import make_activity
from tests.factories.kernel import make_cooperative
from tests.refusals import refused

pytestmark = pytest.mark.django_db
D = Decimal


def free(kind: str = DepositKind.CHEQUES) -> list[int]:
    return [one.entry for one in deposables(kind, timezone.localdate())]


def test_cheques_that_wait_go_to_the_bank_section_by_section() -> None:
    today = timezone.localdate()
    one, other = make_activity(), make_activity()
    keys = [cheque("100.00", of=one), cheque("50.00", of=one), cheque("30.00", of=other)]
    assert free() == keys
    made = slip(*keys)
    assert (made.total, made.count, made.number) == (D("180.00"), 3, f"REM{today.year}-0001")
    assert free() == []
    taken = deposited(made)
    assert left("cheques") == ["100.00", "50.00", "30.00"]
    done = credit_slip(taken, on=today, actor=None, today=today)
    assert done.entry is not None
    lines = [
        (line.account.role, line.analytic, line.debit - line.credit)
        for line in done.entry.lines.select_related("account", "analytic").order_by("position")
    ]
    sums = {(section_of(one), D("150.00")), (section_of(other), D("30.00"))}
    assert {(section, amount) for role, section, amount in lines if role == "bank"} == sums
    assert (done.entry.piece, left("cheques")) == (made.number, [])
    assert done.state == DepositState.CREDITED


def test_cash_that_waits_in_the_box_goes_to_the_bank() -> None:
    today = timezone.localdate()
    key = cheque("60.00", account="cash_box", piece="Caisse 3")
    assert (free(), free(DepositKind.CASH)) == ([], [key])
    done = credit_slip(deposited(slip(key, kind=DepositKind.CASH)), on=today, actor=None, today=today)
    assert (done.entry is not None, left("cash_box"), free(DepositKind.CASH)) == (True, [], [])


def test_only_what_is_left_of_a_cheque_goes_to_the_bank() -> None:
    today, activity = timezone.localdate(), make_activity()
    section = section_of(activity)
    part, back = (third(section, amount, account="cheques", on=today) for amount in ("100.00", "-30.00"))
    letter_lines([part, back], actor=None, on=today)
    made = slip(part.entry_id)
    assert made.total == D("70.00")
    done = credit_slip(deposited(made), on=today, actor=None, today=today)
    assert done.entry is not None
    assert (done.entry.total, left("cheques")) == (D("70.00"), [])


def test_what_cannot_be_is_refused() -> None:
    today = timezone.localdate()
    key = cheque()
    account = make_bank_account()
    for entries, changes, code, field in (
        ([], {}, Code.VALUE_MISSING, "entries"),
        ([key], {"kind": "gold"}, Code.VALUE_INVALID, "kind"),
        ([key], {"kind": DepositKind.CASH}, Code.ILLEGAL_MOVE, "entries"),
        (list(range(1, 202)), {}, Code.VALUE_INVALID, "entries"),
    ):
        with refused(code, field):
            said = {"kind": DepositKind.CHEQUES, "on": today, "form_key": uuid.uuid4(), "actor": None}
            prepare_slip(entries, bank_account=account, **said | changes)  # type: ignore[arg-type]
    form = uuid.uuid4()
    made = slip(key, form_key=form)
    assert slip(key, form_key=form) == made
    with refused(Code.ILLEGAL_MOVE, "entries", "quelqu’un"):
        slip(key)
    for day in (today + timedelta(days=1), today - timedelta(days=1)):
        with refused(Code.DATE_INVALID, "on"):
            deposit_slip(made, on=day, actor=None, today=today)
    with refused(Code.ILLEGAL_MOVE):
        credit_slip(made, on=today, actor=None, today=today)
    with refused(Code.VALUE_MISSING, "reason"):
        cancel_slip(made, reason=" ", actor=None)
    cancel_slip(made, reason="Oubli", actor=None)
    assert free() == [key]
    # Its number stays taken.
    again = slip(key)
    assert again.number.endswith("0002")
    reverse_entry(Entry.objects.get(pk=key), on=today, reason="Impayé", actor=None)
    with refused(Code.ILLEGAL_MOVE, None, "annulé depuis"):
        deposit_slip(again, on=today, actor=None, today=today)


def test_a_cheque_unpaid_before_the_credit_does_not_go_to_the_bank() -> None:
    today = timezone.localdate()
    good, bad = cheque("100.00"), cheque("40.00")
    taken = deposited(slip(good, bad))
    with refused(Code.DATE_INVALID, "on"):
        credit_slip(taken, on=today + timedelta(days=1), actor=None, today=today)
    reverse_entry(Entry.objects.get(pk=bad), on=today, reason="Impayé", actor=None)
    done = credit_slip(taken, on=today, actor=None, today=today)
    assert done.entry is not None
    assert done.entry.total == D("100.00")
    assert left("cheques") == []


def test_a_credit_wrongly_noted_is_taken_back_unless_the_bank_is_matched_with_it() -> None:
    made = credited(slip(cheque("100.00")))
    with refused(Code.VALUE_MISSING, "reason"):
        take_back_credit(made, reason=" ", actor=None)
    seen = make_line("100.00", "REMISE CHEQUES", timezone.localdate().isoformat())
    choice = Choice([(f"entry:{made.entry_id}", D("100.00"))], label="Remise")
    seen = match_line(seen, choice=choice, shown=1, actor=None, today=timezone.localdate())
    with refused(Code.ILLEGAL_MOVE, said="défaites d’abord ce rapprochement"):
        take_back_credit(made, reason="Autre chèque", actor=None)
    made.refresh_from_db()
    assert (made.state, Entry.objects.filter(reverses=made.entry).exists()) == (DepositState.CREDITED, False)
    undo_match(seen, reason="Autre remise", shown=2, actor=None, today=timezone.localdate())
    former = made.entry
    back = take_back_credit(made, reason="Autre chèque", actor=None)
    assert (back.state, back.credited_on, back.entry) == (DepositState.DEPOSITED, None, None)
    assert Entry.objects.filter(reverses=former).exists()
    assert left("cheques") == ["100.00"]
    # And credited anew, on its day.
    today = timezone.localdate()
    again = credit_slip(back, on=today, actor=None, today=today)
    assert (again.entry is not None, left("cheques")) == (True, [])


def test_the_file_is_made_once_and_postgresql_keeps_the_slip(settings: Any) -> None:
    make_cooperative()
    key = cheque()
    taken = deposited(slip(key))
    document = make_deposit_file(taken.pk)
    assert make_deposit_file(taken.pk) == document
    assert document.name == f"{taken.number}.pdf"
    item = taken.items.get()
    for wrong in (
        lambda: DepositSlip.objects.filter(pk=taken.pk).update(total=1),
        lambda: DepositSlip.objects.filter(pk=taken.pk).update(state=DepositState.CREDITED),
        lambda: DepositItem.objects.filter(pk=item.pk).update(amount=1),
        lambda: DepositItem.objects.create(
            slip=slip(cheque()), entry_id=key, drawer="Autre", amount=D("100.00")
        ),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            wrong()
