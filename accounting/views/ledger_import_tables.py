"""Columns and filters of ledgers kept elsewhere."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django import forms
from django.utils.translation import gettext_lazy as _

from accounting.models import LedgerDifference, LedgerImport, LedgerSource
from accounting.selectors.ledger_imports import ledger_sources
from accounting.selectors.ledger_replacing import told_status
from accounting.states.ledger_imports import DifferenceKind, LedgerImportState
from cae.core.tables import DateColumn, Filters, LinkColumn, MoneyColumn, StatusColumn, Table
from cae.core.templatetags import ui

_NUMBER = {"td": {"class": "num"}, "th": {"class": "num"}}


class LedgerImportTable(Table):
    pk = LinkColumn(verbose_name=_("Reprise"), accessor="pk")
    source = tables.Column(verbose_name=_("Tenue par"), order_by="source__label")
    starts_on = DateColumn(verbose_name=_("Du"))
    ends_on = DateColumn(verbose_name=_("Au"))
    entry_count = tables.Column(verbose_name=_("Écritures"), attrs=_NUMBER)
    created_by = tables.Column(verbose_name=_("Apportée par"), order_by="created_by__person__sort_name")
    created_at = DateColumn(verbose_name=_("Apportée le"))
    status = StatusColumn(verbose_name=_("État"), order_by="state")

    class Meta(Table.Meta):
        model = LedgerImport
        fields = (
            "pk",
            "source",
            "starts_on",
            "ends_on",
            "entry_count",
            "created_by",
            "created_at",
            "status",
        )
        order_by = ("-pk",)

    def _told(self, record: Any) -> tuple[str, str, Any]:
        return told_status(record, is_taken=record.is_taken, is_left=record.is_left)

    def render_status(self, record: Any) -> Any:
        return ui.status(*self._told(record))

    def value_status(self, record: Any) -> str:
        return str(self._told(record)[2])


class LedgerImportFilters(Filters):
    search = ("source__label", "document__name")
    source = django_filters.ModelChoiceFilter(
        queryset=lambda _request: ledger_sources(), field_name="source", label=_("Tenue par")
    )
    etat = django_filters.ChoiceFilter(field_name="state", choices=LedgerImportState.choices, label=_("État"))
    du = django_filters.DateFilter(
        field_name="ends_on",
        lookup_expr="gte",
        label=_("Du"),
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    au = django_filters.DateFilter(
        field_name="starts_on",
        lookup_expr="lte",
        label=_("Au"),
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    class Meta:
        model = LedgerImport
        fields: tuple[str, ...] = ()


class LedgerSourceTable(Table):
    label = LinkColumn(verbose_name=_("Nom"))
    journal = tables.Column(verbose_name=_("Journal par défaut"), accessor="journal__code")
    section = tables.Column(verbose_name=_("Section par défaut"), order_by="section__sort_label")
    live = tables.Column(verbose_name=_("Écritures dans les livres"), attrs=_NUMBER)

    class Meta(Table.Meta):
        model = LedgerSource
        fields = ("label", "journal", "section", "live")
        order_by = ("label",)


class LedgerSourceFilters(Filters):
    search = ("label",)

    class Meta:
        model = LedgerSource
        fields: tuple[str, ...] = ()


class DifferenceTable(Table):
    """What a file changes of the books, entry by entry."""

    on = DateColumn(verbose_name=_("Date"))
    key = tables.Column(verbose_name=_("Écriture du fichier"))
    label = tables.Column(verbose_name=_("Libellé"), attrs={"td": {"class": "roomy"}})
    before = tables.Column(verbose_name=_("Dans les livres"), orderable=False, linkify=True, default="—")
    total_before = MoneyColumn(verbose_name=_("Montant avant"), total=True)
    total = MoneyColumn(verbose_name=_("Montant dans le fichier"), total=True)
    status = StatusColumn(verbose_name=_("Différence"), order_by="kind")

    class Meta(Table.Meta):
        model = LedgerDifference
        fields = ("on", "key", "label", "before", "total_before", "total", "status")
        order_by = ("on",)

    def value_before(self, record: Any) -> str:
        return str(record.before or "")


class DifferenceFilters(Filters):
    search = ("key", "label")
    nature = django_filters.ChoiceFilter(
        field_name="kind", choices=DifferenceKind.choices, label=_("Différence")
    )

    class Meta:
        model = LedgerDifference
        fields: tuple[str, ...] = ()
