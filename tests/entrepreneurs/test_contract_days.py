"""Days that pass: the scheduler stops and starts again, and each thing is said and done once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from celery.beat import PersistentScheduler

from cae.celery import app
from cae.core.models import AuditEntry, Notice
from cae.core.permissions import can
from cae.settings.schedule import CELERY_BEAT_SCHEDULE
from entrepreneurs.models import Contract
from people.models import Deadline, DeadlineNotice, StatusPeriod, User
from people.states import RoleKind
from tests.factories.contracts import make_manager, make_signed, make_signer
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db

JOBS = ("tell of the dates that come", "close the contracts whose last day is past")
HOUR = timedelta(hours=1)


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Path]:
    """Where the scheduler keeps what it ran, between two lives; only the jobs of the dates are on it."""
    whole = app.conf.beat_schedule
    app.conf.beat_schedule = {name: CELERY_BEAT_SCHEDULE[name] for name in JOBS}
    yield tmp_path / "beat"
    app.conf.beat_schedule = whole


@contextmanager
def scheduler(memory: Path) -> Iterator[PersistentScheduler]:
    """A life of the scheduler, as `celery beat` starts and stops it."""
    beat = PersistentScheduler(app=app, schedule_filename=str(memory))
    try:
        yield beat
    finally:
        beat.close()


def lives(memory: Path, start: datetime, *, days: int) -> None:
    """The scheduler runs so many days, hour by hour, then stops."""
    with time_machine.travel(start, tick=False) as clock, scheduler(memory) as beat:
        for _hour in range(days * 24):
            while beat.tick() == 0:
                pass
            clock.shift(HOUR)


def told(user: User) -> int:
    return Notice.objects.filter(user=user, kind="people.deadline").count()


def steps() -> list[tuple[str, str]]:
    """What became of each notice of the end of the contract, in order."""
    rows = DeadlineNotice.objects.filter(deadline__kind="contract_end").order_by("pk")
    return [(one.step, one.state) for one in rows]


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 5, 30, tzinfo=UTC)


def signed(start: date, last: date) -> tuple[User, User, Contract]:
    """A CAPE signed before it begins, and human resources who hear of it."""
    user, hr = make_signer(), make_user(RoleKind.HUMAN_RESOURCES)
    contract = make_signed(
        user, manager=make_manager(), starts_on=start, ends_on=last, at=at(start - timedelta(days=20))
    )
    return user, hr, contract


def test_each_notice_once_and_after_a_week_without_the_scheduler_the_nearest_once(memory: Path) -> None:
    user, hr, contract = signed(date(2027, 1, 1), date(2027, 6, 30))
    # The declarations of the contract have dates of their own: only its term is counted here.
    Deadline.objects.exclude(kind="contract_end").update(closed_at=at(date(2027, 1, 1)))
    lives(memory, at(date(2027, 3, 30)), days=8)
    assert (told(user), told(hr), steps()) == (1, 1, [("90d", "told")])
    # Three months without the scheduler: the sixty and the thirty days are passed over for the seven.
    lives(memory, at(date(2027, 6, 24)), days=3)
    assert steps() == [("90d", "told"), ("60d", "skipped"), ("30d", "skipped"), ("7d", "told")]
    assert (told(user), told(hr)) == (2, 2)
    # A week off over the last day: it ends by itself as soon as the scheduler is back.
    lives(memory, at(date(2027, 7, 6)), days=2)
    contract.refresh_from_db()
    assert (contract.state, contract.ended_on, contract.end_kind) == ("ended", date(2027, 6, 30), "term")
    assert AuditEntry.objects.filter(verb="entrepreneurs.contract.end").count() == 1
    lives(memory, at(date(2027, 7, 20)), days=2)
    assert AuditEntry.objects.filter(verb="entrepreneurs.contract.end").count() == 1


def test_killed_between_two_runs_of_a_day_it_tells_nothing_twice(memory: Path) -> None:
    user, _hr, _contract = signed(date(2027, 1, 1), date(2027, 6, 30))
    for _life in range(4):
        lives(memory, at(date(2027, 4, 1)), days=1)
    memory.unlink(missing_ok=True)
    for left in memory.parent.glob("beat*"):
        left.unlink()
    # Even its memory lost, the rows know.
    lives(memory, at(date(2027, 4, 2)), days=2)
    assert DeadlineNotice.objects.filter(deadline__kind="contract_end").count() == 1
    assert told(user) == 1


def test_a_status_to_come_takes_effect_on_its_day_with_nobody_saving_anything() -> None:
    user, _hr, _contract = signed(date(2027, 1, 1), date(2027, 6, 30))
    written = AuditEntry.objects.count()
    status = StatusPeriod.objects.get(person=user.person)
    answers = {}
    for day in (date(2026, 12, 31), date(2027, 1, 1), date(2027, 6, 30), date(2027, 7, 1)):
        with time_machine.travel(at(day) + 6 * HOUR, tick=False):
            # As each request reads the account again.
            answers[day] = can(User.objects.get(pk=user.pk), "entrepreneurs.view_own_path")
    assert list(answers.values()) == [False, True, True, False]
    assert AuditEntry.objects.count() == written
    assert StatusPeriod.objects.get(pk=status.pk).changed_at == status.changed_at
