"""What a month of pay owes leaves the bank: net pay, person by person, then what social bodies and the tax
office take. Before statements are made from the books, so that these show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import F, QuerySet, Sum

from accounting.calculations.entries import EntryDraft, credit, debit
from accounting.calculations.payment_orders import next_transfer_day
from accounting.models import Entry, EntryLine
from accounting.services.lettering import letter_entries
from accounting.services.posting import post_entry
from accounting.states.books import AccountRole, AnalyticKind, JournalCode
from cae.core.periods import Month
from people.models import User

# The day of the month after by which an employer of fewer than fifty pays (CSS art. R243-6).
_CHARGES_DAY = 15
_CHARGES = (
    (AccountRole.SOCIAL_BODIES, "Cotisations sociales", "Urssaf"),
    (AccountRole.TAX_WITHHELD, "Prélèvement à la source", "Direction générale des finances publiques"),
)
_TEAM = "Équipe des services communs"


@dataclass(frozen=True)
class _Paid:
    """A line of the bank to be: its day, its words, whom it pays for what, and whom the books name for it."""

    on: date
    label: str
    piece: str
    who: str
    role: AccountRole
    party: str = ""


def pay_out(month: Month, *, today: date, actor: User) -> None:
    """Does: pays what the pay of a month owes, that of the team too, once its day is past. Refuses: nothing.
    Leaves behind: an entry of the bank for each person and each body, lettered with what it pays."""
    on = next_transfer_day(month.last)
    for entry in _owing(month, AccountRole.PAY_DUE) if on < today else ():
        party = entry.lines.exclude(party="").values_list("party", flat=True).first() or ""
        who = party or _TEAM
        label = f"Salaire {month} · {who}"
        paid = _Paid(on, label, f"PAIE-{month}", who, AccountRole.PAY_DUE, party=party)
        _pay([entry], paid, actor=actor)
    on = next_transfer_day(month.next().first.replace(day=_CHARGES_DAY))
    for role, words, who in _CHARGES if on < today else ():
        _pay(
            list(_owing(month, role)), _Paid(on, f"{words} · {month}", f"DSN-{month}", who, role), actor=actor
        )


def charges_of(month: Month) -> Decimal | None:
    """What the pay of a month owes to social bodies, where these books hold it."""
    owed = sum(_owed(list(_owing(month, AccountRole.SOCIAL_BODIES)), AccountRole.SOCIAL_BODIES).values())
    return owed or None


def _owing(month: Month, role: AccountRole) -> QuerySet[Entry]:
    """The entries of a month that owe something of this kind; those of the bank pay it."""
    rows = Entry.objects.filter(on__range=(month.first, month.last)).exclude(journal__code=JournalCode.BANK)
    lines = EntryLine.objects.filter(account__role=role, credit__gt=0, on__range=(month.first, month.last))
    return rows.filter(pk__in=lines.values("entry")).order_by("pk")


def _pay(entries: Sequence[Entry], paid: _Paid, *, actor: User) -> None:
    owed = _owed(entries, paid.role)
    if not owed:
        return
    lines = [debit(paid.role, section, amount, party=paid.party) for section, amount in owed.items()]
    lines += [credit(AccountRole.BANK, section, amount, party=paid.who) for section, amount in owed.items()]
    draft = EntryDraft(JournalCode.BANK, paid.on, paid.label, tuple(lines), piece=paid.piece)
    made = post_entry(draft, actor=actor, source=None)
    letter_entries([*entries, made], roles=[paid.role], actor=actor)


def _owed(entries: Sequence[Entry], role: AccountRole) -> dict[int, Decimal]:
    """By section. What is held of a pay for shares is owed by the shared services, and frees them at once."""
    rows = EntryLine.objects.filter(entry__in=entries, account__role=role)
    if role == AccountRole.PAY_DUE:
        rows = rows.exclude(entry__journal__code=JournalCode.PAY, analytic__kind=AnalyticKind.SHARED)
    sums = rows.order_by("analytic").values("analytic").annotate(sum=Sum(F("credit") - F("debit")))
    return {key: total for key, total in sums.values_list("analytic", "sum") if total > 0}
