"""What may follow what in the life of an e-invoice, and how money is told by rate: pure rules."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cae.core.money import ZERO
from invoicing.calculations.lifecycle import (
    BESIDE,
    FINAL,
    NEXT,
    Fault,
    RateShare,
    Step,
    by_rate,
    collected,
    fault_of,
    standing,
)
from invoicing.states.exchange import COMPULSORY, WITH_REASON, WRITERS, EInvoiceCode
from invoicing.states.reasons import REASONS, SECOND_LIST, labels_of, reasons_for

PAID = Step("212", Decimal("120.00"))


def steps(*codes: str) -> list[Step]:
    return [Step(code) for code in codes]


@pytest.mark.parametrize(
    "codes",
    [
        ["200", "201", "202", "203", "204", "205", "211"],
        ["200", "203", "207", "205"],
        ["200", "208", "209", "205"],
        ["200", "221", "200", "203", "206", "205"],
        ["203", "204", "210"],
        ["200", "213"],
        ["200", "205", "210"],
        ["501"],
        ["224", "200", "225"],
    ],
)
def test_a_life_in_order(codes: list[str]) -> None:
    lived: list[Step] = []
    for code in codes:
        assert fault_of(lived, Step(code)) is None, code
        lived.append(Step(code))


@pytest.mark.parametrize(
    ("codes", "then", "fault"),
    [
        (["213"], "200", Fault.OVER),
        (["210"], "205", Fault.OVER),
        (["220"], "204", Fault.OVER),
        (["501"], "212", Fault.OVER),
        (["200"], "200", Fault.TWICE),
        (["200", "202"], "201", Fault.OUT_OF_ORDER),
        (["203"], "213", Fault.OUT_OF_ORDER),
        (["204"], "200", Fault.OUT_OF_ORDER),
        (["200"], "209", Fault.OUT_OF_ORDER),
        ([], "209", Fault.OUT_OF_ORDER),
    ],
)
def test_out_of_order(codes: list[str], then: str, fault: Fault) -> None:
    assert fault_of(steps(*codes), Step(then, Decimal(1))) is fault


def test_money_comes_beside_and_several_times() -> None:
    lived = [Step("200"), PAID, PAID]
    assert standing(lived) == "200"
    assert collected(lived) == Decimal("240.00")
    assert fault_of(lived, Step("205")) is None
    assert fault_of(lived, Step("212", Decimal("-240.00"))) is None
    assert fault_of(lived, Step("212", Decimal("-240.01"))) is Fault.BELOW_ZERO


@pytest.mark.parametrize("code", sorted(FINAL - {"501"}))
def test_what_was_paid_is_not_turned_down(code: str) -> None:
    assert fault_of([Step("200"), PAID], Step(code)) is Fault.PAID
    assert fault_of([Step("200"), PAID, Step("212", Decimal("-120.00"))], Step(code)) is None


def test_the_table_knows_every_code_and_no_other() -> None:
    known = set(EInvoiceCode.values)
    assert set(WRITERS) == known
    assert set(NEXT) | FINAL | BESIDE == known | {""}
    assert set().union(*NEXT.values()) <= known
    assert not FINAL & set(NEXT)
    # Whatever is not beside can be reached.
    assert set().union(*NEXT.values()) == known - BESIDE
    assert set(COMPULSORY) == {"200", "210", "212", "213"}


def test_the_list_of_reasons_by_day() -> None:
    assert sum(one.since is None for one in REASONS) == 45
    assert len({one.code for one in REASONS}) == len(REASONS) == 51
    before = {one.code for one in reasons_for("210", on=date(2026, 9, 30))}
    after = {one.code for one in reasons_for("210", on=SECOND_LIST)}
    assert "TX_TVA_ERR" in before
    assert after - before == {
        "RETRAIT_MAN_SERV",
        "ST_CT_NON_DECLAR",
        "SUPPR_COMP_AVOIR",
        "TRANSF_PMNT_REGIE",
        "CONTACT_ACHTR",
    }
    # What comes on paper may be refused before exchanges are a duty.
    assert {one.code for one in reasons_for("210", on=date(2026, 3, 17))} == before
    for code in WITH_REASON:
        assert reasons_for(code, on=SECOND_LIST), code
    # REJ_* and IRR_* belong to the platform's two refusals alone.
    for one in REASONS:
        if one.code.startswith("REJ_"):
            assert one.statuses == {"213"}
        if one.code.startswith("IRR_"):
            assert one.statuses == {"501"}


def test_a_reason_that_no_list_knows_keeps_its_code() -> None:
    assert labels_of(["TX_TVA_ERR", "NOUVEAU"]) == ["Taux de TVA erroné", "NOUVEAU"]


def test_money_is_shared_over_the_rates() -> None:
    grosses = [
        (Decimal("20.00"), Decimal("120.00")),
        (Decimal("5.50"), Decimal("60.00")),
        (Decimal("20.00"), Decimal("120.00")),
    ]
    assert by_rate(Decimal("100.00"), grosses) == (
        RateShare(Decimal("20.00"), Decimal("80.00")),
        RateShare(Decimal("5.50"), Decimal("20.00")),
    )
    assert by_rate(Decimal("0.01"), grosses) == (RateShare(Decimal("20.00"), Decimal("0.01")),)


def test_a_share_is_kept_and_read_back() -> None:
    share = RateShare(Decimal("5.50"), Decimal("-20.00"))
    assert RateShare.read(share.kept()) == share
    assert share.opposite.amount == Decimal("20.00")


@given(
    amount=st.decimals("-99999.99", "99999.99", places=2),
    grosses=st.lists(st.decimals("0.01", "50000", places=2), min_size=1, max_size=5),
)
def test_the_shares_make_the_amount(amount: Decimal, grosses: list[Decimal]) -> None:
    rates = [Decimal(rate) for rate in ("20.00", "10.00", "5.50", "2.10", "0.00")]
    shares = by_rate(amount, list(zip(rates, grosses, strict=False)))
    assert sum((one.amount for one in shares), ZERO) == amount


def test_a_rate_that_gives_back_has_its_share_too() -> None:
    """More taken back at one rate than sold at it: each has its proportion, the largest what is left."""
    grosses = [(Decimal("20.00"), Decimal("-0.01")), (Decimal("10.00"), Decimal("0.02"))]
    assert [one.amount for one in by_rate(Decimal("0.01"), grosses)] == [Decimal("-0.01"), Decimal("0.02")]
    grosses = [(Decimal("20.00"), Decimal("-30.00")), (Decimal("10.00"), Decimal("100.00"))]
    assert [one.amount for one in by_rate(Decimal("35.01"), grosses)] == [
        Decimal("-15.00"),
        Decimal("50.01"),
    ]
