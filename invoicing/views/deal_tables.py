"""The lists of deals and of contracts given to read: columns, filters, words of their states."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import django_filters
import django_tables2 as tables
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.tab_bars import tabs_open_to
from cae.core.tables import DateColumn, Filters, LinkColumn, MoneyColumn, StatusColumn, Tab, Table
from cae.core.templatetags import formats, ui
from invoicing.calculations.deals import LEVELS, Indicator, Level
from invoicing.models import ContractClause, ContractReview, Deal, DealKind
from invoicing.selectors.deal_figures import Situation, situations_of
from invoicing.states.deals import DealState, ReviewState, ReviewSubject
from invoicing.views.tables import activity_column, cells

Shown = tuple[str, str, str]

_LEVELS: dict[Level, tuple[str, str, Any]] = {
    Level.FINE: ("success", "●", _("En ordre")),
    Level.WATCH: ("warning", "■", _("À surveiller")),
    Level.ACT: ("danger", "▲", _("À traiter")),
}
_WORDS: dict[Indicator, Any] = {
    Indicator.PAPER_MISSING: _("Une pièce exigée manque."),
    Indicator.OVERDUE: _("Une facture est en retard de paiement."),
    Indicator.CONTRACT_REFUSED: _("Le contrat n’est pas à signer."),
    Indicator.LATE_TO_INVOICE: _("Un devis accepté depuis plus de trente jours reste à facturer."),
    Indicator.SPENT_ABOVE_SOLD: _("Les dépenses dépassent les ventes."),
    Indicator.CONTRACT_WAITING: _("Un contrat est à relire par l’équipe."),
    Indicator.CONTRACT_TO_NEGOTIATE: _("Le contrat est à négocier."),
}
_REVIEWS: dict[str, tuple[str, str]] = {
    ReviewState.ASKED: ("warning", "■"),
    ReviewState.APPROVED: ("success", "✔"),
    ReviewState.TO_NEGOTIATE: ("info", "●"),
    ReviewState.REFUSED: ("danger", "✕"),
    ReviewState.WITHDRAWN: ("neutral", "✕"),
}


def status_of_deal(deal: Deal, level: Level) -> Shown:
    """Gives tone, shape and word: a closed deal says no more."""
    tone, shape, word = _LEVELS[level] if deal.is_open else ("neutral", "✔", DealState(deal.state).label)
    return tone, shape, str(word)


def words_of(lit: Iterable[Indicator]) -> list[tuple[str, Any]]:
    """What asks for attention, in sentences, each with its tone."""
    return [("danger" if LEVELS[one] == Level.ACT else "warning", _WORDS[one]) for one in lit]


def status_of_review(review: ContractReview) -> Shown:
    """Gives tone, shape and word of a contract given to read."""
    return (*_REVIEWS[review.state], str(ReviewState(review.state).label))


class _Figure(tables.Column):
    """A sum of the deal, worked out for the whole page at once."""

    def __init__(self, label: Any, name: str) -> None:
        super().__init__(verbose_name=label, accessor="pk", orderable=False, attrs=cells("num"))
        self.name_of_sum = name

    def render(self, record: Any, table: Any) -> Any:
        return formats.money(self.value(record, table))

    def value(self, record: Any, table: Any) -> Any:
        return getattr(table.situation(record).sums, self.name_of_sum)


class _DealStatus(tables.Column):
    def __init__(self) -> None:
        super().__init__(verbose_name=_("État"), accessor="pk", orderable=False)

    def render(self, record: Any, table: Any) -> Any:
        return ui.status(*self._shown(record, table))

    def value(self, record: Any, table: Any) -> str:
        return self._shown(record, table)[2]

    def _shown(self, record: Any, table: Any) -> Shown:
        return status_of_deal(record, table.situation(record).level)


class DealTable(Table):
    title = LinkColumn(verbose_name=_("Affaire"), order_by="sort_title", attrs=cells("clip"))
    number = tables.Column(verbose_name=_("Numéro"), attrs=cells("one-line", "wide"))
    customer = tables.Column(
        verbose_name=_("Client"),
        accessor="customer__name",
        order_by="customer__sort_name",
        attrs=cells("clip"),
    )
    activity = activity_column("wide")
    opened_on = DateColumn(verbose_name=_("Ouverte le"), attrs=cells("one-line"))
    accepted = _Figure(_("Accepté, HT"), "accepted")
    left = _Figure(_("À facturer, HT"), "left_to_invoice")
    margin = _Figure(_("Marge, HT"), "margin")
    status = _DealStatus()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._situations: dict[int, Situation] = {}

    def situation(self, deal: Deal) -> Situation:
        """How a row stands: all those of the page are worked out with the first."""
        if deal.pk not in self._situations:
            page: Any = self.paginated_rows
            shown = {row.record.pk: row.record for row in page} | {deal.pk: deal}
            self._situations |= situations_of(list(shown.values()), on=timezone.localdate())
        return self._situations[deal.pk]


class DealFilters(Filters):
    search = ("title", "number", "customer__name")

    state = django_filters.ChoiceFilter(label=_("État"), choices=DealState.choices, empty_label=_("Tous"))
    kind = django_filters.ModelChoiceFilter(
        label=_("Genre"), queryset=DealKind.objects.all(), empty_label=_("Tous")
    )

    class Meta:
        model = Deal
        fields: Sequence[str] = ()


class _ReviewStatus(StatusColumn):
    def __init__(self) -> None:
        super().__init__(accessor="pk")

    def render(self, record: Any) -> Any:
        return ui.status(*status_of_review(record))

    def value(self, record: Any, value: Any) -> str:
        return status_of_review(record)[2]


class ReviewTable(Table):
    title = LinkColumn(verbose_name=_("Contrat"), attrs=cells("clip"))
    customer = tables.Column(
        verbose_name=_("Client"),
        accessor="customer__name",
        order_by="customer__sort_name",
        attrs=cells("clip"),
    )
    activity = activity_column("wide")
    amount = MoneyColumn(verbose_name=_("Montant, HT"))
    sign_by = DateColumn(verbose_name=_("À signer avant le"), attrs=cells("one-line"))
    asked_at = DateColumn(verbose_name=_("Demandé le"), attrs=cells("one-line"))
    status = _ReviewStatus()


class ReviewFilters(Filters):
    search = ("title", "customer__name", "activity__name")

    state = django_filters.ChoiceFilter(label=_("État"), choices=ReviewState.choices, empty_label=_("Tous"))

    class Meta:
        model = ContractReview
        fields: Sequence[str] = ()


class ClauseTable(Table):
    title = LinkColumn(verbose_name=_("Clause"))
    subject = tables.Column(verbose_name=_("Sujet"))
    advice = tables.Column(verbose_name=_("Quand la proposer"), attrs=cells("clip"))

    class Meta(Table.Meta):
        model = ContractClause
        fields = ("title", "subject", "advice")


class ClauseFilters(Filters):
    search = ("title", "text", "advice")

    subject = django_filters.ChoiceFilter(
        label=_("Sujet"), choices=ReviewSubject.choices, empty_label=_("Tous")
    )
    archived = django_filters.BooleanFilter(
        label=_("Archivées"), field_name="archived_at", lookup_expr="isnull", exclude=True
    )

    class Meta:
        model = ContractClause
        fields: Sequence[str] = ()


def deal_tabs(user: Any, current: str) -> list[Tab]:
    """The pages about deals that this person may open."""
    pages = (
        (_("Affaires"), "invoicing:deal_list", "invoicing.view_deals"),
        (_("Contrats relus"), "invoicing:review_list", "invoicing.view_reviews"),
        (_("Clauses types"), "invoicing:clause_list", "invoicing.view_clauses"),
        (_("Genres d’affaire"), "invoicing:deal_kind_list", "invoicing.keep_deal_kinds"),
    )
    return tabs_open_to(user, pages, current)
