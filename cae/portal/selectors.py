"""The figures of the first page: of the activity in use, of those one follows, or of the whole house."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounting.calculations.statement import Statement
from accounting.selectors.statement import figures_today
from cae.core import facts
from cae.core.money import ZERO
from cae.core.periods import Month
from cae.core.templatetags import formats
from entrepreneurs.models import Activity
from invoicing.selectors.coming import overdue_sum

SHOWN_MONTHS = 6


@dataclass(frozen=True)
class Figure:
    """One figure, its definition, and the page of the lines that make it."""

    label: Any
    value: Decimal | int
    definition: Any
    url: str
    hint: Any = ""

    @property
    def said(self) -> str:
        """An amount in euros; a count as it is."""
        return formats.money(self.value) if isinstance(self.value, Decimal) else formats.quantity(self.value)


@dataclass(frozen=True)
class ActivityShown:
    """An activity on the first page of who exercises it: its figures, its sales (month, without tax)."""

    figures: Sequence[Figure]
    sales: Sequence[tuple[str, Decimal]]


def activity_shown(activity: Activity, today: date, *, among_several: bool = False) -> ActivityShown:
    """Gives the three figures of an activity, each with its source, and its last six months; one query."""
    last = Month.of(today)
    months = [last]
    while len(months) < SHOWN_MONTHS:
        months.insert(0, months[0].previous())
    found, sales = figures_today(activity, today, months)
    rows = [(date_format(month.first, "N"), amount) for month, amount in zip(months, sales, strict=True)]
    return ActivityShown(
        figures=_activity_figures(activity, last, found, among_several=among_several),
        # Nothing is drawn while nothing was sold.
        sales=rows if any(sales) else (),
    )


def _activity_figures(
    activity: Activity, month: Month, found: Statement, *, among_several: bool
) -> list[Figure]:
    only = f"activity={activity.pk}&" if among_several else ""
    ever = [activity.pk, month, "tresorerie", "toujours"]
    return [
        Figure(
            _("À encaisser"),
            found.receivables,
            _("Ce que vos clients doivent encore, toutes taxes comprises."),
            reverse("invoicing:invoice_list") + f"?{only}settlement=to_pay",
        ),
        Figure(
            _("Trésorerie disponible"),
            found.cash,
            _("Ce qui est en banque pour votre activité aujourd’hui."),
            reverse("accounting:figure", args=ever),
        ),
        Figure(
            _("Contribution du mois"),
            found.contribution.month,
            _("Ce que votre activité donne ce mois-ci aux services communs ; chaque calcul s’ouvre."),
            reverse("accounting:contribution_list", args=[activity.pk, month]),
        ),
    ]


def shared_figures(
    user: Any, activities: Sequence[Activity], cash: Mapping[int, Decimal], today: date
) -> list[Figure]:
    """Gives the same questions for many activities at once: the house, or those a person follows; `cash` is
    what each one has in bank."""
    balances = reverse("accounting:activity_balances")
    return [
        Figure(
            _("À encaisser"),
            _sum("activity.receivable", activities, today),
            _("Ce que les clients doivent encore, TTC."),
            reverse("invoicing:invoice_list") + "?settlement=to_pay",
            hint=_late(user, today),
        ),
        Figure(
            _("Trésorerie des activités"),
            sum(cash.values(), ZERO),
            _("Soldes de banque de ces activités."),
            balances,
        ),
        Figure(
            _("Ventes du mois, HT"),
            _sum("activity.sales_of_month", activities, today),
            _("Factures émises ce mois-ci, avoirs déduits."),
            balances,
        ),
    ]


def _late(user: Any, today: date) -> str:
    """What of it is late; nothing when nothing is."""
    late = overdue_sum(user, today)
    if not late.count:
        return ""
    words = ngettext(
        "dont %(owed)s en retard, sur une facture",
        "dont %(owed)s en retard, sur %(count)d factures",
        late.count,
    )
    return words % {"owed": formats.money(late.owed), "count": late.count}


def _sum(name: str, activities: Sequence[Activity], today: date) -> Decimal:
    return sum(facts.facts(name, activities, on=today).values(), ZERO)


@dataclass(frozen=True)
class Alert:
    """An activity whose bank stands below zero."""

    activity: Activity
    cash: Decimal
    url: str


def below_zero(activities: Sequence[Activity], cash: Mapping[int, Decimal]) -> list[Alert]:
    """Gives the activities that owe their bank, the deepest first."""
    found = [
        Alert(one, cash[one.pk], reverse("accounting:activity_statement", args=[one.pk]))
        for one in activities
        if cash.get(one.pk, ZERO) < 0
    ]
    return sorted(found, key=lambda alert: alert.cash)
