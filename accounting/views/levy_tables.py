"""The lists of levies, and of what they took."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounting.models import Levy, LevyTaking
from accounting.selectors.levies import base_words, rate_words, taking_words
from accounting.states.levies import LevyBase, TakingNature
from accounting.views.tables import NOTHING
from cae.core.periods import Month
from cae.core.tables import DateColumn, Filters, LinkColumn, MoneyColumn, Table


class LevyTable(Table):
    """What the cooperative takes beside the contribution."""

    label = LinkColumn(verbose_name=_("Prélèvement"))
    rule = tables.Column(verbose_name=_("Règle"), empty_values=(), orderable=False)
    for_all = tables.Column(verbose_name=_("Pour"))
    section = tables.Column(verbose_name=_("Versé à"), accessor="section__label")
    valid_from = DateColumn(verbose_name=_("Du"))
    valid_to = DateColumn(verbose_name=_("Au"), default=NOTHING)
    taken = MoneyColumn(verbose_name=_("Pris à ce jour"), total=True)

    class Meta(Table.Meta):
        model = Levy
        fields = ("label", "rule", "for_all", "section", "valid_from", "valid_to", "taken")

    def render_rule(self, record: Levy) -> str:
        return rate_words(record)

    def value_rule(self, record: Levy) -> str:
        return rate_words(record)

    def render_for_all(self, value: bool) -> Any:
        return _("toutes les activités") if value else _("celles qui sont nommées")

    def value_for_all(self, record: Levy) -> Any:
        return self.render_for_all(record.for_all)


class LevyFilters(Filters):
    search = ("label", "section__label", "decided_by")
    base = django_filters.ChoiceFilter(choices=LevyBase.choices, label=_("Base"))

    class Meta:
        model = Levy
        fields: tuple[str, ...] = ()


class TakingTable(Table):
    """What levies took of activities."""

    on = DateColumn(verbose_name=_("Date"), order_by=("on", "pk"))
    activity = LinkColumn(
        verbose_name=_("Activité"),
        accessor="activity__name",
        order_by="activity__sort_name",
        attrs={"td": {"class": "card-bare"}},
    )
    subject = tables.Column(verbose_name=_("Mois ou document"))
    nature = tables.Column(verbose_name=_("Nature"))
    working = tables.Column(verbose_name=_("Calcul"), empty_values=(), orderable=False)
    given = MoneyColumn(verbose_name=_("Déjà pris"))
    amount = MoneyColumn(verbose_name=_("Pris"), total=True)

    class Meta(Table.Meta):
        model = LevyTaking
        fields = ("on", "activity", "subject", "nature", "working", "given", "amount")
        order_by = ("-on",)

    def render_subject(self, record: LevyTaking) -> str:
        return taking_words(record)

    def value_subject(self, record: LevyTaking) -> str:
        return taking_words(record)

    def render_working(self, record: LevyTaking) -> str:
        return base_words(record.levy, record.window_base)

    def value_working(self, record: LevyTaking) -> str:
        return base_words(record.levy, record.window_base)


def taking_months() -> list[tuple[str, str]]:
    """The months in which a levy took something, the latest first."""
    found = LevyTaking.objects.dates("on", "month", order="DESC")
    return [(str(Month.of(day)), date_format(day, "F Y")) for day in found]


class TakingFilters(Filters):
    search = ("subject", "window", "activity__name")
    mois = django_filters.ChoiceFilter(choices=taking_months, method="filter_month", label=_("Mois"))
    nature = django_filters.ChoiceFilter(choices=TakingNature.choices, label=_("Nature"))

    class Meta:
        model = LevyTaking
        fields: tuple[str, ...] = ()

    def filter_month(self, queryset: QuerySet[LevyTaking], _name: str, value: str) -> QuerySet[LevyTaking]:
        month = Month.parse(value)
        return queryset.filter(on__range=(month.first, month.last))
