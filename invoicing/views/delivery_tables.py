"""The lists of delivery notes and of proforma invoices: columns, filters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import django_filters
import django_tables2 as tables
from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cae.core.tables import DateColumn, Filters, LinkColumn, MoneyColumn, StatusColumn, Tab, Table
from cae.core.templatetags import formats, ui
from invoicing.models import DeliveryNote, Proforma
from invoicing.selectors.deliveries import of_order, status_of_delivery
from invoicing.selectors.proformas import status_of_proforma
from invoicing.states.pieces import DeliveryState
from invoicing.views.tables import activity_column, cells


class _StateColumn(StatusColumn):
    """The state of a piece, worked out from the row."""

    def __init__(self, told: Callable[[Any], tuple[str, str, str]]) -> None:
        super().__init__(accessor="pk")
        self.told = told

    def render(self, record: Any) -> Any:
        return ui.status(*self.told(record))

    def value(self, record: Any, value: Any) -> str:
        return self.told(record)[2]


class _OrderColumn(tables.Column):
    """The quote or the invoice that the piece is of."""

    def __init__(self, name: str) -> None:
        super().__init__(verbose_name=_("Document"), accessor="pk", orderable=False, attrs=cells("one-line"))
        self.name = name

    def render(self, record: Any) -> str:
        return str(getattr(record, self.name))

    def value(self, record: Any, value: Any) -> str:
        return self.render(record)


class _NumberColumn(LinkColumn):
    """A draft has no number yet."""

    def __init__(self) -> None:
        super().__init__(
            verbose_name=_("Numéro"), accessor="number", empty_values=(), attrs=cells("one-line")
        )

    def render(self, value: Any, record: Any) -> Any:
        return super().render(str(record), record)

    def value(self, record: Any, value: Any) -> str:
        return record.number or ""


def _reference() -> tables.Column:
    return tables.Column(
        verbose_name=_("N° de commande"),
        accessor="order_reference",
        default=formats.NOTHING,
        attrs=cells("clip", "wide"),
    )


class DeliveryTable(Table):
    number = _NumberColumn()
    customer = tables.Column(verbose_name=_("Client"), accessor="customer__name", attrs=cells("clip"))
    activity = activity_column("clip", "wide")
    order = _OrderColumn("order")
    order_reference = _reference()
    delivered_on = DateColumn(verbose_name=_("Livré le"), attrs=cells("one-line"))
    status = _StateColumn(status_of_delivery)


class DeliveryFilters(Filters):
    search = ("number", "customer__name", "order_reference", "quote__number", "invoice__number")

    state = django_filters.ChoiceFilter(label=_("État"), choices=DeliveryState.choices, empty_label=_("Tous"))
    # Named by the pages of quotes and invoices, so the bar only carries it.
    of = django_filters.CharFilter(label=_("Commande"), method="filter_order", widget=forms.HiddenInput)

    class Meta:
        model = DeliveryNote
        fields: Sequence[str] = ()

    def filter_order(self, queryset: QuerySet[DeliveryNote], name: str, value: str) -> QuerySet[DeliveryNote]:
        return queryset.filter(of_order(value))


class ProformaTable(Table):
    number = LinkColumn(verbose_name=_("Numéro"), attrs=cells("one-line"))
    customer = tables.Column(verbose_name=_("Client"), accessor="customer__name", attrs=cells("clip"))
    activity = activity_column("clip", "wide")
    origin = _OrderColumn("origin")
    order_reference = _reference()
    made_on = DateColumn(verbose_name=_("Établie le"), attrs=cells("one-line"))
    total_incl_tax = MoneyColumn(verbose_name=_("Total TTC"))
    status = _StateColumn(status_of_proforma)


class ProformaFilters(Filters):
    search = ("number", "customer__name", "order_reference", "quote__number", "purpose")

    of = django_filters.CharFilter(label=_("Document"), method="filter_origin", widget=forms.HiddenInput)

    class Meta:
        model = Proforma
        fields: Sequence[str] = ()

    def filter_origin(self, queryset: QuerySet[Proforma], name: str, value: str) -> QuerySet[Proforma]:
        return queryset.filter(of_order(value))


def piece_tabs(current: str) -> list[Tab]:
    """The two lists, side by side: whoever reads one reads the other."""
    known = (("delivery_list", _("Bons de livraison")), ("proforma_list", _("Factures proforma")))
    return [Tab(label, reverse(f"invoicing:{name}"), current=name == current) for name, label in known]
