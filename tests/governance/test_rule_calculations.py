"""Presets hold values of the right shape; doubts name each incoherence; seats count gaps, overlaps, terms."""

from datetime import date
from fractions import Fraction

import pytest

from governance.calculations.mandates import (
    Gap,
    Seat,
    crowded,
    gaps,
    is_replaced,
    overlaps,
    seated_on,
    term_number,
)
from governance.calculations.presets import preset_of
from governance.calculations.rule_checks import doubts
from governance.calculations.rules import (
    BY_CODE,
    KEYS,
    DecisionRule,
    Occasion,
    RuleMissing,
    Rules,
    canonical_lines,
    is_valid,
    missing,
    parse_decision,
)
from governance.states.rule_words import CHOICES, LABELS, SECTIONS, label_of
from governance.states.rules import DecisionKind, RuleForm
from governance.states.votes import Method
from tests.factories.governance import VALUES


@pytest.mark.parametrize("form", RuleForm.values)
def test_a_preset_has_a_line_for_every_key_and_values_of_their_shape(form: str) -> None:
    lines = preset_of(form)
    assert list(lines) == [key.code for key in KEYS]
    for code, line in lines.items():
        assert is_valid(BY_CODE[code], line.value)
        # A value comes from somewhere, or says that it waits for its source.
        assert not line.value or line.source or line.to_check


def test_presets_say_the_table_of_the_design() -> None:
    sarl, sa = preset_of("scop_sarl"), preset_of("scop_sa")
    assert sarl["decision.ordinary.1"].value == "none all_members 1/2 strict"
    assert sarl["decision.extraordinary.2"].value == "1/2 present_or_represented 3/4 at_least"
    assert sarl["decision.manager_removal.2"].value == "none all_members 1/2 strict"
    assert sa["decision.ordinary.1"].value == "1/5 expressed 1/2 strict"
    assert sa["decision.extraordinary.2"].value == "1/5 expressed 2/3 at_least"
    assert all(line.to_check for code, line in sa.items() if code.startswith("decision.") and line.value)
    assert not preset_of("scop_sas")["decision.ordinary.1"].value
    assert not any(line.value for line in preset_of("association").values())
    with pytest.raises(KeyError):
        preset_of("gie")


def test_every_key_has_its_title_its_choices_and_its_place_on_the_page() -> None:
    shown = [code for _title, codes in SECTIONS for code in codes]
    assert sorted(shown) == sorted(BY_CODE)
    assert {code for code in BY_CODE if not code.startswith("decision.")} == set(LABELS)
    assert all(str(label_of(code)) for code in BY_CODE)
    offered = {key.code: set(key.choices) for key in KEYS if key.shape == "choice"}
    assert {code: set(words) for code, words in CHOICES.items()} == offered


@pytest.mark.parametrize(
    ("code", "good", "bad"),
    [
        ("decision.ordinary.1", "1/5 expressed 1/2 strict", "1/5 expressed 1/2"),
        ("decision.ordinary.1", "none all_members 2/3 at_least", "none everybody 2/3 at_least"),
        ("decision.ordinary.1", "", "5/4 expressed 1/2 strict"),
        ("tie", "age", "luck"),
        ("notice_days", "15", "quinze"),
        ("notice_days", "0", "99999"),
        ("proxy_cap", "legal", "-1"),
        ("proxy_cap", "3", "many"),
        ("capital_floor", "1/4", "0.25"),
        ("college_weights", "3:50 4:30 5:20", "3:0"),
        ("college_weights", "3:50", "3-50"),
    ],
)
def test_a_value_has_the_shape_of_its_key(code: str, good: str, bad: str) -> None:
    assert is_valid(BY_CODE[code], good)
    assert not is_valid(BY_CODE[code], bad)


