"""Layouts of variables, files sent and journals received, as their pages and services read them (ACC-26)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Max, QuerySet

from accounting.calculations.payroll.exporting import LayoutRules, Variable
from accounting.models import (
    ExportLayout,
    PayExport,
    PayExportEntry,
    PayItem,
    PayJournalImport,
    PayMonth,
    PayNumber,
    PayProposal,
    PayResult,
)
from accounting.states.payroll import PayItemKind, PayState
from cae.core import permissions
from cae.core.facts import Source
from cae.core.money import ZERO
from cae.core.options import choices_of
from entrepreneurs.states.absences import KIND_LIST


def layouts() -> QuerySet[ExportLayout]:
    return ExportLayout.objects.order_by("-is_used", "name")


def layouts_offered() -> QuerySet[ExportLayout]:
    return ExportLayout.objects.filter(is_used=True).order_by("name")


def rules_of(layout: ExportLayout) -> LayoutRules:
    return LayoutRules(
        columns=[(one["column"], one["heading"]) for one in layout.columns],
        codes=layout.codes,
        separator=layout.separator,
        decimal_mark=layout.decimal_mark,
        date_shape=layout.date_shape,
        encoding=layout.encoding,
        has_header=layout.has_header,
    )


def elements_named(on: date) -> list[tuple[str, str]]:
    """Each element that a file may bear with its word; absences by reason after their own."""
    found: list[tuple[str, str]] = []
    for kind, word in PayItemKind.choices:
        found.append((kind, str(word)))
        if kind == PayItemKind.ABSENCE:
            found += [(f"{kind}.{code}", f"{word} · {label}") for code, label in choices_of(KIND_LIST, on=on)]
    return found


def variables_of(proposals: Iterable[PayProposal]) -> list[Variable]:
    """The lines of these proposals, person by person: a fixed part of nothing says nothing."""
    rows = list(proposals)
    numbers = dict(
        PayNumber.objects.filter(person__in=[row.person_id for row in rows]).values_list("person", "number")
    )
    items = PayItem.objects.filter(proposal__in=rows).exclude(kind=PayItemKind.FIXED, amount=0)
    asked = items.select_related("section", "proposal__person", "proposal__month")
    return [
        _variable(item, numbers[item.proposal.person_id])
        for item in asked.order_by("proposal__person__sort_name", "proposal_id", "pk")
    ]


def _variable(item: PayItem, number: str) -> Variable:
    person, month = item.proposal.person, item.proposal.month.month
    element = f"{item.kind}.{item.detail}" if item.detail else item.kind
    return Variable(
        number=number,
        last_name=person.shown_last_name,
        first_name=person.first_name,
        element=element,
        label=item.get_kind_display(),
        value=_value(item),
        starts=item.starts_on or month.first,
        ends=item.ends_on or month.last,
        analytic=item.section.code,
        month=month.first,
    )


def _value(item: PayItem) -> Decimal:
    """Days of an absence that nobody valued; one, for what only has to be said."""
    amount: Decimal = item.amount
    if amount:
        return amount
    return item.days if item.days is not None else Decimal(1)


def sample(month: date) -> list[Variable]:
    """What the preview of a layout shows: invented people, one of each element."""
    amounts = {PayItemKind.ABSENCE: Decimal("1.5"), PayItemKind.COVER: Decimal(1)}
    return [
        Variable(
            number=f"{rank:05}",
            last_name="Exemple",
            first_name="Camille",
            element=kind,
            label=str(word),
            value=amounts.get(PayItemKind(kind), Decimal("1234.50")),
            starts=month,
            ends=month.replace(day=28),
            analytic="ACT1",
            month=month,
        )
        for rank, (kind, word) in enumerate(PayItemKind.choices, start=1)
    ]


def ready_to_export(month: PayMonth) -> QuerySet[PayProposal]:
    rows = PayProposal.objects.filter(month=month, state=PayState.CHECKED)
    return rows.select_related("person", "month").order_by("person__sort_name", "pk")


def exports_listed() -> QuerySet[PayExport]:
    return PayExport.objects.select_related("month", "layout", "sent_by__person", "replaces", "replaced_by")


def next_export_number() -> int:
    return (PayExport.objects.aggregate(last=Max("number"))["last"] or 0) + 1


def entries_of(export: PayExport) -> QuerySet[PayExportEntry]:
    rows = PayExportEntry.objects.filter(export=export).select_related("proposal__person", "proposal__month")
    return rows.order_by("proposal__person__sort_name", "pk")


def imports_listed() -> QuerySet[PayJournalImport]:
    return PayJournalImport.objects.select_related("month", "created_by__person", "document")


def results_of(received: PayJournalImport) -> QuerySet[PayResult]:
    rows = PayResult.objects.filter(received=received)
    return rows.select_related("person", "proposal__month", "entry__journal").order_by("person__sort_name")


def total_cost(results: Iterable[PayResult]) -> Decimal:
    return sum((row.cost for row in results), ZERO)


def export_sources(user: Any, keys: list[str]) -> dict[str, Source]:
    """The page of each file sent that an act is about, for who sends them."""
    if not permissions.can(user, "accounting.export_pay"):
        return {}
    rows = PayExport.objects.filter(pk__in=keys)
    return {str(row.pk): Source(str(row), row.get_absolute_url()) for row in rows}


def import_sources(user: Any, keys: list[str]) -> dict[str, Source]:
    """The page of each journal received that an act is about, for who reads pay."""
    if not permissions.can(user, "accounting.view_pay"):
        return {}
    rows = PayJournalImport.objects.filter(pk__in=keys)
    return {str(row.pk): Source(str(row), row.get_absolute_url()) for row in rows}
