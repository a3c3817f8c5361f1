"""Worked entries that no other test holds: contribution, levy, claims, refund, waiver (ledger_cases.json).

LG01 to LG05, LG07, LG13, LG14, LG20: test_entries.py; LG06, LG12: parts/test_books.py; LG11, on the accounts
1861 and 1871 that keep sales between activities apart from the contribution: joint/. Two choices of ours: no
journal ND, claims are in OD with other operations; a transfer says who is paid before what for."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from accounting.calculations.contribution.entry import contribution_entry
from accounting.calculations.entries import EntryDraft
from accounting.calculations.levies import LevyRule, Route, Window, levy_entry, step
from accounting.models import Entry
from accounting.selectors.accounts import section_of
from accounting.services.payment_batches import settle_batch
from cae.core.money import ZERO, cents
from invoicing.calculations.claim_entries import Booked, Piece, claim_entry, due, waiver_entry
from invoicing.calculations.expenses import worth
from tests.factories import accounting as books
from tests.factories.entrepreneurs import make_activity
from tests.factories.kernel import make_cooperative
from tests.factories.payments import NOW, TODAY, make_batch, make_cash, make_order, release
from tests.factories.people import make_user

D = Decimal
SECTIONS = {1: "A1", 2: "SHARED"}
JOURNALS = {"ND": "OD"}


def told(draft: EntryDraft) -> dict[str, Any]:
    """A draft in the words of the cases."""
    return {
        "journal": draft.journal,
        "on": draft.on.isoformat(),
        "label": draft.label,
        "lines": sorted((line.account, SECTIONS[line.analytic_id], line.signed) for line in draft.lines),
    }


def wanted(expected: dict[str, Any]) -> dict[str, Any]:
    lines = expected["lines"]
    return {
        "journal": JOURNALS.get(expected["journal"], expected["journal"]),
        "on": expected["on"],
        "label": expected["label"],
        "lines": sorted(
            (line["account"], line["analytic"], D(line["debit"]) - D(line["credit"])) for line in lines
        ),
    }


@pytest.mark.parametrize("key", ["LG08", "LG09"])
def test_a_contribution_is_given_and_given_back(key: str) -> None:
    case = books.case(key)
    said = case["input"]
    amount = cents(D(said["base"]) * D(said["rate"]))
    label = f"Contribution {said['document']}"
    day = date.fromisoformat(said["on"])
    draft = contribution_entry(
        amount, label=label, piece=said["document"], on=day, activity_id=1, shared_id=2
    )
    assert [told(draft)] == [wanted(entry) for entry in case["expected"]["entries"]]


def test_a_levy_has_its_rate_and_its_own_words() -> None:
    case = books.case("LG10")
    said = case["input"]
    rule = LevyRule(D(said["rate"]), None, frozenset({"ordinary"}))
    taken = step(rule, D(said["base"]), Window())
    route = Route(1, 2, "internal_charge", "internal_link", "internal_income")
    label = f"{said['levy']} {said['document']}"
    day = date.fromisoformat(said["on"])
    draft = levy_entry(taken.amount, route, label=label, piece=said["document"], on=day)
    assert [told(draft)] == [wanted(entry) for entry in case["expected"]["entries"]]


def claimed(said: dict[str, Any]) -> list[Booked]:
    lines = []
    for line in said["lines"]:
        found = worth(D(line["gross"]), D(line["tax"]), business_share=D(1), recovery=D(line["recoverable"]))
        assert (found.net, found.tax) == (D(line["net"]), D(line["tax"]))
        lines.append(Booked(line["type"], "", found.amount, found.deductible, "own"))
    return lines


def piece_of(said: dict[str, Any], label: str = "") -> Piece:
    words = f"{label}{said['claim']} {said['person']}"
    return Piece(said["claim"], date.fromisoformat(said["on"]), said["person"], 1, words)


@pytest.mark.parametrize("key", ["LG15", "LG16", "LG17"])
def test_a_claim_bears_the_tax_that_is_not_recovered(key: str) -> None:
    case = books.case(key)
    said = case["input"]
    lines = claimed(said)
    draft = claim_entry(piece_of(said), lines, due(lines, held=ZERO, deduct=False))
    assert told(draft) == wanted(case["expected"]["entries"][0])
    assert {line.party for line in draft.lines if line.account == "claimant"} == {said["person"]}


def test_a_cost_that_lowers_the_base_gives_back_its_contribution() -> None:
    """LG17, second entry: the same four lines with their sides swapped."""
    case = books.case("LG17")
    said = case["input"]
    base = -sum((D(line["net"]) for line in said["lines"] if line["in_contribution_base"]), ZERO)
    amount = cents(base * D(said["contribution"]["rate"]))
    day, label = date.fromisoformat(said["on"]), f"Contribution {said['claim']}"
    draft = contribution_entry(amount, label=label, piece=said["claim"], on=day, activity_id=1, shared_id=2)
    assert told(draft) == wanted(case["expected"]["entries"][1])


def test_a_refund_given_up_is_an_income() -> None:
    case = books.case("LG19")
    said = case["input"]
    draft = waiver_entry(piece_of(said, "Abandon de créance "), D(said["amount"]))
    assert [told(draft)] == [wanted(entry) for entry in case["expected"]["entries"]]


@pytest.mark.django_db
def test_a_refund_leaves_the_bank_of_its_section() -> None:
    (expected,) = books.case("LG18")["expected"]["entries"]
    section = section_of(make_activity(code="A1"))
    make_cooperative()
    make_cash(section, "500.00")
    order = make_order(books.case("LG18")["input"]["amount"], section=section, name="Personne P")
    settle_batch(release(make_batch(order), at=NOW), on=TODAY, actor=make_user(), today=TODAY)
    entry = Entry.objects.latest("pk")
    found, wished = books.read_back(entry), books.as_read(expected)
    # Ours names who is paid on the bank line too.
    for line in wished["lines"]:
        line["party"] = "Personne P"
    assert (found["journal"], found["lines"]) == (wished["journal"], wished["lines"])
