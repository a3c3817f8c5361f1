"""Expenses that come back: kept from a line, written again, taken away (INV-55)."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from cae.core.acting import act_now, act_page
from cae.core.permissions import requires
from cae.core.tables import EmptyState, Filters, MoneyColumn, Table, list_page
from invoicing.forms.expenses import FavouriteForm
from invoicing.models import ExpenseFavourite
from invoicing.selectors.expenses import favourites_of
from invoicing.services.expense_favourites import forget_favourite, keep_favourite
from invoicing.views.expense_shown import expense_tabs, own_person
from invoicing.views.expenses import find_line
from invoicing.views.tables import cells


class FavouriteTable(Table):
    name = tables.Column(verbose_name=gettext_lazy("Favorite"), attrs=cells("clip"))
    kind = tables.Column(
        verbose_name=gettext_lazy("Nature"), accessor="kind__said", orderable=False, attrs=cells("clip")
    )
    gross = MoneyColumn(verbose_name=gettext_lazy("Montant TTC"))
    acts = tables.TemplateColumn(
        template_name="invoicing/expenses/_favourite_acts.html",
        verbose_name=gettext_lazy("Actions"),
        orderable=False,
        exclude_from_export=True,
    )

    def render_name(self, value: str, record: ExpenseFavourite) -> Any:
        return format_html('{}<span class="under">{}</span>', value, record.label)

    def value_name(self, value: str) -> str:
        return value


class FavouriteFilters(Filters):
    search = ("name", "label")

    class Meta:
        model = ExpenseFavourite
        fields: list[str] = []


@requires("invoicing.view_expenses")
def favourite_list(request: HttpRequest) -> HttpResponse:
    return list_page(
        request,
        queryset=favourites_of(own_person(request)),
        table=FavouriteTable,
        filters=FavouriteFilters,
        page="invoicing.favourites",
        title=_("Dépenses favorites"),
        empty=EmptyState(
            _("Aucune dépense favorite pour l’instant."),
            _("Sur une ligne d’une note, « Garder en favorite » : elle s’écrira d’un geste ensuite."),
        ),
        tabs=expense_tabs("favourite_list"),
    )


@requires("invoicing.enter_expense")
def favourite_keep(request: HttpRequest, pk: int) -> HttpResponse:
    line = find_line(request, pk)
    claim = line.claim
    return act_page(
        request,
        FavouriteForm(request.POST or None, initial={"name": line.label[:80]}),
        lambda said: keep_favourite(line, name=said["name"], actor=request.user),
        done=_("La dépense est gardée parmi les favorites."),
        back_url=claim.get_absolute_url(),
        title=_("Garder en favorite"),
        submit=_("Garder"),
        lead=line.label,
        crumbs=[
            (_("Mes dépenses"), reverse("invoicing:claim_list")),
            (claim.month_said.capitalize(), claim.get_absolute_url()),
            (_("Garder en favorite"), ""),
        ],
    )


@require_POST
@requires("invoicing.enter_expense")
def favourite_forget(request: HttpRequest, pk: int) -> HttpResponse:
    favourite = get_object_or_404(favourites_of(own_person(request)), pk=pk)
    return act_now(
        request,
        lambda: forget_favourite(favourite, actor=request.user),
        done=_("« %(name)s » n’est plus parmi les favorites.") % {"name": favourite.name},
        back_url=reverse("invoicing:favourite_list"),
    )
