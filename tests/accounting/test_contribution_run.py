"""The contribution of a month over all activities: previewed, run, cancelled, failed, retried, run again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounting.models import Account, ContributionRun, Entry
from accounting.selectors.contribution_month import activities_to_run, preview_month
from accounting.selectors.todo import AWAITED
from accounting.services.contribution_months import bring_up_to_date
from accounting.services.contribution_run import ask_for_last_month, ask_for_run
from accounting.services.scales import assign_scale
from accounting.tasks import run_contributions_now, run_last_month
from cae.core.errors import Code
from cae.core.facts import awaited_in
from cae.core.jobs import cancel_job, retry_failures
from cae.core.models import Job, JobState
from cae.core.periods import Month
from entrepreneurs.models import Activity
from people.models import User
from people.states import RoleKind
from tests.accounting.refusals import refuses
from tests.factories import accounting as books
from tests.factories.entrepreneurs import make_activity
from tests.factories.people import make_person, make_role, make_user
from tests.pages import client_of, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]

FEBRUARY = Month(2026, 2)
TODAY = date(2026, 3, 5)


@pytest.fixture
def accountant() -> User:
    return make_user(RoleKind.ACCOUNTANT)


@pytest.fixture
def activities() -> list[Activity]:
    """Three under 13,5 % of the margin each month, one under a scale on documents, one without scale."""
    books.scale(rules=books.monthly())
    monthly = [make_activity(code=f"A{rank}") for rank in range(3)]
    for rank, activity in enumerate(monthly, start=1):
        books.sale(activity, f"{rank}000.00", on=date(2026, 2, 10), number=f"F-{rank}")
        books.take(activity, f"{rank}000.00", on=date(2026, 2, 10), number=f"F-{rank}")
    other = books.scale(code="documents", is_default=False)
    apart = make_activity(code="B1")
    assign_scale(apart, scale=other, starts_on=date(2026, 1, 1), reason="Vote", actor=None)
    return monthly


def run(month: Month, actor: User, *, today: date = TODAY, only: list[int] | None = None) -> Job:
    job = ask_for_run(month, today=today, actor=actor)
    Job.objects.filter(pk=job.pk).update(arguments=job.arguments | {"ids": only})
    run_contributions_now(job.pk)
    job.refresh_from_db()
    return job


@pytest.fixture(autouse=True)
def spring() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 3, 5, 10, tzinfo=UTC)):
        yield


def test_only_those_under_a_monthly_scale_are_concerned(activities: list[Activity]) -> None:
    assert activities_to_run(FEBRUARY) == activities


def test_the_preview_is_what_is_booked(activities: list[Activity], accountant: User) -> None:
    foreseen = preview_month(FEBRUARY)
    assert not ContributionRun.objects.exists()
    job = run(FEBRUARY, accountant)
    assert (job.state, job.done, job.total, job.failures) == (JobState.DONE, 3, 3, [])
    booked = ContributionRun.objects.order_by("activity__name")
    assert [(one.activity, one.due) for one in booked] == [(run.activity, run.due) for run in foreseen.runs]
    assert foreseen.due == Decimal("810.00")
    assert preview_month(FEBRUARY).runs == ()


def test_run_twice_the_books_are_the_same(activities: list[Activity], accountant: User) -> None:
    run(FEBRUARY, accountant)
    entries = list(Entry.objects.order_by("pk").values())
    assert run(FEBRUARY, accountant).state == JobState.DONE
    assert list(Entry.objects.order_by("pk").values()) == entries


def test_a_preview_asks_as_much_for_one_activity_as_for_many(
    activities: list[Activity], django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(40) as few:
        preview_month(FEBRUARY)
    for rank in range(20):
        make_activity(code=f"C{rank}")
    with django_assert_max_num_queries(len(few)):
        preview_month(FEBRUARY)


def test_each_activity_costs_six_exchanges_and_no_reading(
    activities: list[Activity], accountant: User, django_assert_max_num_queries: Any
) -> None:
    """Its lock with its last run, the journal's turn and its end, the entry, the run, the act."""
    for rank in range(3, 13):
        more = make_activity(code=f"A{rank}")
        books.take(more, "1000.00", on=date(2026, 2, 10), number=f"F-{rank}")
    keys = [activity.pk for activity in activities_to_run(FEBRUARY)]
    assert len(keys) == 13
    run_few, run_many = keys[:1], keys[1:]
    with django_assert_max_num_queries(66) as few:
        run(FEBRUARY, accountant, only=run_few)
    with django_assert_max_num_queries(206) as many:
        run(FEBRUARY, accountant, only=run_many)
    assert ContributionRun.objects.count() == 13
    assert len(_said(many)) - len(_said(few)) == 6 * (len(run_many) - len(run_few))


