"""Lines of a file: grouped, every document and rate keeps its sums; what a layout cannot hold is refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounting.calculations.exports.plain import plain_lines
from accounting.calculations.exports.quadra import quadra_lines
from accounting.calculations.exports.rows import Row, Tally, grouped

LINE = Row(
    journal="VE",
    number=12,
    on=date(2026, 3, 2),
    piece="2026-000101",
    account="411000",
    account_label="Clients",
    party="Élan d’été",
    label="Vente œuvrée à l’été 2026 pour Élan",
    debit=Decimal("120.00"),
    credit=Decimal(0),
    vat_rate=None,
    due_on=date(2026, 4, 1),
    section="A1",
    section_label="Atelier",
    nature="",
)


ACCOUNTS = ("411000", "706000", "445710")
RATES = (None, Decimal("5.50"), Decimal("20.00"))
SECTIONS = ("A1", "A2", "COOP")
THIRD = st.integers(0, 2)
DRAWN = st.lists(
    st.tuples(st.integers(1, 2), THIRD, THIRD, THIRD, st.integers(-(10**9), 10**9).filter(bool)), max_size=10
)


def drawn_rows(drawn: list[tuple[int, int, int, int, int]]) -> list[Row]:
    """Lines of two documents, one after the other; cents are debits when positive."""
    return [
        replace(
            LINE,
            number=number,
            account=ACCOUNTS[account],
            vat_rate=RATES[rate],
            section=SECTIONS[section],
            debit=Decimal(max(cents, 0)).scaleb(-2),
            credit=Decimal(max(-cents, 0)).scaleb(-2),
        )
        for number, account, rate, section, cents in sorted(drawn)
    ]


def sums(rows: Iterable[Row]) -> Counter[object]:
    found: Counter[object] = Counter()
    for row in rows:
        key = (row.number, row.account, row.vat_rate)
        found[*key, "debit"] += row.debit  # type: ignore[assignment]
        found[*key, "credit"] += row.credit  # type: ignore[assignment]
    return found


@given(DRAWN)
def test_grouping_keeps_the_sums_of_each_document_account_and_rate(
    drawn: list[tuple[int, int, int, int, int]],
) -> None:
    rows = drawn_rows(drawn)
    together = list(grouped(rows))
    assert sums(together) == sums(rows)
    keys = [(row.number, row.account, row.vat_rate, row.debit > 0) for row in together]
    assert len(set(keys)) == len(keys)
    assert not any(row.section for row in together)
    tally = Tally()
    assert list(tally.counted(together)) == together
    assert tally.debit == sum((row.debit for row in rows), Decimal(0))
    assert tally.lines == len(together)


def test_a_record_of_quadra_has_every_thing_in_its_place() -> None:
    (record,) = quadra_lines([LINE])
    text = record.decode("ascii")
    assert len(text) == 160
    assert text.endswith("\r\n")
    places = {
        (1, 1): "M",
        (2, 8): "411000  ",
        (10, 2): "VE",
        (12, 3): "000",
        (15, 6): "020326",
        (42, 1): "D",
        (43, 13): "+000000012000",
        (64, 6): "010426",
        (100, 8): "6-000101",
        (108, 3): "EUR",
        (111, 3): "VE ",
        (117, 30): "Vente oeuvree a l'ete 2026 pou",
        (149, 10): "026-000101",
    }
    assert {place: text[place[0] - 1 : place[0] - 1 + place[1]] for place in places} == places
    (other,) = quadra_lines([replace(LINE, debit=Decimal(0), credit=Decimal("0.05"), due_on=None, piece="")])
    assert other[41:55] == b"C+000000000005"
    assert other[63:69] == b" " * 6
    assert other[148:158] == b"VE12      "


@pytest.mark.parametrize("change", [{"account": "411000001"}, {"debit": Decimal("12345678901.00")}])
def test_what_a_record_cannot_hold_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="no room"):
        list(quadra_lines([replace(LINE, **change)]))  # type: ignore[arg-type]


def test_words_are_never_formulas_and_never_break_a_line_of_the_csv() -> None:
    row = replace(LINE, label="=1+1\n;fin", party="-A", due_on=None, vat_rate=Decimal("20.00"))
    headings, line = plain_lines([row])
    assert headings.startswith(b"\xef\xbb\xbfJournal;")
    assert line.decode() == (
        "VE;12;02/03/2026;2026-000101;411000;Clients;'-A;\"'=1+1 ;fin\";120,00;0;20,00;;A1;Atelier;\r\n"
    )
