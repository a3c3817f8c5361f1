"""Every list the same way, from birth (CAE-12).

`list_page` turns a queryset, a table and filters into the whole page: search, filters kept in the
address, chosen columns, order, saved views, totals of what is shown, pages of 50, export, bulk
actions with a count, empty state. Templates: `components/list_page.html` draws it and htmx swaps its
partial `results`; the context is the dataclass `ListPage` under the name `list`.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Literal

import django_filters
import django_tables2 as tables
from django import forms
from django.core.exceptions import FieldError
from django.db.models import Expression, Q, QuerySet, Sum
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cae.core import exports, permissions
from cae.core.keys import key_in
from cae.core.list_views import COLUMNS, SHARE, ColumnChoice, column_choices, kept_columns, views_of
from cae.core.models import SavedView
from cae.core.money import ZERO
from cae.core.paging import PAGE_SIZE, Pages, RowCount, count_first_rows, count_rows, is_within_first_pages
from cae.core.templatetags import formats, ui

# The names that the address of a list keeps for itself, beside those of its filters.
EXPORT, SORT, PAGE, TOTALS = "export", "tri", "page", "totaux"


@dataclass(frozen=True)
class Action:
    """A button: its word, where it leads; a bulk action is posted there with the chosen rows."""

    label: Any
    url: str
    right: str | None = None
    icon: str = ""
    tone: Literal["primary", "secondary", "danger"] = "secondary"
    confirm: Any = ""


@dataclass(frozen=True)
class EmptyState:
    """Why a list is empty, and what to do about it."""

    title: Any
    text: Any = ""
    action: Action | None = None


@dataclass(frozen=True)
class Tab:
    """A neighbouring list; `under`: the pages of its own, on a second bar while one of them is open."""

    label: Any
    url: str
    current: bool = False
    count: int | None = None
    under: Sequence[Tab] = ()


class MoneyColumn(tables.Column):
    """Euros at the right, in French format; `total=True` sums what is shown at the foot."""

    def __init__(self, *args: Any, total: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault("attrs", {"td": {"class": "num"}, "th": {"class": "num"}, "tf": {"class": "num"}})
        super().__init__(*args, **kwargs)
        self.total = total
        if total:
            self._footer = lambda table, bound_column: (
                formats.money(table.totals.get(bound_column.name, ZERO)) if table.totals is not None else ""
            )

    def render(self, value: Any) -> Any:
        return formats.money(value)

    def value(self, value: Any) -> Any:
        return value


class DateColumn(tables.Column):
    """A date, day first."""

    def render(self, value: Any) -> Any:
        return formats.day(value)

    def value(self, value: Any) -> Any:
        return value


class StatusColumn(tables.Column):
    """A word with a shape; the row gives `status` as (tone, shape, word) under the accessor."""

    def __init__(self, accessor: str = "status", **kwargs: Any) -> None:
        name = kwargs.pop("verbose_name", _("État"))
        super().__init__(accessor=accessor, verbose_name=name, orderable=False, **kwargs)

    def render(self, value: Any) -> Any:
        return ui.status(*value)

    def value(self, record: Any, value: Any) -> str:
        return str(value[2])


class LinkColumn(tables.Column):
    """The cell that opens the row; `url` is the accessor of its address."""

    empty_values = ()

    def __init__(self, *args: Any, url: str = "get_absolute_url", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.url = tables.A(url.replace(".", "__"))

    def render(self, value: Any, record: Any) -> Any:
        return format_html('<a class="row-link" href="{}">{}</a>', self.url.resolve(record), value or "—")

    def value(self, record: Any, value: Any) -> Any:
        return value


class TickColumn(tables.CheckBoxColumn):
    """The box that chooses a row for a bulk action, named after its row."""

    def __init__(self) -> None:
        every = {"aria-label": _("Choisir toutes les lignes de cette page")}
        super().__init__(accessor="pk", orderable=False, exclude_from_export=True, attrs={"th__input": every})

    def render(self, value: Any, bound_column: Any, record: Any) -> Any:
        name = gettext("Choisir %(row)s") % {"row": record}
        return format_html(
            '<input type="checkbox" name="{}" value="{}" aria-label="{}">', bound_column.name, value, name
        )


class Table(tables.Table):
    """The base of every table: French names in the address, our template, totals at the foot."""

    # None while they are still to be added up, after the page.
    totals: dict[str, Any] | None = None
    totals_url = ""
    totals_field = TOTALS

    class Meta:
        template_name = "components/table.html"
        order_by_field = SORT
        page_field = PAGE
        attrs = {"class": "table"}

    def total_accessors(self) -> dict[str, str]:
        """Gives {column: database path} of the columns that add up."""
        return {
            column.name: str(column.accessor).replace(".", "__")
            for column in self.columns
            if getattr(column.column, "total", False)
        }


class Filters(django_filters.FilterSet):
    """The base of every filter bar; `search` names the columns that the box « Rechercher » looks into."""

    search: Sequence[str] = ()
    q = django_filters.CharFilter(method="filter_text", label=_("Rechercher"))

    def filter_text(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return search_words(queryset, value, self.search)


class NamedRowField(django_filters.fields.ModelChoiceField):
    """A row of another table; a bar that offers many reads their names only."""

    def __init__(self, *args: Any, named_by: str | Expression, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.named_by = named_by


class NamedRowFilter(django_filters.ModelChoiceFilter):
    """Narrows a list by a row of another table, offered by name: `named_by` says in SQL what `str` says."""

    field_class = NamedRowField


def search_words(queryset: QuerySet[Any], text: str, columns: Sequence[str]) -> QuerySet[Any]:
    """Keeps the rows in which every word stands in one of the columns, accents and case apart."""
    for word in text.split():
        found = Q()
        for column in columns:
            found |= Q(**{f"{column}__unaccent__icontains": word})
        queryset = queryset.filter(found)
    return queryset


@dataclass
class Pill:
    """A filter in force, with the address that takes it away."""

    label: Any
    value: str
    remove_url: str


@dataclass
class ListPage:
    """What `components/list_page.html` draws."""

    page: str
    title: Any
    empty: EmptyState
    filters: Filters
    table: Table
    count: RowCount
    is_filtered: bool
    pills: list[Pill]
    columns: list[ColumnChoice]
    views: list[SavedView]
    query: str
    clear_url: str
    csv_url: str
    xlsx_url: str
    may_share: bool = False
    main_action: Action | None = None
    actions: list[Action] = field(default_factory=list)
    tabs: Sequence[Tab] = ()
    intro: Any = ""


def list_page(
    request: HttpRequest,
    *,
    queryset: QuerySet[Any],
    table: type[Table],
    filters: type[Filters],
    page: str,
    title: Any,
    empty: EmptyState,
    main_action: Action | None = None,
    actions: Sequence[Action] = (),
    tabs: Sequence[Tab] = (),
    intro: Any = "",
    totals_later: bool = False,
    counted: QuerySet[Any] | None = None,
    template: str = "components/list_page.html",
    context: dict[str, Any] | None = None,
) -> HttpResponse:
    """Gives the page of a list, its htmx fragment, or its export, by what the request asks.

    `page` names the list for saved views (« invoicing.invoices »). Actions whose right the person lacks
    are left out. The number of queries does not depend on the number of rows. With `totals_later` the sums
    of a long list, and the count of its rows past a thousand, come after the page as a fragment; without
    script a link shows them. `counted` is the same rows without what is annotated to them: they are counted
    there, unless a filter needs more."""
    bar = filters(request.GET, queryset=queryset, request=request)
    found = bar.qs
    allowed = [action for action in actions if _may(request, action)]
    views = views_of(request.user, page)
    wanted = request.GET.getlist(COLUMNS) or kept_columns(views)
    drawn = _table(table, found, wanted, selectable=bool(allowed))
    if request.GET.get(EXPORT) in ("csv", "xlsx"):
        return exports.export(drawn, request.GET[EXPORT], name=page.rpartition(".")[2])
    paths = drawn.total_accessors()
    htmx: Any = getattr(request, "htmx", False)
    whole = not htmx or htmx.history_restore_request
    later = totals_later and bool(paths) and TOTALS not in request.GET
    if later:
        drawn.totals_url = f"?{_with(request.GET, TOTALS, '1')}"
    else:
        drawn.totals = _sums(found, paths)
    counter = count_first_rows if later and is_within_first_pages(request, PAGE) else count_rows
    count = counter(_counted(bar, counted))
    pages = {"per_page": PAGE_SIZE, "paginator_class": Pages, "row_count": count}
    tables.RequestConfig(request, paginate=pages).configure(drawn)
    pills = list(_pills(request.GET, bar))
    shown = ListPage(
        page=page,
        title=title,
        empty=empty,
        filters=bar,
        table=drawn,
        count=count,
        is_filtered=bool(pills),
        pills=pills,
        columns=column_choices(drawn, wanted),
        views=[view for view in views if view.name],
        may_share=permissions.can(request.user, SHARE),
        query=_without(request.GET, PAGE, EXPORT, TOTALS),
        clear_url=request.path,
        csv_url=f"?{_with(request.GET, EXPORT, 'csv', without=PAGE)}",
        xlsx_url=f"?{_with(request.GET, EXPORT, 'xlsx', without=PAGE)}",
        main_action=main_action if main_action and _may(request, main_action) else None,
        actions=allowed,
        tabs=tabs,
        intro=intro,
    )
    if TOTALS in request.GET and not whole:
        return _vary(render(request, "components/list_totals.html", {"list": shown}))
    part = "" if whole else "#results"
    return _vary(render(request, template + part, {"list": shown, **(context or {})}))


def _vary(response: HttpResponse) -> HttpResponse:
    """The same address gives a page and its parts."""
    response["Vary"] = "HX-Request"
    return response


def selected(request: HttpRequest, queryset: QuerySet[Any], filters: type[Filters]) -> QuerySet[Any]:
    """Gives the rows a bulk action was posted for: those ticked (`ids`), or all that was shown (`tout`)."""
    if request.POST.get("tout"):
        query = QueryDict(request.POST.get("requete", ""))
        every: QuerySet[Any] = filters(query, queryset=queryset, request=request).qs
        return every
    ids = [key_in(text) for text in request.POST.getlist("ids")]
    return queryset.filter(pk__in=[pk for pk in ids if pk is not None])


def _counted(bar: Filters, counted: QuerySet[Any] | None) -> QuerySet[Any]:
    rows: QuerySet[Any] = bar.qs
    if counted is not None:
        with suppress(FieldError):
            rows = bar.filter_queryset(counted.all())
    return rows


def _sums(found: QuerySet[Any], paths: dict[str, str]) -> dict[str, Any]:
    """Adds up the columns over the whole list, under names that no annotation of the list bears."""
    sums = found.aggregate(**{f"sum_{name}": Sum(path) for name, path in paths.items()}) if paths else {}
    return {name: sums[f"sum_{name}"] or ZERO for name in paths}


def _may(request: HttpRequest, action: Action) -> bool:
    return action.right is None or permissions.can(request.user, action.right)


def _table(table: type[Table], found: QuerySet[Any], chosen: Sequence[str], *, selectable: bool) -> Table:
    names = list(table.base_columns)
    wanted = [name for name in chosen if name in names]
    extra = []
    if selectable:
        extra = [("ids", TickColumn())]
    return table(
        found,
        # What is told under another column is hidden already, and exported all the same.
        exclude=[
            name for name in names if wanted and name not in wanted and table.base_columns[name].visible
        ],
        extra_columns=extra,
        sequence=["ids", "..."] if selectable else None,
        # A table that has a Meta of its own would forget them.
        order_by_field=SORT,
        page_field=PAGE,
    )


def _pills(query: QueryDict, bar: Filters) -> Any:
    for name, bound in bar.form.fields.items():
        keys = [key for key in query if key == name or key.startswith(f"{name}_")]
        values = [value for key in keys for value in query.getlist(key) if value]
        if values:
            words = [_word(bound, value) for value in values]
            yield Pill(bound.label or name, " – ".join(words), f"?{_without(query, PAGE, *keys)}")


def _word(bound: forms.Field, value: str) -> str:
    if isinstance(bound, forms.DateField):
        with suppress(forms.ValidationError):
            return formats.day(bound.to_python(value))
    if isinstance(bound, forms.ModelChoiceField):  # one row is read, not all those one may choose
        with suppress(forms.ValidationError):
            row = bound.to_python(value)
            return bound.label_from_instance(row) if row is not None else value
    choices: Any = getattr(bound, "choices", ())
    return next((str(label) for key, label in choices if str(key) == value), value)


def _without(query: QueryDict, *names: str) -> str:
    kept = query.copy()
    for name in names:
        kept.pop(name, None)
    return kept.urlencode()


def _with(query: QueryDict, name: str, value: str, *, without: str = "") -> str:
    kept = query.copy()
    kept.pop(without, None)
    kept[name] = value
    return kept.urlencode()
