"""Books of several activities that trade outside and between themselves, for statements by layout."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from accounting.calculations.entries import EntryDraft, LineDraft, credit, debit
from accounting.models import Account, AnalyticAccount, Entry, StatementLayout
from accounting.services.posting import post_entry


def layout(code: str) -> StatementLayout:
    """The latest version of a layout: « resultat », « tresorerie », « bilan »."""
    return StatementLayout.objects.filter(code=code).latest("version")


def entry(on: date, lines: Iterable[LineDraft], *, journal: str = "OD") -> Entry:
    draft = EntryDraft(journal=journal, on=on, label="Écriture", lines=tuple(lines))
    return post_entry(draft, actor=None, source=None)


def moves(
    section: AnalyticAccount, taken: str, given: str, amount: str, on: date, *, journal: str = "OD"
) -> Entry:
    """An amount on the debit of an account and the credit of another, in one section."""
    sum_ = Decimal(amount)
    return entry(on, [debit(taken, section.pk, sum_), credit(given, section.pk, sum_)], journal=journal)


def between(
    buyer: AnalyticAccount, seller: AnalyticAccount, pair: tuple[str, str], amount: str, on: date
) -> Entry:
    """What one section owes another: a charge here, an income there, the link account of both."""
    charge, income = pair
    sum_ = Decimal(amount)
    lines = [
        debit(charge, buyer.pk, sum_),
        credit("internal_link", buyer.pk, sum_),
        debit("internal_link", seller.pk, sum_),
        credit(income, seller.pk, sum_),
    ]
    return entry(on, lines, journal="AN")


def close_year(section: AnalyticAccount, sums: dict[str, Decimal], on: date) -> Entry:
    """Classes 6 and 7 emptied into account 12, in the journal of opening entries."""
    result = sum(sums.values(), Decimal(0))
    lines = [credit(number, section.pk, amount) for number, amount in sums.items()]
    return entry(on, [*lines, debit("120000", section.pk, result)], journal="RA")


def add_account(number: str, kind: str) -> Account:
    return Account.objects.create(number=number, label=f"Compte {number}", kind=kind)
