"""Entries by hand, models, subscriptions and reversals planned, as their pages show them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from accounting.calculations.entries import LineDraft
from accounting.calculations.entry_models import ModelPart
from accounting.models import (
    Account,
    AnalyticAccount,
    EntryModel,
    EntryModelLine,
    ManualEntry,
    ManualLine,
    PlannedReversal,
    RecurringEntry,
)
from accounting.models.sight import sees_all_books
from accounting.states.manual import PlannedState, RecurringState
from cae.core.facts import Source
from cae.core.models import Document
from cae.core.questions import Given

PIECE_FILE = "accounting.entry_piece"


def manual_entries() -> QuerySet[ManualEntry]:
    """Each with `total`, what its lines debit."""
    debits = ManualLine.objects.filter(manual=OuterRef("pk")).order_by().values("manual")
    sums = Subquery(debits.annotate(sum=Sum("debit")).values("sum"))
    rows = ManualEntry.objects.select_related("journal", "entry__journal", "created_by__person", "recurring")
    return rows.annotate(total=Coalesce(sums, Decimal(0)))


def manual_sources(user: Any, keys: list[str]) -> dict[str, Source]:
    """The pages of entries by hand, for those who read the books."""
    if not sees_all_books(user):
        return {}
    rows = ManualEntry.objects.filter(pk__in=keys)
    return {str(row.pk): Source(row.label, row.get_absolute_url()) for row in rows}


def lines_of_manual(manual: ManualEntry) -> list[ManualLine]:
    return list(manual.lines.select_related("account", "analytic").order_by("position"))


def line_drafts(lines: list[ManualLine]) -> tuple[LineDraft, ...]:
    """What the lines post."""
    return tuple(
        LineDraft(
            account=line.account.number,
            analytic_id=line.analytic_id,
            debit=line.debit,
            credit=line.credit,
            due_on=line.due_on,
            party=line.party,
            label=line.label,
        )
        for line in lines
    )


def pieces_of(manual: ManualEntry) -> list[Document]:
    """The files brought with it."""
    rows = Document.objects.filter(about_type=manual._meta.label_lower, about_id=str(manual.pk))
    return list(rows.filter(kind=PIECE_FILE).order_by("pk"))


def entry_models() -> QuerySet[EntryModel]:
    """Those that may be used."""
    return EntryModel.objects.filter(is_withdrawn=False).select_related("journal")


def lines_of_model(model: EntryModel) -> list[EntryModelLine]:
    return list(model.lines.select_related("account", "analytic").order_by("position"))


def parts_of(lines: list[EntryModelLine]) -> tuple[ModelPart, ...]:
    return tuple(
        ModelPart(line.account.number, line.analytic_id, line.side, line.amount, line.share, line.label)
        for line in lines
    )


def recurring_entries() -> QuerySet[RecurringEntry]:
    return RecurringEntry.objects.select_related("model__journal")


def recurring_due(on: date | Given) -> QuerySet[RecurringEntry]:
    """Those whose date has come."""
    return RecurringEntry.objects.filter(state=RecurringState.ACTIVE, next_on__lte=on)


def planned_reversals() -> QuerySet[PlannedReversal]:
    return PlannedReversal.objects.select_related("entry__journal", "created_by__person")


def planned_due(on: date | Given) -> QuerySet[PlannedReversal]:
    """Those whose day has come."""
    return PlannedReversal.objects.filter(state=PlannedState.PLANNED, on__lte=on)


def accounts_offered() -> list[Account]:
    return list(Account.objects.order_by("number"))


def sections_offered() -> list[AnalyticAccount]:
    return list(AnalyticAccount.objects.order_by("sort_label"))
