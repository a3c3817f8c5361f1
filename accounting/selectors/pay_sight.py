"""Pay has its own secrets: whoever reads the accounts of an activity sees what the pay of somebody else cost,
neither the net to pay nor the tax withheld (docs/payroll.md)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from accounting.models import AnalyticAccount, Entry, EntryLine, PayResult
from accounting.models.sight import sees_all_books
from cae.core.money import ZERO
from cae.core.permissions import can
from people.selectors.merging import file_keys

# Accounts of expenses: what a pay costs is told to all who read the accounts.
_COST = "6"


@dataclass(frozen=True)
class Named:
    """Where a sum stands, as an account is read."""

    label: str
    number: str = ""


@dataclass(frozen=True)
class PaySum:
    """What the lines of a pay come to in one section: its cost, or all that is to be paid of it."""

    account: Named
    analytic: AnalyticAccount
    signed: Decimal

    @property
    def debit(self) -> Decimal:
        return max(self.signed, ZERO)

    @property
    def credit(self) -> Decimal:
        return max(-self.signed, ZERO)


@dataclass(frozen=True)
class Unshown:
    """What lines that are not shown come to."""

    debit: Decimal
    credit: Decimal


def _pays_of_others(user: Any) -> QuerySet[PayResult] | None:
    """Those that this person may not read in detail; None for who reads them all."""
    if sees_all_books(user) or can(user, "accounting.view_pay"):
        return None
    rows = PayResult.objects.order_by()
    return rows.exclude(person__in=file_keys(user.person)) if user.person else rows


def lines_in_sight(rows: QuerySet[EntryLine], user: Any) -> tuple[QuerySet[EntryLine], Unshown | None]:
    """These lines without what the pay of somebody else leaves to pay, and what that comes to."""
    others = _pays_of_others(user)
    if others is None:
        return rows, None
    entries = others.values("entry")
    hidden = (Q(entry__in=entries) | Q(entry__reverses__in=entries)) & ~Q(account__number__startswith=_COST)
    sums = rows.filter(hidden).aggregate(
        count=Count("pk"), debit=Sum("debit", default=ZERO), credit=Sum("credit", default=ZERO)
    )
    if not sums["count"]:
        return rows, None
    return rows.exclude(hidden), Unshown(sums["debit"], sums["credit"])


def gathered_pay(entry: Entry, lines: Iterable[EntryLine], user: Any) -> list[PaySum] | None:
    """The lines of an entry of pay in two sums a section; None when this person may read them as they are."""
    others = _pays_of_others(user)
    of_entry = Q(entry=entry.pk) | Q(entry=entry.reverses_id)
    if others is None or not others.filter(of_entry).exists():
        return None
    sections: dict[int, AnalyticAccount] = {}
    sums: dict[tuple[int, bool], Decimal] = {}
    for line in lines:
        place = line.analytic_id, line.account.number.startswith(_COST)
        sections[line.analytic_id] = line.analytic
        sums[place] = sums.get(place, ZERO) + line.debit - line.credit
    cost, due = Named(_("Coût de la paie")), Named(_("Paie, cotisations et impôt à régler"))
    return [
        PaySum(cost if is_cost else due, sections[section], signed)
        for (section, is_cost), signed in sorted(sums.items(), key=lambda one: (one[0][0], not one[0][1]))
        if signed
    ]
