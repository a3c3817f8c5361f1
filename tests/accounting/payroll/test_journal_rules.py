"""What a file of the payroll software comes to: pure rules, by hand."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounting.calculations.entries import LineDraft, gaps, has_valid_amounts, merged
from accounting.calculations.payroll.journal import (
    Beside,
    Fault,
    FaultKind,
    Line,
    Row,
    Slip,
    Weights,
    check_net,
    entry_of_lines,
    entry_of_slip,
    held_lines,
    lines_of,
    slip_of,
    slips_of,
    without_shares,
)
from cae.core.money import parse_amount

ONE = Weights(1, 9, {1: Decimal(100)})
TWO = Weights(1, 9, {1: Decimal(100), 2: Decimal(200), 3: Decimal(-5)})


def amounts(**given_: str) -> dict[str, Decimal]:
    return {name: Decimal(value) for name, value in given_.items()}


def row(line: int, **cells: str) -> Row:
    return line, lambda code: cells.get(code, "")


def slip(**changes: str) -> Slip:
    facts = {"gross": "1000.00", "employee": "220.00", "employer": "150.00", "net_paid": "760.00"}
    return Slip(2, "A1", withholding=Decimal("20.00"), **amounts(**facts | changes))


def sums(lines: tuple[LineDraft, ...]) -> dict[tuple[str, int], Decimal]:
    found: dict[tuple[str, int], Decimal] = defaultdict(Decimal)
    for one in merged(lines):
        found[one.account, one.analytic_id] += one.signed
    return dict(found)


def test_a_slip_is_read_and_each_fault_names_its_line() -> None:
    whole = row(2, number="a1", gross="1 000,00", employee="220", employer="150", net_paid="780", net="780")
    assert slips_of([whole], parse_amount) == [
        Slip(2, "A1", **amounts(gross="1000.00", employee="220", employer="150", net_paid="780"))
    ]
    assert slips_of([whole], parse_amount)[0].cost == Decimal("1150.00")
    for rows, kind, line in (
        ([], FaultKind.EMPTY, 0),
        ([row(2, gross="1")], FaultKind.NUMBER, 2),
        ([whole, row(7, number="A1")], FaultKind.TWICE, 7),
        ([row(3, number="A1", gross="mille")], FaultKind.AMOUNT, 3),
        ([row(4, number="A1", gross="10", net="9")], FaultKind.NET, 4),
    ):
        with pytest.raises(Fault) as caught:
            slips_of(rows, parse_amount)
        assert (caught.value.kind, caught.value.line) == (kind, line)


def test_what_is_paid_is_the_gross_with_what_is_beside() -> None:
    check_net(slip(), Beside())
    beside = Beside(*(Decimal(value) for value in ("30.00", "5.00", "15.00")))
    check_net(slip(net_paid="780.00"), beside)
    with pytest.raises(Fault) as caught:
        check_net(slip(net_paid="760.01"), Beside())
    assert (caught.value.kind, caught.value.about) == (FaultKind.SLIP, "A1")


def test_a_slip_is_shared_between_sections_as_its_gross_is() -> None:
    lines = entry_of_slip(slip(), Beside(), TWO, "Zoé Dupré")
    found = sums(lines)
    assert found["gross_pay", 1] == Decimal("333.33")
    assert found["gross_pay", 2] == Decimal("666.67")
    assert found["employer_charges", 2] == Decimal("100.00")
    assert sum(found["pay_due", key] for key in (1, 2)) == Decimal("-760.00")
    assert gaps(lines) == {}
    assert {line.party for line in lines if line.account == "pay_due"} == {"Zoé Dupré"}
    # Somebody without elements bears all on the main section.
    assert sums(entry_of_slip(slip(), Beside(), Weights(4, 9), "Zoé"))["gross_pay", 4] == Decimal("1000.00")


def test_shares_leave_the_section_for_the_shared_one() -> None:
    beside = Beside(*(Decimal(value) for value in ("30.00", "5.00", "15.00")))
    found = sums(entry_of_slip(slip(net_paid="780.00"), beside, ONE, "Zoé"))
    assert found["pay_due", 1] == Decimal("-780.00")
    assert (found["internal_link", 1], found["internal_link", 9]) == (Decimal("-15.00"), Decimal("15.00"))
    assert found["pay_due", 9] == Decimal("-15.00")
    assert found["claimant", 1] == Decimal("30.00")
    assert found["social_bodies", 1] == Decimal("-365.00")
    assert held_lines(Decimal("15.00"), Weights(9, 9), "Zoé") == []


def line(account: str, signed: str, section: int | None = None, *, number: str = "A1", at: int = 2) -> Line:
    amount = Decimal(signed)
    return Line(at, number, account, section, max(amount, Decimal(0)), max(-amount, Decimal(0)))


JOURNAL = [
    line("641000", "600.00", 1),
    line("641000", "400.00", 2),
    line("645000", "150.00", 1),
    line("431000", "-370.00"),
    line("442100", "-20.00"),
    line("421000", "-745.00"),
    line("456200", "-15.00"),
]


def test_a_journal_balances_by_section_whatever_the_software_left_out() -> None:
    kept, held = without_shares(JOURNAL)
    assert held == Decimal("15.00")
    told = slip_of(kept, held)
    assert (told.gross, told.employer, told.net_paid, told.withholding, told.employee) == tuple(
        map(Decimal, ("1000.00", "150.00", "745.00", "20.00", "220.00"))
    )
    lines = entry_of_lines(kept, ONE, "Zoé")
    assert gaps(lines) == {}
    found = sums(lines)
    assert found["431000", 1] == Decimal("-241.30")
    assert sum(found["421000", key] for key in (1, 2)) == Decimal("-760.00")
    # Every line with its section: nothing is shared, but each must balance.
    placed = [line("641000", "10.00", 1), line("421000", "-10.00", 1)]
    assert sums(entry_of_lines(placed, ONE, "Zoé")) == {
        ("641000", 1): Decimal("10.00"),
        ("421000", 1): Decimal("-10.00"),
    }
    with pytest.raises(Fault) as caught:
        entry_of_lines([line("641000", "10.00", 1), line("421000", "-10.00", 2)], ONE, "Zoé")
    assert caught.value.kind == FaultKind.SLIP


def test_a_journal_that_does_not_hold_is_refused_at_its_line() -> None:
    def read(*cells: dict[str, str]) -> list[Line]:
        rows = [row(rank, **one) for rank, one in enumerate(cells, start=2)]
        return lines_of(rows, parse_amount, {"ACT1": 1})

    good = {"number": "a1", "account": "641000", "section": "act1", "debit": "10"}
    against = {"number": "A1", "account": "421000", "credit": "10"}
    assert [(one.section, one.signed) for one in read(good, against)] == [
        (1, Decimal(10)),
        (None, Decimal(-10)),
    ]
    for cells, kind, at in (
        ([], FaultKind.EMPTY, 0),
        ([good], FaultKind.BALANCE, 0),
        ([good, against | {"number": "B2"}], FaultKind.SLIP, 2),
        ([good, against | {"number": ""}], FaultKind.NUMBER, 3),
        ([good | {"section": "ACT2"}, against], FaultKind.SECTION, 2),
        ([good | {"debit": "x"}, against], FaultKind.AMOUNT, 2),
    ):
        with pytest.raises(Fault) as caught:
            read(*cells)
        assert (caught.value.kind, caught.value.line) == (kind, at)


cents = st.integers(0, 900_000).map(lambda units: Decimal(units) / 100)


@given(
    gross=cents,
    employee=cents,
    employer=cents,
    beside=st.tuples(cents, cents, cents),
    parts=st.dictionaries(st.integers(1, 4), cents, max_size=4),
)
def test_an_entry_of_pay_always_balances_in_each_section(
    gross: Decimal,
    employee: Decimal,
    employer: Decimal,
    beside: tuple[Decimal, Decimal, Decimal],
    parts: dict[int, Decimal],
) -> None:
    told = Slip(2, "A1", gross, employee, employer, gross - employee)
    lines = merged(entry_of_slip(told, Beside(*beside), Weights(1, 9, parts), "Zoé"))
    assert gaps(lines) == {}
    assert all(has_valid_amounts(one) for one in lines)
    assert sum(one.signed for one in lines if one.account == "gross_pay") == gross
