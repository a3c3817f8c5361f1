"""The activities of a year on the workbench, and its accruals, as tables."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounting.calculations.accruals import CARRIED
from accounting.models import AnalyticAccount, EntryLine, StatementAgreement
from accounting.selectors.year_checks import Lack, activity_checks
from accounting.selectors.year_sections import YearSections
from accounting.states.year_end import AccrualKind, StatementState
from cae.core.tables import DateColumn, Filters, LinkColumn, MoneyColumn, StatusColumn, Table
from cae.core.templatetags.formats import NOTHING

_TO_REVIEW = ("warning", "▲", gettext_lazy("À revoir"))
_NOT_SENT = ("neutral", "◇", gettext_lazy("À envoyer"))
_DONE, _LEFT, _KINDS = "complete", "left", {CARRIED[kind]: kind for kind in AccrualKind}


class ProgressColumn(tables.Column):
    """How many points an activity has behind it, as a bar with its figures."""

    empty_values = ()

    def render(self, record: Any) -> SafeString:
        words = self._words(record)
        return format_html(
            '<progress class="job-bar" max="{}" value="{}" aria-label="{}"></progress>'
            '<span class="small">{}</span>',
            record.checks_total,
            record.checks_done,
            words,
            words,
        )

    def value(self, record: Any) -> str:
        return self._words(record)

    def _words(self, record: Any) -> str:
        return _("%(done)d sur %(total)d") % {"done": record.checks_done, "total": record.checks_total}


class LacksColumn(tables.Column):
    """What an activity still lacks, each sentence with the page that repairs it."""

    empty_values = ()

    def render(self, record: Any) -> Any:
        if not record.lacks:
            return NOTHING
        return format_html_join("", "<div>{}</div>", ((_lack(one),) for one in record.lacks))

    def value(self, record: Any) -> str:
        return " ".join(one.missing.sentence for one in record.lacks)


def _lack(one: Lack) -> Any:
    words, url = one.missing.sentence, one.missing.url
    return format_html('<a href="{}">{}</a>', url, words) if url else words


class YearTable(Table):
    label = tables.Column(verbose_name=gettext_lazy("Activité"), order_by="sort_label")
    result = MoneyColumn(verbose_name=gettext_lazy("Résultat"), total=True)
    progress = ProgressColumn(verbose_name=gettext_lazy("Avancement"), orderable=False)
    lacks = LacksColumn(verbose_name=gettext_lazy("Reste à faire"), orderable=False)
    status = StatusColumn(verbose_name=gettext_lazy("Relevé"), accessor="pk")

    class Meta(Table.Meta):
        model = AnalyticAccount
        fields = ("label", "result", "progress", "lacks", "status")

    def render_label(self, record: Any, value: str) -> Any:
        statement: StatementAgreement | None = record.statement
        if statement is None:
            return value
        return format_html('<a class="row-link" href="{}">{}</a>', statement.get_absolute_url(), value)

    def render_status(self, record: Any, column: Any) -> Any:
        return column.render(_status(record))

    def value_status(self, record: Any) -> str:
        return str(_status(record)[2])


def _status(record: Any) -> tuple[Any, Any, Any]:
    if record.statement is None:
        return _NOT_SENT
    found: tuple[Any, Any, Any] = _TO_REVIEW if record.is_to_review else record.statement.status
    return found


class YearFilters(Filters):
    search = ("label", "code")
    avancement = django_filters.ChoiceFilter(
        choices=((_LEFT, gettext_lazy("À finir")), (_DONE, gettext_lazy("Complètes"))),
        method="filter_progress",
        label=gettext_lazy("Avancement"),
    )
    manque = django_filters.ChoiceFilter(
        choices=activity_checks, method="filter_lack", label=gettext_lazy("Reste à faire")
    )
    releve = django_filters.ChoiceFilter(
        choices=(
            ("none", gettext_lazy("À envoyer")),
            (StatementState.TO_SIGN.value, StatementState.TO_SIGN.label),
            (StatementState.SIGNED.value, StatementState.SIGNED.label),
            ("review", gettext_lazy("À revoir")),
        ),
        method="filter_statement",
        label=gettext_lazy("Relevé"),
    )

    class Meta:
        model = AnalyticAccount
        fields: tuple[str, ...] = ()

    def filter_progress(self, queryset: Any, name: str, value: str) -> QuerySet[Any]:
        lacking = _read(queryset).lacking()
        rows = queryset.exclude(activity__in=lacking)
        return rows if value == _DONE else queryset.filter(activity__in=lacking)

    def filter_lack(self, queryset: Any, name: str, value: str) -> QuerySet[Any]:
        return queryset.filter(activity__in=_read(queryset).lacking(value))  # type: ignore[no-any-return]

    def filter_statement(self, queryset: Any, name: str, value: str) -> QuerySet[Any]:
        read = _read(queryset)
        if value == "none":
            return queryset.exclude(pk__in=read.statements)  # type: ignore[no-any-return]
        if value == "review":
            return queryset.filter(pk__in=read.to_review)  # type: ignore[no-any-return]
        keys = [key for key, row in read.statements.items() if row.state == value]
        return queryset.filter(pk__in=set(keys) - read.to_review)  # type: ignore[no-any-return]


def _read(queryset: YearSections) -> Any:
    return queryset.read


class AccrualTable(Table):
    label = LinkColumn(
        accessor="entry__label",
        verbose_name=gettext_lazy("Libellé"),
        url="entry.get_absolute_url",
        order_by="entry__label",
    )
    kind = tables.Column(
        accessor="account__role", verbose_name=gettext_lazy("Nature"), order_by="account__number"
    )
    analytic = tables.Column(
        accessor="analytic__label", verbose_name=gettext_lazy("Section"), order_by="analytic__sort_label"
    )
    party = tables.Column(verbose_name=gettext_lazy("Client ou fournisseur"), default=NOTHING)
    amount = MoneyColumn(verbose_name=gettext_lazy("Montant TTC"), total=True)
    back = DateColumn(accessor="entry__by_hand__reverse_on", verbose_name=gettext_lazy("Repris le"))

    class Meta(Table.Meta):
        model = EntryLine
        fields = ("label", "kind", "analytic", "party", "amount", "back")

    def render_kind(self, record: EntryLine) -> Any:
        return AccrualKind(_KINDS[record.account.role or ""]).label

    def value_kind(self, record: EntryLine) -> str:
        return str(self.render_kind(record))


class AccrualFilters(Filters):
    search = ("entry__label", "party", "analytic__label")
    nature = django_filters.ChoiceFilter(
        choices=[(CARRIED[kind], label) for kind, label in AccrualKind.choices],
        field_name="account__role",
        label=gettext_lazy("Nature"),
    )

    class Meta:
        model = EntryLine
        fields: tuple[str, ...] = ()