def _said(captured: Any) -> list[str]:
    """Without the savepoints that stand for transactions in a test, nor what the job tells of itself: twice a
    second, whatever it does meanwhile."""
    asked = [query["sql"] for query in captured.captured_queries]
    return [sql for sql in asked if "SAVEPOINT" not in sql and not sql.startswith('UPDATE "core_job"')]


def test_a_cancelled_run_keeps_what_is_done_and_the_next_finishes(
    activities: list[Activity], accountant: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = ask_for_run(FEBRUARY, today=TODAY, actor=accountant)
    monkeypatch.setattr("accounting.services.contribution_run.PACE", timedelta(0))
    from_service = run_one_then(lambda: cancel_job(job, actor=accountant))
    monkeypatch.setattr("accounting.services.contribution_run.bring_up_to_date", from_service)
    run_contributions_now(job.pk)
    job.refresh_from_db()
    assert job.state == JobState.CANCELLED
    assert ContributionRun.objects.count() == 1
    monkeypatch.undo()
    assert run(FEBRUARY, accountant).state == JobState.DONE
    assert ContributionRun.objects.count() == 3


def run_one_then(act: Callable[[], Any]) -> Callable[..., Any]:
    def work(*args: Any, **details: Any) -> None:
        bring_up_to_date(*args, **details)
        act()

    return work


def test_what_one_activity_lacks_is_noted_and_retried(activities: list[Activity], accountant: User) -> None:
    link = Account.objects.get(role="internal_link")
    Account.objects.filter(pk=link.pk).update(role=None)
    job = run(FEBRUARY, accountant)
    assert (job.state, len(job.failures)) == (JobState.DONE, 3)
    assert "Aucun compte ne tient le rôle" in job.failures[0]["reason"]
    assert not ContributionRun.objects.exists()
    Account.objects.filter(pk=link.pk).update(role="internal_link")
    again = retry_failures(job, actor=accountant)
    run_contributions_now(again.pk)
    again.refresh_from_db()
    assert (again.done, again.failures) == (3, [])
    assert ContributionRun.objects.count() == 3


def test_refuses_a_month_to_come(activities: list[Activity], accountant: User) -> None:
    with refuses(Code.PERIOD_INVALID, "n’est pas terminé"):
        ask_for_run(Month(2026, 3), today=TODAY, actor=accountant)
    assert not Job.objects.exists()


def test_december_closes_the_years_that_have_a_floor(accountant: User) -> None:
    floor = {"per": "year", "amount": "1200.00"}
    books.scale(rules=books.flat("0.1000") | {"floor": floor})
    activity = make_activity(code="A1")
    books.take(activity, "1000.00", on=date(2025, 12, 10))
    run(Month(2025, 12), accountant)
    run(Month(2025, 12), accountant)
    end = ContributionRun.objects.get(kind="year")
    assert (end.subject, end.due) == ("2025", Decimal("1100.00"))
    run(FEBRUARY, accountant)
    assert ContributionRun.objects.filter(kind="year").count() == 1


def test_the_periodic_run_is_done_in_the_name_of_an_accountant(
    activities: list[Activity], accountant: User
) -> None:
    run_last_month()
    job = Job.objects.get()
    assert (job.author, job.arguments["month"], job.total) == (accountant, "2026-02", 3)
    assert job.leads_to == "/compta/contributions/?mois=2026-02"


def test_the_periodic_run_does_nothing_where_nobody_is_concerned(accountant: User) -> None:
    assert ask_for_last_month(today=TODAY) is None


def test_the_periodic_run_waits_for_an_accountant(activities: list[Activity]) -> None:
    assert ask_for_last_month(today=TODAY) is None


# --- pages ----------------------------------------------------------------------------------------


def page(name: str, **query: str) -> str:
    return reverse(f"accounting:{name}", query=query)


def test_the_accountant_sees_the_lines_then_runs(activities: list[Activity], accountant: User) -> None:
    client = client_of(accountant)
    said = text(client.get(page("run_list")))
    assert "Calculer la contribution de février 2026" in said
    said = text(client.get(page("month_preview")))
    assert "810,00 €" in said
    assert "Base de février 2026" in said
    answer = client.post(page("month_run"), {"mois": "2026-02"})
    job = Job.objects.get()
    assert answer["Location"] == reverse("core:job_detail", args=[job.pk])
    run_contributions_now(job.pk)
    assert "Rien à calculer" in text(client.get(page("month_preview", mois="2026-02")))
    assert client.get(page("run_list", export="csv")).status_code == 200


@pytest.mark.parametrize(
    ("month", "words"), [("2026-03", "n’est pas terminé"), ("2026-13", "n’est pas un mois")]
)
def test_a_month_that_cannot_be_run_is_said(
    activities: list[Activity], accountant: User, month: str, words: str
) -> None:
    client = client_of(accountant)
    answer = client.get(page("month_preview", mois=month))
    assert answer.status_code == 422
    assert words in text(answer)
    answer = client.post(page("month_run"), {"mois": month}, follow=True)
    assert words in text(answer)
    assert not Job.objects.exists()


@pytest.mark.parametrize("kind", [RoleKind.AUDITOR, RoleKind.CO_MANAGER, RoleKind.ENTREPRENEUR])
def test_only_the_accountant_runs(activities: list[Activity], kind: str) -> None:
    client: Client = client_of(make_user(kind))
    assert client.get(page("month_preview")).status_code == 403
    assert client.post(page("month_run"), {"mois": "2026-02"}).status_code == 403
    assert not Job.objects.exists()


def test_a_run_is_read_undone_and_seen_by_its_owner(activities: list[Activity], accountant: User) -> None:
    run(FEBRUARY, accountant)
    one = ContributionRun.objects.get(activity=activities[0])
    client = client_of(accountant)
    said = text(client.get(one.get_absolute_url()))
    assert "Base de février 2026" in said
    assert "F-1" in said
    address = reverse("accounting:run_reverse", args=[one.pk])
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "Achats oubliés"}).status_code == 302
    assert client.post(address, {"reason": "Encore"}).status_code == 422
    assert ContributionRun.objects.filter(reverses=one).count() == 1
    assert "Annulation" in text(client.get(one.get_absolute_url()))


def test_an_advance_is_taken_by_its_form(accountant: User) -> None:
    floor = {"per": "year", "amount": {"CAPE": "1200.00"}, "advance_months": {"CAPE": 6}}
    books.scale(rules=books.flat("0.1000") | {"floor": floor})
    person = make_person()
    make_role(person, RoleKind.PROJECT_HOLDER)
    activity = make_activity(person, code="CAPE")
    client = client_of(accountant)
    facts = {"activity": activity.pk, "on": "2026-03-01"}
    answer = client.post(page("advance_take"), facts)
    run = ContributionRun.objects.get()
    assert (answer["Location"], run.due) == (run.get_absolute_url(), Decimal("600.00"))
    assert "600,00 €" in text(client.get(run.get_absolute_url()))
    again = client.post(page("advance_take"), facts)
    assert again.status_code == 422
    assert "déjà prélevée" in text(again)


def test_the_month_to_compute_waits_for_the_accountant(activities: list[Activity], accountant: User) -> None:
    def labels() -> list[str]:
        return [str(todo.label) for todo in awaited_in(AWAITED, accountant, TODAY)]

    assert "Calculer la contribution de février 2026" in labels()
    run(FEBRUARY, accountant)
    assert "Calculer la contribution de février 2026" not in labels()
