"""The list of grants and earmarked funds: what is left on each."""

from __future__ import annotations

import django_filters
import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from accounting.models import Fund
from accounting.states.funds import FundNature, FundState
from cae.core.tables import Filters, LinkColumn, MoneyColumn, StatusColumn, Table
from cae.core.templatetags.formats import NOTHING


class FundTable(Table):
    label = LinkColumn(verbose_name=_("Subvention"))
    funder = tables.Column(verbose_name=_("Financeur"))
    section = tables.Column(verbose_name=_("Dépensé par"), accessor="section__label")
    status = StatusColumn()
    awarded_amount = MoneyColumn(verbose_name=_("Attribué"), total=True, default=NOTHING)
    received = MoneyColumn(verbose_name=_("Reçu"), total=True)
    spent = MoneyColumn(verbose_name=_("Dépensé"), total=True)
    left = MoneyColumn(verbose_name=_("Reste"), total=True)

    class Meta(Table.Meta):
        model = Fund
        fields = (
            "label", "funder", "section", "status", "awarded_amount", "received", "spent", "left",
        )  # fmt: skip


class FundFilters(Filters):
    search = ("label", "funder", "reference", "section__label")
    etat = django_filters.ChoiceFilter(choices=FundState.choices, field_name="state", label=_("État"))
    nature = django_filters.ChoiceFilter(choices=FundNature.choices, label=_("Nature"))

    class Meta:
        model = Fund
        fields: tuple[str, ...] = ()
