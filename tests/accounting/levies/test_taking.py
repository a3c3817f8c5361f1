"""Levies taken with documents, receipts and months, given back by credit notes, restored, undone."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from accounting.models import Account, AnalyticAccount, EntryLine, LevyTaking
from accounting.selectors.contribution import estimate
from accounting.selectors.contribution_controls import contribution_faults
from accounting.selectors.levies import rule_of, takings_of_month
from accounting.selectors.levy_controls import levy_faults
from accounting.selectors.levy_month import levied_activities, preview_levies
from accounting.selectors.levy_trial import play_levy
from accounting.services.contribution import take_on_receipt
from accounting.services.levies import add_term, create_levy, end_levy, end_term
from accounting.services.levy_taking import take_levies_of_month, undo_taking
from accounting.states.books import AccountRole
from cae.core.errors import Code
from cae.core.money import ZERO
from cae.core.periods import Month
from entrepreneurs.models import Activity
from tests.factories import accounting as books
from tests.factories.accounting_ledger import close
from tests.factories.accounting_levies import DECIDED, levy_draft, make_levy
from tests.factories.entrepreneurs import make_activity
from tests.refusals import refused

pytestmark = pytest.mark.django_db

MARCH, APRIL = Month(2026, 3), Month(2026, 4)
LATER = date(2026, 12, 5)


def taken(activity: Activity) -> list[str]:
    return [str(one.amount) for one in LevyTaking.objects.filter(activity=activity).order_by("pk")]


def run(activity: Activity, month: Month = MARCH) -> list[str]:
    rows = take_levies_of_month(activity, month, today=LATER, actor=None)
    return [str(row.amount) for row in rows]


def sound() -> bool:
    return not [*levy_faults(), *contribution_faults()]


def internal() -> dict[str, Account]:
    """The accounts of the contribution itself."""
    roles = {"charge_account": AccountRole.INTERNAL_CHARGE, "income_account": AccountRole.INTERNAL_INCOME}
    return {name: Account.objects.get(role=role) for name, role in roles.items()}


@pytest.mark.parametrize("case", books.cases("levy"), ids=lambda case: case["id"])
def test_worked_case_of_the_books(case: dict[str, Any]) -> None:
    given, expected = case["input"], case["expected"]["entries"][0]
    activity = make_activity(code=given["activity"])
    make_levy(label=given["levy"], rate=Decimal(given["rate"]), **internal())
    on = date.fromisoformat(given["on"])
    books.take(activity, given["base"], on=on, number=given["document"])
    taking = LevyTaking.objects.get()
    assert taking.entry is not None
    assert books.read_back(taking.entry) == books.as_read(expected)
    assert taking.entry.label == expected["label"]
    assert sound()


def test_beside_the_contribution_a_credit_note_gives_back_to_the_cent_and_nothing_twice() -> None:
    books.scale("0.1000")
    activity = make_activity(code="A1")
    make_levy(rate=Decimal("0.0333"))
    make_levy(label="Adhésion réseau", rate=None, amount=Decimal("2.00"), categories=["ordinary"])
    for _twice in range(2):
        books.take(activity, "100.10", number="F-1")
    assert taken(activity) == ["3.33", "2.00"]
    books.take(activity, "-50.05", number="A-1", corrects="F-1")
    books.take(activity, "-50.05", number="A-2", corrects="F-1")
    assert sum((one.amount for one in LevyTaking.objects.all()), ZERO) == ZERO
    # Nothing was taken on an invoice of before the levy: its credit note gives nothing back.
    books.take(activity, "-10.00", number="A-3", corrects="F-0")
    assert not LevyTaking.objects.filter(subject="A-3").exists()
    shown = takings_of_month(activity, MARCH)
    assert shown[0].working.startswith("3,33")
    assert sound()


def test_a_quote_tells_what_levies_will_take() -> None:
    books.scale("0.1000")
    activity = make_activity(code="A1")
    make_levy()
    make_levy(label="Solidarité", base="received", rate=Decimal("0.0100"))
    make_levy(label="Cotisation", taken_on="month", rate=None, amount=Decimal("15.00"))
    found = estimate(activity, [("ordinary", Decimal("1000.00"))], date(2026, 3, 2))
    told = [(one.levy.label, one.due) for one in found.levies]
    assert told == [("Assurance", Decimal("50.00")), ("Solidarité", Decimal("10.00"))]
    assert (found.due, found.taken, found.exact) == (Decimal("100.00"), Decimal("160.00"), False)


def test_on_receipts_each_payment_gives_its_part_to_a_fund_of_its_own() -> None:
    activity = make_activity(code="A1")
    levy = make_levy(
        label="Solidarité", base="received", rate=Decimal("0.0100"), section=None, new_fund="Solidarité"
    )
    books.sale(activity, "100.00", number="F-1")
    books.take(activity, "100.00", number="F-1")
    assert not taken(activity)
    for paid in ("60.00", "60.00"):
        entry = books.receipt(activity, paid, number="F-1")
        for _twice in range(2):
            take_on_receipt(activity, entry=entry, actor=None)
    assert taken(activity) == ["0.50", "0.50"]
    fund = AnalyticAccount.objects.get(kind="fund")
    assert levy.section == fund
    credited = EntryLine.objects.filter(analytic=fund, account__role=AccountRole.LEVY_INCOME)
    assert [line.credit for line in credited] == [Decimal("0.50"), Decimal("0.50")]
    assert sound()


def test_a_month_is_taken_adjusted_spared_and_taken_again() -> None:
    activity, other = make_activity(code="A1"), make_activity(code="B2")
    levy = make_levy(taken_on="month", base="margin", rate=Decimal("0.1000"))
    make_levy(label="Cotisation", taken_on="month", rate=None, amount=Decimal("15.00"))
    books.take(activity, "1000.00", number="F-1")
    books.cost(activity, "200.00")
    assert levied_activities(MARCH) == {activity.pk, other.pk}
    told = {(one.activity.pk, one.foreseen.step.amount) for one in preview_levies(MARCH)}
    assert told == {
        (activity.pk, Decimal("80.00")),
        (activity.pk, Decimal("15.00")),
        (other.pk, Decimal("15.00")),
    }
    assert run(activity) == ["80.00", "15.00"]
    assert run(activity) == []
    books.cost(activity, "100.00")
    assert run(activity) == ["-10.00"]
    term = add_term(
        levy, activity, starts_on=MARCH.first, ends_on=None, decided_by="CSE", reason="Sinistre", actor=None
    )
    assert run(activity) == ["-70.00"]
    end_term(term, ends_on=date(2026, 2, 28), actor=None)
    # The next month rights those of its year.
    assert run(activity, APRIL) == ["70.00", "15.00"]
    assert run(activity) == []
    assert LevyTaking.objects.filter(levy=levy).last().window_base == Decimal("700.00")  # type: ignore[union-attr]
    assert sound()


def test_what_is_held_comes_back_when_its_time_ends() -> None:
    activity = make_activity(code="A1")
    held = Account.objects.get(number="467300")
    make_levy(label="Retenue", held_months=2, charge_account=held, income_account=held)
    books.take(activity, "400.00", number="F-1", on=date(2026, 1, 15))
    assert run(activity, Month(2026, 2)) == []
    assert activity.pk in levied_activities(MARCH)
    assert run(activity) == ["-20.00"]
    assert run(activity) == []
    back = LevyTaking.objects.get(nature="release")
    assert (back.answers, back.on) == (LevyTaking.objects.first(), MARCH.last)
    balance = EntryLine.objects.filter(account=held, analytic__activity=activity)
    assert sum((line.debit - line.credit for line in balance), ZERO) == ZERO
    assert sound()


def test_what_comes_once_its_month_is_closed_is_booked_on_the_first_open_day() -> None:
    activity = make_activity(code="A1")
    make_levy(label="Cotisation", taken_on="month", rate=None, amount=Decimal("15.00"))
    books.sale(activity, on=date(2026, 3, 2))
    close("2026-03")
    assert run(activity) == ["15.00"]
    taking = LevyTaking.objects.get()
    assert (taking.on, taking.fact_on) == (APRIL.first, MARCH.last)
    assert run(activity) == []


def test_a_taking_is_undone_once_with_a_reason() -> None:
    activity = make_activity(code="A1")
    make_levy()
    books.take(activity, "400.00", number="F-1")
    taking = LevyTaking.objects.get()
    with refused(Code.VALUE_MISSING, "reason"):
        undo_taking(taking, on=LATER, reason=" ", actor=None)
    with refused(Code.DATE_INVALID, "on"):
        undo_taking(taking, on=date(2026, 1, 1), reason="Erreur", actor=None)
    undoing = undo_taking(taking, on=LATER, reason="Erreur", actor=None)
    assert (undoing.amount, undoing.window_base) == (Decimal("-20.00"), ZERO)
    for one in (taking, undoing):
        with refused(Code.ALREADY_DONE):
            undo_taking(one, on=LATER, reason="Encore", actor=None)
    # The invoice gives nothing any more: neither does its credit note.
    books.take(activity, "-400.00", number="A-1", corrects="F-1")
    assert taken(activity) == ["20.00", "-20.00"]
    assert sound()


@pytest.mark.parametrize(
    ("details", "code", "field"),
    [
        ({"label": " "}, Code.VALUE_MISSING, "label"),
        ({"label": "…"}, Code.VALUE_INVALID, "label"),
        ({"amount": Decimal("1.00")}, Code.VALUE_INVALID, "rate"),
        ({"rate": Decimal("1.01")}, Code.VALUE_INVALID, "rate"),
        ({"rate": None, "amount": Decimal("1.005")}, Code.AMOUNT_INVALID, "amount"),
        ({"categories": []}, Code.VALUE_MISSING, "categories"),
        ({"base": "margin"}, Code.VALUE_INVALID, "taken_on"),
        ({"taken_on": "month", "valid_from": date(2026, 1, 2)}, Code.PERIOD_INVALID, "valid_from"),
        ({"section": None}, Code.VALUE_MISSING, "section"),
    ],
)
def test_what_is_no_levy_is_refused(details: dict[str, Any], code: Code, field: str) -> None:
    draft = levy_draft(**details)
    with refused(code, field):
        create_levy(draft, decision=DECIDED, actor=None)


def test_another_rate_replaces_the_former_and_each_has_its_end() -> None:
    activity = make_activity(code="A1")
    former = make_levy()
    books.take(activity, "400.00", number="F-1")
    with refused(Code.PERIOD_INVALID, "valid_from", "02/03/2026"):
        make_levy(rate=Decimal("0.0600"), valid_from=date(2026, 3, 2))
    with refused(Code.PERIOD_INVALID, "valid_from", "commence déjà"):
        make_levy(valid_from=date(2026, 1, 1))
    later = make_levy(rate=Decimal("0.0600"), valid_from=date(2026, 4, 1))
    former.refresh_from_db()
    assert former.valid_to == date(2026, 3, 31)
    books.take(activity, "400.00", number="F-2", on=date(2026, 4, 2))
    assert taken(activity) == ["20.00", "24.00"]
    for day in (date(2026, 3, 31), date(2026, 4, 1)):
        with refused(Code.PERIOD_INVALID, "ends_on"):
            end_levy(later, ends_on=day, actor=None)
    end_levy(later, ends_on=date(2026, 4, 2), actor=None)
    books.take(activity, "400.00", number="F-3", on=date(2026, 4, 3))
    assert len(taken(activity)) == 2
    # An end to come gives way to a levy that begins before it.
    ended = end_levy(make_levy(label="Entraide"), ends_on=date(2026, 12, 31), actor=None)
    make_levy(label="Entraide", rate=Decimal("0.0100"), valid_from=date(2026, 7, 1))
    ended.refresh_from_db()
    assert ended.valid_to == date(2026, 6, 30)
    monthly = make_levy(label="Cotisation", taken_on="month", rate=None, amount=Decimal("15.00"))
    with refused(Code.PERIOD_INVALID, "ends_on", "dernier jour"):
        end_levy(monthly, ends_on=date(2026, 4, 2), actor=None)


def test_only_those_that_are_named_and_no_case_twice_at_a_date() -> None:
    activity, other = make_activity(code="A1"), make_activity(code="B2")
    levy = make_levy(for_all=False)
    facts = {"decided_by": "CSE", "reason": "Métier à risque", "actor": None}
    term = add_term(levy, activity, starts_on=date(2026, 3, 1), ends_on=date(2026, 3, 31), **facts)
    for one in (activity, other):
        books.take(one, "400.00", number=f"F-{one.code}")
    assert (taken(activity), taken(other)) == (["20.00"], [])
    with refused(Code.PERIOD_INVALID, "starts_on"):
        add_term(levy, activity, starts_on=date(2026, 2, 1), ends_on=None, **facts)
    with refused(Code.PERIOD_INVALID, "ends_on"):
        add_term(levy, other, starts_on=date(2026, 2, 1), ends_on=date(2026, 1, 1), **facts)
    with refused(Code.PERIOD_INVALID, "ends_on"):
        end_term(term, ends_on=date(2026, 4, 30), actor=None)
    with refused(Code.PERIOD_INVALID):
        take_levies_of_month(activity, MARCH, today=date(2026, 3, 30), actor=None)


@pytest.mark.parametrize(
    ("details", "expected"),
    [
        ({}, "20.00"),
        ({"taken_on": "month"}, "20.00"),
        ({"taken_on": "month", "base": "margin"}, "15.00"),
        ({"base": "received"}, "10.00"),
        ({"rate": None, "amount": Decimal("3.00")}, "6.00"),
        ({"rate": None, "amount": Decimal("3.00"), "taken_on": "month"}, "9.00"),
    ],
)
def test_played_over_a_past_year(details: dict[str, Any], expected: str) -> None:
    activity = make_activity(code="A1", on=date(2026, 1, 1))
    books.sale(activity, "300.00", number="F-1")
    books.take(activity, "300.00", number="F-1")
    books.take(activity, "100.00", number="F-2")
    books.receipt(activity, "240.00", number="F-1", on=date(2026, 3, 20))
    books.cost(activity, "100.00")
    draft = levy_draft(**details)
    rule = rule_of(make_levy(**details))
    found = play_levy(rule, draft.base, draft.code, 2026, today=date(2026, 3, 31))
    assert [(one.activity, one.now, one.then) for one in found.effects] == [
        (activity, ZERO, Decimal(expected))
    ]
