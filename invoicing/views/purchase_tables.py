"""The lists of purchases and orders: columns and filters."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core.tables import (
    DateColumn,
    LinkColumn,
    MoneyColumn,
    NamedRowFilter,
    StatusColumn,
    Table,
)
from cae.core.templatetags import ui
from invoicing.models import Purchase, PurchaseOrder, Supplier
from invoicing.selectors.purchase_orders import status_of_order
from invoicing.selectors.purchases import at_step, status_of_purchase
from invoicing.states.purchases import (
    PurchaseKind,
    PurchaseOrderState,
    PurchaseState,
    PurchaseStep,
)
from invoicing.views.tables import SaleFilters, activities_in_sight, cells


class PurchaseStatusColumn(StatusColumn):
    def __init__(self) -> None:
        super().__init__(accessor="pk")

    def render(self, record: Any) -> Any:
        return ui.status(*status_of_purchase(record, on=timezone.localdate()))

    def value(self, record: Any, value: Any) -> str:
        return status_of_purchase(record, on=timezone.localdate())[2]


class SupplierColumn(LinkColumn):
    """The supplier, with the number of its document underneath; a credit note says so."""

    def render(self, value: Any, record: Any) -> Any:
        words = record.number if not record.is_credit_note else _("Avoir %(n)s") % {"n": record.number}
        return format_html('{}<span class="under">{}</span>', super().render(value, record), words)


class WhoseColumn(tables.Column):
    """The activity, or that several bear it."""

    def render(self, record: Any) -> str:
        return record.activity.name if record.activity else _("Coût commun")

    def value(self, record: Any, value: Any) -> str:
        return self.render(record)


class PurchaseTable(Table):
    supplier = SupplierColumn(
        verbose_name=gettext_lazy("Fournisseur"), order_by="supplier__sort_name", attrs=cells("clip")
    )
    number = tables.Column(verbose_name=gettext_lazy("Numéro"), attrs=cells("clip", "wide"), visible=False)
    purpose = tables.Column(verbose_name=gettext_lazy("Objet"), attrs=cells("clip", "wide"))
    activity = WhoseColumn(
        verbose_name=gettext_lazy("Activité"),
        order_by="activity__sort_name",
        empty_values=(),
        attrs=cells("clip", "wide"),
    )
    on = DateColumn(verbose_name=gettext_lazy("Date"), attrs=cells("one-line"))
    due_on = DateColumn(verbose_name=gettext_lazy("Échéance"), attrs=cells("one-line"))
    signed_net = MoneyColumn(verbose_name=gettext_lazy("HT"), total=True)
    signed_gross = MoneyColumn(verbose_name=gettext_lazy("TTC"), total=True)
    status = PurchaseStatusColumn()


class PurchaseFilters(SaleFilters):
    search = ("number", "supplier__name", "purpose")

    step = django_filters.ChoiceFilter(
        label=gettext_lazy("À faire"),
        choices=PurchaseStep.choices,
        method="filter_step",
        empty_label=gettext_lazy("Tous"),
    )
    state = django_filters.ChoiceFilter(
        label=gettext_lazy("État"), choices=PurchaseState.choices, empty_label=gettext_lazy("Tous")
    )
    kind = django_filters.ChoiceFilter(
        label=gettext_lazy("Nature"), choices=PurchaseKind.choices, empty_label=gettext_lazy("Toutes")
    )
    supplier = NamedRowFilter(
        label=gettext_lazy("Fournisseur"),
        queryset=lambda _request: Supplier.objects.all(),
        named_by="name",
        empty_label=gettext_lazy("Tous"),
    )
    activity = NamedRowFilter(
        label=gettext_lazy("Activité"),
        queryset=activities_in_sight,
        named_by="name",
        empty_label=gettext_lazy("Toutes"),
    )
    on = django_filters.DateFromToRangeFilter(
        label=gettext_lazy("Date"), widget=django_filters.widgets.DateRangeWidget
    )

    class Meta:
        model = Purchase
        fields: list[str] = []

    def filter_step(self, queryset: QuerySet[Purchase], name: str, value: str) -> QuerySet[Purchase]:
        return at_step(queryset, value, on=timezone.localdate())


class OrderStatusColumn(StatusColumn):
    def __init__(self) -> None:
        super().__init__(accessor="pk")

    def render(self, record: Any) -> Any:
        return ui.status(*status_of_order(record))

    def value(self, record: Any, value: Any) -> str:
        return status_of_order(record)[2]


class OrderColumn(LinkColumn):
    """The number of an order, or that it has none yet."""

    def __init__(self) -> None:
        super().__init__(
            verbose_name=gettext_lazy("Commande"), accessor="pk", order_by="number", attrs=cells("one-line")
        )

    def render(self, value: Any, record: Any) -> Any:
        return super().render(self.value(record, value), record)

    def value(self, record: Any, value: Any) -> Any:
        return record.number or _("Brouillon")


class PurchaseOrderTable(Table):
    name = OrderColumn()
    supplier = tables.Column(
        verbose_name=gettext_lazy("Fournisseur"),
        accessor="supplier__name",
        order_by="supplier__sort_name",
        attrs=cells("clip"),
    )
    purpose = tables.Column(verbose_name=gettext_lazy("Objet"), attrs=cells("clip", "wide"))
    activity = tables.Column(
        verbose_name=gettext_lazy("Activité"),
        accessor="activity__name",
        order_by="activity__sort_name",
        attrs=cells("clip", "wide"),
    )
    approved_on = DateColumn(verbose_name=gettext_lazy("Approuvée le"), attrs=cells("one-line"))
    wanted_on = DateColumn(verbose_name=gettext_lazy("Souhaitée pour le"), attrs=cells("one-line"))
    total_net = MoneyColumn(verbose_name=gettext_lazy("HT"), total=True)
    total_gross = MoneyColumn(verbose_name=gettext_lazy("TTC"), total=True)
    status = OrderStatusColumn()


class PurchaseOrderFilters(SaleFilters):
    search = ("number", "supplier__name", "purpose")

    state = django_filters.ChoiceFilter(
        label=gettext_lazy("État"), choices=PurchaseOrderState.choices, empty_label=gettext_lazy("Tous")
    )
    supplier = NamedRowFilter(
        label=gettext_lazy("Fournisseur"),
        queryset=lambda _request: Supplier.objects.all(),
        named_by="name",
        empty_label=gettext_lazy("Tous"),
    )
    activity = NamedRowFilter(
        label=gettext_lazy("Activité"),
        queryset=activities_in_sight,
        named_by="name",
        empty_label=gettext_lazy("Toutes"),
    )

    class Meta:
        model = PurchaseOrder
        fields: list[str] = []
