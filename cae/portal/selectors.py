"""The figures of the first page: of the activity in use, of those one follows, or of the whole house."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounting.models import AnalyticAccount
from accounting.selectors.statement import sales_by_month
from cae.core import facts
from cae.core.money import ZERO
from cae.core.periods import Month
from cae.core.templatetags import formats
from entrepreneurs.models import Activity
from invoicing.selectors.coming import overdue_sum


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


def activity_figures(activity: Activity, today: date, *, among_several: bool = False) -> list[Figure]:
    """Gives the three figures of an activity, each with its source."""
    only = f"activity={activity.pk}&" if among_several else ""
    month = str(Month.of(today))
    ever = [activity.pk, month, "tresorerie", "toujours"]
    return [
        Figure(
            _("À encaisser"),
            _sum("activity.receivable", [activity], today),
            _("Ce que vos clients doivent encore, toutes taxes comprises."),
            reverse("invoicing:invoice_list") + f"?{only}settlement=to_pay",
        ),
        Figure(
            _("Trésorerie disponible"),
            _sum("activity.cash", [activity], today),
            _("Ce qui est en banque pour votre activité aujourd’hui."),
            reverse("accounting:figure", args=ever),
        ),
        Figure(
            _("Contribution du mois"),
            _sum("activity.contribution_of_month", [activity], today),
            _("Ce que votre activité donne ce mois-ci aux services communs ; chaque calcul s’ouvre."),
            reverse("accounting:contribution_list", args=[activity.pk, month]),
        ),
    ]


def shared_figures(user: Any, activities: Sequence[Activity], today: date) -> list[Figure]:
    """Gives the same questions for many activities at once: the house, or those a person follows."""
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
            _sum("activity.cash", activities, today),
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
    count, owed = overdue_sum(user, today)
    if not count:
        return ""
    words = ngettext(
        "dont %(owed)s en retard, sur une facture",
        "dont %(owed)s en retard, sur %(count)d factures",
        count,
    )
    return words % {"owed": formats.money(owed), "count": count}


def _sum(name: str, activities: Sequence[Activity], today: date) -> Decimal:
    return sum(facts.facts(name, activities, on=today).values(), ZERO)


@dataclass(frozen=True)
class Alert:
    """An activity whose bank stands below zero."""

    activity: Activity
    cash: Decimal
    url: str


def below_zero(activities: Sequence[Activity], today: date) -> list[Alert]:
    """Gives the activities that owe their bank, the deepest first."""
    cash = facts.facts("activity.cash", activities, on=today)
    found = [
        Alert(one, cash[one.pk], reverse("accounting:activity_statement", args=[one.pk]))
        for one in activities
        if cash.get(one.pk, ZERO) < 0
    ]
    return sorted(found, key=lambda alert: alert.cash)


def sales_of_six_months(activity: Activity | None, today: date) -> list[tuple[str, Decimal]]:
    """Gives (month, sales without tax) up to this month; nothing while nothing was ever sold."""
    section = AnalyticAccount.objects.filter(activity=activity).first() if activity else None
    if section is None:
        return []
    last = today.year * 12 + today.month - 1
    months = [(index // 12, index % 12 + 1) for index in range(last - 5, last + 1)]
    sales = {year: sales_by_month(section, year) for year in sorted({year for year, _month in months})}
    rows = [(date_format(date(year, month, 1), "N"), sales[year][month - 1]) for year, month in months]
    return rows if any(amount for _label, amount in rows) else []
