"""Contribution scales: voted versions, who has them, who is exempt."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from accounting.models import ContributionScale, Exemption, ScaleAssignment
from accounting.selectors.accounts import section_of
from accounting.selectors.scale_words import scale_lines, scale_summary
from accounting.selectors.scales import activities_without_scale, default_scale, scale_of
from accounting.services.contribution_months import run_month
from accounting.services.scales import Decision, assign_scale, end_exemption
from cae.core.errors import Code
from cae.core.periods import Month
from entrepreneurs.models import Activity
from tests.accounting.contribution.worked import cases, scales_of
from tests.accounting.refusals import refuses
from tests.factories import accounting as books
from tests.factories.entrepreneurs import make_activity
from tests.factories.kernel import BEGINNING

pytestmark = pytest.mark.django_db

NEXT_YEAR = date(2027, 1, 1)


def take(activity: Activity, net: str, *, on: date = date(2026, 3, 2)) -> Any:
    return books.take_contribution(
        activity,
        parts=[("ordinary", Decimal(net))],
        on=on,
        document_number="F-1",
        source=None,
        actor=None,
    )


def test_an_activity_without_scale_gives_nothing_and_is_listed() -> None:
    activity = make_activity(code="A1")
    assert take(activity, "200.00") is None
    assert list(activities_without_scale(date(2026, 3, 2))) == [activity]


def test_the_version_in_force_on_the_date_of_the_fact_applies() -> None:
    first = books.scale("0.1000")
    activity = make_activity(code="A1")
    second = books.scale("0.1200", on=date(2026, 7, 1))
    assert scale_of(activity, date(2026, 6, 30)) == first
    assert scale_of(activity, date(2026, 7, 1)) == second
    first.refresh_from_db()
    assert (first.valid_to, second.version) == (date(2026, 6, 30), 2)


def test_a_version_says_who_voted_it() -> None:
    scale = books.scale(decision=Decision("Assemblée générale", date(2026, 6, 12), "5"))
    assert scale.decided_by == "Assemblée générale du 12/06/2026, résolution 5"


def test_a_new_activity_receives_the_default_in_force_on_its_opening() -> None:
    books.scale("0.1000")
    other = books.scale("0.0800", code="essai", on=date(2026, 2, 1))
    activity = make_activity(code="B2", on=date(2026, 3, 1))
    row = ScaleAssignment.objects.get(activity=activity)
    assert (row.scale, row.starts_on) == (other, date(2026, 3, 1))
    assert default_scale(date(2026, 1, 31)) == ContributionScale.objects.get(code="general")


def test_opening_an_activity_opens_its_section_once() -> None:
    activity = make_activity(code="LENOIR", name="Photographie Lenoir")
    section = section_of(activity)
    assert (section.code, section.label) == ("LENOIR", "Photographie Lenoir")


def test_an_assignment_ends_the_one_before() -> None:
    books.scale()
    activity = make_activity(code="A1")
    reduced = books.scale("0.0500", code="reduit", is_default=False)
    assign_scale(activity, scale=reduced, starts_on=NEXT_YEAR, reason="Décision du CSE", actor=None)
    before, after = ScaleAssignment.objects.order_by("starts_on")
    assert (before.ends_on, after.ends_on) == (date(2026, 12, 31), None)
    assert scale_of(activity, date(2026, 12, 31)) == before.scale
    assert scale_of(activity, NEXT_YEAR) == reduced


@pytest.mark.parametrize("case", cases("contribution"), ids=lambda case: case["id"])
def test_every_scale_seen_in_use_is_said_in_words(case: dict[str, Any]) -> None:
    for _start, _end, scale in scales_of(case["input"]):
        assert scale_summary(scale)
        assert all(line.heading and line.sentence for line in scale_lines(scale))


def snapshot() -> list[Any]:
    models = (ContributionScale, ScaleAssignment, Exemption)
    return [list(model.objects.order_by("pk").values()) for model in models]


OVERLAPPING = books.monthly(
    {
        "kind": "slices",
        "window": "year",
        "slices": [
            {"up_to": "2000.00", "rate": "0.1"},
            {"up_to": "1000.00", "rate": "0.1"},
            {"up_to": None, "rate": "0.1"},
        ],
    }
)


@pytest.mark.parametrize(
    ("details", "code", "words"),
    [
        ({"rules": books.flat("1.0001")}, Code.VALUE_INVALID, "Un taux va de 0 à 100 %"),
        ({"rules": books.flat("-0.0001")}, Code.VALUE_INVALID, "Un taux va de 0 à 100 %"),
        ({"rules": OVERLAPPING}, Code.VALUE_INVALID, "Les tranches se chevauchent"),
        (
            {"rules": books.flat("0.1") | {"base": {"turnover": "invoiced", "minus": ["overheads"]}}},
            Code.VALUE_INVALID,
            "n’entre pas dans la base",
        ),
        ({"decision": Decision("  ", BEGINNING)}, Code.VALUE_MISSING, "quelle assemblée"),
        ({"on": date(2024, 12, 31)}, Code.PERIOD_INVALID, "couvre déjà"),
        ({"on": BEGINNING}, Code.PERIOD_INVALID, "couvre déjà"),
        ({"on": date(2026, 3, 2)}, Code.PERIOD_INVALID, "déjà été prélevée le 02/03/2026"),
        (
            {"on": date(2027, 1, 2), "rules": books.monthly()},
            Code.PERIOD_INVALID,
            "choisissez le premier jour",
        ),
    ],
)
def test_refuses_a_version(details: dict[str, Any], code: Code, words: str) -> None:
    books.scale()
    take(make_activity(code="A1"), "200.00", on=date(2026, 3, 2))
    before = snapshot()
    with refuses(code, words):
        books.scale(**({"rate": "0.1200", "on": NEXT_YEAR} | details))
    assert snapshot() == before


@pytest.mark.parametrize(
    ("starts_on", "reason", "code"),
    [
        (NEXT_YEAR, " ", Code.VALUE_MISSING),
        (BEGINNING, "Vote", Code.PERIOD_INVALID),
        (date(2026, 3, 2), "Vote", Code.PERIOD_INVALID),
    ],
)
def test_refuses_an_assignment(starts_on: date, reason: str, code: Code) -> None:
    scale = books.scale()
    activity = make_activity(code="A1")
    take(activity, "200.00", on=date(2026, 3, 2))
    before = snapshot()
    with refuses(code):
        assign_scale(activity, scale=scale, starts_on=starts_on, reason=reason, actor=None)
    assert snapshot() == before


def test_a_scale_given_twice_at_a_date_is_refused() -> None:
    scale = books.scale()
    activity = make_activity(code="A1")
    assign_scale(activity, scale=scale, starts_on=NEXT_YEAR, reason="Vote", actor=None)
    before = snapshot()
    with refuses(Code.PERIOD_INVALID):
        assign_scale(activity, scale=scale, starts_on=NEXT_YEAR, reason="Vote", actor=None)
    assert snapshot() == before


def test_a_scale_on_documents_cannot_reach_back_over_months_already_computed() -> None:
    books.scale(rules=books.monthly())
    activity = make_activity(code="A1")
    run_month(activity, Month(2026, 3), today=date(2026, 4, 2), actor=None)
    other = books.scale(code="documents", is_default=False)
    before = snapshot()
    with refuses(Code.PERIOD_INVALID):
        assign_scale(activity, scale=other, starts_on=date(2026, 3, 1), reason="Vote", actor=None)
    assert snapshot() == before
    assign_scale(activity, scale=other, starts_on=date(2026, 4, 1), reason="Vote", actor=None)


@pytest.mark.parametrize(
    ("details", "code"),
    [
        ({"situation": "paresse"}, Code.VALUE_INVALID),
        ({"waives": ["joie"]}, Code.VALUE_INVALID),
        ({"decided_by": " "}, Code.VALUE_MISSING),
        ({"reason": " "}, Code.VALUE_MISSING),
        ({"ends_on": date(2026, 2, 28)}, Code.PERIOD_INVALID),
        ({"starts_on": date(2026, 5, 31), "ends_on": None}, Code.PERIOD_INVALID),
        ({"starts_on": date(2026, 1, 1), "ends_on": date(2026, 3, 1)}, Code.PERIOD_INVALID),
    ],
)
def test_refuses_an_exemption(details: dict[str, Any], code: Code) -> None:
    activity = make_activity(code="A1")
    books.exemption(activity)
    before = snapshot()
    with refuses(code):
        books.exemption(activity, **details)
    assert snapshot() == before


def test_an_exemption_is_ended_and_never_made_longer() -> None:
    row = books.exemption(make_activity(code="A1"))
    assert end_exemption(row, ends_on=date(2026, 4, 30), actor=None).ends_on == date(2026, 4, 30)
    for day in (date(2026, 5, 31), date(2026, 1, 1)):
        with refuses(Code.PERIOD_INVALID):
            end_exemption(row, ends_on=day, actor=None)
    assert Exemption.objects.get().ends_on == date(2026, 4, 30)
