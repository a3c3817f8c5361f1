"""Columns, filters and tabs of the lists of payments."""

from __future__ import annotations

import django_filters
import django_tables2 as tables
from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounting.models import PaymentBatch, PaymentOrder
from accounting.selectors.payments import batches_paying, orders_saying, paying_sections
from accounting.states.payments import BatchState, OrderState
from cae.core.tables import DateColumn, Filters, LinkColumn, MoneyColumn, StatusColumn, Tab, Table

_PAGES = (
    ("payment_list", _("À payer")),
    ("payment_held", _("Retenus")),
    ("batch_list", _("Lots")),
    ("payment_all", _("Tous les ordres")),
)


def payment_tabs(current: str) -> list[Tab]:
    return [Tab(label, reverse(f"accounting:{name}"), name == current) for name, label in _PAGES]


class OrderTable(Table):
    """Orders, each with who is paid by whom, how much and when."""

    name = LinkColumn(verbose_name=_("Bénéficiaire"))
    label = tables.Column(verbose_name=_("Libellé"), attrs={"td": {"class": "roomy"}})
    section = tables.Column(
        verbose_name=_("Payé par"), accessor="section__label", order_by="section__sort_label"
    )
    iban = tables.Column(verbose_name=_("Compte"), orderable=False)
    due_on = DateColumn(verbose_name=_("À payer le"))
    amount = MoneyColumn(verbose_name=_("Montant"), total=True)

    class Meta(Table.Meta):
        model = PaymentOrder
        fields: tuple[str, ...] = ("name", "label", "section", "iban", "due_on", "amount")
        order_by = ("due_on", "name")

    def render_iban(self, record: PaymentOrder) -> str:
        return f"…{record.iban_end}"

    def value_iban(self, record: PaymentOrder) -> str:
        return f"…{record.iban_end}"


class EveryOrderTable(OrderTable):
    """The same with the state of each."""

    status = StatusColumn()

    class Meta(OrderTable.Meta):
        fields = (*OrderTable.Meta.fields, "status")
        order_by = ("-due_on", "name")


class HeldTable(OrderTable):
    """Orders that wait, with what is left in the section of each."""

    left = MoneyColumn(verbose_name=_("Reste disponible"))

    class Meta(OrderTable.Meta):
        fields = (*OrderTable.Meta.fields, "left")


class BatchTable(Table):
    """Lots, the latest first."""

    pk = LinkColumn(verbose_name=_("Lot"), accessor="reference", order_by="pk")
    execution_on = DateColumn(verbose_name=_("Exécution"))
    count = tables.Column(verbose_name=_("Ordres"), attrs={"td": {"class": "num"}, "th": {"class": "num"}})
    prepared_by = tables.Column(verbose_name=_("Préparé par"), order_by="prepared_by__person__sort_name")
    released_by = tables.Column(verbose_name=_("Validé par"), order_by="released_by__person__sort_name")
    total = MoneyColumn(verbose_name=_("Total"), total=True)
    status = StatusColumn()

    class Meta(Table.Meta):
        model = PaymentBatch
        fields = ("pk", "execution_on", "count", "prepared_by", "released_by", "total", "status")
        order_by = ("-pk",)


class OrderFilters(Filters):
    """Words of the beneficiary or of the text, the section that pays, the last due date."""

    activite = django_filters.ModelChoiceFilter(
        queryset=lambda _request: paying_sections(), field_name="section", label=_("Payé par")
    )
    au = django_filters.DateFilter(
        field_name="due_on",
        lookup_expr="lte",
        label=_("À payer jusqu’au"),
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    class Meta:
        model = PaymentOrder
        fields: tuple[str, ...] = ()

    def filter_text(self, queryset: QuerySet[PaymentOrder], _name: str, value: str) -> QuerySet[PaymentOrder]:
        return orders_saying(queryset, value)


class EveryOrderFilters(OrderFilters):
    etat = django_filters.ChoiceFilter(field_name="state", choices=OrderState.choices, label=_("État"))


class BatchFilters(Filters):
    """A beneficiary of the lot, its state."""

    etat = django_filters.ChoiceFilter(field_name="state", choices=BatchState.choices, label=_("État"))

    class Meta:
        model = PaymentBatch
        fields: tuple[str, ...] = ()

    def filter_text(self, queryset: QuerySet[PaymentBatch], _name: str, value: str) -> QuerySet[PaymentBatch]:
        return batches_paying(queryset, value)
