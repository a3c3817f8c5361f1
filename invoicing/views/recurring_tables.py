"""The list of recurring documents: columns, filters, words of their states."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cae.core.tables import DateColumn, Filters, LinkColumn, MoneyColumn, StatusColumn, Table
from cae.core.templatetags import ui
from invoicing.models import RecurringPlan
from invoicing.states.recurring import MakingMode, Period, PlanState
from invoicing.views.tables import activity_column, cells

_STATES: dict[str, tuple[str, str]] = {
    PlanState.ACTIVE: ("success", "●"),
    PlanState.PAUSED: ("warning", "■"),
    PlanState.ENDED: ("neutral", "✔"),
}
_FAILED = "failed"


def status_of_plan(plan: RecurringPlan) -> tuple[str, str, str]:
    """Gives tone, shape and word; what prevents the next date comes before its state."""
    if plan.failure and plan.state == PlanState.ACTIVE:
        return "danger", "▲", str(_("À débloquer"))
    return (*_STATES[plan.state], str(PlanState(plan.state).label))


class _Status(StatusColumn):
    def __init__(self) -> None:
        super().__init__(accessor="pk")

    def render(self, record: Any) -> Any:
        return ui.status(*status_of_plan(record))

    def value(self, record: Any, value: Any) -> str:
        return status_of_plan(record)[2]


class PlanTable(Table):
    title = LinkColumn(verbose_name=_("Objet"), attrs=cells("clip"))
    party = tables.Column(verbose_name=_("Client ou fournisseur"), attrs=cells("clip"))
    activity = activity_column("wide")
    every = tables.Column(verbose_name=_("Rythme"), attrs=cells("one-line"))
    mode = tables.Column(verbose_name=_("Document fait"), attrs=cells("wide"))
    next_on = DateColumn(verbose_name=_("Prochaine date"), attrs=cells("one-line"))
    net = MoneyColumn(verbose_name=_("HT du modèle"), total=True)
    status = _Status()


class PlanFilters(Filters):
    search = ("title", "customer__name", "order__supplier__name", "activity__name")

    every = django_filters.ChoiceFilter(label=_("Rythme"), choices=Period.choices, empty_label=_("Tous"))
    mode = django_filters.ChoiceFilter(
        label=_("Document fait"), choices=MakingMode.choices, empty_label=_("Tous")
    )
    step = django_filters.ChoiceFilter(
        label=_("État"),
        choices=[*PlanState.choices, (_FAILED, _("À débloquer"))],
        method="at_step",
        empty_label=_("Tous"),
    )

    class Meta:
        model = RecurringPlan
        fields: Sequence[str] = ()

    def at_step(self, rows: QuerySet[RecurringPlan], name: str, value: str) -> QuerySet[RecurringPlan]:
        if value == _FAILED:
            return rows.filter(state=PlanState.ACTIVE).exclude(failure="")
        return rows.filter(state=value)