def test_a_rule_reads_its_figures_exactly() -> None:
    rule = parse_decision("3/4 present_or_represented 2/3 at_least")
    assert rule == DecisionRule(Fraction(3, 4), "present_or_represented", Fraction(2, 3), strict=False)
    assert (rule.quorum_needed(10), rule.votes_needed(10)) == (8, 7)
    rule = parse_decision("none expressed 1/2 strict")
    assert (rule.quorum_needed(10), rule.votes_needed(10), rule.votes_needed(11)) == (0, 6, 6)
    rules = Rules(VALUES | {"college_weights": "3:50 4:50"})
    assert (rules.integer("notice_days"), rules.fraction("capital_floor")) == (15, Fraction(1, 4))
    assert rules.decision("ordinary", 2) == rule
    assert (rules.weights(), Rules({}).weights()) == ({3: 50, 4: 50}, {})
    with pytest.raises(RuleMissing) as refusal:
        Rules({}).text("tie")
    assert refusal.value.code == "tie"
    with pytest.raises(KeyError):
        Rules({"unknown": "1"}).text("unknown")


def test_an_assembly_misses_what_its_agenda_needs_and_nothing_else() -> None:
    plain = Occasion(frozenset({"ordinary"}), frozenset({"resolution"}))
    assert missing(VALUES, plain) == []
    lacking = {code: value for code, value in VALUES.items() if code not in ("tie", "median", "remote")}
    assert missing(lacking, plain) == []
    elected = Occasion(frozenset({"ordinary"}), frozenset({"majority_judgment"}), remote=True)
    assert missing(lacking, elected) == ["tie", "median", "remote"]
    managers = Occasion(frozenset({"manager_election"}), call=2, colleges=True)
    assert missing({}, managers)[0] == "decision.manager_election.2"
    assert {"college_weights", "manager_electorate", "casting_vote"} <= set(missing({}, managers))
    # Statutes that refuse the vote by correspondence, or limit no renewal, have nothing to write there.
    assert not {"correspondence_days", "manager_terms_most"} & set(missing({}, managers))
    # Read when the register needs them, never by an assembly.
    assert "refund_years" not in missing({}, managers)
    assert [
        code for code, _value in canonical_lines({"tie": "age", "blank_ballots": "outside", "median": ""})
    ] == [
        "blank_ballots",
        "tie",
    ]


def test_the_kinds_of_the_rules_are_those_of_the_states() -> None:
    assert {code.split(".")[1] for code in BY_CODE if code.startswith("decision.")} == set(
        DecisionKind.values
    )
    assert {"list", "names", "majority_judgment", "schulze", "transferable", "consent"} <= set(Method.values)


def codes(
    values: dict[str, str], form: str = "scop_sarl", colleges: frozenset[int] = frozenset()
) -> list[str]:
    return [doubt.code for doubt in doubts(values, form=form, colleges=colleges)]


def test_doubts_name_what_does_not_hold_together() -> None:
    assert codes(VALUES) == []
    assert codes({}) == []
    assert codes({"additions_open_days": "5", "additions_close_days": "15"}) == ["window_reversed"]
    assert codes({"correspondence": "allowed"}) == ["correspondence_without_days"]
    assert codes({"manager_term_months": "72"}) == ["long_term"]
    harder = {
        "decision.ordinary.1": "none expressed 1/2 strict",
        "decision.ordinary.2": "1/4 expressed 1/2 strict",
    }
    assert codes(harder) == ["second_call_harder"]
    stricter = {
        "decision.ordinary.1": "none expressed 1/2 strict",
        "decision.ordinary.2": "none expressed 2/3 at_least",
    }
    assert codes(stricter) == ["second_call_stricter"]
    assert codes({"decision.ordinary.1": "none all_members 1/1 strict"}) == ["out_of_reach"]
    assert codes({"decision.ordinary.1": "none all_members 1/1 at_least"}) == []
    assert codes({"notice_days": "14"}) == codes({"notice_days": "0"}, "scic_sa") == ["short_notice"]
    assert codes({"notice_days": "8"}, "association") == codes({"notice_days": "8"}, "scop_sas") == []
    assert codes({"decision.ordinary.1": "none expressed 1/2 at_least"}) == ["below_majority"]
    assert codes({"decision.ordinary.1": "none expressed 1/3 strict"}) == ["below_majority"]


