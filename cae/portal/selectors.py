"""Figures of the home page: of the activity in use, or of the whole house for who keeps its books."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounting.models import AnalyticAccount
from accounting.selectors.statement import sales_by_month
from cae.core import facts, permissions
from cae.core.money import ZERO
from entrepreneurs.models import Activity


@dataclass(frozen=True)
class Figure:
    """One figure, its definition, and the page that explains it."""

    label: Any
    value: Any
    definition: Any
    url: str


def figures_of(user: Any, activity: Activity | None, today: date) -> list[Figure]:
    """Gives the figures that open the day; none for a person without activity nor books."""
    if activity is not None:
        statement = reverse("accounting:activity_statement", args=[activity.pk])
        return [
            Figure(
                _("Trésorerie disponible"),
                _one("activity.cash", activity, today),
                _("Ce qui est en banque pour votre activité aujourd’hui."),
                statement,
            ),
            Figure(
                _("À encaisser"),
                _one("activity.receivable", activity, today),
                _("Ce que vos clients doivent encore, toutes taxes comprises."),
                reverse("invoicing:invoice_list") + "?settlement=to_pay",
            ),
            Figure(
                _("Ventes du mois, HT"),
                _one("activity.sales_of_month", activity, today),
                _("Factures émises ce mois-ci, avoirs déduits."),
                statement,
            ),
        ]
    if permissions.can(user, "accounting.view_ledger"):
        everything = list(Activity.objects.visible_to(user, on=today))
        balances = reverse("accounting:activity_balances")
        return [
            Figure(
                _("Trésorerie des activités"),
                _all("activity.cash", everything, today),
                _("Soldes de banque, toutes activités."),
                balances,
            ),
            Figure(
                _("À encaisser"),
                _all("activity.receivable", everything, today),
                _("Ce que les clients doivent encore, TTC."),
                balances,
            ),
            Figure(
                _("Ventes du mois, HT"),
                _all("activity.sales_of_month", everything, today),
                _("Factures émises ce mois-ci, avoirs déduits."),
                balances,
            ),
        ]
    return []


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


def _one(name: str, activity: Activity, today: date) -> Any:
    return facts.facts(name, [activity], on=today).get(activity.pk, ZERO)


def _all(name: str, activities: list[Activity], today: date) -> Any:
    return sum(facts.facts(name, activities, on=today).values(), ZERO)
