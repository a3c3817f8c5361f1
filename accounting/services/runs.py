"""Writes a contribution run with its entry and its parts, once for each subject and rank."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q

from accounting.calculations.contribution.entry import contribution_entry
from accounting.calculations.contribution.history import Figures
from accounting.calculations.contribution.windows import Counted
from accounting.models import Account, AnalyticAccount, ContributionPart, ContributionRun, Entry, Journal
from accounting.selectors.accounts import section_of, shared_section
from accounting.services.posting import Desk, write_entry
from accounting.states.books import AnalyticKind
from accounting.states.contributions import RunNature
from cae.core.inserting import insert
from entrepreneurs.models import Activity


@dataclass(frozen=True)
class RunDraft:
    """A run to come: what it is for, what it adds, how it was found."""

    kind: str
    subject: str
    label: str
    scale_id: int
    on: date
    fact_on: date
    year: int
    figures: Figures
    inputs: dict[str, Any]
    working: dict[str, Any]
    parts: Sequence[Counted] = ()
    rank: int = 1
    nature: str = RunNature.TAKE
    names: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class RunDesk:
    """What the entries of many activities share: their sections, the shared one, accounts and journals."""

    keys: dict[int | None, int] = field(default_factory=dict)
    books: Desk = field(default_factory=Desk)

    def section_of(self, activity: Activity) -> int:
        return self.keys.get(activity.pk) or section_of(activity).pk

    @property
    def shared(self) -> int:
        return self.keys.get(None) or shared_section().pk


def open_desk(activities: Sequence[Activity]) -> RunDesk:
    """Reads, in three questions, what the entries of these activities share."""
    chosen = Q(activity__in=activities) | Q(kind=AnalyticKind.SHARED)
    sections = list(AnalyticAccount.objects.filter(chosen))
    accounts = Account.objects.exclude(role=None).select_related("cost_kind")
    return RunDesk(
        keys={section.activity_id: section.pk for section in sections},
        books=Desk(
            accounts={str(account.role): account for account in accounts},
            sections={section.pk: section for section in sections},
            journals={journal.code: journal for journal in Journal.objects.all()},
        ),
    )


def write_run(
    activity: Activity,
    draft: RunDraft,
    *,
    actor: Any,
    source: models.Model | None = None,
    reverses: Entry | None = None,
    desk: RunDesk | None = None,
) -> ContributionRun:
    """Does: posts what is due and keeps the working, inside the transaction of the caller. Refuses: an
    account missing. Leaves behind: the run, its parts, and the entry unless nothing is due."""
    entry, desk = None, desk or RunDesk()
    if draft.figures.due:
        lines = contribution_entry(
            draft.figures.due,
            label=draft.label,
            piece=draft.subject,
            on=draft.on,
            activity_id=desk.section_of(activity),
            shared_id=desk.shared,
        )
        entry = write_entry(lines, actor=actor, source=source, reverses=reverses, desk=desk.books)
    run = row_of(activity, draft)
    run.entry, run.created_by = entry, actor
    return insert(run, *part_rows(run, draft), named="run")


def row_of(activity: Activity, draft: RunDraft) -> ContributionRun:
    """The run as its draft says it; nothing is written."""
    return ContributionRun(
        activity=activity,
        scale_id=draft.scale_id,
        kind=draft.kind,
        subject=draft.subject,
        rank=draft.rank,
        nature=draft.nature,
        on=draft.on,
        fact_on=draft.fact_on,
        year=draft.year,
        base=draft.figures.base,
        proportional=draft.figures.proportional,
        fixed=draft.figures.fixed,
        uncapped=draft.figures.uncapped,
        due=draft.figures.due,
        inputs=draft.inputs,
        working=draft.working,
        **draft.names,
    )


def part_rows(run: ContributionRun, draft: RunDraft) -> list[ContributionPart]:
    """What the run adds to each window; nothing is written."""
    return [
        ContributionPart(
            run=run,
            activity_id=run.activity_id,
            scale_id=part.version,
            category=part.category,
            window=part.window,
            base=part.base,
            proportional=part.proportional,
        )
        for part in draft.parts
    ]
