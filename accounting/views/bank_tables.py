"""Columns, filters and tabs of the lists of the bank."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounting.models import BankLayout, BankLine, BankRule, BankStatement
from accounting.selectors.bank import bank_accounts, lines_said, with_kind
from accounting.states.bank import BankLineState, MatchKind
from cae.core.tables import DateColumn, Filters, LinkColumn, MoneyColumn, StatusColumn, Tab, Table

_PAGES = (
    ("bank", _("Comptes")),
    ("bank_lines", _("Lignes")),
    ("bank_sure", _("À accepter ensemble")),
    ("bank_statements", _("Relevés")),
    ("deposit_list", _("Remises")),
    ("reconciliation_home", _("Rapprochement")),
    ("bank_rules", _("Règles")),
    ("bank_layouts", _("Formats CSV")),
)
_DAY = {"type": "date"}


def bank_tabs(current: str) -> list[Tab]:
    return [Tab(label, reverse(f"accounting:{name}"), name == current) for name, label in _PAGES]


class LineTable(Table):
    """Lines with what each is matched with."""

    booked_on = DateColumn(verbose_name=_("Date"))
    label = LinkColumn(verbose_name=_("Libellé"), attrs={"td": {"class": "roomy card-bare"}})
    counterparty = tables.Column(verbose_name=_("Tiers"))
    matched = tables.Column(
        verbose_name=_("Rapprochée de"), empty_values=(), orderable=False, attrs={"td": {"class": "roomy"}}
    )
    bank_account = tables.Column(verbose_name=_("Compte"))
    amount = MoneyColumn(verbose_name=_("Montant"), total=True)
    status = StatusColumn()

    class Meta(Table.Meta):
        model = BankLine
        fields = ("booked_on", "label", "counterparty", "matched", "bank_account", "amount", "status")
        order_by = ("-booked_on",)

    def render_matched(self, record: Any) -> str:
        return record.live[0].label if record.live else "—"

    def value_matched(self, record: Any) -> str:
        return record.live[0].label if record.live else ""


class LineFilters(Filters):
    """Words, state, way of matching, account, days, amounts."""

    etat = django_filters.ChoiceFilter(field_name="state", choices=BankLineState.choices, label=_("État"))
    nature = django_filters.ChoiceFilter(
        method="filter_kind", choices=MatchKind.choices, label=_("Rapprochement")
    )
    compte = django_filters.ModelChoiceFilter(
        queryset=lambda _request: bank_accounts(), field_name="bank_account", label=_("Compte")
    )
    du = django_filters.DateFilter(
        field_name="booked_on", lookup_expr="gte", label=_("Du"), widget=forms.DateInput(attrs=_DAY)
    )
    au = django_filters.DateFilter(
        field_name="booked_on", lookup_expr="lte", label=_("Au"), widget=forms.DateInput(attrs=_DAY)
    )

    class Meta:
        model = BankLine
        fields: tuple[str, ...] = ()

    def filter_text(self, queryset: QuerySet[BankLine], _name: str, value: str) -> QuerySet[BankLine]:
        return lines_said(queryset, value)

    def filter_kind(self, queryset: QuerySet[BankLine], _name: str, value: str) -> QuerySet[BankLine]:
        return with_kind(queryset, value)


class StatementTable(Table):
    """Statements, the latest first, with what is left to match of each."""

    pk = LinkColumn(
        verbose_name=_("Relevé"), accessor="pk", order_by="pk", attrs={"td": {"class": "card-numbered"}}
    )
    bank_account = tables.Column(verbose_name=_("Compte"))
    format = tables.Column(verbose_name=_("Format"))
    first_on = DateColumn(verbose_name=_("Du"))
    last_on = DateColumn(verbose_name=_("Au"))
    opening = MoneyColumn(verbose_name=_("Solde au début"))
    closing = MoneyColumn(verbose_name=_("Solde à la fin"))
    line_count = tables.Column(
        verbose_name=_("Lignes"), attrs={"td": {"class": "num"}, "th": {"class": "num"}}
    )
    to_match = tables.Column(
        verbose_name=_("À rapprocher"), attrs={"td": {"class": "num"}, "th": {"class": "num"}}
    )

    class Meta(Table.Meta):
        model = BankStatement
        fields = (
            "pk",
            "bank_account",
            "format",
            "first_on",
            "last_on",
            "opening",
            "closing",
            "line_count",
            "to_match",
        )
        order_by = ("-last_on",)


class StatementFilters(Filters):
    search = ("bank_account__label", "document__name")
    compte = django_filters.ModelChoiceFilter(
        queryset=lambda _request: bank_accounts(), field_name="bank_account", label=_("Compte")
    )

    class Meta:
        model = BankStatement
        fields: tuple[str, ...] = ()


class RuleTable(Table):
    """Rules with what each does and how often it was accepted."""

    words = LinkColumn(verbose_name=_("Reconnues à"), accessor="known_by", order_by="words")
    side = tables.Column(verbose_name=_("Sens"))
    account = tables.Column(verbose_name=_("Compte"), order_by="account__number")
    section = tables.Column(verbose_name=_("Section"), order_by="section__sort_label")
    vat_rate = tables.Column(verbose_name=_("TVA (%)"))
    seen = tables.Column(verbose_name=_("Acceptée"), attrs={"td": {"class": "num"}, "th": {"class": "num"}})
    created_at = DateColumn(verbose_name=_("Apprise le"))
    status = StatusColumn()

    class Meta(Table.Meta):
        model = BankRule
        fields = ("words", "side", "account", "section", "vat_rate", "seen", "created_at", "status")
        order_by = ("words",)


class RuleFilters(Filters):
    search = ("words", "iban", "account__label", "account__number", "party")
    arretees = django_filters.BooleanFilter(
        field_name="stopped_at", lookup_expr="isnull", exclude=True, label=_("Arrêtées")
    )

    class Meta:
        model = BankRule
        fields: tuple[str, ...] = ()


class LayoutTable(Table):
    name = LinkColumn(verbose_name=_("Format"))
    separator = tables.Column(verbose_name=_("Séparateur"))
    day_format = tables.Column(verbose_name=_("Dates"))
    encoding = tables.Column(verbose_name=_("Encodage"))

    class Meta(Table.Meta):
        model = BankLayout
        fields = ("name", "separator", "day_format", "encoding")
        order_by = ("name",)


class LayoutFilters(Filters):
    search = ("name",)

    class Meta:
        model = BankLayout
        fields: tuple[str, ...] = ()
