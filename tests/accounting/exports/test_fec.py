"""The FEC of a year, read again by a parser of its own, gives the trial balance; order, texts, lettering."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from accounting.calculations.entries import EntryDraft, credit, debit
from accounting.calculations.fec.check import check, split_lines
from accounting.models import Entry
from accounting.selectors.accounts import section_of, shared_section
from accounting.selectors.fec import fec_blocks
from accounting.selectors.ledger import trial_balance
from accounting.services.lettering import letter_lines
from accounting.services.periods import open_year
from accounting.services.posting import post_entry
from accounting.services.year_end import carry_result
from tests.factories import accounting as books
from tests.factories.entrepreneurs import make_activity

pytestmark = pytest.mark.django_db

YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def read(days: tuple[date, date] = YEAR) -> list[dict[str, str]]:
    """As the administration may read it: a flat file, names first, cells parted by one tab (LPF A47 A-1)."""
    names, *rows = b"".join(fec_blocks(*days)).decode("iso8859-15").removesuffix("\r\n").split("\r\n")
    return [dict(zip(names.split("\t"), row.split("\t"), strict=True)) for row in rows]


def amount(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))


def balances(rows: list[dict[str, str]]) -> dict[str, Decimal]:
    """What the file says of each account, debits less credits; nothing where it is even."""
    sums: dict[str, Decimal] = {}
    for row in rows:
        signed = amount(row["Debit"]) - amount(row["Credit"])
        sums[row["CompteNum"]] = sums.get(row["CompteNum"], Decimal(0)) + signed
    return {number: signed for number, signed in sums.items() if signed}


def carried(on: date = date(2026, 1, 1)) -> Entry:
    section = shared_section().pk
    lines = (debit("bank", section, Decimal(900)), credit("106100", section, Decimal(900)))
    return post_entry(EntryDraft("RA", on, "À-nouveaux", lines), actor=None, source=None)


def test_the_file_read_again_gives_the_trial_balance() -> None:
    books.scale()
    one, other = make_activity(code="A1"), make_activity(code="A2")
    for number, (activity, day) in enumerate(((one, 2), (other, 3), (one, 3)), start=1):
        books.sale(activity, f"{number}00.35", on=date(2026, 3, day), number=f"F-{number}")
    books.cost(one, "45.10")
    books.sale(one, "77.00", on=date(2027, 1, 1), number="F-9")
    carried()

    rows = read()

    found: dict[str, list[Decimal]] = {}
    for row in rows:
        sides = found.setdefault(row["CompteNum"], [Decimal(0), Decimal(0)])
        sides[0] += amount(row["Debit"])
        sides[1] += amount(row["Credit"])
    start, end = YEAR
    expected = {row.number: [row.debits, row.credits] for row in trial_balance(start=start, end=end)}
    assert found == expected
    report = check(split_lines(fec_blocks(*YEAR)), starts_on=start, ends_on=end)
    assert report.is_sound, report.faults
    assert {number: list(sides) for number, sides in report.accounts.items()} == expected


@pytest.mark.parametrize("is_closed", [False, True])
def test_a_year_begins_with_what_the_former_left_and_leaves_its_closing_entries_out(is_closed: bool) -> None:
    activity = make_activity(code="A1")
    books.sale(activity, "100.00", on=date(2025, 11, 3), number="F-1")
    books.cost(activity, "45.10", on=date(2025, 12, 1))
    books.sale(activity, "77.00", on=date(2026, 2, 3), number="F-2")
    if is_closed:
        year = open_year(starts_on=date(2025, 1, 1), ends_on=date(2025, 12, 31), actor=None)
        carry_result(year, actor=None)
        this = open_year(starts_on=YEAR[0], ends_on=YEAR[1], actor=None)
        carry_result(this, actor=None)

    former, rows = read((date(2025, 1, 1), date(2025, 12, 31))), read()

    # Opening and movements give the balances of the books, before closing entries.
    expected = {
        "411000": Decimal("212.40"),
        "445710": Decimal("-35.40"),
        "706000": Decimal("-77.00"),
        "120000": Decimal("-54.90"),
    }
    found = balances(rows)
    assert {number: found.get(number) for number in expected} == expected
    assert not {number for number in found if number.startswith("6")}
    assert {row["JournalCode"] for row in former} & {"RA"} == set()
    assert balances(former)["706000"] == Decimal("-100.00")
    opened = [row for row in rows if row["EcritureNum"] == "AN20260101"]
    assert rows[: len(opened)] == opened
    assert sum(amount(row["Debit"]) - amount(row["Credit"]) for row in opened) == 0
    owed = next(row for row in opened if row["CompteNum"] == "411000")
    assert (owed["PieceRef"], owed["EcritureDate"], owed["ValidDate"]) == ("F-1", "20260101", "20260101")
    assert owed["CompAuxNum"].startswith("411")
    for days in ((date(2025, 1, 1), date(2025, 12, 31)), YEAR):
        report = check(split_lines(fec_blocks(*days)), starts_on=days[0], ends_on=days[1])
        assert report.is_sound, report.faults


def test_what_was_carried_comes_first_then_the_order_of_validation() -> None:
    activity = make_activity(code="A1")
    books.sale(activity, on=date(2026, 3, 9), number="F-2")
    books.sale(activity, on=date(2026, 3, 2), number="F-1")
    carried()
    rows = read()
    assert [row["JournalCode"] for row in rows][:2] == ["RA", "RA"]
    pieces = [row["PieceRef"] for row in rows if row["JournalCode"] == "VE"]
    assert list(dict.fromkeys(pieces)) == ["F-2", "F-1"]
    assert rows[0]["PieceRef"] == "RA 1"


def test_numbers_of_a_year_run_on_when_december_is_booked_in_january() -> None:
    activity = make_activity(code="A1")
    for rank, day in enumerate(
        (date(2026, 12, 1), date(2027, 1, 4), date(2026, 12, 31), date(2027, 1, 5)), 1
    ):
        books.sale(activity, on=day, number="" if rank == 3 else f"F-{rank}")
    for days, pieces in ((YEAR, ["F-1", "VE 3"]), ((date(2027, 1, 1), date(2027, 12, 31)), ["F-2", "F-4"])):
        sales = [row for row in read(days) if row["JournalCode"] == "VE"]
        numbers = dict.fromkeys((row["EcritureNum"], row["PieceRef"]) for row in sales)
        assert list(numbers) == [("1", pieces[0]), ("2", pieces[1])]
        report = check(split_lines(fec_blocks(*days)), starts_on=days[0], ends_on=days[1])
        assert report.is_sound, report.faults


def test_a_text_never_breaks_a_line_and_a_third_party_has_its_number() -> None:
    section = section_of(make_activity(code="A1")).pk
    lines = (
        debit("customer", section, Decimal(12), party="Élan d’Été\t& Cie"),
        credit("706000", section, Decimal(12), party="Élan d’Été\t& Cie", label="Un\\deux\ntrois"),
    )
    post_entry(EntryDraft("VE", date(2026, 3, 2), "Vente | une", lines, "F\t1"), actor=None, source=None)
    owed, sold = read()
    assert (owed["CompAuxNum"], owed["CompAuxLib"]) == ("411ELANDETECIE", "Élan d'Été & Cie")
    assert (owed["EcritureLib"], owed["PieceRef"]) == ("Vente   une", "F 1")
    assert (sold["CompAuxNum"], sold["EcritureLib"]) == ("", "Un deux trois")
    assert (sold["Debit"], sold["Credit"]) == ("0,00", "12,00")


def test_a_lettering_is_told_once_it_is_whole() -> None:
    section = section_of(make_activity(code="A1")).pk

    def moved(*lines: object) -> Entry:
        return post_entry(EntryDraft("OD", date(2026, 3, 2), "Client", lines), actor=None, source=None)  # type: ignore[arg-type]

    sold = moved(debit("customer", section, Decimal(10)), credit("706000", section, Decimal(10)))
    paid = moved(debit("bank", section, Decimal(10)), credit("customer", section, Decimal(10)))
    other = moved(debit("bank", section, Decimal(4)), credit("customer", section, Decimal(4)))
    letter_lines([sold.lines.get(debit=10), paid.lines.get(credit=10)], actor=None, on=date(2026, 4, 1))
    told = {
        (row["EcritureNum"], row["EcritureLet"] != "", row["DateLet"])
        for row in read()
        if row["CompteNum"] == "411000"
    }
    day = "20260401"
    assert told == {
        (str(sold.number), True, day),
        (str(paid.number), True, day),
        (str(other.number), False, ""),
    }
