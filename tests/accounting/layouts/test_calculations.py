"""Layouts, without a database: what accounts and formulas mean, every fault at its row, figures, coverage."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounting.calculations.layouts.faults import Unreadable, Wrong
from accounting.calculations.layouts.formulas import counted, names_of, read_formula
from accounting.calculations.layouts.layout import Coverage, Meeting, Typed, read_layout
from accounting.calculations.layouts.selections import RESULTS, Selection, read_selection
from accounting.calculations.layouts.standing import Moved, between, flows, standing
from accounting.chart import CHART
from accounting.first_layouts import FIRST_LAYOUTS

D = Decimal


@pytest.mark.parametrize(
    ("text", "taken", "refused"),
    [
        ("42, -421, -425", ["427000", "428"], ["421000", "425100", "43"]),
        ("14-15", ["140000", "15"], ["16"]),
        ("10 −106", ["101200"], ["106100"]),
        ("40;42", ["401000", "42"], ["41"]),
        ("12, anterieur", ["120000", "ANTERIEUR"], ["RESULTAT"]),
        ("RESULTAT", ["RESULTAT"], ["12", "ANTERIEUR"]),
    ],
)
def test_accounts(text: str, taken: list[str], refused: list[str]) -> None:
    selection = read_selection(text)
    assert all(selection.takes(key) for key in taken)
    assert not any(selection.takes(key) for key in refused)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("42, abc", "abc"),
        ("9", "9"),
        ("16-1", "16-1"),
        ("18-16", "18-16"),
        ("100-300", "100-300"),
        ("-42", "-42"),
        ("", ""),
    ],
)
def test_accounts_that_do_not_read(text: str, word: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_selection(text)
    assert (caught.value.code, caught.value.word) == (Wrong.ACCOUNTS_INVALID, word)


@pytest.mark.parametrize(
    ("one", "other", "met"),
    [
        ("42", "425", ("425",)),
        ("42, -425", "425", ()),
        ("42, -425", "42", ("42",)),
        ("421", "425", ()),
        ("12, RESULTAT", "RESULTAT", ("RESULTAT",)),
    ],
)
def test_prefixes_that_meet(one: str, other: str, met: tuple[str, ...]) -> None:
    assert read_selection(one).meets(read_selection(other)) == met
    assert read_selection(other).meets(read_selection(one)) == met


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 + 2 × 3", D(7)),
        ("(1 + 2) * 3", D(9)),
        ("10 − 4 − 3", D(3)),
        ("12 ÷ 3 / 2", D(2)),
        ("-A + 1,5", D("-8.5")),
        ("a × 0.5", D(5)),
        ("--A", D(10)),
        ("A ÷ ZERO", None),
        ("1 + NONE", None),
        ("NONE + 1", None),
        ("ZERO × 1", D(0)),
    ],
)
def test_formulas(text: str, value: Decimal | None) -> None:
    assert counted(read_formula(text), {"A": D(10), "ZERO": D(0), "NONE": None}) == value


def test_names_of_a_formula() -> None:
    assert names_of(read_formula("b + A × (B − 2)")) == ("B", "A")


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("A +", ""),
        ("A B", "B"),
        ("(A + 1", ""),
        ("(A 1", "1"),
        ("A $ B", "$ B"),
        ("* A", "*"),
        ("", ""),
        ("(" * 30 + "A" + ")" * 30, "("),
        ("-" * 30 + "A", "-"),
    ],
)
def test_formulas_that_do_not_read(text: str, word: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_formula(text)
    assert (caught.value.code, caught.value.word) == (Wrong.FORMULA_INVALID, word)


def test_a_layout_counts_totals() -> None:
    layout, faults = read_layout(
        [
            Typed("titre", style="heading"),
            Typed("MARGE", formula="VENTES − ACHATS"),
            Typed("VENTES", accounts="70"),
            Typed("ACHATS", accounts="60", side="debit"),
            Typed("TAUX", formula="MARGE ÷ VENTES", in_percent=True),
        ],
        kind="income",
    )
    assert faults == []
    found = layout.figures({"706000": D("-200.00"), "707000": D("-100.00"), "601000": D("75.00")})
    assert found == {"VENTES": D(300), "ACHATS": D(75), "MARGE": D(225), "TAUX": D("0.75")}
    assert layout.figures({})["TAUX"] is None
    assert layout.behind("ACHATS") == (Selection(("60",)),)
    assert layout.behind("TAUX") == (Selection(("70",)), Selection(("60",)))
    assert layout.coverage(["601000", "706000"]).is_whole
    assert layout.meetings() == ()


def test_accounts_left_out_and_counted_twice() -> None:
    lines = [Typed("A", accounts="40, 42"), Typed("B", accounts="421"), Typed("S", formula="A + B")]
    layout, _faults = read_layout(lines, kind="cash")
    found = layout.coverage(["401000", "421000", "512000"])
    assert found == Coverage(("512000",), (("421000", ("A", "B")),))
    assert not found.is_whole
    assert layout.meetings() == (Meeting("421", "A", "B"),)


def test_every_fault_stands_at_its_row() -> None:
    _layout, faults = read_layout(
        [
            Typed("A", accounts="60", formula="B"),
            Typed("A", accounts="6x"),
            Typed("9a", formula="A ++ 1"),
            Typed("C", formula="D"),
            Typed("D", formula="C + 1"),
            Typed("E", formula="F + T"),
            Typed("T", style="heading"),
            Typed("U", style="heading", accounts="1"),
            Typed("V"),
            Typed("W", accounts="7", in_percent=True),
            Typed("X", accounts="RESULTAT"),
        ],
        kind="income",
    )
    assert [(fault.row, fault.box, fault.code, fault.word) for fault in faults] == [
        (0, "formula", Wrong.CONTENT_BOTH, ""),
        (0, "formula", Wrong.FORMULA_NAME_UNKNOWN, "B"),
        (1, "accounts", Wrong.ACCOUNTS_INVALID, "6x"),
        (1, "code", Wrong.CODE_TWICE, "A"),
        (2, "code", Wrong.CODE_INVALID, "9A"),
        (2, "formula", Wrong.FORMULA_INVALID, "+"),
        (3, "formula", Wrong.FORMULA_CIRCLE, "C"),
        (4, "formula", Wrong.FORMULA_CIRCLE, "D"),
        (5, "formula", Wrong.FORMULA_NAME_UNKNOWN, "F"),
        (5, "formula", Wrong.FORMULA_NAME_UNKNOWN, "T"),
        (7, "accounts", Wrong.HEADING_COUNTED, ""),
        (8, "accounts", Wrong.CONTENT_MISSING, ""),
        (9, "accounts", Wrong.PERCENT_OF_ACCOUNTS, ""),
        (10, "accounts", Wrong.RESULT_IN_INCOME, ""),
    ]


_ROWS = [
    # The same account of two sections.
    Moved("706000", "income", "revenue_services", D("-70.00"), D("-320.00")),
    Moved("706000", "income", "revenue_services", D("-30.00"), D("-30.00")),
    Moved("601000", "expense", "", D("40.00"), D("90.00")),
    Moved("187000", "income", "internal_income", D(0), D("-5.00")),
    Moved("512000", "balance", "bank", D("60.00"), D("260.00")),
    Moved("120000", "balance", "", D(0), D(5)),
]


def test_results_stand_for_classes_6_and_7() -> None:
    assert flows(_ROWS) == {"706000": D("-100.00"), "601000": D("40.00")}
    found = standing(_ROWS)
    assert found == {
        "RESULTAT": D("-60.00"),
        "ANTERIEUR": D("-205.00"),
        "512000": D("260.00"),
        "120000": D(5),
    }
    assert sum(found.values()) == 0
    assert [row.number for row in between(_ROWS)] == ["187000"]


@given(
    st.lists(st.tuples(st.integers(-(10**9), 10**9), st.integers(-(10**9), 10**9)), min_size=1, max_size=8)
)
def test_a_ratio_reads_totals_never_a_sum_of_ratios(pairs: list[tuple[int, int]]) -> None:
    lines = [Typed("A", accounts="6"), Typed("B", accounts="7"), Typed("R", formula="A ÷ B")]
    layout, _faults = read_layout(lines, kind="income")
    sums = {f"6{rank}": -D(a) / 100 for rank, (a, _b) in enumerate(pairs)}
    sums |= {f"7{rank}": -D(b) / 100 for rank, (_a, b) in enumerate(pairs)}
    above, under = sum(a for a, _b in pairs), sum(b for _a, b in pairs)
    ratio = layout.figures(sums)["R"]
    if under == 0:
        assert ratio is None
    else:
        assert ratio is not None
        assert abs(ratio * under - above) < D("1e-20")


@pytest.mark.parametrize(("code", "kind", "lines"), [(one[0], one[1], one[3]) for one in FIRST_LAYOUTS])
def test_first_layouts_count_each_account_once(code: str, kind: str, lines: tuple[Typed, ...]) -> None:
    layout, faults = read_layout(lines, kind=kind)
    assert faults == [], code
    assert layout.meetings() == ()
    numbers = [
        number for number, _label, nature, _role in CHART if (nature != "balance") == (kind == "income")
    ]
    assert layout.coverage(numbers + list(RESULTS if kind != "income" else ())).is_whole
