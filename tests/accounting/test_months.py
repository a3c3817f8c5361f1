"""The contribution of months: taken once, adjusted when the past changes, floors of the year, advance."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounting.models import ContributionRun, Entry
from accounting.selectors.behind import costs_behind, movements_behind
from accounting.selectors.contribution import contribution_sums, estimate, lines_of_run
from accounting.selectors.controls import contribution_faults
from accounting.services.contribution import reverse_contribution
from accounting.services.contribution_months import close_contribution_year, run_month, take_advance
from accounting.services.scales import assign_scale, grant_exemption
from cae.core.errors import Code
from cae.core.money import ZERO
from cae.core.periods import Month
from entrepreneurs.models import Activity
from people.models import Person
from people.states import RoleKind
from tests.accounting.refusals import refuses
from tests.factories import accounting as books
from tests.factories.entrepreneurs import make_activity
from tests.factories.people import make_person, make_role

pytestmark = pytest.mark.django_db

FEBRUARY, MARCH = Month(2026, 2), Month(2026, 3)
LATER = date(2026, 7, 5)


def sell(activity: Activity, net: str, *, on: date, number: str, corrects: str = "") -> None:
    books.sale(activity, net, on=on, number=number) if not net.startswith("-") else None
    books.take_contribution(
        activity,
        parts=[("ordinary", Decimal(net))],
        on=on,
        document_number=number,
        source=None,
        actor=None,
        corrects=corrects,
    )


def run(activity: Activity, month: Month, *, today: date = LATER) -> list[ContributionRun]:
    return run_month(activity, month, today=today, actor=None)


def year(activity: Activity) -> Decimal:
    return contribution_sums(activity, start=date(2026, 1, 1), end=date(2026, 12, 31)).due


def salaried(kind: str = RoleKind.ENTREPRENEUR, **dates: Any) -> Person:
    person = make_person()
    make_role(person, kind, **dates)
    return person


@pytest.fixture
def activity() -> Activity:
    """13,5 % of the margin over the year and 30 € a month; the fixed part waived on minima sociaux."""
    books.scale(rules=books.monthly(fixed_per_month="30.00", exemptions={"minima_sociaux": ["fixed"]}))
    return make_activity(salaried(), code="A1")


def test_a_month_counts_its_sales_less_its_costs(activity: Activity) -> None:
    sell(activity, "3000.00", on=date(2026, 3, 10), number="F-1")
    books.cost(activity, "600.00", kind="subcontracting")
    books.cost(activity, "50.00", kind="overheads")
    (found,) = run(activity, MARCH)
    assert (found.base, found.fixed, found.due) == (Decimal("2400.00"), Decimal("30.00"), Decimal("354.00"))
    assert found.entry is not None
    assert (found.on, found.entry.on, found.entry.journal.code) == (MARCH.last, MARCH.last, "AN")
    said = [(line.label, line.amount) for line in lines_of_run(found)]
    assert said == [
        ("Base de mars 2026", Decimal("2400.00")),
        ("Barème general, v1 (Assemblée générale du 12/06/2024, résolution 5)", Decimal("324.00")),
        ("Part fixe", Decimal("30.00")),
        ("Plancher, plafond", None),
        ("Contribution de mars 2026", Decimal("354.00")),
    ]


def test_a_nature_comes_from_the_account_unless_the_line_says_another(activity: Activity) -> None:
    entry = books.cost(activity, "10.00", kind="")
    assert [line.cost_kind.code for line in entry.lines.all() if line.cost_kind] == ["overheads"]


def test_run_twice_nothing_more_is_written(activity: Activity) -> None:
    sell(activity, "3000.00", on=date(2026, 3, 10), number="F-1")
    run(activity, MARCH)
    entries = Entry.objects.count()
    assert run(activity, MARCH) == []
    assert (Entry.objects.count(), ContributionRun.objects.count()) == (entries, 1)


def test_a_loss_is_given_back_up_to_what_was_taken(activity: Activity) -> None:
    sell(activity, "1000.00", on=date(2026, 2, 10), number="F-1")
    run(activity, FEBRUARY)
    sell(activity, "200.00", on=date(2026, 3, 10), number="F-2")
    books.cost(activity, "700.00")
    (march,) = run(activity, MARCH)
    assert (march.proportional, march.due) == (Decimal("-67.50"), Decimal("-37.50"))
    assert march.entry is not None
    assert {line.debit for line in march.entry.lines.filter(account__role="internal_income")} == {
        Decimal("37.50")
    }


def test_a_credit_note_back_dated_gives_a_run_of_today_that_names_the_month(activity: Activity) -> None:
    sell(activity, "1000.00", on=date(2026, 2, 10), number="F-1")
    (february,) = run(activity, FEBRUARY)
    sell(activity, "500.00", on=date(2026, 3, 10), number="F-2")
    run(activity, MARCH)
    sell(activity, "-400.00", on=date(2026, 2, 28), number="A-1", corrects="F-1")
    (adjustment,) = run(activity, MARCH)
    assert (adjustment.adjusts, adjustment.subject, adjustment.on) == (february, "2026-02", LATER)
    assert (adjustment.base, adjustment.due) == (Decimal("-400.00"), Decimal("-54.00"))
    assert adjustment.entry is not None
    assert adjustment.entry.on == LATER
    assert year(activity) == Decimal("208.50")
    assert run(activity, MARCH) == []
    assert list(contribution_faults()) == []


def test_a_change_moves_the_slices_of_the_months_after_it() -> None:
    tiers = [{"up_to": "1000.00", "rate": "0.2000"}, {"up_to": None, "rate": "0.1000"}]
    shape = {"kind": "slices", "window": "year", "slices": tiers}
    books.scale(rules=books.monthly(shape))
    activity = make_activity(code="A1")
    sell(activity, "1000.00", on=date(2026, 2, 10), number="F-1")
    run(activity, FEBRUARY)
    sell(activity, "1000.00", on=date(2026, 3, 10), number="F-2")
    run(activity, MARCH)
    assert year(activity) == Decimal("300.00")
    sell(activity, "-600.00", on=date(2026, 2, 27), number="A-1", corrects="F-1")
    changed = run(activity, MARCH)
    assert [(one.subject, one.due) for one in changed] == [
        ("2026-02", Decimal("-120.00")),
        ("2026-03", Decimal("60.00")),
    ]
    assert year(activity) == Decimal("240.00")


def test_an_exemption_granted_afterwards_gives_the_fixed_part_back(activity: Activity) -> None:
    run(activity, FEBRUARY)
    run(activity, MARCH)
    grant_exemption(
        activity,
        situation="minima_sociaux",
        starts_on=date(2026, 3, 1),
        ends_on=None,
        decided_by="CSE du 2 juillet 2026",
        reason="Attestation reçue",
        actor=None,
    )
    (adjustment,) = run(activity, MARCH)
    assert (adjustment.subject, adjustment.fixed, adjustment.due) == (
        "2026-03",
        Decimal("-30.00"),
        Decimal("-30.00"),
    )


def test_a_part_waived_by_decision_alone(activity: Activity) -> None:
    grant_exemption(
        activity,
        situation="hardship",
        waives=["proportional"],
        starts_on=date(2026, 3, 1),
        ends_on=date(2026, 3, 31),
        decided_by="Cogérance",
        reason="Incendie de l’atelier",
        actor=None,
    )
    sell(activity, "1000.00", on=date(2026, 3, 10), number="F-1")
    (march,) = run(activity, MARCH)
    assert (march.base, march.proportional, march.due) == (Decimal("1000.00"), ZERO, Decimal("30.00"))
    assert not march.parts.exists()


def test_another_scale_given_in_the_past_adjusts_the_months(activity: Activity) -> None:
    sell(activity, "1000.00", on=date(2026, 3, 10), number="F-1")
    run(activity, FEBRUARY)
    run(activity, MARCH)
    other = books.scale(code="autre", rules=books.flat("0.2000", "month"), is_default=False)
    assign_scale(activity, scale=other, starts_on=date(2026, 3, 1), reason="Avenant", actor=None)
    (adjustment,) = run(activity, MARCH)
    assert (adjustment.scale, adjustment.due) == (other, Decimal("35.00"))
    assert year(activity) == Decimal("230.00")
    assert {(part.scale.code, part.base) for part in adjustment.parts.all()} == {
        ("general", Decimal("-1000.00")),
        ("autre", Decimal("1000.00")),
    }


def test_undone_then_computed_again(activity: Activity) -> None:
    sell(activity, "1000.00", on=date(2026, 3, 10), number="F-1")
    (march,) = run(activity, MARCH)
    reverse_contribution(march, on=LATER, reason="Achats oubliés", actor=None)
    assert year(activity) == 0
    books.cost(activity, "100.00")
    (again,) = run(activity, MARCH)
    assert (again.nature, again.rank, again.due) == ("take", 3, Decimal("151.50"))
    assert list(contribution_faults()) == []


@pytest.mark.parametrize(
    ("month", "today", "words"),
    [
        (Month(2026, 8), LATER, "Août 2026 n’est pas terminé"),
        (Month(2026, 7), LATER, "Juillet 2026 n’est pas terminé"),
        (Month(2024, 11), LATER, "Aucun barème n’est affecté"),
    ],
)
def test_refuses_a_month(activity: Activity, month: Month, today: date, words: str) -> None:
    code = Code.PERIOD_INVALID if month >= Month(2026, 7) else Code.VALUE_INVALID
    with refuses(code, words):
        run(activity, month, today=today)
    assert not ContributionRun.objects.exists()


def test_refuses_a_month_under_a_scale_on_documents() -> None:
    books.scale()
    activity = make_activity(code="A1")
    sell(activity, "1000.00", on=date(2026, 3, 10), number="F-1")
    with refuses(Code.VALUE_INVALID, "prélevé sur chaque document"):
        run(activity, MARCH)
    assert ContributionRun.objects.count() == 1


def test_a_month_counts_what_was_cashed() -> None:
    books.scale(rules=books.monthly() | {"base": {"turnover": "received"}})
    activity = make_activity(code="A1")
    sell(activity, "1000.00", on=date(2026, 2, 10), number="F-1")
    books.receipt(activity, "600.00", on=date(2026, 2, 20))
    books.receipt(activity, "600.00", on=date(2026, 3, 20))
    (february,), (march,) = run(activity, FEBRUARY), run(activity, MARCH)
    assert (february.base, march.base) == (Decimal("500.00"), Decimal("500.00"))


def test_an_activity_of_two_people_that_leaves() -> None:
    floor = {"per": "month", "amount": "200.00", "per_person": True}
    books.scale(rules=books.monthly(floor=floor))
    activity = make_activity(salaried(), salaried(), code="A1")
    (february,) = run(activity, FEBRUARY)
    assert february.due == Decimal("400.00")
    Activity.objects.filter(pk=activity.pk).update(closed_on=date(2026, 3, 15), close_reason="Départ")
    activity.refresh_from_db()
    (march,) = run(activity, MARCH)
    assert march.due == Decimal("400.00")
    with refuses(Code.VALUE_INVALID, "n’était pas ouverte"):
        run(activity, Month(2026, 4))


YEARLY = books.flat("0.1000") | {
    "floor": {
        "per": "year",
        "amount": {"CAPE": "1200.00", "CESA": "2160.00"},
        "advance_months": {"CAPE": 6},
    }
}


def test_the_year_is_topped_up_to_its_floor_once() -> None:
    books.scale(rules=YEARLY)
    person = salaried(RoleKind.PROJECT_HOLDER, starts_on=date(2026, 4, 1), ends_on=date(2026, 6, 30))
    make_role(person, RoleKind.ENTREPRENEUR, starts_on=date(2026, 7, 1))
    activity = make_activity(person, code="A1", on=date(2026, 4, 1))
    advance = take_advance(activity, on=date(2026, 4, 1), actor=None)
    assert advance.due == Decimal("600.00")
    sell(activity, "2000.00", on=date(2026, 5, 10), number="F-1")
    with refuses(Code.PERIOD_INVALID):
        close_contribution_year(activity, 2026, today=date(2026, 12, 30), actor=None)
    end = close_contribution_year(activity, 2026, today=date(2027, 1, 5), actor=None)
    assert end is not None
    # Three months at 1 200 a year and six at 2 160, less 600 in advance and 200 on the invoice.
    assert (end.due, end.on, end.subject) == (Decimal("580.00"), date(2026, 12, 31), "2026")
    assert close_contribution_year(activity, 2026, today=date(2027, 1, 5), actor=None) is None
    sell(activity, "-500.00", on=date(2027, 2, 1), number="A-1", corrects="F-1")
    more = close_contribution_year(activity, 2026, today=date(2027, 2, 2), actor=None)
    assert more is not None
    assert (more.due, more.adjusts, more.on) == (Decimal("50.00"), end, date(2027, 2, 2))
    assert list(contribution_faults()) == []


def test_refuses_an_advance_twice_or_unasked() -> None:
    books.scale(rules=YEARLY)
    with refuses(Code.VALUE_INVALID):
        take_advance(make_activity(salaried(), code="CESA"), on=date(2026, 4, 1), actor=None)
    activity = make_activity(salaried(RoleKind.PROJECT_HOLDER), code="CAPE")
    take_advance(activity, on=date(2026, 4, 1), actor=None)
    with refuses(Code.ALREADY_DONE):
        take_advance(activity, on=date(2026, 5, 1), actor=None)
    assert ContributionRun.objects.count() == 1


def test_a_scale_without_floor_closes_no_year(activity: Activity) -> None:
    assert close_contribution_year(activity, 2025, today=LATER, actor=None) is None


def test_a_base_since_entry_goes_on_from_one_year_to_the_next() -> None:
    tiers = [{"up_to": "1000.00", "rate": "0.1000"}, {"up_to": None, "rate": "0.0500"}]
    books.scale(rules=books.monthly({"kind": "cumulative", "window": "entry", "slices": tiers}))
    activity = make_activity(code="A1")
    sell(activity, "900.00", on=date(2025, 12, 10), number="F-1")
    run(activity, Month(2025, 12))
    sell(activity, "300.00", on=date(2026, 1, 10), number="F-2")
    (january,) = run(activity, Month(2026, 1))
    assert january.due == Decimal("20.00")


def test_an_estimate_of_a_month_says_that_it_is_one(activity: Activity) -> None:
    sell(activity, "1000.00", on=date(2026, 7, 2), number="F-1")
    said = estimate(activity, [("ordinary", Decimal("200.00"))], date(2026, 7, 5))
    assert (said.due, said.exact) == (Decimal("27.00"), False)


def test_many_months_ask_no_more_questions(activity: Activity, django_assert_num_queries: Any) -> None:
    from_month = Month(2026, 1)
    run(activity, from_month)
    with django_assert_num_queries(_counted(activity, Month(2026, 2))):
        run(activity, MARCH)


def _counted(activity: Activity, month: Month) -> int:
    with CaptureQueriesContext(connection) as queries:
        run(activity, month)
    return len(queries)


def test_a_run_shows_what_it_counted_and_nothing_that_came_later(activity: Activity) -> None:
    sell(activity, "3000.00", on=date(2026, 3, 10), number="F-1")
    books.cost(activity, "600.00", kind="subcontracting")
    (first,) = run(activity, MARCH)
    sell(activity, "500.00", on=date(2026, 3, 20), number="F-2")
    books.cost(activity, "100.00", kind="subcontracting")
    (adjusting,) = run(activity, MARCH)
    counted = [[row.document for row in movements_behind(one)] for one in (first, adjusting)]
    assert counted == [["F-1"], ["F-1", "F-2"]]
    assert [costs_behind(one).count() for one in (first, adjusting)] == [1, 2]
