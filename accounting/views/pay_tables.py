"""Columns, filters and tabs of the lists of pay."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounting.forms.payroll import month_choices
from accounting.models import PayProposal
from accounting.selectors.payroll import far_rows, is_far, pay_months
from accounting.states.payroll import PayState
from cae.core.permissions import can
from cae.core.tables import Filters, LinkColumn, MoneyColumn, StatusColumn, Tab, Table
from cae.core.templatetags.formats import NOTHING, money

_PAGES = (
    ("pay_list", _("Le mois"), "accounting.view_pay"),
    ("pay_moves", _("Arrivées et départs"), "accounting.view_pay"),
    ("pay_exports", _("Envois"), "accounting.export_pay"),
    ("pay_imports", _("Journaux reçus"), "accounting.view_pay"),
    ("slip_list", _("Bulletins"), "accounting.prepare_pay"),
    ("pay_years", _("Fin d’année"), "accounting.close_pay_year"),
    ("pay_layouts", _("Formats"), "accounting.export_pay"),
)


def pay_tabs(user: Any, current: str) -> list[Tab]:
    return [
        Tab(label, reverse(f"accounting:{name}"), name == current)
        for name, label, right in _PAGES
        if can(user, right)
    ]


class PayTable(Table):
    """The month, person by person: what is proposed, what it was simulated to cost, what it really cost."""

    person = LinkColumn(verbose_name=_("Personne"), order_by="person__sort_name")
    month = tables.Column(verbose_name=_("Mois"), order_by="month__first")
    fixed = MoneyColumn(verbose_name=_("Part fixe"), total=True)
    advance = MoneyColumn(verbose_name=_("Avance"), total=True)
    gross = MoneyColumn(verbose_name=_("Brut (simulation)"), total=True)
    cost = MoneyColumn(verbose_name=_("Coût (simulation)"), total=True)
    real = MoneyColumn(verbose_name=_("Coût réel"), total=True, default=NOTHING)
    gap = MoneyColumn(verbose_name=_("Écart"), default=NOTHING)
    status = StatusColumn()

    class Meta(Table.Meta):
        model = PayProposal
        fields = ("person", "month", "fixed", "advance", "gross", "cost", "real", "gap", "status")
        order_by = ("person",)

    def render_gap(self, record: Any, value: Any) -> str:
        if not is_far(record, timezone.localdate()):
            return money(value)
        return format_html(
            '{} <span title="{}">▲<span class="visually-hidden">{}</span></span>',
            money(value),
            gettext("Écart à regarder"),
            gettext("Écart à regarder"),
        )

    def value_gap(self, value: Any) -> Any:
        return value


class PayFilters(Filters):
    """Words of a name, the month, the state, what is short of cash, what is far from its simulation."""

    search = ("person__first_name", "person__last_name", "person__usual_name")
    mois = django_filters.ChoiceFilter(
        choices=lambda: month_choices([row.month for row in pay_months()]),
        method="filter_month",
        label=_("Mois"),
    )
    state = django_filters.ChoiceFilter(choices=PayState.choices, label=_("État"))
    a_voir = django_filters.ChoiceFilter(
        choices=(("court", _("Trésorerie insuffisante")), ("ecart", _("Écart à regarder"))),
        method="filter_cases",
        label=_("À voir"),
    )

    class Meta:
        model = PayProposal
        fields: tuple[str, ...] = ()

    def filter_month(self, queryset: QuerySet[PayProposal], _name: str, value: str) -> QuerySet[PayProposal]:
        return queryset.filter(month__first=f"{value}-01")

    def filter_cases(self, queryset: QuerySet[PayProposal], _name: str, value: str) -> QuerySet[PayProposal]:
        if value == "court":
            return queryset.filter(shortage__gt=0)
        return far_rows(queryset, timezone.localdate())


class OwnPayTable(Table):
    """One's own pay, month after month."""

    month = tables.Column(
        verbose_name=_("Mois"),
        order_by="month__first",
        linkify=lambda record: f"{reverse('accounting:my_pay')}?mois={record.month.month}",
    )
    gross = MoneyColumn(verbose_name=_("Brut (simulation)"))
    net = MoneyColumn(verbose_name=_("Net (simulation)"))
    cost = MoneyColumn(verbose_name=_("Coût (simulation)"))
    real = MoneyColumn(verbose_name=_("Coût réel"), default=NOTHING)
    status = StatusColumn()

    class Meta(Table.Meta):
        model = PayProposal
        fields = ("month", "gross", "net", "cost", "real", "status")
        order_by = ("-month",)


class NoFilters(Filters):
    """A list too short to be filtered."""

    class Meta:
        model = PayProposal
        fields: tuple[str, ...] = ()
