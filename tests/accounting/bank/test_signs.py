"""What makes a proposal: words, sums, money, and what is taken for sure."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from accounting.calculations.bank_entries import tax_inside
from accounting.calculations.matching.choosing import shares_of, whole_and_gap
from accounting.calculations.matching.items import Item, ItemKind, Rule, Seen, Why
from accounting.calculations.matching.proposing import Pool, propose, propose_all
from accounting.calculations.matching.sums import MOST_STEPS, subset
from accounting.calculations.matching.texts import (
    named_share,
    naming_words,
    number_tail,
    says_number,
    says_tail,
)

DAY = date(2026, 3, 10)


def seen(amount: str, label: str = "VIR", **facts: Any) -> Seen:
    return Seen(facts.pop("key", "l"), facts.pop("on", DAY), Decimal(amount), label, **facts)


def item(key: str, amount: str, kind: ItemKind = ItemKind.INVOICE, **facts: Any) -> Item:
    return Item(key, kind, key, Decimal(amount), **facts)


def whys(line: Seen, *items: Item, rules: tuple[Rule, ...] = ()) -> list[tuple[str, set[Why]]]:
    found = propose(line, Pool.of(items, rules))
    return [(one.key, {reason.why for reason in one.reasons}) for one in found]


@pytest.mark.parametrize(
    ("number", "text", "whole", "end"),
    [
        ("F2026-0012", "VIR F2026 0012", True, False),
        ("F2026-0012", "VIR FACT F20260012", True, False),
        ("2026-0339", "FACT2026 0339", True, True),
        ("2026-0339", "REGLT 339", False, True),
        ("2026-0012", "REGLT 12", False, False),
        ("12", "REGLT 12", True, False),
        ("sans", "REGLT", False, False),
        ("2026-0339", "A B C 20260 0339 X", False, True),
    ],
)
def test_a_number_is_found_however_it_is_copied(number: str, text: str, whole: bool, end: bool) -> None:
    words = text.split()
    assert (says_number(number, words), says_tail(number, words)) == (whole, end)


def test_a_name_is_told_by_its_own_words_and_may_be_cut_once() -> None:
    assert naming_words("SARL Dupont & Fils") == ("DUPONT", "FILS")
    assert naming_words("La Société") == ("LA", "SOCIETE")
    assert named_share(("LYCEE", "AGRICOLE", "RIEFFEL"), ["LYCEE", "AGRICOLE", "RIE"]) == (3, 3)
    assert named_share(("LYCEE", "AGRICOLE", "RIEFFEL"), ["LYC", "AGR"]) == (1, 3)
    assert number_tail("F") == ""


def test_a_sum_is_found_or_given_up() -> None:
    amounts = [Decimal(value) for value in ("10", "20", "30", "40")]
    assert subset(amounts, Decimal(60)) == (0, 1, 2)
    assert subset(amounts, Decimal(70), count=2) == (2, 3)
    assert subset(amounts, Decimal(10)) == ()
    assert subset(amounts, Decimal(35)) == ()
    # Evens never make an odd sum: the search stops by itself.
    evens = [Decimal(2 * rank) for rank in range(100, 124)]
    assert MOST_STEPS < 2**24
    assert subset(evens, Decimal(1201)) == ()


def test_a_line_is_a_whole_a_part_or_too_much_of_what_it_names() -> None:
    one = item("i", "100.00", numbers=("F2026-0012",), party="Client A", on=date(2026, 3, 1))
    assert whys(seen("100.00", "F2026-0012"), one) == [("i", {Why.AMOUNT, Why.NUMBER})]
    assert whys(seen("60.00", "CLIENT A F2026-0012"), one) == [("i", {Why.PART, Why.NUMBER, Why.NAME})]
    assert whys(seen("130.00", "CLIENT A F2026-0012"), one) == [("i", {Why.SURPLUS, Why.NUMBER, Why.NAME})]
    assert whys(seen("60.00", "RIEN"), one) == []
    assert whys(seen("-100.00", "F2026-0012"), one) == []
    assert whys(seen("100.00", "F2026-0012", on=date(2026, 2, 1)), one) == []
    whole = item("p", "-100.00", ItemKind.PURCHASE, numbers=("F2026-0012",))
    assert whys(seen("-60.00", "F2026-0012"), whole) == []
    due = item("d", "-100.00", ItemKind.DUE, numbers=("F2026-0012",), party="Client A")
    assert whys(seen("-130.00", "CLIENT A F2026-0012"), due) == []


def test_days_count_for_what_is_noted_and_for_what_is_due() -> None:
    noted = item("n", "100.00", ItemKind.LEDGER, party="Client A", on=date(2026, 3, 8))
    assert whys(seen("100.00", "CLIENT A"), noted) == [("n", {Why.AMOUNT, Why.NAME, Why.NEAR})]
    old = item("n", "100.00", ItemKind.LEDGER, party="Client A", on=date(2025, 3, 8))
    assert whys(seen("100.00", "CLIENT A"), old) == []
    due = item("d", "100.00", party="Client A", due_on=date(2026, 3, 15))
    assert whys(seen("100.00", "CLIENT A"), due) == [("d", {Why.AMOUNT, Why.NAME, Why.DUE})]


def test_a_reference_and_an_iban_prove_who() -> None:
    order = item(
        "o", "-50.00", ItemKind.TRANSFER, references=("ORD-000012",), party="Zoé Dupré", ibans=("FR1",)
    )
    told = seen("-50.00", "VIR", references=("ORD-000012",), iban="FR1")
    (first,) = propose(told, Pool.of([order]))
    assert {reason.why for reason in first.reasons} == {Why.AMOUNT, Why.REFERENCE, Why.IBAN}
    assert first.is_sure
    half = seen("-50.00", "VIR DUPRE", iban="FR1")
    assert whys(half, order) == [("o", {Why.AMOUNT, Why.IBAN, Why.NAME_PART})]


def test_several_items_of_one_payer_make_one_line() -> None:
    items = [
        item(f"i{rank}", amount, numbers=(f"F2026-00{rank}",), party="Client A", group="a")
        for rank, amount in ((11, "10.00"), (12, "20.00"), (13, "30.00"), (14, "10.00"))
    ]
    found = propose(seen("40.00", "CLIENT A F2026-0013 F2026-0014"), Pool.of(items))
    assert found[0].item_keys == {"i13", "i14"}
    assert {Why.SUM, Why.NUMBER, Why.NAME} <= {reason.why for reason in found[0].reasons}
    assert propose(seen("1000.00", "CLIENT B"), Pool.of(items)) == []


def test_cheques_brought_together_are_found_by_their_number() -> None:
    items = [
        item(f"r{rank}", amount, ItemKind.LEDGER, on=date(2026, 3, 9 - rank), deposit="cheque")
        for rank, amount in enumerate(("10.00", "20.00", "30.00", "60.00"))
    ]
    late = item("late", "60.00", ItemKind.LEDGER, on=date(2026, 1, 1), deposit="cheque")
    found = whys(seen("60.00", "REMISE CHEQUES N 12 DE 3 CHQ"), *items, late)
    assert ("r0+r1+r2", {Why.SUM, Why.DEPOSIT}) in found
    assert whys(seen("61.00", "REMISE CHEQUES"), *items) == []
    assert not any(Why.DEPOSIT in why for _key, why in whys(seen("-60.00", "REMISE CHEQUES"), *items))


def test_a_rule_speaks_of_its_words_side_iban_and_amounts() -> None:
    rule = Rule("rule:1", "frais", ("FRAIS TENUE",), is_in=False, seen=2, least=Decimal(5), most=Decimal(20))
    assert whys(seen("-10.00", "FRAIS TENUE MARS"), rules=(rule,)) == [("rule:1", {Why.RULE, Why.RULE_OFTEN})]
    assert propose(seen("-10.00", "FRAIS TENUE"), Pool.of([], [rule]))[0].is_sure
    for wrong in (
        seen("10.00", "FRAIS TENUE"),
        seen("-4.00", "FRAIS TENUE"),
        seen("-21.00", "FRAIS TENUE"),
        seen("-10.00", "FRAIS DE TENUE"),
    ):
        assert whys(wrong, rules=(rule,)) == []
    by_iban = Rule("rule:2", "loyer", (), is_in=False, iban="FR1", seen=1)
    assert whys(seen("-10.00", "X", iban="FR1"), rules=(by_iban,)) == [("rule:2", {Why.RULE})]
    assert whys(seen("-10.00", "X", iban="FR2"), rules=(by_iban,)) == []


def test_two_items_that_look_the_same_make_nothing_sure() -> None:
    twins = [item(key, "100.00", party="Client A", ibans=("FR1",)) for key in ("a", "b")]
    found = propose(seen("100.00", "CLIENT A", iban="FR1"), Pool.of(twins))
    assert ([one.key for one in found], found[0].is_sure) == (["a", "b"], False)


def test_what_one_line_takes_is_offered_to_no_other() -> None:
    twins = [item(key, "100.00", party="Client A") for key in ("a", "b")]
    lines = [seen("100.00", "CLIENT A", key=key) for key in ("1", "2", "3")]
    found = propose_all(lines, Pool.of(twins))
    assert [found[key][0].key if found[key] else "" for key in ("1", "2", "3")] == ["a", "b", ""]


def test_a_word_that_everybody_bears_finds_nobody() -> None:
    many = [item(f"i{rank}", f"{rank + 1}.00", party="Client A") for rank in range(60)]
    assert propose(seen("500.00", "CLIENT A"), Pool.of(many)) == []


def test_chosen_items_are_served_in_order() -> None:
    first, second, third = item("a", "100.00"), item("b", "50.00"), item("c", "50.00")
    assert shares_of(Decimal(120), [first, second]) == [("a", Decimal(100)), ("b", Decimal(20))]
    assert shares_of(Decimal(180), [first, second]) == [("a", Decimal(100)), ("b", Decimal(80))]
    assert shares_of(Decimal(60), [first, second]) == [("a", Decimal(60))]
    assert shares_of(Decimal(100), [first, second, third]) == [("a", Decimal(100))]
    assert shares_of(Decimal(-60), [first]) == []


def test_tax_is_taken_out_of_an_amount_that_includes_it() -> None:
    assert tax_inside(Decimal(12), Decimal(20)) == Decimal("2.00")
    assert tax_inside(Decimal(12), None) == 0


def test_what_chosen_items_leave_goes_the_way_of_the_line() -> None:
    sold, credited = item("a", "100.00"), item("b", "-20.00")
    assert whole_and_gap(Decimal("78.50"), [sold, credited]) == (
        [("a", Decimal(100)), ("b", Decimal(-20))],
        Decimal("-1.50"),
    )
    assert whole_and_gap(Decimal(-21), [credited])[1] == Decimal(1)
    assert whole_and_gap(Decimal(100), [sold])[1] == 0
