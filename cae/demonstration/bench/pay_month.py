"""The pay of a month for many people, from proposals to the books and to paper: each part timed.
Before it, the same for a tenth as many others: what grows faster than people shows."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounting.documents import pay_sheets_pdf
from accounting.models import ExportLayout, PayMonth, PayProposal
from accounting.selectors.payroll import sheets_of
from accounting.services.pay_engines import engine_of
from accounting.services.pay_exports import export_pay
from accounting.services.pay_journals import JournalFile, import_stored, receive_journal
from accounting.services.pay_making import ask_for_proposals, open_pay_month, propose_pay
from accounting.services.pay_proposals import agree_pay, check_pays
from accounting.states.payroll import ImportKind, PayState
from cae.core.jobs import Progress, run_job
from cae.core.models import Job, JobState
from cae.core.periods import Month
from cae.demonstration.bench.report import Step, Work
from cae.demonstration.bench.salaried import hire
from cae.demonstration.loading.paying import house_layout, summary_of
from people.models import User

PEOPLE = 250
OFFICER, TITLE = "hr@demo.coop", "Variables de paie"


def measure_pay_month(people: int = PEOPLE) -> Work:
    """Everybody has an account, an activity with cash, a pay in each earlier month of the year."""
    officer, today = User.objects.get(email=OFFICER), timezone.localdate()
    month, few = Month.of(today), max(people // 10, 1)
    keys = hire(few + people, month=month, today=today, actor=officer)
    layout = ExportLayout.objects.filter(is_used=True).first() or house_layout(officer)
    # What a process reads once, addresses and what draws a PDF, is no part of a month.
    reverse("accounting:pay_list")
    pay_sheets_pdf([], open_pay_month(month, actor=officer), title=TITLE)
    first, whole = (_played(_Turn(some, month, today, officer, layout)) for some in (keys[:few], keys[few:]))
    steps = [
        Step(name, first[name][0], taken, first[name][1], asked) for name, (taken, asked) in whole.items()
    ]
    return Work(f"month of pay of {people} people", few, people, steps)


@dataclass
class _Turn:
    """The month of some people, part by part."""

    people: Sequence[int]
    month: Month
    today: date
    officer: User
    layout: ExportLayout

    @property
    def opened(self) -> PayMonth:
        return PayMonth.objects.get(first=self.month.first)

    def proposals(self, state: str) -> list[PayProposal]:
        """Theirs, which are all in one state."""
        rows = PayProposal.objects.filter(month=self.opened, person__in=self.people, state=state)
        found = list(rows.select_related("person__user", "month").prefetch_related("items").order_by("pk"))
        if len(found) != len(self.people):
            raise RuntimeError(f"{len(found)} proposals are {state}, of {len(self.people)} people")
        return found

    def propose(self) -> None:
        def work(progress: Progress) -> None:
            propose_pay(self.month, today=self.today, through=progress, engines=engine_of, only=self.people)

        _done(ask_for_proposals(self.month, today=self.today, actor=self.officer), work)

    def accept(self) -> None:
        """Each says yes; human resources check them all at once."""
        rows = self.proposals(PayState.PROPOSED)
        check_pays([agree_pay(row, actor=row.person.user) for row in rows], actor=self.officer)

    def send(self) -> None:
        export_pay(self.opened, self.layout, actor=self.officer)

    def receive(self, content: bytes) -> None:
        def work(progress: Progress) -> None:
            import_stored(progress.arguments, actor=self.officer)

        file = JournalFile(self.opened, ImportKind.SUMMARY, self.today, content, "journal-de-paie.csv")
        found = receive_journal(file, actor=self.officer)
        if isinstance(found, Job):
            _done(found, work)

    def print(self) -> None:
        sheets = [one for one in sheets_of(self.opened) if one.row.person_id in self.people]
        pay_sheets_pdf(sheets, self.opened, title=TITLE)


def _played(turn: _Turn) -> dict[str, tuple[float, int]]:
    """The seconds and the questions of each part, in their order."""
    found = {
        "proposals made": _measured(turn.propose),
        "accepted, checked": _measured(turn.accept),
        "variables sent": _measured(turn.send),
    }
    # What comes back is the work of payroll.
    content = summary_of(turn.proposals(PayState.EXPORTED))
    found["journal posted"] = _measured(partial(turn.receive, content))
    found["printed, a page each"] = _measured(turn.print)
    return found


def _measured(part: Callable[[], None]) -> tuple[float, int]:
    asked = 0

    def count(execute: Any, *rest: Any) -> Any:
        nonlocal asked
        asked += 1
        return execute(*rest)

    with connection.execute_wrapper(count):
        start = time.perf_counter()
        part()
        return time.perf_counter() - start, asked


def _done(job: Job, work: Callable[[Progress], None]) -> None:
    """Does here what a worker would; what one person lacked is an error of the measure."""
    run_job(job.pk, work)
    job.refresh_from_db()
    if job.failures or job.state != JobState.DONE:
        raise RuntimeError(f"{job.state}: {job.failures[:3]}")
