"""The list of movements of money: its columns and filters."""

from __future__ import annotations

import django_filters
import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from cae.core.tables import DateColumn, LinkColumn, MoneyColumn, NamedRowFilter, Table
from invoicing.models import Receipt
from invoicing.states.sales import PaymentMode, ReceiptKind
from invoicing.views.tables import (
    SaleFilters,
    activities_in_sight,
    activity_column,
    cells,
    customers_in_sight,
)


class ReceiptTable(Table):
    on = DateColumn(verbose_name=_("Date"), attrs=cells("one-line"))
    customer = LinkColumn(
        verbose_name=_("Client"),
        accessor="customer__name",
        order_by="customer__sort_name",
        attrs=cells("clip"),
    )
    invoices = tables.Column(verbose_name=_("Factures"), orderable=False, attrs=cells("clip"))
    activity = activity_column("wide")
    kind = tables.Column(verbose_name=_("Nature"), attrs=cells("one-line"))
    mode = tables.Column(verbose_name=_("Moyen"), attrs=cells("one-line"))
    reference = tables.Column(verbose_name=_("Référence"), attrs=cells("clip", "wide"))
    signed_amount = MoneyColumn(verbose_name=_("Montant"), total=True)

    def value_kind(self, record: Receipt) -> str:
        return str(record.get_kind_display())

    def value_mode(self, record: Receipt) -> str:
        return str(record.get_mode_display())


class ReceiptFilters(SaleFilters):
    search = ("customer__name", "reference", "invoices")

    customer = NamedRowFilter(
        label=_("Client"), queryset=customers_in_sight, named_by="name", empty_label=_("Tous")
    )
    activity = NamedRowFilter(
        label=_("Activité"), queryset=activities_in_sight, named_by="name", empty_label=_("Toutes")
    )
    kind = django_filters.ChoiceFilter(
        label=_("Nature"), choices=ReceiptKind.choices, empty_label=_("Toutes")
    )
    mode = django_filters.ChoiceFilter(label=_("Moyen"), choices=PaymentMode.choices, empty_label=_("Tous"))
    on = django_filters.DateFromToRangeFilter(label=_("Date"), widget=django_filters.widgets.DateRangeWidget)

    class Meta:
        model = Receipt
        fields: list[str] = []
