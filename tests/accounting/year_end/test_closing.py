"""Expenses and income of a year taken to the result, again, and undone."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db.models import F, Sum

from accounting.calculations.entries import EntryDraft, credit, debit
from accounting.calculations.layouts.standing import flows, standing
from accounting.models import AnalyticAccount, CostKind, EntryLine, FiscalYear
from accounting.selectors.accounts import shared_section
from accounting.selectors.layout_figures import Column, all_moved, moved
from accounting.selectors.year_end import openings
from accounting.services.periods import open_year
from accounting.services.posting import post_entry
from accounting.services.year_end import carry_result, undo_result
from accounting.states.books import AnalyticKind
from cae.core.errors import Code
from tests.factories.accounting_ledger import close
from tests.refusals import refused

pytestmark = pytest.mark.django_db

END = date(2025, 12, 31)


def move(section: AnalyticAccount, taken: str, given: str, amount: str, on: date = date(2025, 12, 3)) -> None:
    lines = (debit(taken, section.pk, Decimal(amount)), credit(given, section.pk, Decimal(amount)))
    post_entry(EntryDraft("OD", on, "Mouvement", lines), actor=None, source=None)


def balances(section: AnalyticAccount) -> dict[str, Decimal]:
    rows = EntryLine.objects.filter(analytic=section).order_by().values("account__number")
    sums = rows.annotate(sum=Sum(F("debit") - F("credit"))).exclude(sum=0)
    return dict(sums.values_list("account__number", "sum"))


def said() -> tuple[dict[str, Decimal], dict[str, Decimal]]:
    """What the income statement of the year and the balance sheet at its end say, results together."""
    rows = all_moved(moved([Column(date(2025, 1, 1), END)]), 0)
    sheet = standing(rows)
    results = {key: sheet.pop(key, Decimal(0)) for key in ("ANTERIEUR", "120000", "129000")}
    return flows(rows), sheet | {"earlier": sum(results.values(), Decimal(0))}


def test_a_year_is_taken_to_its_result_again_and_undone() -> None:
    shared = shared_section()
    fund = AnalyticAccount.objects.create(code="FONDS", label="Fonds", kind=AnalyticKind.FUND)
    move(shared, "bank", "706000", "900.00")
    move(shared, "607000", "bank", "300.00")
    move(fund, "627000", "bank", "12.00")
    move(shared, "627000", "bank", "5.00", on=date(2026, 1, 2))
    year = open_year(starts_on=date(2025, 1, 1), ends_on=END, actor=None)
    before = said()

    made = carry_result(year, actor=None)

    assert [(one.journal.code, one.on, one.source) for one in made] == [("RA", END, year)] * 2
    # January stays what it was.
    assert balances(shared) == {"120000": Decimal(-600), "512000": Decimal(595), "627000": Decimal(5)}
    assert balances(fund) == {"129000": Decimal(12), "512000": Decimal(-12)}
    assert said() == before
    lines = EntryLine.objects.filter(entry__in=made)
    assert CostKind.objects.filter(accounts__number="607000").exists()
    assert not lines.exclude(cost_kind=None).exists()
    with refused(Code.ALREADY_DONE, said="Rien à porter au résultat"):
        carry_result(year, actor=None)

    # An adjustment alone is taken; the profit becomes a loss.
    move(shared, "641000", "bank", "700.00")
    assert len(carry_result(year, actor=None)) == 1
    assert balances(shared)["129000"] == Decimal(100)
    assert "120000" not in balances(shared)

    with refused(Code.VALUE_MISSING, "reason"):
        undo_result(year, reason=" ", actor=None)
    assert len(undo_result(year, reason="Facture oubliée", actor=None)) == 3
    assert balances(shared) == {
        "512000": Decimal(-105),
        "607000": Decimal(300),
        "627000": Decimal(5),
        "641000": Decimal(700),
        "706000": Decimal(-900),
    }
    with refused(Code.ILLEGAL_MOVE, said="n’a pas été porté"):
        undo_result(year, reason="Encore", actor=None)
    # What was undone is taken whole again.
    assert len(carry_result(year, actor=None)) == 2
    assert balances(shared)["129000"] == Decimal(100)


def test_a_closed_month_keeps_its_result() -> None:
    move(shared_section(), "bank", "706000", "900.00")
    year: FiscalYear = open_year(starts_on=date(2025, 1, 1), ends_on=END, actor=None)
    close("2025-12")
    with refused(Code.PERIOD_CLOSED, "year", said="décembre 2025"):
        carry_result(year, actor=None)
    with refused(Code.PERIOD_CLOSED, "year"):
        undo_result(year, reason="Trop tard", actor=None)


def test_a_year_opens_on_the_balances_of_the_eve_line_by_line_where_something_is_open() -> None:
    shared = shared_section()
    for number, party, amount in (("F-1", "Mairie", "500.00"), ("F-2", "Lycée", "80.00")):
        lines = (
            debit("customer", shared.pk, Decimal(amount), party=party, due_on=END),
            credit("706000", shared.pk, Decimal(amount)),
        )
        draft = EntryDraft("VE", date(2025, 11, 5), number, lines, piece=number)
        post_entry(draft, actor=None, source=None)
    move(shared, "bank", "customer", "120.00")
    move(shared, "bank", "customer", "300.00", on=date(2026, 1, 5))
    past = open_year(starts_on=date(2025, 1, 1), ends_on=END, actor=None)
    year = open_year(starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31), actor=None)

    def read() -> list[tuple[str, str, str, Decimal]]:
        return [(one.account, one.party, one.piece, one.signed) for one in openings(year)]

    # Provisional: the result is not taken yet, and opens all the same where it will be.
    provisional = read()
    assert sorted(provisional) == [
        ("120000", "", "", Decimal(-580)),
        ("411000", "", "", Decimal(-120)),
        ("411000", "Lycée", "F-2", Decimal(80)),
        ("411000", "Mairie", "F-1", Decimal(500)),
        ("512000", "", "", Decimal(120)),
    ]
    carry_result(past, actor=None)
    assert read() == provisional
    assert openings(past) == []
    held = EntryLine.objects.filter(on__lte=END).order_by().values("account__number")
    sums = held.annotate(sum=Sum(F("debit") - F("credit"))).exclude(sum=0)
    opened: dict[str, Decimal] = {}
    for account, _party, _piece, signed in provisional:
        opened[account] = opened.get(account, Decimal(0)) + signed
    assert opened == dict(sums.values_list("account__number", "sum"))
