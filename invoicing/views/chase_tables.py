"""The list of late invoices: its columns, filters, and the shapes of their stages (INV-42)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cae.core.money import ZERO
from cae.core.tables import DateColumn, LinkColumn, MoneyColumn, NamedRowFilter, StatusColumn, Table
from cae.core.templatetags import ui
from invoicing.calculations.reminders import Departure
from invoicing.models import Invoice
from invoicing.states.chasing import ChaseStage, ReminderChannel, ReminderTone
from invoicing.states.sales import CustomerKind
from invoicing.views.tables import (
    CustomerColumn,
    SaleFilters,
    activities_in_sight,
    activity_column,
    cells,
    customers_in_sight,
)

STAGE_SHAPES: dict[str, tuple[str, str]] = {
    ChaseStage.DUE: ("warning", "■"),
    ChaseStage.UPCOMING: ("info", "●"),
    ChaseStage.PAUSED: ("neutral", "◇"),
    ChaseStage.DISPUTED: ("danger", "▲"),
    ChaseStage.ENDED: ("danger", "✕"),
}
# Up to so many days late, and how it is said.
_AGES = (("30", _("Moins d’un mois"), 0, 30), ("60", _("Un à deux mois"), 31, 60))
_OLDER = 61


class StageColumn(StatusColumn):
    """Where the invoice stands, worked out by the database."""

    def __init__(self) -> None:
        super().__init__(accessor="stage", verbose_name=_("Situation"))

    def render(self, value: Any) -> Any:
        return ui.status(*STAGE_SHAPES[value], str(ChaseStage(value).label))

    def value(self, record: Any, value: Any) -> str:
        return str(ChaseStage(value).label)


class ChasedTable(Table):
    number = LinkColumn(verbose_name=_("Numéro"), attrs=cells("one-line"))
    customer = CustomerColumn()
    activity = activity_column("wide")
    due_on = DateColumn(verbose_name=_("Échéance"), attrs=cells("one-line"))
    days_late = tables.Column(verbose_name=_("Jours de retard"), attrs=cells("num"))
    due = MoneyColumn(verbose_name=_("Reste dû"), total=True)
    reminded_on = DateColumn(verbose_name=_("Dernière relance"), attrs=cells("one-line"))
    next_on = DateColumn(verbose_name=_("Prochaine étape"), attrs=cells("one-line"))
    stage = StageColumn()


class ChasedFilters(SaleFilters):
    search = ("number", "customer__name", "purpose")

    stage = django_filters.ChoiceFilter(
        label=_("Situation"), choices=ChaseStage.choices, empty_label=_("Toutes"), method="filter_stage"
    )
    age = django_filters.ChoiceFilter(
        label=_("Retard"),
        choices=[(code, label) for code, label, _least, _most in _AGES] + [("old", _("Plus de deux mois"))],
        empty_label=_("Tous"),
        method="filter_age",
    )
    kind = django_filters.ChoiceFilter(
        field_name="customer__kind",
        label=_("Nature du client"),
        choices=CustomerKind.choices,
        empty_label=_("Toutes"),
    )
    customer = NamedRowFilter(
        label=_("Client"), queryset=customers_in_sight, named_by="name", empty_label=_("Tous")
    )
    activity = NamedRowFilter(
        label=_("Activité"), queryset=activities_in_sight, named_by="name", empty_label=_("Toutes")
    )

    class Meta:
        model = Invoice
        fields: list[str] = []

    def filter_stage(self, queryset: QuerySet[Invoice], name: str, value: str) -> QuerySet[Invoice]:
        return queryset.filter(Q(stage=value))

    def filter_age(self, queryset: QuerySet[Invoice], name: str, value: str) -> QuerySet[Invoice]:
        for code, _label, least, most in _AGES:
            if code == value:
                return queryset.filter(Q(days_late__gte=least, days_late__lte=most))
        return queryset.filter(Q(days_late__gte=_OLDER))


@dataclass(frozen=True)
class DepartureRow:
    """One departure as the page of the day shows it."""

    departure: Departure
    due: Decimal
    oldest: int
    url: str

    @property
    def by_mail(self) -> bool:
        return self.departure.channel == ReminderChannel.MAIL

    @property
    def channel(self) -> str:
        return str(ReminderChannel(self.departure.channel).label)

    @property
    def tone(self) -> str:
        return str(ReminderTone(self.departure.tone).label)


def departure_rows(found: Sequence[Departure]) -> list[DepartureRow]:
    """The departures of the day, the oldest debt first."""
    rows = [
        DepartureRow(
            one,
            sum((invoice.due for invoice in one.invoices), ZERO),
            max(invoice.days_late for invoice in one.invoices),
            _address(one),
        )
        for one in found
    ]
    return sorted(rows, key=lambda row: -row.oldest)


def _address(departure: Departure) -> str:
    query = {
        "invoices": [str(invoice.pk) for invoice in departure.invoices],
        "channel": departure.channel,
        "tone": departure.tone,
    }
    return reverse("invoicing:chase_customer", args=[departure.customer.pk], query=query)
