"""Parts of a quote add up to it, in net, in VAT of each rate and in gross, however it is cut."""

from __future__ import annotations

import random
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cae.core.money import CENT, ZERO
from invoicing.calculations.discounts import sale_totals
from invoicing.calculations.schedule import (
    AboveRest,
    Amount,
    Asked,
    Equal,
    Groups,
    Share,
    by_nature,
    gross_of,
    in_gross,
    in_share,
    net_of,
    plan,
    within,
)
from invoicing.calculations.totals import Adjustment, PricedLine, TaxGroup, document_totals
from tests.invoicing.test_calculations import cases, rate, shown

D = Decimal
RATES = (("S", D("0.2000")), ("S", D("0.1000")), ("S", D("0.0550")), ("S", D("0.0210")), ("E", D("0.0000")))


def quote_of(said: dict[str, Any]) -> Groups:
    lines = [
        PricedLine(D(row["quantity"]), D(row["unit_price"]), row["category"], rate(row["vat"]))
        for row in said["lines"]
    ]
    moves = {
        name: [Adjustment(D(row["net"]), row["category"], rate(row["vat"])) for row in said.get(name, [])]
        for name in ("discounts", "fees")
    }
    return document_totals(lines, **moves).breakdown


def asked_in(said: dict[str, Any]) -> list[Asked]:
    parts: list[Asked] = []
    if "deposit" in said:
        parts.append(Share(rate(said["deposit"]["percent"])))
    parts += [Equal()] * (said.get("equal_instalments", 1) - 1)
    for row in said.get("instalments", []):
        parts.append(Amount(D(row["gross"])) if "gross" in row else Share(rate(row["percent"])))
    return parts


def told(groups: Groups) -> dict[str, Any]:
    net, gross = net_of(groups), gross_of(groups)
    rows = sorted(groups, key=lambda group: -group.rate)
    return {
        "breakdown": [shown(group) for group in rows],
        "net": str(net),
        "tax": str(gross - net),
        "gross": str(gross),
    }


@cases("schedule")
def test_the_worked_cases(case: dict[str, Any]) -> None:
    said, expected = case["input"], case["expected"]
    quote = quote_of(said["quote"])
    documents = plan(quote, asked_in(said))
    assert told(quote) == expected["quote"]
    wanted = [{key: row[key] for key in row if key != "kind"} for row in expected["documents"]]
    assert [told(document) for document in documents] == wanted


def add_up(quote: Groups, documents: list[Groups]) -> None:
    """Of each rate, net and tax; and no document below zero, in net or in tax, nor the quote passed."""
    sums: dict[tuple[str, Decimal], tuple[Decimal, Decimal]] = {}
    for document in documents:
        for group in document:
            net, tax = sums.get((group.category, group.rate), (ZERO, ZERO))
            sums[group.category, group.rate] = (net + group.net, tax + group.tax)
            assert min(group.net, group.tax) >= ZERO
    assert sums == {(group.category, group.rate): (group.net, group.tax) for group in quote if group.gross}
    assert sum(map(gross_of, documents), ZERO) == gross_of(quote)


def some_quote(draw: random.Random) -> Groups:
    lines = [
        PricedLine(D(draw.randint(1, 400)) / 100, D(draw.randint(1, 900_000)) / 10_000, *draw.choice(RATES))
        for _ in range(draw.randint(1, 6))
    ]
    discount = D(draw.randint(0, 40)) / 100 if draw.random() < 0.4 else None
    return sale_totals(lines, rate=discount).breakdown


def some_parts(draw: random.Random, quote: Groups) -> list[Asked]:
    parts: list[Asked] = []
    for _ in range(draw.randint(1, 6)):
        kind = draw.randint(0, 2)
        if kind == 0:
            parts.append(Equal())
        elif kind == 1:
            parts.append(Share(D(draw.randint(1, 6_000)) / 10_000))
        else:
            parts.append(Amount(D(draw.randint(1, max(int(gross_of(quote) * 60), 1))) / 100))
    return parts


