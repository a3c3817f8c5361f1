"""The measure of a month of pay plays it whole, for a few, then for many; the books stay whole."""

from __future__ import annotations

from collections import Counter

import pytest
from django.utils import timezone

from accounting.models import PayProposal, PayResult
from accounting.selectors.controls import balance_faults
from cae.core.periods import Month
from cae.demonstration.bench.pay_month import OFFICER, measure_pay_month
from cae.demonstration.bench.report import Report, Step, Work
from people.states import RoleKind
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

WORK = Work("month of pay", 10, 100, [Step("proposals", 1.0, 20.0, 50, 500), Step("printed", 0.5, 5.0, 3, 3)])


def test_a_month_is_played_to_the_books(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cae.core.jobs.run_later", lambda *_args, **_details: None)
    make_user(RoleKind.HUMAN_RESOURCES, email=OFFICER)
    work = measure_pay_month(people=20)
    assert (work.few, work.many) == (2, 20)
    this = PayProposal.objects.filter(month__first=Month.of(timezone.localdate()).first)
    assert Counter(this.values_list("state", flat=True)) == {"real": 22}
    assert PayResult.objects.count() == 22
    assert {bool(row.shortage) for row in this} == {True, False}
    assert list(balance_faults()) == []
    asked = {step.name: (step.few_questions / 2, step.questions / 20) for step in work.steps}
    # The month and what it shares are asked once: nobody is asked more because there are more of them.
    assert [name for name, (few, many) in asked.items() if many > few] == []


def test_a_work_says_its_parts_and_what_each_person_takes() -> None:
    text = Report([], [], 1.0, works=[WORK]).as_text()
    made = next(line for line in text.splitlines() if line.startswith("  proposals"))
    assert made.split() == ["proposals", "20.0", "500", "200.0", "100.0", "5.0", "5.0"]
    assert "  all of it" + " " * 33 + "    25.0        503" in text
    assert '"questions": 503' in Report([], [], 1.0, works=[WORK]).as_json()
