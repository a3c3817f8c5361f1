"""Lines pasted from a spreadsheet: the usual orders of columns, and nothing lost whatever is pasted."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoicing.calculations.pasting import PastedLine, Words, pasted_lines

WORDS = Words(
    units={"h": "HUR", "heure": "HUR", "heures": "HUR", "jour": "DAY", "j": "DAY", "forfait": "LS"},
    rates={Decimal(20): "1", Decimal(10): "2", Decimal("5.5"): "3", Decimal(0): "9"},
)


def read(text: str) -> list[dict[str, str]]:
    return [line.values for line in pasted_lines(text, WORDS)]


WHOLE = {"label": "Séance photo", "quantity": "2", "unit": "DAY", "unit_price": "620,50", "vat_rate": "1"}


@pytest.mark.parametrize(
    "text",
    [
        "Séance photo\t2\tjour\t620,50\t20 %",
        "Séance photo\t2\tJour\t620,50 €\t20",
        "2\tjour\tSéance photo\t620,50\t20%",
        "Désignation\tQté\tUnité\tPU HT\tTVA\nSéance photo\t2\tj\t620.50\t20",
        "TVA\tPrix unitaire\tQuantité\tLibellé\tU\n0,2\t620,50\t2\tSéance photo\tj.",
        "Séance photo\t2\tj\t620,50\t20 %\t1 241,00",
        "Désignation;Quantité;Unité;Prix HT;TVA;Total HT\r\nSéance photo;2;j;620,50;20;1241",
        "\n\nSéance photo\t2\tjour\t620,50\t20 %\n\n",
    ],
    ids=["usual", "euro", "words-last", "heading", "mixed", "total", "semicolon", "blank-lines"],
)
def test_the_usual_orders(text: str) -> None:
    assert read(text) == [WHOLE]


def test_few_columns() -> None:
    assert read("Tirage\t85") == [{"label": "Tirage", "unit_price": "85"}]
    assert read("Tirage\t3\t85") == [{"label": "Tirage", "quantity": "3", "unit_price": "85"}]
    assert read("Tirage\nCadre") == [{"label": "Tirage"}, {"label": "Cadre"}]


def test_a_total_without_vat_is_no_rate() -> None:
    assert read("A\t3\t85\t255\nB\t1\t12\t12") == [
        {"label": "A", "quantity": "3", "unit_price": "85"},
        {"label": "B", "quantity": "1", "unit_price": "12"},
    ]


def test_a_row_with_a_number_is_no_heading() -> None:
    assert read("Libellé\tPrix\t5") == [{"label": "Libellé", "description": "Prix", "unit_price": "5"}]


def test_a_rate_in_words_is_kept_as_it_was_typed() -> None:
    assert read("Désignation\tTVA\tPrix\nCadre\texonéré\t12") == [
        {"label": "Cadre", "vat_text": "exonéré", "unit_price": "12"}
    ]


def test_an_empty_column_among_numbers_waits_for_the_words() -> None:
    assert read("2\t\t85") == [{"quantity": "2", "label": "", "unit_price": "85"}]


def test_numbers_alone_leave_the_words_to_be_typed() -> None:
    assert read("3\t85") == [{"label": "", "quantity": "3", "unit_price": "85"}]


def test_a_cell_with_a_line_break() -> None:
    assert read('Désignation\tPrix\n"Séance\nen studio"\t85') == [
        {"label": "Séance\nen studio", "unit_price": "85"}
    ]


def test_a_reference_is_told_apart() -> None:
    found = read("Référence\tDésignation\tPrix\nPH-1\tSéance\t85")
    assert found == [{"reference": "PH-1", "label": "Séance", "unit_price": "85"}]


def test_what_cannot_be_read_is_kept_and_named() -> None:
    text = "Désignation\tQté\tUnité\tPrix\tTVA\nSéance\tdeux\tlune\t12,5O\t33"
    (line,) = pasted_lines(text, WORDS)
    assert line == PastedLine(
        {
            "label": "Séance",
            "quantity": "deux",
            "unit_text": "lune",
            "unit_price": "12,5O",
            "vat_text": "33",
        },
        ("quantity", "unit", "unit_price", "vat"),
    )


def test_cells_without_a_column_go_to_the_description() -> None:
    assert read("Séance\tEn studio\tde nuit\t85") == [
        {"label": "Séance", "description": "En studio\nde nuit", "unit_price": "85"}
    ]


def test_nothing_gives_nothing() -> None:
    assert read("") == read(" \n\t\n") == []


cells = st.text(
    st.characters(exclude_characters='\t\n\r;"\0', exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=12
)


@given(st.lists(st.lists(cells, min_size=1, max_size=6), min_size=1, max_size=6))
def test_no_line_is_ever_lost(rows: list[list[str]]) -> None:
    text = "\n".join("\t".join(row) for row in rows)
    found = pasted_lines(text, WORDS)
    written = [row for row in rows if any(cell.strip() for cell in row)]
    assert len(found) in {len(written), len(written) - 1}  # a heading is no line
    assert all(isinstance(value, str) for line in found for value in line.values.values())


@given(st.text(max_size=200))
def test_any_text_may_be_pasted(text: str) -> None:
    pasted_lines(text, WORDS)


@given(st.lists(st.sampled_from(["Séance", "Tirage", "Cadre d’or", "Jeu de 12"]), min_size=1, max_size=30))
def test_every_label_comes_back_in_order(labels: list[str]) -> None:
    text = "\n".join(f"{label}\t{place + 1}\t10,5\t20 %" for place, label in enumerate(labels))
    found = read(text)
    assert [line["label"] for line in found] == labels
    assert [line["quantity"] for line in found] == [str(place + 1) for place in range(len(labels))]
