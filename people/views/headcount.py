"""« Effectifs »: how many people are what on a day; each figure opens its list (PEO-08)."""

from __future__ import annotations

from datetime import date

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy

from cae.core.permissions import requires
from cae.core.tab_bars import tabs_open_to
from cae.core.tables import EmptyState, Filters, LinkColumn, Table, list_page
from people.forms.statuses import ReadingForm
from people.models import Person
from people.selectors.headcount import Reading, headcount, label_of, listed
from people.views.bars import PERSONS


def _reading(form: ReadingForm) -> Reading:
    today, typed = timezone.localdate(), form.cleaned_data if form.is_valid() else {}
    return Reading.of(typed.get("au") or today, typed.get("su"), today)


@requires("people.view_headcount")
def headcount_page(request: HttpRequest) -> HttpResponse:
    form = ReadingForm(request.GET or {"au": timezone.localdate()})
    reading = _reading(form)
    by_status, sums = headcount(reading)
    query = request.GET.urlencode()
    context = {
        "form": form,
        "reading": reading,
        "by_status": by_status,
        "sums": sums,
        "query": f"?{query}" if query else "",
        "tabs": tabs_open_to(request.user, PERSONS, "people:headcount"),
    }
    return render(request, "people/headcount.html", context, status=200 if form.is_valid() else 422)


class CountedTable(Table):
    sort_name = LinkColumn(accessor="full_name", verbose_name=gettext_lazy("Nom"), order_by=("sort_name",))
    status_labels = tables.Column(verbose_name=gettext_lazy("Statuts ce jour-là"), orderable=False)
    territory = tables.Column(
        verbose_name=gettext_lazy("Territoire"), default="—", order_by=("territory__name",)
    )

    def render_status_labels(self, value: list[str]) -> str:
        return ", ".join(value) or "—"

    def value_status_labels(self, value: list[str]) -> str:
        return ", ".join(value)


class CountedFilters(Filters):
    search = ("first_name", "last_name", "usual_name")
    au = django_filters.DateFilter(method="as_read", label=gettext_lazy("Effectifs au"))
    su = django_filters.DateFilter(method="as_read", label=gettext_lazy("Tels qu’on les savait le"))

    def as_read(self, queryset: QuerySet[Person], _name: str, _value: date) -> QuerySet[Person]:
        """The rows are already those of these days."""
        return queryset


@requires("people.view_headcount")
def headcount_list(request: HttpRequest, figure: str) -> HttpResponse:
    reading = _reading(ReadingForm(request.GET))
    try:
        title = label_of(figure)
    except KeyError:
        raise Http404(figure) from None
    return list_page(
        request,
        queryset=listed(figure, reading),
        table=CountedTable,
        filters=CountedFilters,
        page=f"people.headcount_{figure.replace('-', '_')}",
        title=title,
        tabs=tabs_open_to(request.user, PERSONS, "people:headcount"),
        empty=EmptyState(gettext_lazy("Personne ce jour-là.")),
    )
