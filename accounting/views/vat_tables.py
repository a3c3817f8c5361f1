"""Columns, filters and tabs of the lists of VAT and of the tax calendar."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from accounting.models import EntryLine, TaxDeadline, VatCoefficient, VatReturn
from accounting.selectors.tax_deadlines import deadlines_saying
from accounting.states.vat import DeadlineState, VatState
from accounting.views.tables import SideColumn
from cae.core.tables import DateColumn, Filters, LinkColumn, MoneyColumn, StatusColumn, Tab, Table
from cae.core.templatetags.formats import NOTHING, quantity

_PAGES = (
    ("vat_list", _("Déclarations de TVA")),
    ("vat_untaxed", _("Achats sans TVA")),
    ("coefficient_list", _("Coefficients")),
    ("deadline_list", _("Échéances")),
)


def tax_tabs(current: str) -> list[Tab]:
    return [Tab(label, reverse(f"accounting:{name}"), name == current) for name, label in _PAGES]


class ReturnTable(Table):
    """Returns, the latest first."""

    starts_on = LinkColumn(verbose_name=_("Période"), accessor="name", order_by="starts_on")
    status = StatusColumn()
    result = MoneyColumn(verbose_name=_("À payer"), default="")
    filed_on = DateColumn(verbose_name=_("Déposée le"))
    reference = tables.Column(verbose_name=_("Numéro d’enregistrement"))
    paid_on = DateColumn(verbose_name=_("Payée le"))

    class Meta(Table.Meta):
        model = VatReturn
        fields = ("starts_on", "status", "result", "filed_on", "reference", "paid_on")
        order_by = ("-starts_on",)

    def render_reference(self, value: str) -> Any:
        return format_html('<span class="one-line">{}</span>', value)


class ReturnFilters(Filters):
    """Words of the reference, state."""

    search = ("reference",)
    etat = django_filters.ChoiceFilter(field_name="state", label=_("État"), choices=VatState.choices)

    class Meta:
        model = VatReturn
        fields: tuple[str, ...] = ()


class OfLinesTable(Table):
    """What is said of an entry line, whatever it is shown for."""

    on = DateColumn(verbose_name=_("Date"))
    entry = LinkColumn(
        verbose_name=_("Écriture"),
        accessor="entry__reference",
        url="entry__get_absolute_url",
        order_by=("entry__journal__code", "entry__number"),
    )
    label = tables.Column(
        verbose_name=_("Libellé"), accessor="entry__label", attrs={"td": {"class": "roomy"}}
    )
    account = tables.Column(verbose_name=_("Compte"), accessor="account__number")
    analytic = tables.Column(
        verbose_name=_("Section"), accessor="analytic__label", order_by="analytic__sort_label"
    )


class BehindTable(OfLinesTable):
    """The entry lines behind a box."""

    vat_rate = MoneyColumn(verbose_name=_("Taux (%)"), default="")
    vat_base = MoneyColumn(verbose_name=_("Base"), default="", accessor="said_base", orderable=False)
    debit = SideColumn(verbose_name=_("Débit"), total=True)
    credit = SideColumn(verbose_name=_("Crédit"), total=True)

    class Meta(Table.Meta):
        model = EntryLine
        fields = ("on", "entry", "label", "account", "analytic", "vat_rate", "vat_base", "debit", "credit")
        order_by = ("on", "entry")

    def render_vat_rate(self, value: Any) -> str:
        return quantity(value)


class BehindFilters(Filters):
    search: tuple[str, ...] = ("entry__label", "entry__piece", "label")

    class Meta:
        model = EntryLine
        fields: tuple[str, ...] = ()


class UntaxedTable(OfLinesTable):
    """Purchases without tax, each with the way to tax it."""

    debit = MoneyColumn(verbose_name=_("Montant HT"), total=True)
    act = tables.Column(
        verbose_name=_("Autoliquidation"), accessor="is_assessed", orderable=False, empty_values=()
    )

    class Meta(Table.Meta):
        model = EntryLine
        fields = ("on", "entry", "label", "account", "analytic", "debit", "act")
        order_by = ("-on", "entry")

    def render_act(self, record: Any) -> Any:
        if record.is_assessed:
            return _("Faite")
        url = reverse("accounting:vat_assess", args=[record.pk])
        return format_html('<a href="{}">{}</a>', url, _("Autoliquider"))

    def value_act(self, record: Any) -> str:
        return str(_("Faite")) if record.is_assessed else ""


class UntaxedFilters(BehindFilters):
    search = ("entry__label", "entry__piece", "account__number", "account__label")


class CoefficientTable(Table):
    """Coefficients, the latest year first."""

    year = tables.Column(verbose_name=_("Année"))
    section = tables.Column(
        verbose_name=_("Section"), accessor="section__label", order_by="section__sort_label"
    )
    stage = tables.Column(verbose_name=_("Étape"), accessor="get_stage_display", order_by="stage")
    taxed = MoneyColumn(verbose_name=_("Ventes ouvrant droit à déduction"))
    whole = MoneyColumn(verbose_name=_("Toutes les ventes"))
    value = MoneyColumn(verbose_name=_("Coefficient"))
    entry = tables.Column(
        verbose_name=_("Régularisation"),
        accessor="entry__reference",
        empty_values=(),
        order_by="entry__number",
    )

    class Meta(Table.Meta):
        model = VatCoefficient
        fields = ("year", "section", "stage", "taxed", "whole", "value", "entry")
        order_by = ("-year", "section")

    def render_value(self, value: Any) -> str:
        return quantity(value)

    def render_entry(self, record: Any) -> Any:
        if record.entry is None:
            return NOTHING
        return format_html('<a href="{}">{}</a>', record.entry.get_absolute_url(), record.entry)


class CoefficientFilters(Filters):
    search = ("section__label",)
    annee = django_filters.NumberFilter(field_name="year", label=_("Année"))

    class Meta:
        model = VatCoefficient
        fields: tuple[str, ...] = ()


class DeadlineTable(Table):
    """Deadlines, the nearest first."""

    label = LinkColumn(verbose_name=_("Échéance"))
    period = tables.Column(verbose_name=_("Période"), order_by="starts_on")
    due_on = DateColumn(verbose_name=_("À faire avant le"))
    owner = tables.Column(verbose_name=_("Suivie par"), order_by="owner__person__sort_name", default="—")
    amount = MoneyColumn(verbose_name=_("Montant"), total=True, default="")
    status = StatusColumn()

    class Meta(Table.Meta):
        model = TaxDeadline
        fields = ("label", "period", "due_on", "owner", "amount", "status")
        order_by = ("due_on", "label")


class DeadlineFilters(Filters):
    """Words, state, year of the day."""

    etat = django_filters.ChoiceFilter(field_name="state", label=_("État"), choices=DeadlineState.choices)
    annee = django_filters.NumberFilter(field_name="due_on__year", label=_("Année"))

    class Meta:
        model = TaxDeadline
        fields: tuple[str, ...] = ()

    def filter_text(self, queryset: QuerySet[TaxDeadline], _name: str, value: str) -> QuerySet[TaxDeadline]:
        return deadlines_saying(queryset, value)
