"""A joint document, its money and its credit notes add up to the cent, whoever takes part (INV-20)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accounting.calculations.entries import gaps, has_valid_amounts
from cae.core.money import CENT, ZERO, cents, share
from invoicing.calculations.entries import Piece, Share
from invoicing.calculations.joint import (
    Given,
    Part,
    Parts,
    Row,
    added,
    faults_of,
    kept_back,
    loss_of_each,
    moved,
    of_standing,
    shared,
    split_document,
    tax_of_each,
)
from invoicing.calculations.joint_entries import (
    joint_credit_note_entry,
    joint_invoice_entry,
    joint_loss_entry,
    joint_money_entry,
    joint_release_entry,
    joint_retention_entry,
)
from invoicing.calculations.losses import Loss, loss_of_rest
from invoicing.calculations.payment_vat import change, tax_due
from invoicing.calculations.totals import TaxGroup

D = Decimal
A, B, C = 11, 22, 33
SIXTY = {A: D("0.6"), B: D("0.4")}
FULL, HALF, NONE = ("S", D("0.2")), ("S", D("0.1")), ("E", D(0))
RATES = (FULL, HALF, NONE)
PIECE = Piece(number="F2026-0001", on=date(2026, 11, 2), customer="Client", analytic_id=0)

euros = st.integers(1, 3_000_000).map(lambda units: units * CENT)
agreements = st.lists(st.integers(1, 1000), min_size=2, max_size=5).map(
    lambda weights: {11 * (i + 1): D(weight) for i, weight in enumerate(weights)}
)


def row(net: str, group: tuple[str, Decimal] = FULL, *, weights: Parts = SIXTY, off: str = "0") -> Row:
    nature = "services" if group != NONE else "training"
    scope = (group, tuple(weights.items()))
    return Row(scope, f"revenue_{nature}", nature, group, D(net) + D(off), D(net), weights)


def tax_of(group: tuple[str, Decimal], net: Decimal) -> TaxGroup:
    return TaxGroup(*group, net, cents(net * group[1]))


def after(before: Given, parts: dict[int, Part], sign: int = 1) -> Given:
    """What each had once one more document is out; from nothing, what each had of that one."""
    gross, net, base, tax = dict(before.gross), dict(before.net), dict(before.base), dict(before.tax)
    for key, part in parts.items():
        for had in part.rows:
            gross[had.scope] = added(gross.get(had.scope, {}), {key: sign * had.gross})
            net[had.scope] = added(net.get(had.scope, {}), {key: sign * had.net})
        for group in part.taxes:
            name = (group.category, group.rate)
            base[name] = added(base.get(name, {}), {key: sign * group.net})
            tax[name] = added(tax.get(name, {}), {key: sign * group.tax})
    return Given(gross, net, base, tax)


def amounts(parts: dict[int, Part]) -> dict[int, tuple[Decimal, Decimal]]:
    return {key: (part.net, part.gross) for key, part in parts.items()}


def test_sixty_forty_of_an_invoice_of_two_rates() -> None:
    rows = [row("1000.01"), row("33.33", HALF), row("200.00", NONE)]
    taxes = [tax_of(FULL, D("1000.01")), tax_of(HALF, D("33.33")), tax_of(NONE, D("200.00"))]
    parts = split_document(rows, taxes)
    assert [(tax.net, tax.tax) for tax in parts[A].taxes] == [
        (D("600.01"), D("120.00")),
        (D("20.00"), D("2.00")),
        (D("120.00"), ZERO),
    ]
    assert [(tax.net, tax.tax) for tax in parts[B].taxes] == [
        (D("400.00"), D("80.00")),
        (D("13.33"), D("1.33")),
        (D("80.00"), ZERO),
    ]
    assert parts[B].by_nature() == {"services": D("413.33"), "training": D("80.00")}


def test_the_sections_bear_their_own_part_of_the_sale() -> None:
    parts = split_document([row("100.00", off="10.00")], [tax_of(FULL, D("100.00"))])
    entry = joint_invoice_entry(PIECE, parts, on_receipts=True)
    assert entry.piece == "F2026-0001"
    said = [(line.account, line.analytic_id, line.debit, line.credit) for line in entry.lines]
    assert said == [
        ("customer", A, D("72.00"), ZERO),
        ("revenue_services", A, ZERO, D("66.00")),
        ("discount_granted", A, D("6.00"), ZERO),
        ("vat_pending", A, ZERO, D("12.00")),
        ("customer", B, D("48.00"), ZERO),
        ("revenue_services", B, ZERO, D("44.00")),
        ("discount_granted", B, D("4.00"), ZERO),
        ("vat_pending", B, ZERO, D("8.00")),
    ]


def test_a_line_goes_to_the_activity_that_bears_it() -> None:
    rows = [row("700.00", weights={A: D(1)}), row("300.00", weights={B: D(1)}), row("100.00", HALF)]
    parts = split_document(rows, [tax_of(FULL, D(1000)), tax_of(HALF, D(100))])
    assert amounts(parts) == {A: (D("760.00"), D("906.00")), B: (D("340.00"), D("404.00"))}


def test_an_activity_that_gives_back_more_than_it_had_bears_no_tax_of_the_others() -> None:
    rows = [row("-50.00", weights={A: D(1)}), row("150.00", weights={B: D(1)})]
    parts = split_document(rows, [tax_of(FULL, D(100))])
    assert [(tax.net, tax.tax) for tax in parts[A].taxes] == [(D("-50.00"), ZERO)]
    assert [(tax.net, tax.tax) for tax in parts[B].taxes] == [(D("150.00"), D("20.00"))]


def test_rows_and_taxes_say_the_same() -> None:
    with pytest.raises(ValueError, match="the same net"):
        split_document([row("100.00")], [tax_of(FULL, D("99.99"))])


@pytest.mark.parametrize(
    ("rates", "faults"),
    [
        ({A: D("0.6"), B: D("0.4")}, []),
        ({A: D(1)}, ["two_activities"]),
        ({B: D("0.6"), C: D("0.4")}, ["leading_has_one"]),
        ({A: D("1.1"), B: D("-0.1")}, ["above_zero"]),
        ({A: D("0.6"), B: D("0.3")}, ["whole"]),
        ({}, ["two_activities", "leading_has_one", "whole"]),
    ],
)
def test_what_keeps_shares_from_being_shares(rates: Parts, faults: list[str]) -> None:
    assert faults_of(rates, leading=A) == faults


def test_nothing_to_cut_asks_for_no_weight() -> None:
    assert shared(ZERO, {A: ZERO, B: ZERO}) == {A: ZERO, B: ZERO}
    with pytest.raises(ValueError, match="weights"):
        shared(D("0.01"), {A: ZERO, B: ZERO})


@given(agreements, st.lists(st.tuples(euros, st.booleans()), min_size=1, max_size=12))
def test_movements_never_drift(weights: Parts, movements: list[tuple[Decimal, bool]]) -> None:
    given: dict[int, Decimal] = {}
    total = ZERO
    for asked, back in movements:
        amount = -min(asked, total) if back else asked
        parts = moved(amount, weights=weights, given=given)
        assert sum(parts.values()) == amount
        given, total = added(given, parts), total + amount
        assert given == shared(total, weights)
        whole = sum(weights.values())
        assert all(abs(given[key] - total * weight / whole) < CENT for key, weight in weights.items())


@settings(max_examples=60)
@given(agreements, st.data())
def test_parts_of_a_quote_add_up_to_what_was_agreed(weights: Parts, data: st.DataObject) -> None:
    """Whatever the parts: each activity ends with its share of the net of each rate, and of its tax."""
    so_far = Given()
    nets = dict.fromkeys(RATES, ZERO)
    for _part in range(data.draw(st.integers(1, 6))):
        groups = data.draw(st.lists(st.sampled_from(RATES), min_size=1, unique=True))
        asked = {group: data.draw(euros) for group in groups}
        rows = [row(str(net), group, weights=weights, off="1.01") for group, net in asked.items()]
        parts = split_document(rows, [tax_of(group, net) for group, net in asked.items()], given=so_far)
        for group, net in asked.items():
            nets[group] += net
        entry = joint_invoice_entry(PIECE, parts, on_receipts=data.draw(st.booleans()))
        assert not gaps(entry.lines)
        assert all(has_valid_amounts(line) for line in entry.lines)
        assert sum(part.net for part in parts.values()) == sum(asked.values())
        for part in parts.values():
            assert sum(part.by_nature().values(), ZERO) == part.net
        so_far = after(so_far, parts)
    for group, net in nets.items():
        if net:
            assert so_far.base[group] == shared(net, weights)
            assert so_far.tax[group] == shared(sum(so_far.tax[group].values()), so_far.base[group])


@settings(max_examples=60)
@given(agreements, st.lists(euros, min_size=1, max_size=5), st.data())
def test_a_credit_note_gives_back_to_each_what_it_had(
    weights: Parts, nets: list[Decimal], data: st.DataObject
) -> None:
    rows = [row(str(net), group, weights=weights) for net, group in zip(nets, RATES, strict=False)]
    asked = {one.group: one.net for one in rows}
    taxes = {group: tax_of(group, net) for group, net in asked.items()}
    invoice = split_document(rows, list(taxes.values()))
    left = after(Given(), invoice)
    had = left.net
    # A part of each line, then all that is left of it.
    for last in (False, True):
        back = {group: tax.net if last else min(tax.net, data.draw(euros)) for group, tax in taxes.items()}
        tax_back = {
            group: taxes[group].tax if back[group] == taxes[group].net else cents(back[group] * group[1])
            for group in back
        }
        tax_back = {group: min(tax, taxes[group].tax) for group, tax in tax_back.items()}
        credited = [
            Row(
                one.scope,
                one.account,
                one.nature,
                one.group,
                -back[one.group],
                -back[one.group],
                had[one.scope],
            )
            for one in rows
        ]
        parts = split_document(
            credited, [TaxGroup(*group, -back[group], -tax_back[group]) for group in back], given=left
        )
        entry = joint_credit_note_entry(PIECE, parts, on_receipts=True, tax_changes={})
        assert not gaps(entry.lines)
        left = after(left, parts)
        assert all(net >= ZERO for kept in left.base.values() for net in kept.values())
        assert all(tax >= ZERO for kept in left.tax.values() for tax in kept.values())
        taxes = {
            group: TaxGroup(*group, tax.net - back[group], tax.tax - tax_back[group])
            for group, tax in taxes.items()
        }
    assert not any(net for kept in left.base.values() for net in kept.values())
    assert not any(tax for kept in left.tax.values() for tax in kept.values())


@settings(max_examples=60)
@given(
    agreements, st.lists(euros, min_size=1, max_size=3), st.lists(st.integers(1, 99), min_size=0, max_size=5)
)
def test_payments_and_their_tax_are_cut_alike(weights: Parts, nets: list[Decimal], cuts: list[int]) -> None:
    """Paid in any number of times, each activity ends with its own part of the invoice, and of its tax."""
    rows = [row(str(net), group, weights=weights) for net, group in zip(nets, RATES, strict=False)]
    groups = [tax_of(one.group, one.net) for one in rows]
    parts = split_document(rows, groups)
    gross = {key: part.gross for key, part in parts.items()}
    total = sum(gross.values(), ZERO)
    having = {
        (group.category, group.rate): {
            key: next(
                tax.tax for tax in part.taxes if (tax.category, tax.rate) == (group.category, group.rate)
            )
            for key, part in parts.items()
        }
        for group in groups
    }
    paid = dict.fromkeys(gross, ZERO)
    so_far = ZERO
    for amount in [one for one in share(total, [D(cut) for cut in [*cuts, 1]]) if one]:
        after_it = of_standing(so_far + amount, gross, otherwise=weights)
        own = {key: part - paid[key] for key, part in after_it.items()}
        before, after = (
            tax_of_each(tax_due(groups, money), having, otherwise=weights)
            for money in (so_far, so_far + amount)
        )
        changes = {key: change(before[key], after[key]) for key in gross}
        for due in tax_due(groups, so_far + amount):
            told = [one.tax for own in after.values() for one in own if one.rate == due.rate]
            assert sum(told) == due.tax
        shares = {key: [Share("F2026-0001", own[key], ZERO, changes[key])] for key in gross}
        entry = joint_money_entry(PIECE, shares, title="Règlement")
        assert entry.journal == "BQ"
        assert not gaps(entry.lines)
        assert sum(line.debit - line.credit for line in entry.lines if line.account == "bank") == amount
        paid, so_far = added(paid, own), so_far + amount
        assert all(part <= gross[key] for key, part in paid.items())
    assert paid == gross
    for (category, rate), own in having.items():
        for key, tax in own.items():
            assert tax == sum(one.tax for one in after[key] if (one.category, one.rate) == (category, rate))


def test_what_stands_is_shared_as_it_stands() -> None:
    """Once nothing stands, a surplus goes by the shares agreed; a part below zero takes no money."""
    assert of_standing(D(10), {A: ZERO, B: ZERO}, otherwise=SIXTY) == {A: D(6), B: D(4)}
    assert of_standing(D(10), {A: D(-5), B: D(25)}, otherwise=SIXTY) == {A: ZERO, B: D(10)}
    assert of_standing(D(20), {A: D(-5), B: D(25)}, otherwise=SIXTY) == {A: D(-5), B: D(25)}
    assert of_standing(D(-2), {A: D(-3), B: D(-1)}, otherwise=SIXTY) == {A: D("-1.5"), B: D("-0.5")}


def test_what_is_held_leaves_no_cent_of_the_others() -> None:
    having = {A: D("60.01"), B: D("40.00")}
    kept = kept_back(D("5.00"), having)
    assert sum(kept.values()) == D("5.00")
    now = of_standing(D("95.01"), having, otherwise=having)
    assert {key: now[key] + kept[key] for key in having} == having
    entry = joint_retention_entry(PIECE, kept, until=date(2027, 11, 2))
    back = joint_release_entry(PIECE, kept)
    assert {(one.account, one.analytic_id, one.signed) for one in back.lines} == {
        (one.account, one.analytic_id, -one.signed) for one in entry.lines
    }
    assert not gaps(entry.lines)


@pytest.mark.parametrize("recovers", [True, False])
@pytest.mark.parametrize("on_receipts", [True, False])
def test_a_loss_is_cut_as_the_rest(on_receipts: bool, recovers: bool) -> None:
    parts = split_document(
        [row("1000.01"), row("33.33", HALF)], [tax_of(FULL, D("1000.01")), tax_of(HALF, D("33.33"))]
    )
    groups = [tax_of(FULL, D("1000.01")), tax_of(HALF, D("33.33"))]
    loss = loss_of_rest(groups, D("100.00"), on_receipts=on_receipts, recovers_tax=recovers)
    gross = {key: part.gross for key, part in parts.items()}
    paid = of_standing(D("100.00"), gross, otherwise=SIXTY)
    rest = {key: part - paid[key] for key, part in gross.items()}
    having = {
        (group.category, group.rate): {
            key: next(tax.tax for tax in part.taxes if tax.rate == group.rate) for key, part in parts.items()
        }
        for group in groups
    }
    losses = loss_of_each(loss, rest, having)
    entry = joint_loss_entry(PIECE, losses)
    assert not gaps(entry.lines)
    assert {key: one.amount for key, one in losses.items()} == rest
    assert sum(one.charge for one in losses.values()) == loss.charge
    assert sum(one.tax for one in losses.values()) == loss.tax


def test_a_loss_of_tax_alone_has_no_charge() -> None:
    loss = Loss(D(2), (TaxGroup(*FULL, ZERO, D(2)),), "vat_pending")
    cut = loss_of_each(loss, {A: D(1), B: D(1)}, {FULL: {A: D(1), B: D(1)}})
    assert {key: (one.charge, one.tax) for key, one in cut.items()} == {A: (ZERO, D(1)), B: (ZERO, D(1))}


def test_a_movement_between_invoices_touches_no_bank() -> None:
    shares = {A: [Share("F1", D(-6)), Share("F2", D(6))], B: [Share("F1", D(-4)), Share("F2", D(4))]}
    entry = joint_money_entry(PIECE, shares, title="Report")
    assert entry.journal == "OD"
    assert not gaps(entry.lines)
    assert {line.account for line in entry.lines} == {"customer"}


def test_a_movement_that_touches_the_bank_of_one_is_of_the_bank() -> None:
    shares = {A: [Share("F1", D(-4)), Share("F2", D(4))], B: [Share("F2", D(10))]}
    assert joint_money_entry(PIECE, shares, title="Règlement").journal == "BQ"
