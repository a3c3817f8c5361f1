"""Legal situations of lettering: lines of third parties posted through the service, what is open of them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from accounting.calculations.entries import EntryDraft, credit, debit
from accounting.models import AnalyticAccount, EntryLine
from accounting.selectors.accounts import section_of
from accounting.selectors.lettering import open_lines
from accounting.services.lettering import letter_lines, unletter
from accounting.services.posting import post_entry
from entrepreneurs.models import Activity
from people.models import User

DAY = date(2026, 3, 2)


def third(
    section: AnalyticAccount,
    amount: str,
    *,
    account: str = "customer",
    on: date = DAY,
    piece: str = "",
    **details: Any,
) -> EntryLine:
    """A line of this account against the bank, negative on the credit side."""
    told = {"party": "Client A"} | details
    lines = (
        debit(account, section.pk, Decimal(amount), **told),
        credit("bank", section.pk, Decimal(amount)),
    )
    draft = EntryDraft(journal="OD", on=on, label="Reprise", piece=piece, lines=lines)
    entry = post_entry(draft, actor=None, source=None)
    return entry.lines.select_related("account", "analytic").exclude(account__role="bank").get()


def lettered_by(users: dict[str, User], activity: Activity) -> dict[str, Any]:
    """What the walk visits of lettering: an account with open lines, proposals, letterings in every state."""
    section = section_of(activity)
    owed, paid = third(section, "300.00", piece="REP-1"), third(section, "-120.00", piece="REP-2")
    third(section, "45.00", piece="REP-3"), third(section, "-45.00", piece="REP-3")
    partial = letter_lines([owed, paid], actor=users["accountant"], on=DAY)
    pair = [third(section, "80.00", piece="REP-4"), third(section, "-80.00", piece="REP-5")]
    undone = letter_lines(pair, actor=users["accountant"], on=DAY)
    unletter(undone, reason="Mauvais client", actor=users["accountant"], at=timezone.now())
    return {
        "lettered_account": owed.account,
        "lettering": partial,
        "lettering_undone": undone,
        "lettered_section": section,
        "lettered_activity": activity,
    }


def left(role: str, *, on: date = date(2027, 12, 31)) -> list[str]:
    """What is open of an account, line by line, the oldest due date first."""
    return [str(one.left) for one in open_lines(on=on) if one.line.account.role == role]
