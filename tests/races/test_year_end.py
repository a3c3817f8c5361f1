"""Several hands at the end of a year: one result a section, one statement an activity."""

from __future__ import annotations

from decimal import Decimal
from functools import partial

import pytest

from accounting.models import Entry, StatementAgreement
from accounting.selectors.accounts import section_of, shared_section
from accounting.selectors.year_end import carried, held_at_end
from accounting.services.year_closings import TASK
from accounting.services.year_statements import send_statement
from accounting.states.year_end import YearClosingState
from accounting.tasks import carry_year_now
from cae.core.models import Job, JobState
from tests.factories.accounting_year_end import TODAY, close_before, make_year, moved, ready
from tests.factories.people import make_user
from tests.races.conftest import Race

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def test_two_accountants_carry_one_year(race: Race) -> None:
    _user, activity, year = make_year()
    moved(shared_section(), "10.00", "70.00")
    close_before(year)
    closing = ready(year)
    facts = {"task": TASK, "label": "Résultat", "total": 2, "arguments": {"year": year.pk}}
    jobs = [Job.objects.create(author=make_user(), **facts) for _hand in range(2)]
    race([partial(carry_year_now, job.pk) for job in jobs])
    assert set(Job.objects.values_list("state", flat=True)) == {JobState.DONE}
    assert held_at_end(year) == {}
    assert Entry.objects.filter(journal__code="RA").count() == 2
    assert carried(year) == {section_of(activity).pk: Decimal(-600), shared_section().pk: Decimal(60)}
    closing.refresh_from_db()
    assert closing.state == YearClosingState.CARRIED


def test_two_accountants_send_one_statement(race: Race) -> None:
    _user, activity, year = make_year()
    send = partial(send_statement, section_of(activity), year=year, today=TODAY, actor=None)
    race([send] * 2)
    assert StatementAgreement.objects.count() == 1
