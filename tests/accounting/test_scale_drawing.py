"""A scale is drawn whole: a line for each case, round marks, a text and a table that agree (ACC-17)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.template.loader import render_to_string

from accounting.calculations.contribution.reading import read_scale
from accounting.calculations.contribution.scales import Scale
from accounting.views.tariff_chart import TariffChart, charts_of
from tests.factories import accounting as books


def scale(**parts: Any) -> Scale:
    return read_scale(books.flat("0.10", "month") | parts)


def drawn(**parts: Any) -> TariffChart:
    return charts_of(scale(**parts))[0]


def plain(words: str) -> str:
    return words.replace("\u202f", " ").replace("\xa0", " ")


@pytest.mark.parametrize(
    ("parts", "labels"),
    [
        ({}, [""]),
        ({"fixed_per_month": {"CAPE": "10.00", "CESA": "30.00"}}, ["En CESA", "En CAPE"]),
        (
            {"franchise": {"months": 3, "waives": ["proportional"]}},
            ["Les années suivantes", "La première année"],
        ),
        (
            {"cap": {"per": "year", "amount": "5500.00", "associate_amount": "5000.00"}},
            ["Non associé·e", "Associé·e"],
        ),
        (
            {
                "fixed_per_month": {"CAPE": "10.00", "CESA": "30.00"},
                "franchise": {"months": 3, "waives": ["fixed"]},
                "cap": {"per": "year", "amount": "5500.00", "associate_amount": "5000.00"},
            },
            ["En CESA, les années suivantes, non associé·e", "En CAPE", "La première année", "Associé·e"],
        ),
    ],
)
def test_each_case_has_its_line_and_its_column(parts: dict[str, Any], labels: list[str]) -> None:
    chart = drawn(**parts)
    assert [line.label for line in chart.lines] == labels
    assert {len(row.spots) for row in chart.rows} == {len(labels)}
    assert len({line.style for line in chart.lines}) == len(labels)


def test_the_table_and_the_text_say_what_the_line_draws() -> None:
    chart = drawn(fixed_per_month="30.00", cap={"per": "year", "amount": "6000.00"})
    assert [(row.base, row.spots[0].amount) for row in chart.rows] == [
        (Decimal("0.00"), Decimal("360.00")),
        (Decimal("16800.00"), Decimal("2040.00")),
        (Decimal("33600.00"), Decimal("3720.00")),
        (Decimal("50400.00"), Decimal("5400.00")),
        (Decimal("67200.00"), Decimal("6000.00")),
        (Decimal("84000.00"), Decimal("6000.00")),
    ]
    assert plain(chart.description).startswith("2 040,00 € pour 16 800,00 €, 3 720,00 € pour 33 600,00 €")
    assert [plain(mark.text) for mark in chart.up] == ["2 000 €", "4 000 €", "6 000 €"]
    assert [plain(mark.text) for mark in chart.across] == [
        "0 €",
        "21 000 €",
        "42 000 €",
        "63 000 €",
        "84 000 €",
    ]
    # The cap is the top: the line ends flat along it.
    ends = chart.lines[0].points.split()[-2:]
    assert {end.split(",")[1] for end in ends} == {str(Decimal(chart.top).quantize(Decimal("0.1")))}
    page = plain(render_to_string("accounting/tariff_chart.html", {"chart": chart}))
    for words in (
        f'aria-labelledby="{chart.key}-title {chart.key}-desc"',
        "Pour une activité présente toute l’année, en douze mois égaux, sans exonération.",
        "6 000,00 €",
        "soit 7,14 %",
    ):
        assert words in page
    assert "style=" not in page


def test_a_scale_that_gives_nothing_is_drawn_too() -> None:
    chart = charts_of(read_scale(books.flat("0", "month")))[0]
    assert chart.up == ()
    assert {spot.amount for row in chart.rows for spot in row.spots} == {Decimal(0)}


def test_margin_documents_and_entry_are_named() -> None:
    margin = charts_of(read_scale(books.monthly()))[0]
    assert margin.heading == "Ventes moins charges déduites"
    assert "douze documents" in charts_of(read_scale(books.flat("0.1")))[0].note
    since_entry = {
        "kind": "cumulative",
        "window": "entry",
        "slices": [{"up_to": "80000.00", "rate": "0.12"}, {"up_to": None, "rate": "0.10"}],
    }
    assert "première année" in charts_of(read_scale(books.monthly(since_entry)))[0].title


def test_a_category_with_its_own_rates_is_drawn_apart() -> None:
    own = {"training": {"kind": "flat", "window": "year", "rate": "0.05"}}
    _year, training = charts_of(scale(per_category=own, fixed_per_month="30.00"))
    assert training.title == "Part proportionnelle, formation"
    assert training.rows[-1].spots[0].amount == Decimal("3000.00")
