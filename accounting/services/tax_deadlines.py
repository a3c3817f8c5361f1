"""The tax calendar: deadlines made from their rules, noted filed and paid with their proofs (ACC-41)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.utils.translation import gettext as _

from accounting.calculations.deadlines import due_on, periods_of
from accounting.models import DeadlineRule, TaxDeadline, VatReturn
from accounting.selectors.tax_deadlines import deadline_of_return, rules_in_force
from accounting.states.vat import DEADLINE_FLOW, DeadlineRhythm, DeadlineState
from cae.core import audit
from cae.core.documents import store_document
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.models import Document
from cae.core.money import CENT, ZERO
from cae.core.periods import Span
from cae.core.turns import take_turn
from cae.core.uploads import plain_name, proof_mime
from cae.core.workflow import performs
from people.services.changes import one_line

PROOF_KIND = "accounting.tax_proof"
MOST_MEGABYTES, MOST_REASON, MOST_REFERENCE, MOST_LABEL = 10, 300, 60, 120
# Supporting papers of the books (C. com. L123-22).
KEPT_YEARS = 10
_TURN = "accounting.deadlines"
# Name and content of a file that was sent.
Sent = tuple[str, bytes]


@dataclass(frozen=True)
class DeadlineContent:
    """A deadline that no rule makes."""

    label: str
    starts_on: date
    ends_on: date
    due_on: date
    is_paid: bool
    owner: Any = None
    amount: Decimal | None = None


@transaction.atomic
def make_deadlines(year: int, *, actor: Any) -> int:
    """Does: adds the deadlines of the periods of a year that are not there yet, from the rules in force.
    Refuses: nothing. Leaves behind: deadlines to do; gives how many were added."""
    take_turn(_TURN)
    known = set(
        TaxDeadline.objects.filter(starts_on__year=year, rule__isnull=False).values_list(
            "rule__code", "starts_on"
        )
    )
    made = [
        _made(rule, period) for rule, period in _periods(year) if (rule.code, period.starts_on) not in known
    ]
    TaxDeadline.objects.bulk_create(made)
    if made and actor is not None:
        audit.record(
            actor, "accounting.make_deadlines", made[0], detail={"period": str(year), "count": len(made)}
        )
    return len(made)


def _periods(year: int) -> list[tuple[DeadlineRule, Span]]:
    return [
        (rule, period)
        for rhythm in DeadlineRhythm.values
        for period in periods_of(year, rhythm)
        for rule in rules_in_force(period.starts_on)
        if rule.rhythm == rhythm
    ]


def _made(rule: DeadlineRule, period: Span) -> TaxDeadline:
    return TaxDeadline(
        rule=rule,
        label=rule.label,
        starts_on=period.starts_on,
        ends_on=period.ends_on,
        due_on=due_on(period, months_after=rule.months_after, day=rule.day),
        is_paid=rule.is_paid,
    )


@transaction.atomic
def add_deadline(content: DeadlineContent, *, form_key: UUID, actor: Any) -> TaxDeadline:
    """Does: adds a deadline by hand; the same form twice gives the first. Refuses: no label, a period upside
    down, a wrong amount. Leaves behind: the deadline to do, audit."""
    take_turn(_TURN)
    already = TaxDeadline.objects.filter(form_key=form_key).first()
    if already is not None:
        return already
    label = one_line(content.label, "label", _("Dites ce qui est à déclarer."), most=MOST_LABEL)
    if content.ends_on < content.starts_on:
        raise Refused(Code.PERIOD_INVALID, _("La période finit avant de commencer."), field="ends_on")
    _require_amount(content.amount)
    row = TaxDeadline.objects.create(
        label=label,
        starts_on=content.starts_on,
        ends_on=content.ends_on,
        due_on=content.due_on,
        is_paid=content.is_paid,
        owner=content.owner,
        amount=content.amount,
        form_key=form_key,
    )
    audit.record(actor, "accounting.add_deadline", row)
    return row


@transaction.atomic
def follow_deadline(
    deadline: TaxDeadline, *, owner: Any, due_on: date, amount: Decimal | None, actor: Any
) -> TaxDeadline:
    """Does: says who follows it, by which day, for how much. Refuses: one that is over, a wrong amount.
    Leaves behind: the deadline, its reminder to come again when the day moves, audit."""
    row = TaxDeadline.objects.select_for_update(of=("self",)).get(pk=deadline.pk)
    if row.is_over:
        raise IllegalMove(_("Cette échéance est passée : elle ne change plus."))
    _require_amount(amount)
    if row.due_on != due_on:
        row.reminded_on = None
    row.owner, row.due_on, row.amount = owner, due_on, amount
    row.save(update_fields=["owner", "due_on", "amount", "reminded_on"])
    audit.record(actor, "accounting.follow_deadline", row, detail={"on": due_on.isoformat()})
    return row


def _require_amount(amount: Decimal | None) -> None:
    if amount is not None and (amount < ZERO or amount % CENT):
        raise Refused(
            Code.AMOUNT_INVALID, _("Le montant est positif et s’arrête au centime."), field="amount"
        )


@performs(DEADLINE_FLOW, "file")
def file_deadline(
    row: TaxDeadline,
    *,
    on: date,
    today: date,
    amount: Decimal | None,
    actor: Any,
    reference: str = "",
    proof: Sent | None = None,
) -> None:
    """Does: notes it declared. Refuses: a day to come, a wrong amount, a file that is no proof. Leaves
    behind: the deadline declared with its proof, audit."""
    _require_past(on, today)
    _require_amount(amount)
    row.filed_on, row.reference = on, reference.strip()[:MOST_REFERENCE]
    if amount is not None:
        row.amount = amount
    if proof is not None:
        row.filing_proof = _kept(proof, row, on, actor)


@performs(DEADLINE_FLOW, "pay")
def pay_deadline(
    row: TaxDeadline,
    *,
    on: date,
    today: date,
    actor: Any,
    amount: Decimal | None = None,
    proof: Sent | None = None,
) -> None:
    """Does: notes it paid. Refuses: one that is never paid, one whose VAT return is not paid, no amount, a
    day to come, no proof in its file. Leaves behind: the deadline paid with its proof, audit."""
    if not row.is_paid:
        raise IllegalMove(_("Cette échéance ne se paie pas."))
    if row.vat_return is not None and row.vat_return.paid_on is None:
        raise IllegalMove(
            _("Cette échéance suit sa déclaration de TVA : notez plutôt le paiement de celle-ci.")
        )
    _require_past(on, today)
    _require_amount(amount)
    row.amount = amount if amount is not None else row.amount
    if row.amount is None:
        raise Refused(Code.VALUE_MISSING, _("Dites combien a été payé."), field="amount")
    row.paid_on = on
    if proof is not None:
        row.payment_proof = _kept(proof, row, on, actor)


def _require_past(on: date, today: date) -> None:
    if on > today:
        raise Refused(Code.DATE_INVALID, _("Ce jour n’est pas encore venu."), field="on")


def _kept(sent: Sent, about: models.Model, on: date, actor: Any) -> Document:
    name, content = sent
    return store_document(
        content,
        kind=PROOF_KIND,
        name=plain_name(name, otherwise=_("preuve")),
        mime=proof_mime(content, most=MOST_MEGABYTES, field="proof"),
        about=about,
        actor=actor,
        retention_until=date(on.year + KEPT_YEARS, 12, 31),
    )


@performs(DEADLINE_FLOW, "drop")
def drop_deadline(row: TaxDeadline, *, reason: str, actor: Any) -> None:
    """Does: says that nothing is to be declared this time. Refuses: no reason. Leaves behind: the deadline
    over with why, audit."""
    ask = _("Dites pourquoi il n’y a rien à déclarer.")
    row.reason = one_line(reason, "reason", ask, most=MOST_REASON)


@transaction.atomic
def reopen_deadline(deadline: TaxDeadline, *, actor: Any) -> TaxDeadline:
    """Does: puts it back to do. Refuses: what is not filed, what follows a VAT return, which is undone on its
    own page. Leaves behind: the deadline without its dates and proofs, which stay in the files; audit."""
    if TaxDeadline.objects.filter(pk=deadline.pk, vat_return__isnull=False).exists():
        raise IllegalMove(
            _("Cette échéance suit sa déclaration de TVA : annulez plutôt le dépôt de celle-ci.")
        )
    return _reopen(deadline, actor=actor)


@performs(DEADLINE_FLOW, "reopen")
def _reopen(row: TaxDeadline, *, actor: Any) -> None:
    """Does, refuses, leaves behind: as `reopen_deadline`."""
    row.filed_on, row.paid_on, row.reason, row.reference = None, None, "", ""
    row.filing_proof, row.payment_proof, row.reminded_on, row.vat_return = None, None, None, None


def note_return_filed(vat_return: VatReturn, *, actor: Any) -> None:
    """Does: a VAT return filed is a deadline declared. Refuses: nothing. Leaves behind: the deadline of its
    period, if it waits, tied to it."""
    row = deadline_of_return(vat_return)
    if row is None or row.state != DeadlineState.TODO or vat_return.filed_on is None:
        return
    due = max(vat_return.result or ZERO, ZERO)
    row.vat_return, row.is_paid = vat_return, bool(due)
    row.save(update_fields=["vat_return", "is_paid"])
    on = vat_return.filed_on
    file_deadline(row, on=on, today=on, amount=due, actor=actor, reference=vat_return.reference)


def note_return_paid(vat_return: VatReturn, *, actor: Any) -> None:
    """Does: a VAT return paid is a deadline paid. Refuses: nothing. Leaves behind: the deadline paid."""
    row = TaxDeadline.objects.filter(vat_return=vat_return, state=DeadlineState.FILED).first()
    if row is not None and vat_return.paid_on is not None:
        pay_deadline(row, on=vat_return.paid_on, today=vat_return.paid_on, actor=actor)


def note_return_unpaid(vat_return: VatReturn, *, actor: Any) -> None:
    """Does: a VAT return whose payment was taken back is a deadline declared, no longer paid. Refuses:
    nothing. Leaves behind: the deadline declared, as the return was filed."""
    if TaxDeadline.objects.filter(vat_return=vat_return, state=DeadlineState.PAID).exists():
        note_return_undone(vat_return, actor=actor)
        note_return_filed(vat_return, actor=actor)


def note_return_undone(vat_return: VatReturn, *, actor: Any) -> None:
    """Does: a filing taken back is to be done again. Refuses: nothing. Leaves behind: the deadline to do,
    free of the return."""
    row = TaxDeadline.objects.filter(vat_return=vat_return).first()
    if row is not None:
        again = _reopen(row, actor=actor)
        again.is_paid = True
        again.save(update_fields=["is_paid"])
