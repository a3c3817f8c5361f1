"""The list of internal sales: columns, filters, words of their states."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import django_filters
import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from cae.core.tables import DateColumn, Filters, LinkColumn, MoneyColumn, StatusColumn, Table
from cae.core.templatetags import ui
from invoicing.models import InternalSale
from invoicing.states.joint import InternalState
from invoicing.views.tables import cells

_STATES: dict[str, tuple[str, str]] = {
    InternalState.DRAFT: ("neutral", "○"),
    InternalState.OFFERED: ("warning", "■"),
    InternalState.ORDERED: ("info", "●"),
    InternalState.INVOICED: ("success", "✔"),
    InternalState.DECLINED: ("danger", "✕"),
    InternalState.DISCARDED: ("neutral", "✕"),
}


def status_of_internal(sale: InternalSale) -> tuple[str, str, str]:
    """Gives tone, shape and word of an internal sale."""
    return (*_STATES[sale.state], str(InternalState(sale.state).label))


class _Status(StatusColumn):
    def __init__(self) -> None:
        super().__init__(accessor="pk")

    def render(self, record: Any) -> Any:
        return ui.status(*status_of_internal(record))

    def value(self, record: Any, value: Any) -> str:
        return status_of_internal(record)[2]


class InternalTable(Table):
    title = LinkColumn(verbose_name=_("Objet"), attrs=cells("clip"))
    number = tables.Column(verbose_name=_("Numéro"), attrs=cells("one-line", "wide"))
    seller = tables.Column(verbose_name=_("Vendeuse"), accessor="seller__name", attrs=cells("clip"))
    buyer = tables.Column(verbose_name=_("Acheteuse"), accessor="buyer__name", attrs=cells("clip"))
    invoiced_on = DateColumn(verbose_name=_("Facturée le"), attrs=cells("one-line"))
    amount = MoneyColumn(verbose_name=_("Montant"), total=True)
    status = _Status()


class InternalFilters(Filters):
    search = ("title", "number", "seller__name", "buyer__name")

    state = django_filters.ChoiceFilter(label=_("État"), choices=InternalState.choices, empty_label=_("Tous"))

    class Meta:
        model = InternalSale
        fields: Sequence[str] = ()
