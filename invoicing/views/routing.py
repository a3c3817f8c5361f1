"""The directory of the addresses of e-invoices, activity by activity (INV-36)."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core.acting import act_page
from cae.core.identity import cooperative_on
from cae.core.permissions import requires
from cae.core.tables import Action, DateColumn, EmptyState, Filters, Table, list_page
from entrepreneurs.models import Activity
from invoicing.engines.model import routing_address
from invoicing.forms.exchange import AddressForm
from invoicing.models import RoutingAddress
from invoicing.selectors.routing import addresses_listed
from invoicing.services.routing import give_address


class WholeAddressColumn(tables.Column):
    """`SIREN_SUFFIX`, as platforms write it."""

    def render(self, value: Any, table: Any) -> str:
        return routing_address(table.siren, value)

    def value(self, value: Any, bound_column: Any) -> str:
        return routing_address(bound_column._table.siren, value)


class AddressTable(Table):
    activity = tables.Column(accessor="activity__name", order_by="activity__sort_name")
    suffix = WholeAddressColumn(verbose_name=gettext_lazy("Adresse"))
    starts_on = DateColumn()
    ends_on = DateColumn(default="")

    class Meta(Table.Meta):
        model = RoutingAddress
        fields = ("activity", "suffix", "starts_on", "ends_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.siren = cooperative_on(timezone.localdate()).siren


class AddressFilters(Filters):
    search = ("activity__name", "suffix")

    present = django_filters.ChoiceFilter(
        label=gettext_lazy("Adresses"),
        choices=[("1", gettext_lazy("En service"))],
        empty_label=gettext_lazy("Toutes"),
        method="filter_present",
    )

    class Meta:
        model = RoutingAddress
        fields: list[str] = []

    def filter_present(self, queryset: Any, name: str, value: str) -> QuerySet[RoutingAddress]:
        found: QuerySet[RoutingAddress] = queryset.in_force(timezone.localdate()) if value else queryset
        return found


@requires("invoicing.view_routing")
def address_list(request: HttpRequest) -> HttpResponse:
    give = Action(
        _("Donner une adresse"),
        reverse("invoicing:address_give"),
        right="invoicing.keep_routing",
        icon="plus-lg",
        tone="primary",
    )
    return list_page(
        request,
        queryset=addresses_listed(),
        table=AddressTable,
        filters=AddressFilters,
        page="invoicing.addresses",
        title=_("Adresses de facturation électronique"),
        empty=EmptyState(
            _("Aucune adresse donnée."),
            _("Le code d’une activité lui sert de suffixe tant qu’on ne lui en donne pas d’autre."),
            give,
        ),
        main_action=give,
        intro=_("Toutes les activités partagent le SIREN de la coopérative ; le suffixe mène à chacune."),
    )


@requires("invoicing.keep_routing")
def address_give(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    form = AddressForm(request.POST or None, today=today, initial={"starts_on": today})
    back, title = reverse("invoicing:address_list"), _("Donner une adresse")
    return act_page(
        request,
        form,
        lambda typed: _give(typed, actor=request.user),
        done=_("L’adresse est donnée : l’ancienne continue de mener à l’activité."),
        back_url=back,
        title=title,
        submit=_("Donner cette adresse"),
        crumbs=[(_("Adresses de facturation électronique"), back), (title, "")],
    )


def _give(typed: dict[str, Any], *, actor: Any) -> None:
    activity: Activity = typed["activity"]
    give_address(activity, suffix=typed["suffix"], starts_on=typed["starts_on"], actor=actor)
