"""Columns, filters and tabs of the lists of lettering."""

from __future__ import annotations

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounting.models import Account, Lettering
from accounting.selectors.accounts import accounts
from accounting.states.lettering import LetteringOrigin
from cae.core.tables import DateColumn, Filters, LinkColumn, MoneyColumn, Tab, Table
from cae.core.templatetags.formats import NOTHING

_PAGES = (("lettering_accounts", _("Comptes")), ("lettering_list", _("Lettrages")))


def lettering_tabs(current: str) -> list[Tab]:
    return [Tab(label, reverse(f"accounting:{name}"), name == current) for name, label in _PAGES]


class LetteredAccountTable(Table):
    """Accounts and what is open on each."""

    number = tables.Column(verbose_name=_("Compte"))
    label = tables.Column(verbose_name=_("Libellé"))
    open_count = tables.Column(
        verbose_name=_("Lignes ouvertes"), attrs={"td": {"class": "num"}, "th": {"class": "num"}}
    )
    balance = MoneyColumn(verbose_name=_("Solde"), total=True)

    class Meta(Table.Meta):
        model = Account
        fields = ("number", "label", "open_count", "balance")

    def render_number(self, record: Account) -> SafeString:
        url = reverse("accounting:letter_account", args=[record.pk])
        return format_html('<a class="row-link" href="{}">{}</a>', url, record.number)

    def value_number(self, value: str) -> str:
        return value


class LetteredAccountFilters(Filters):
    search = ("number", "label")

    class Meta:
        model = Account
        fields: tuple[str, ...] = ()


class LetteringTable(Table):
    """Letterings, the latest first."""

    code = LinkColumn(verbose_name=_("Code"))
    account = tables.Column(verbose_name=_("Compte"), accessor="account__number")
    section = tables.Column(
        verbose_name=_("Section"), accessor="analytic__label", order_by="analytic__sort_label"
    )
    on = DateColumn(verbose_name=_("Lettré le"))
    line_count = tables.Column(
        verbose_name=_("Lignes"), attrs={"td": {"class": "num"}, "th": {"class": "num"}}
    )
    left = MoneyColumn(verbose_name=_("Reste"))
    origin = tables.Column(verbose_name=_("Origine"))
    undone_reason = tables.Column(verbose_name=_("Défait"), default=NOTHING)

    class Meta(Table.Meta):
        model = Lettering
        fields = ("code", "account", "section", "on", "line_count", "left", "origin", "undone_reason")
        order_by = ("-on", "-code")

    def render_code(self, record: Lettering) -> SafeString:
        return format_html('<a class="row-link" href="{}">{}</a>', record.get_absolute_url(), record)

    def value_code(self, record: Lettering) -> str:
        return str(record)


class LetteringFilters(Filters):
    """State, account, origin."""

    search = ("code", "account__number", "lines__line__party", "lines__line__entry__piece")
    etat = django_filters.ChoiceFilter(
        label=_("État"),
        method="filter_state",
        choices=[("entier", _("Entiers")), ("partiel", _("Partiels")), ("defait", _("Défaits"))],
    )
    compte = django_filters.ModelChoiceFilter(
        queryset=lambda _request: accounts().filter(is_lettered=True),
        field_name="account",
        label=_("Compte"),
    )
    origine = django_filters.ChoiceFilter(
        choices=LetteringOrigin.choices, field_name="origin", label=_("Origine")
    )

    class Meta:
        model = Lettering
        fields: tuple[str, ...] = ()

    def filter_text(self, queryset: QuerySet[Lettering], name: str, value: str) -> QuerySet[Lettering]:
        return super().filter_text(queryset, name, value).distinct()

    def filter_state(self, queryset: QuerySet[Lettering], _name: str, value: str) -> QuerySet[Lettering]:
        if value == "defait":
            return queryset.exclude(undone_at=None)
        live = queryset.filter(undone_at=None)
        return live.filter(left=0) if value == "entier" else live.exclude(left=0)