def test_doubts_about_colleges() -> None:
    three = frozenset({1, 2, 3})
    assert codes({"college_weights": "1:50 2:30 3:20"}, "scic_sarl", three) == []
    two = frozenset({1, 2})
    assert codes({"college_weights": "1:60 2:40"}, "scic_sarl", two) == ["fewer_than_3_colleges", "above_50"]
    assert codes({"college_weights": "1:60 2:40"}, "scop_sarl", two) == []
    assert codes({"college_weights": "1:50 2:45 3:5"}, "scic_sarl", three) == ["below_10"]
    assert codes({"college_weights": "1:50 2:30"}, "scop_sarl", two) == ["sum_not_100"]
    assert codes({"college_weights": "1:50 1:100"}, "scop_sarl", frozenset({1})) == ["college_twice"]
    assert codes({"college_weights": "1:100"}, "scop_sarl", three) == ["colleges_differ"]


def seat(key: int, person: int, first: str, last: str) -> Seat:
    return Seat(key, person, date.fromisoformat(first), date.fromisoformat(last))


TWO = [seat(1, 10, "2024-01-01", "2025-12-31"), seat(2, 11, "2025-01-01", "2026-12-31")]


def test_who_sits_on_a_day() -> None:
    assert [seated_on(TWO, date(year, 6, 1)) for year in (2023, 2024, 2025, 2026, 2027)] == [0, 1, 2, 1, 0]
    assert seated_on([*TWO, seat(3, 10, "2025-06-01", "2026-05-31")], date(2025, 6, 1)) == 2


def test_gaps_are_joined_while_the_number_stays() -> None:
    assert gaps(TWO, least=1, first=date(2024, 1, 1), last=date(2026, 12, 31)) == []
    assert gaps(TWO, least=2, first=date(2024, 6, 1), last=date(2027, 3, 31)) == [
        Gap(date(2024, 6, 1), date(2024, 12, 31), 1),
        Gap(date(2026, 1, 1), date(2026, 12, 31), 1),
        Gap(date(2027, 1, 1), date(2027, 3, 31), 0),
    ]
    handed = [seat(1, 10, "2024-01-01", "2024-06-30"), seat(2, 11, "2024-07-01", "2024-12-31")]
    assert gaps(handed, least=2, first=date(2024, 1, 1), last=date(2024, 12, 31)) == [
        Gap(date(2024, 1, 1), date(2024, 12, 31), 1)
    ]


def test_more_than_the_seats_is_found_on_its_first_day() -> None:
    period = {"first": date(2024, 1, 1), "last": date(2026, 12, 31)}
    assert crowded(TWO, most=None, **period) is None
    assert crowded(TWO, most=2, **period) is None
    assert crowded(TWO, most=1, **period) == date(2025, 1, 1)


def test_one_person_twice_at_once() -> None:
    again = seat(3, 10, "2025-12-31", "2027-12-31")
    assert overlaps([*TWO, again]) == [(TWO[0], again)]
    assert overlaps([*TWO, seat(3, 10, "2026-01-01", "2027-12-31")]) == []


def test_mandates_in_a_row_bear_the_slack_of_an_assembly() -> None:
    row = [seat(1, 10, "2020-01-01", "2021-12-31"), seat(2, 10, "2022-01-20", "2023-12-31")]
    assert term_number(row, person=10, starts_on=date(2024, 1, 15), slack=30) == 3
    assert term_number(row, person=10, starts_on=date(2024, 1, 15), slack=5) == 1
    assert term_number(row, person=10, starts_on=date(2024, 1, 5), slack=5) == 2
    assert term_number(row, person=10, starts_on=date(2025, 1, 15), slack=30) == 1
    assert term_number(row, person=11, starts_on=date(2024, 1, 15), slack=30) == 1


def test_a_mandate_is_replaced_when_as_many_sit_the_day_after() -> None:
    assert not is_replaced(TWO, TWO[0])
    assert is_replaced([*TWO, seat(3, 12, "2026-01-01", "2027-12-31")], TWO[0])
