"""What whoever checks claims reads: the queue, each line with its warnings, what is owed (INV-54)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Max, Prefetch, QuerySet, Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounting.models import Entry, PaymentOrder
from accounting.states.payments import OrderState
from cae.core.money import ZERO
from invoicing.calculations.claim_entries import Booked, Due, due, paid_with
from invoicing.models import AdvanceUse, ExpenseAdvance, ExpenseClaim, ExpenseLine, RefundWaiver
from invoicing.selectors.expense_flags import Flag, flags_of_lines
from invoicing.selectors.waiting import age_in_words
from invoicing.states.claims import AdvanceState
from invoicing.states.expenses import ClaimState, LineDecision, PaidWith

# A longer queue is shown by its oldest part, and says so.
MOST = 200
_BESIDE = (
    "kind__account__cost_kind",
    "kind__cost_kind",
    "voucher__document",
    "voucher__preview",
    "customer",
    "trip__vehicle",
    "adjustment__vehicle",
    "decided_by__person",
)


@dataclass(frozen=True)
class CheckedLine:
    """A line beside what is said of it."""

    line: ExpenseLine
    flags: list[Flag]

    @property
    def is_right(self) -> bool:
        """Nothing to look at twice: a note on the VAT or the month is no doubt."""
        return not any(flag.tone == "warning" for flag in self.flags)

    @property
    def waits(self) -> bool:
        return self.line.decision == LineDecision.PENDING


@dataclass(frozen=True)
class WaitingClaim:
    """A line of the queue."""

    claim: ExpenseClaim
    lines: list[CheckedLine]

    @property
    def key(self) -> str:
        return str(self.claim.pk)

    @property
    def total(self) -> Decimal:
        return sum((one.line.amount for one in self.lines if one.line.counts), ZERO)

    @property
    def is_right(self) -> bool:
        """Every line that waits may be accepted at once."""
        return all(one.is_right for one in self.lines if one.waits)

    @property
    def look(self) -> tuple[str, str, str]:
        """Tone, shape and word: how many lines ask to be looked at."""
        doubts = sum(one.waits and not one.is_right for one in self.lines)
        if doubts:
            word = ngettext("%(count)d à regarder", "%(count)d à regarder", doubts)
            return "warning", "▲", word % {"count": doubts}
        return "success", "✔", _("Tout en règle")

    @property
    def age(self) -> str:
        return age_in_words(self.claim.state_since)


def claims_to_check(user: Any) -> QuerySet[ExpenseClaim]:
    """Claims submitted, within sight, of somebody else: the oldest first."""
    rows = ExpenseClaim.objects.visible_to(user).filter(state=ClaimState.SUBMITTED)
    if user.person_id:
        rows = rows.exclude(person=user.person_id)
    return rows.select_related("person", "activity", "checker__person").order_by("state_since", "pk")


def waiting_claims(claims: QuerySet[ExpenseClaim]) -> list[WaitingClaim]:
    """The oldest of these claims with their lines, in a fixed number of questions."""
    lines = ExpenseLine.objects.select_related(*_BESIDE).order_by("on", "pk")
    rows = list(claims.prefetch_related(Prefetch("lines", queryset=lines))[:MOST])
    for claim in rows:
        for line in claim.lines.all():
            line.claim = claim
    flags = flags_of_lines([line for claim in rows for line in claim.lines.all()])
    return [
        WaitingClaim(claim, [CheckedLine(line, flags[line.pk]) for line in claim.lines.all()])
        for claim in rows
    ]


def checked_lines(claim: ExpenseClaim) -> list[CheckedLine]:
    """The lines of one claim, in the order of days."""
    lines = list(claim.lines.select_related(*_BESIDE).order_by("on", "pk"))
    for line in lines:
        line.claim = claim
    flags = flags_of_lines(lines)
    return [CheckedLine(line, flags[line.pk]) for line in lines]


def right_lines(claim: ExpenseClaim) -> list[ExpenseLine]:
    """Those that wait and of which nothing is to be looked at twice."""
    return [one.line for one in checked_lines(claim) if one.waits and one.is_right]


def last_claim_answer(user: Any) -> datetime | None:
    """When a claim within sight was last answered."""
    booked = ExpenseClaim.objects.visible_to(user).exclude(state__in=(ClaimState.DRAFT, ClaimState.SUBMITTED))
    found: datetime | None = booked.aggregate(last=Max("state_since"))["last"]
    return found


def booked_lines(lines: Sequence[ExpenseLine]) -> list[Booked]:
    """The lines that count, as the entries see them."""
    return [
        Booked(
            account=line.kind.account.number,
            cost=line.kind.booked_as.code if line.kind.booked_as else "",
            amount=line.amount,
            deductible=line.deductible,
            paid_with=line.paid_with,
            fund_id=line.fund_id,
        )
        for line in lines
        if line.counts
    ]


def open_advances(claim: ExpenseClaim) -> QuerySet[ExpenseAdvance]:
    """What the person holds of the activity's money and has not justified, the oldest first."""
    rows = ExpenseAdvance.objects.filter(
        person=claim.person_id, activity=claim.activity_id, state=AdvanceState.GIVEN
    )
    return rows.order_by("given_on", "pk")


def held_by_person(claim: ExpenseClaim) -> Decimal:
    return sum(
        (row.amount - row.used for row in open_advances(claim).with_used()),  # type: ignore[attr-defined]
        ZERO,
    )


def foreseen(claim: ExpenseClaim, lines: Sequence[ExpenseLine], *, deduct: bool = True) -> Due | None:
    """What an approval would leave; nothing when lines exceed the advance they say they used."""
    try:
        return due(booked_lines(lines), held=held_by_person(claim), deduct=deduct)
    except ValueError:
        return None


def owed_of(claim: ExpenseClaim) -> Due:
    """What an approved claim left: read from its lines and from what it used of advances."""
    lines = booked_lines(list(claim.lines.select_related(*_BESIDE)))
    # What a reversed approval gave back of its own surplus is no use of an advance.
    uses = AdvanceUse.objects.filter(claim=claim).exclude(advance__overpaid_by=claim)
    used = uses.aggregate(sum=Sum("amount"))
    total = used["sum"] or ZERO
    own, by_advance = paid_with(lines, PaidWith.OWN), paid_with(lines, PaidWith.ADVANCE)
    deducted = total - by_advance
    return Due(max(own, ZERO) - deducted, total, deducted, max(-own, ZERO))


def waiver_of(claim: ExpenseClaim) -> RefundWaiver | None:
    return RefundWaiver.objects.filter(claim=claim).select_related("signature", "entry").first()


def order_of(source: ExpenseClaim | ExpenseAdvance) -> PaymentOrder | None:
    """The transfer that pays it, unless it was withdrawn."""
    rows = PaymentOrder.objects.filter(
        source_type=ContentType.objects.get_for_model(source), source_id=source.pk
    )
    return rows.exclude(state=OrderState.WITHDRAWN).first()


def entry_of(claim: ExpenseClaim) -> Entry | None:
    """The entry of the approval in force: that of a waiver comes after it."""
    rows = Entry.objects.filter(
        source_type=ContentType.objects.get_for_model(claim), source_id=claim.pk, reverses=None
    )
    return rows.filter(reversed_by=None).select_related("journal").order_by("pk").first()
