"""Legal situations of lettering: lines of third parties posted through the service, what is open of them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from accounting.calculations.entries import EntryDraft, credit, debit
from accounting.models import AnalyticAccount, EntryLine
from accounting.selectors.lettering import open_lines
from accounting.services.posting import post_entry

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


def left(role: str, *, on: date = date(2027, 12, 31)) -> list[str]:
    """What is open of an account, line by line, the oldest due date first."""
    return [str(one.left) for one in open_lines(on=on) if one.line.account.role == role]
