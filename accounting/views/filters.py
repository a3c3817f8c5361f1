"""Filters of the lists of the books, kept in the address."""

from __future__ import annotations

from datetime import date
from typing import Any

import django_filters
from django import forms
from django.db.models import Max, Min, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounting.models import Account, AnalyticAccount, ContributionRun, Entry, Exemption, Journal
from accounting.selectors.balances import Balances
from accounting.selectors.ledger import (
    entries_touching,
    general_ledger,
    ledger_saying,
    trial_balance,
)
from accounting.states.contributions import RunKind, RunNature, Situation
from cae.core.periods import Month
from cae.core.tables import Filters, search_words


def month_choices() -> list[tuple[str, str]]:
    """The months of the books, the latest first."""
    ends = Entry.objects.aggregate(first=Min("on"), last=Max("on"))
    if not ends["first"]:
        return []
    months = Month.of(ends["first"]).until(Month.of(ends["last"]))
    return [(str(month), date_format(month.first, "F Y")) for month in reversed(list(months))]


def _sections(request: Any) -> QuerySet[AnalyticAccount]:
    return AnalyticAccount.objects.visible_to(request.user)


class EntryFilters(Filters):
    """Journal, month, activity, account."""

    search = ("label", "piece")
    journal = django_filters.ModelChoiceFilter(queryset=Journal.objects.all(), label=_("Journal"))
    mois = django_filters.ChoiceFilter(choices=month_choices, method="filter_month", label=_("Mois"))
    activite = django_filters.ModelChoiceFilter(
        queryset=_sections, method="filter_section", label=_("Activité")
    )
    compte = django_filters.ModelChoiceFilter(
        queryset=Account.objects.all(), method="filter_account", label=_("Compte")
    )

    class Meta:
        model = Entry
        fields: tuple[str, ...] = ()

    def filter_month(self, queryset: QuerySet[Entry], _name: str, value: str) -> QuerySet[Entry]:
        month = Month.parse(value)
        return queryset.filter(on__range=(month.first, month.last))

    def filter_section(
        self, queryset: QuerySet[Entry], _name: str, value: AnalyticAccount
    ) -> QuerySet[Entry]:
        return entries_touching(queryset, analytic=value)

    def filter_account(self, queryset: QuerySet[Entry], _name: str, value: Account) -> QuerySet[Entry]:
        return entries_touching(queryset, account=value)


def _day(label: Any) -> django_filters.DateFilter:
    return django_filters.DateFilter(
        label=label, method="kept", widget=forms.DateInput(attrs={"type": "date"})
    )


class _Period(Filters):
    """A list whose figures depend on a period: the selector computes them, so nothing is filtered twice."""

    def kept(self, queryset: QuerySet[Any], _name: str, _value: date) -> QuerySet[Any]:
        return queryset

    def chosen(self, name: str) -> Any:
        return self.form.cleaned_data.get(name)


class LedgerFilters(_Period):
    """One account over a period."""

    compte = django_filters.ModelChoiceFilter(
        queryset=Account.objects.all(), method="kept", label=_("Compte")
    )
    du = _day(_("Du"))
    au = _day(_("Au"))

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        account = self.chosen("compte")
        if account is None:
            return queryset.none()
        rows = general_ledger(account, start=self.chosen("du"), end=self.chosen("au"))
        return ledger_saying(rows, self.chosen("q") or "")


class BalanceFilters(_Period):
    """Period and section of the trial balance."""

    search = ("number", "label")
    activite = django_filters.ModelChoiceFilter(queryset=_sections, method="kept", label=_("Activité"))
    du = _day(_("Du"))
    au = _day(_("Au"))

    def filter_queryset(self, _queryset: QuerySet[Any]) -> QuerySet[Any]:
        rows = trial_balance(start=self.chosen("du"), end=self.chosen("au"), analytic=self.chosen("activite"))
        return search_words(rows, self.chosen("q") or "", self.search)


class SectionFilters(_Period):
    """Balances of activities on a date."""

    search = ("label", "code")
    au = _day(_("Au"))

    def filter_queryset(self, queryset: Balances) -> QuerySet[Any]:
        return search_words(queryset.until(self.chosen("au")), self.chosen("q") or "", self.search)


class AccountFilters(Filters):
    search = ("number", "label")
    nature = django_filters.ChoiceFilter(
        choices=Account._meta.get_field("kind").choices, field_name="kind", label=_("Nature")
    )

    class Meta:
        model = Account
        fields: tuple[str, ...] = ()


class AssignmentFilters(Filters):
    search = ("activity__name", "scale__label", "reason")


class ExemptionFilters(Filters):
    search = ("activity__name", "decided_by", "reason")
    situation = django_filters.ChoiceFilter(choices=Situation.choices, label=_("Situation"))

    class Meta:
        model = Exemption
        fields: tuple[str, ...] = ()


class LineFilters(Filters):
    search = ("entry__label", "entry__piece")


def run_months() -> list[tuple[str, str]]:
    """The months in which something was taken, the latest first."""
    ends = ContributionRun.objects.aggregate(first=Min("on"), last=Max("on"))
    if not ends["first"]:
        return []
    months = Month.of(ends["first"]).until(Month.of(ends["last"]))
    return [(str(month), date_format(month.first, "F Y")) for month in reversed(list(months))]


class ContributionFilters(Filters):
    """Month of booking."""

    search: tuple[str, ...] = ("subject",)
    mois = django_filters.ChoiceFilter(choices=run_months, method="filter_month", label=_("Mois"))

    class Meta:
        model = ContributionRun
        fields: tuple[str, ...] = ()

    def filter_month(
        self, queryset: QuerySet[ContributionRun], _name: str, value: str
    ) -> QuerySet[ContributionRun]:
        month = Month.parse(value)
        return queryset.filter(on__range=(month.first, month.last))


class RunFilters(ContributionFilters):
    """Month of booking, what it is for, its nature."""

    search = ("subject", "activity__name", "scale__label")
    objet = django_filters.ChoiceFilter(choices=RunKind.choices, field_name="kind", label=_("Objet"))
    nature = django_filters.ChoiceFilter(choices=RunNature.choices, label=_("Nature"))
