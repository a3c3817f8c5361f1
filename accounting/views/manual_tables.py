"""Columns and filters of entries by hand, models, subscriptions and reversals planned."""

from __future__ import annotations

import django_filters
import django_tables2 as tables
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounting.models import EntryModel, Journal, ManualEntry, PlannedReversal, RecurringEntry
from accounting.states.manual import Every, ManualState, PlannedState, RecurringState
from cae.core.tables import DateColumn, Filters, LinkColumn, MoneyColumn, StatusColumn, Tab, Table
from cae.core.templatetags.formats import NOTHING

_PAGES = (
    ("manual_list", _("Saisie")),
    ("model_list", _("Modèles")),
    ("recurring_list", _("Abonnements")),
    ("planned_list", _("Contre-passations prévues")),
)


def entry_tabs(current: str) -> list[Tab]:
    return [Tab(label, reverse(f"accounting:{name}"), name == current) for name, label in _PAGES]


class ManualTable(Table):
    label = LinkColumn(verbose_name=_("Libellé"))
    on = DateColumn(verbose_name=_("Date"))
    journal = tables.Column(verbose_name=_("Journal"), accessor="journal__code")
    entry = tables.Column(verbose_name=_("Écriture"), accessor="entry", default=NOTHING, orderable=False)
    total = MoneyColumn(verbose_name=_("Débit"), total=True)
    status = StatusColumn(verbose_name=_("État"), order_by="state")

    class Meta(Table.Meta):
        model = ManualEntry
        fields = ("label", "on", "journal", "entry", "total", "status")
        order_by = ("-on", "-pk")


class ManualFilters(Filters):
    search = ("label", "piece")
    etat = django_filters.ChoiceFilter(field_name="state", choices=ManualState.choices, label=_("État"))
    journal = django_filters.ModelChoiceFilter(queryset=Journal.objects.all(), label=_("Journal"))

    class Meta:
        model = ManualEntry
        fields: tuple[str, ...] = ()


class ModelTable(Table):
    name = LinkColumn(verbose_name=_("Modèle"))
    journal = tables.Column(verbose_name=_("Journal"), accessor="journal__code")
    label = tables.Column(verbose_name=_("Libellé"))

    class Meta(Table.Meta):
        model = EntryModel
        fields = ("name", "journal", "label")
        order_by = ("name",)


class ModelFilters(Filters):
    search = ("name", "label")

    class Meta:
        model = EntryModel
        fields: tuple[str, ...] = ()


class RecurringTable(Table):
    label = LinkColumn(verbose_name=_("Abonnement"))
    model = tables.Column(verbose_name=_("Modèle"), accessor="model__name")
    every = tables.Column(verbose_name=_("Rythme"), accessor="get_every_display", order_by="every")
    next_on = DateColumn(verbose_name=_("Prochaine date"))
    failure = tables.Column(verbose_name=_("Ce qui empêche"), default="", orderable=False)
    status = StatusColumn(verbose_name=_("État"), order_by="state")

    class Meta(Table.Meta):
        model = RecurringEntry
        fields = ("label", "model", "every", "next_on", "failure", "status")


class RecurringFilters(Filters):
    search = ("label", "model__name")
    etat = django_filters.ChoiceFilter(field_name="state", choices=RecurringState.choices, label=_("État"))
    rythme = django_filters.ChoiceFilter(field_name="every", choices=Every.choices, label=_("Rythme"))

    class Meta:
        model = RecurringEntry
        fields: tuple[str, ...] = ()


class PlannedTable(Table):
    entry = LinkColumn(
        verbose_name=_("Écriture"),
        accessor="entry__reference",
        url="entry__get_absolute_url",
        orderable=False,
    )
    label = tables.Column(verbose_name=_("Libellé"), accessor="entry__label")
    on = DateColumn(verbose_name=_("Le"))
    reason = tables.Column(verbose_name=_("Motif"))
    failure = tables.Column(verbose_name=_("Ce qui empêche"), default="", orderable=False)
    total = MoneyColumn(verbose_name=_("Montant"), accessor="entry__total")
    status = StatusColumn(verbose_name=_("État"), order_by="state")

    class Meta(Table.Meta):
        model = PlannedReversal
        fields = ("entry", "label", "on", "reason", "failure", "total", "status")
        order_by = ("on",)


class PlannedFilters(Filters):
    search = ("reason", "entry__label")
    etat = django_filters.ChoiceFilter(field_name="state", choices=PlannedState.choices, label=_("État"))

    class Meta:
        model = PlannedReversal
        fields: tuple[str, ...] = ()
