"""The desk of the treasury: its tabs, the lists of plans, floors and excesses."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounting.models import CashFloor, CashPlan, FloorExcess
from accounting.states.treasury import PlanKind
from cae.core.permissions import can
from cae.core.tables import DateColumn, Filters, MoneyColumn, Tab, Table
from cae.core.templatetags.formats import NOTHING

_TABS = (
    ("house_forecast", _("Prévisions")),
    ("cash_plan_list", _("Flux prévus à la main")),
    ("floor_list", _("Planchers")),
    ("excess_list", _("Dépassements")),
)


def treasury_tabs(current: str) -> list[Tab]:
    return [Tab(label, reverse(f"accounting:{name}"), name == current) for name, label in _TABS]


class EndColumn(tables.Column):
    """« Arrêter », for who may, while there is something to end."""

    def __init__(self, right: str, page: str) -> None:
        super().__init__(
            verbose_name=_("Action"),
            empty_values=(),
            orderable=False,
            exclude_from_export=True,
            accessor="pk",
            attrs={"td": {"class": "card-bare"}},
        )
        self.right, self.page = right, page

    def render(self, record: Any, table: Any) -> Any:
        user, today = table.request.user, timezone.localdate()
        if not can(user, self.right) or (record.ends_on is not None and record.ends_on < today):
            return ""
        url = reverse(f"accounting:{self.page}", args=[record.pk])
        said = gettext("Arrêter %(row)s") % {"row": record.section.label}
        return format_html('<a href="{}" aria-label="{}">{}</a>', url, said, gettext("Arrêter"))


class PlanTable(Table):
    """What somebody planned by hand."""

    label = tables.Column(verbose_name=_("Flux prévu"))
    section = tables.Column(verbose_name=_("Section"), accessor="section__label")
    kind = tables.Column(verbose_name=_("Nature"), accessor="get_kind_display", orderable=False)
    rhythm = tables.Column(verbose_name=_("Rythme"), accessor="get_rhythm_display", orderable=False)
    starts_on = DateColumn(verbose_name=_("Du"))
    ends_on = DateColumn(verbose_name=_("Au"), default=NOTHING)
    amount = MoneyColumn(verbose_name=_("Montant"))
    end = EndColumn("accounting.plan_cash", "cash_plan_end")

    class Meta(Table.Meta):
        model = CashPlan
        fields = ("label", "section", "kind", "rhythm", "starts_on", "ends_on", "amount", "end")


class PlanFilters(Filters):
    search = ("label", "section__label")
    nature = django_filters.ChoiceFilter(choices=PlanKind.choices, field_name="kind", label=_("Nature"))

    class Meta:
        model = CashPlan
        fields: tuple[str, ...] = ()


class FloorTable(Table):
    """The cash that sections keep."""

    section = tables.Column(verbose_name=_("Section"), accessor="section__label")
    amount = MoneyColumn(verbose_name=_("À garder"))
    starts_on = DateColumn(verbose_name=_("Du"))
    ends_on = DateColumn(verbose_name=_("Au"), default=NOTHING)
    reason = tables.Column(verbose_name=_("Motif"))
    created_by = tables.Column(verbose_name=_("Fixé par"), default=NOTHING)
    end = EndColumn("accounting.set_floor", "floor_end")

    class Meta(Table.Meta):
        model = CashFloor
        fields = ("section", "amount", "starts_on", "ends_on", "reason", "created_by", "end")


class FloorFilters(Filters):
    search = ("section__label", "reason")

    class Meta:
        model = CashFloor
        fields: tuple[str, ...] = ()


class ExcessTable(Table):
    """Who let a section go below its floor, down to where, until when."""

    section = tables.Column(verbose_name=_("Section"), accessor="section__label")
    amount = MoneyColumn(verbose_name=_("Jusqu’à"))
    starts_on = DateColumn(verbose_name=_("Du"))
    ends_on = DateColumn(verbose_name=_("Au"))
    reason = tables.Column(verbose_name=_("Motif"))
    allowed_by = tables.Column(verbose_name=_("Autorisé par"))
    end = EndColumn("accounting.allow_floor_excess", "excess_end")

    class Meta(Table.Meta):
        model = FloorExcess
        fields = ("section", "amount", "starts_on", "ends_on", "reason", "allowed_by", "end")


class ExcessFilters(Filters):
    search = ("section__label", "reason")

    class Meta:
        model = FloorExcess
        fields: tuple[str, ...] = ()
