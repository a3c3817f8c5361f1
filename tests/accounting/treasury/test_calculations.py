"""Cash of a day, habits, costs that come back, months to come: pure."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounting.calculations.treasury.cash import LINES, AccountBalance, CashState, cash_state, summed
from accounting.calculations.treasury.forecast import (
    Changes,
    Flow,
    FlowKind,
    Sureness,
    changed,
    counted_once,
    first_below,
    forecast,
    months_ahead,
)
from accounting.calculations.treasury.habits import (
    PaidInvoice,
    PastCost,
    RecurringCost,
    expected_on,
    median,
    recurring_costs,
    usual_delay,
)
from cae.core.money import ZERO
from cae.core.periods import Month

D = Decimal
TODAY = date(2026, 11, 27)
MONTHS = months_ahead(TODAY, 6)
AMOUNTS = st.integers(-1_000_000, 1_000_000).map(lambda n: D(n) / 100)
NUMBERS = st.sampled_from(
    [
        "101",
        "2183",
        "37",
        "401",
        "411",
        "4191",
        "421",
        "425",
        "428",
        "431",
        "437",
        "44571",
        "455",
        "46",
        "471",
        "512",
        "530",
        "58",
        "606",
        "706",
        "871",
    ]
)
BOOKS = st.lists(st.builds(AccountBalance, NUMBERS, AMOUNTS), max_size=12)
FLOWS = st.lists(
    st.builds(
        Flow,
        st.dates(date(2026, 6, 1), date(2027, 12, 31)),
        AMOUNTS,
        st.sampled_from(FlowKind),
        st.integers(1, 5),
        st.sampled_from(Sureness),
    ),
    max_size=12,
)


# Cash of a day


def test_the_eight_lines_of_a_section() -> None:
    state = cash_state(
        AccountBalance(number, D(balance))
        for number, balance in (
            ("512", "1000"),
            ("530", "50"),
            ("4210", "-300"),
            ("425", "-40"),
            ("428", "-20"),
            ("431", "-80"),
            ("44571", "-100"),
            ("401", "-150"),
            ("411", "600"),
            ("4671", "-7"),
            ("101", "-9"),
            ("218", "9"),
            ("706", "-900"),
        )
    )
    assert state == CashState(D("1050"), D("-200"), D("-150"), D("-300"), D("600"), D("-40"))
    assert (state.reference, state.future) == (D("700"), D("960"))


@given(BOOKS, BOOKS)
def test_sections_sum_to_the_cooperative_and_each_account_is_in_one_line(
    one: list[AccountBalance], other: list[AccountBalance]
) -> None:
    whole = cash_state([*other, *one])
    assert summed([cash_state(one), cash_state(other)]) == whole
    counted = [row for row in [*one, *other] if any(holds(row.number) for holds in LINES.values())]
    assert whole.future == sum((row.balance for row in counted), ZERO)
    assert all(sum(holds(row.number) for holds in LINES.values()) <= 1 for row in counted)


# Habits


def paid(*late: int, start: date = date(2026, 1, 1)) -> list[PaidInvoice]:
    days = [start + timedelta(days=10 * rank) for rank in range(len(late))]
    return [
        PaidInvoice(day, day + timedelta(days=days_late)) for day, days_late in zip(days, late, strict=True)
    ]


def test_the_middle_of_nothing_is_refused() -> None:
    assert median([D(3), D(1), D(9)]) == D(3)
    assert median([D(4), D(1)]) == D("2.5")
    with pytest.raises(ValueError, match="nothing"):
        median([])


@pytest.mark.parametrize(
    ("customer", "activity", "days"),
    [
        (paid(10, 20, 60), paid(1, 1, 1), 20),
        # Half a day is a day: 2 and 3 make 3.
        (paid(1, 2, 3, 9), [], 3),
        # Too few of its own: the customers of the activity tell.
        (paid(90, 90), paid(5, 7, 9), 7),
        (paid(90, 90), paid(5, 7), 0),
        (paid(-20, -10, -5), paid(30, 30, 30), 0),
        # Only the last twelve count: it pays better than it did.
        (paid(*[90] * 20, *[4] * 12), [], 4),
        (paid(*[90] * 20, *[4] * 12)[::-1], [], 4),
    ],
)
def test_how_late_a_customer_usually_pays(
    customer: list[PaidInvoice], activity: list[PaidInvoice], days: int
) -> None:
    assert usual_delay(customer, activity) == days


def test_nothing_is_expected_yesterday() -> None:
    assert expected_on(date(2026, 12, 1), 14, TODAY) == date(2026, 12, 15)
    assert expected_on(date(2026, 12, 1), -9, TODAY) == date(2026, 12, 1)
    assert expected_on(date(2026, 9, 1), 14, TODAY) == TODAY


# Costs that come back


def costs(*days: str, key: str = "rent", amount: str = "100.00") -> list[PastCost]:
    return [PastCost(key, date.fromisoformat(day), D(amount)) for day in days]


def test_a_rent_comes_back_with_the_amount_of_its_usual_month() -> None:
    rent = costs("2026-07-31", "2026-08-31", "2026-10-31")
    raised = [*rent, *costs("2026-10-31", amount="20.00")]
    (found,) = recurring_costs(raised, TODAY)
    assert found == RecurringCost("rent", D("100.00"), 31)
    assert found.on(Month(2027, 2)) == date(2027, 2, 28)
    assert found.on(Month(2027, 1)) == date(2027, 1, 31)


@pytest.mark.parametrize(
    "past",
    [
        # Twice only, though three times.
        costs("2026-08-03", "2026-10-03", "2026-10-20"),
        # The month that runs and those before the six last tell nothing.
        costs("2026-04-30", "2026-09-03", "2026-10-03", "2026-11-03"),
        # Not seen for more than three months: it is over.
        costs("2026-05-02", "2026-06-02", "2026-07-31"),
        # Given back as often as taken.
        [
            *costs("2026-08-03", "2026-09-03", "2026-10-03"),
            *costs("2026-08-04", "2026-09-04", amount="-100.00"),
        ],
        [*costs("2026-09-03", "2026-10-03"), *costs("2026-08-03", key="phone")],
        [],
    ],
)
def test_what_does_not_come_back(past: list[PastCost]) -> None:
    assert recurring_costs(past, TODAY) == []


# Months to come


def flow(
    on: str, amount: str, subject: str = "a", kind: FlowKind = FlowKind.CUSTOMER, **more: object
) -> Flow:
    return Flow(date.fromisoformat(on), D(amount), kind, subject, **more)  # type: ignore[arg-type]


def test_from_six_to_twelve_months() -> None:
    assert (MONTHS[0], MONTHS[-1]) == (Month(2026, 11), Month(2027, 4))
    assert [len(months_ahead(TODAY, count)) for count in (1, 9, 40)] == [6, 9, 12]


def test_what_is_late_comes_this_month_and_what_is_far_is_said_apart() -> None:
    rows = [
        flow("2027-05-01", "9.00", "far"),
        flow("2026-12-31", "-250.00", "bill", FlowKind.SUPPLIER),
        flow("2026-09-01", "100.00", "late"),
    ]
    found = forecast(D("50.00"), rows, MONTHS)
    assert [(one.opening, one.closing) for one in found.months[:3]] == [
        (D("50.00"), D("150.00")),
        (D("150.00"), D("-100.00")),
        (D("-100.00"), D("-100.00")),
    ]
    december = found.months[1]
    assert (december.incoming, december.outgoing, december.flows) == (ZERO, D("-250.00"), (rows[1],))
    assert (found.lowest, found.later) == (december, (rows[0],))


@given(AMOUNTS, FLOWS, st.randoms(use_true_random=False), st.integers(6, 12))
def test_the_forecast_is_the_cash_and_its_flows_in_any_order(
    cash: D, rows: list[Flow], chance: object, count: int
) -> None:
    months = months_ahead(TODAY, count)
    found = forecast(cash, rows, months)
    shuffled = list(rows)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert forecast(cash, shuffled, months) == found
    assert found.months[-1].closing + sum(row.amount for row in found.later) == cash + sum(
        row.amount for row in rows
    )
    assert sum(len(one.flows) for one in found.months) + len(found.later) == len(rows)
    assert [one.opening for one in found.months[1:]] == [one.closing for one in found.months[:-1]]


def test_each_thing_is_counted_once_by_the_surest_that_tells_it() -> None:
    quote = flow("2026-12-01", "900.00", "quote 7", FlowKind.QUOTE, sureness=Sureness.SIGNED)
    invoice = flow("2027-01-01", "900.00", "invoice 3", replaces=frozenset({"quote 7"}))
    halves = [flow(day, "50.00", "grant 1", FlowKind.GRANT) for day in ("2026-12-01", "2027-02-01")]
    proposed = flow("2026-11-30", "-500.00", "pay 11", FlowKind.PAY, sureness=Sureness.PLANNED)
    booked = flow("2026-11-30", "-510.00", "pay 11", FlowKind.PAY, sureness=Sureness.BOOKED)
    itself = flow("2026-12-05", "1.00", "odd", replaces=frozenset({"odd"}))
    rows = [quote, invoice, *halves, proposed, booked, itself]
    assert counted_once(rows) == [invoice, *halves, booked, itself]
    assert counted_once([quote]) == [quote]


@given(FLOWS)
def test_counting_once_again_changes_nothing(rows: list[Flow]) -> None:
    once = counted_once(rows)
    assert counted_once(once) == once
    assert {row.subject for row in once} == {row.subject for row in rows}


# Scenarios


def test_customers_who_pay_later_never_pay_yesterday() -> None:
    rows = [
        flow("2026-10-01", "5.00"),
        flow("2026-12-01", "5.00"),
        flow("2026-12-01", "-5.00", "b", FlowKind.TAX),
    ]
    found = changed(rows, Changes(later_days=15), MONTHS, TODAY)
    assert [row.on for row in found] == [TODAY, date(2026, 12, 16), date(2026, 12, 1)]
    assert changed(rows, Changes(), MONTHS, TODAY) == rows


def test_another_pay_takes_the_place_of_what_is_not_in_the_books() -> None:
    booked = flow("2026-11-05", "-400.00", "pay 10", FlowKind.PAY, sureness=Sureness.BOOKED)
    planned = [
        flow(day, "-500.00", day, FlowKind.PAY, sureness=Sureness.PLANNED)
        for day in ("2026-12-10", "2026-12-11", "2027-05-31")
    ]
    tax = flow("2026-12-15", "-70.00", "vat", FlowKind.TAX)
    found = changed([booked, tax, *planned], Changes(pay=D("800.00")), MONTHS, TODAY)
    assert found.pop(1) == tax
    assert [(row.on.isoformat(), row.amount) for row in found] == [
        ("2026-11-05", D("-400.00")),
        ("2027-05-31", D("-500.00")),
        ("2026-12-11", D("-800.00")),
        ("2027-01-31", D("-800.00")),
        ("2027-02-28", D("-800.00")),
        ("2027-03-31", D("-800.00")),
        ("2027-04-30", D("-800.00")),
    ]
    # The pay of October is in the books, that of November is still planned.
    rest = flow("2026-11-30", "-500.00", "pay 11", FlowKind.PAY, sureness=Sureness.PLANNED)
    both = changed([booked, rest], Changes(pay=ZERO), MONTHS[:1], TODAY)
    assert [(row.on, row.amount) for row in both] == [(booked.on, D("-400.00")), (rest.on, ZERO)]


@pytest.mark.parametrize(
    ("floor", "month"),
    [
        ("0.00", Month(2027, 1)),
        ("60.00", Month(2026, 12)),
        ("-500.00", Month(2027, 1)),
        ("900.00", MONTHS[0]),
    ],
)
def test_the_first_month_below_zero_or_the_floor(floor: str, month: Month) -> None:
    rows = [flow("2026-12-01", "-50.00", "a"), flow("2027-01-01", "-60.00", "b")]
    below = first_below(forecast(D("100.00"), rows, MONTHS), D(floor))
    assert below is not None
    assert below.month == month


def test_a_line_that_stays_above_alerts_nobody() -> None:
    assert first_below(forecast(D("100.00"), [], MONTHS), D("100.00")) is None