def test_ten_thousand_random_splits_add_up() -> None:
    draw, whole, refused = random.Random(20261127), 0, 0  # noqa: S311
    while whole < 10_000:
        quote = some_quote(draw)
        try:
            documents = plan(quote, some_parts(draw, quote))
        except AboveRest:
            refused += 1
            continue
        add_up(quote, documents)
        whole += 1
    assert refused > 100, "splits beyond the quote were tried too"


money = st.decimals(D("0.01"), D("99999.99"), places=2)


# A busy machine draws slowly; what is drawn is small.
@given(st.lists(money, min_size=1, max_size=4), st.lists(st.integers(1, 9999), min_size=1, max_size=12))
def test_shares_and_the_balance_make_the_quote(nets: list[Decimal], shares: list[int]) -> None:
    lines = [PricedLine(D(1), net, *RATES[place]) for place, net in enumerate(nets)]
    quote = document_totals(lines).breakdown
    total = sum(shares) + 1
    add_up(quote, plan(quote, [Share((D(one) / total).quantize(D("0.0001"))) for one in shares[:4]]))


# A busy machine draws slowly; what is drawn is small.
@given(st.lists(money, min_size=1, max_size=4), st.decimals(D("0.01"), D("1"), places=2))
def test_an_amount_is_asked_to_the_cent(nets: list[Decimal], part: Decimal) -> None:
    lines = [PricedLine(D(1), net, *RATES[place]) for place, net in enumerate(nets)]
    quote = document_totals(lines).breakdown
    amount = max((gross_of(quote) * part).quantize(CENT), CENT)
    assert gross_of(in_gross(quote, amount)) == amount


def test_a_rate_that_takes_off_follows_the_shares_alone() -> None:
    """A quote with a negative rate keeps it negative; an amount in euros leaves it to the balance."""
    twenty = TaxGroup("S", D("0.2000"), D("100.00"), D("20.00"))
    back = TaxGroup("S", D("0.1000"), D("-10.00"), D("-1.00"))
    half, rest = plan([twenty, back], [Share(D("0.5000"))])
    assert [group.net for group in (*half, *rest)] == [D("50.00"), D("-5.00"), D("50.00"), D("-5.00")]
    asked, left = plan([twenty, back], [Amount(D("60.00"))])
    assert asked == (TaxGroup("S", D("0.2000"), D("50.00"), D("10.00")),)
    assert gross_of(left) == D("49.00")


def test_beyond_the_rest_says_what_is_left() -> None:
    quote = document_totals([PricedLine(D(1), D("100.00"), "S", D("0.2000"))]).breakdown
    for ask in (lambda: in_gross(quote, D("120.01")), lambda: in_share(quote, quote, D("1.0100"))):
        with pytest.raises(AboveRest) as refusal:
            ask()
        assert refusal.value.left == D("120.00")


def test_a_rate_follows_its_natures() -> None:
    left = {"services": D("10.00"), "goods": D("5.00"), "rebilled": D("-3.00")}
    assert by_nature(D("6.00"), left) == {"services": D("4.00"), "goods": D("2.00")}
    assert by_nature(D("-2.00"), left) == {"rebilled": D("-2.00")}
    assert by_nature(ZERO, left) == {}
    assert by_nature(D("-1.00"), {"services": D("1.00")}) == {}


def test_a_part_planned_earlier_stays_within_what_is_left() -> None:
    twenty, five = D("0.2000"), D("0.0550")
    planned = (TaxGroup("S", twenty, D("30.00"), D("6.00")), TaxGroup("S", five, D("10.00"), D("0.55")))
    left = (TaxGroup("S", twenty, D("100.00"), D("20.00")), TaxGroup("S", five, D("4.00"), D("0.21")))
    assert within(left, planned) == (planned[0], left[1])
    assert within(left[:1], planned) == planned[:1]
    with pytest.raises(AboveRest) as refusal:
        within(left[1:], planned)
    assert refusal.value.left == D("4.21")
