"""The lists of the room: columns, filters, and the neighbouring lists that stand as tabs."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cae.core.tables import (
    DateColumn,
    Filters,
    LinkColumn,
    MoneyColumn,
    NamedRowFilter,
    StatusColumn,
    Tab,
    Table,
)
from cae.core.templatetags import formats, ui
from entrepreneurs.models import Activity
from entrepreneurs.selectors.activities import sees_several_activities
from invoicing.models import Customer, Invoice, Quote
from invoicing.models.quotes import QuoteQuerySet
from invoicing.selectors.quotes import at_step
from invoicing.selectors.waiting import waits_for
from invoicing.states.sales import CustomerKind, QuoteState, QuoteStep, Settlement
from invoicing.views.life_filters import InvoiceLifeFilters, UnreadQuoteFilters
from invoicing.views.quick import OWED
from invoicing.views.shown import status_of_document, status_of_quote


def cells(*classes: str) -> dict[str, dict[str, str]]:
    """The classes of a column: « clip » stays on one line, « wide » is for wide screens (sale_list.css)."""
    names = {"class": " ".join(classes)}
    return {"td": names, "th": names, "tf": names}


def about(document: Any) -> str:
    """What a document is for, with the order number of the customer."""
    order = document.order_reference and _("commande %(number)s") % {"number": document.order_reference}
    return " · ".join(filter(None, (document.purpose, order)))


class PurposeColumn(tables.Column):
    def __init__(self) -> None:
        super().__init__(verbose_name=_("Objet"), empty_values=(), attrs=cells("clip", "wide"))

    def render(self, record: Any) -> str:
        return about(record) or formats.NOTHING


class CustomerColumn(tables.Column):
    """The customer; under the name, activity and purpose where the screen has no room for their columns."""

    def __init__(self) -> None:
        super().__init__(
            verbose_name=_("Client"),
            accessor="customer__name",
            order_by="customer__sort_name",
            attrs=cells("clip"),
        )

    def render(self, value: Any, record: Any, table: Any) -> Any:
        words = [record.activity.name] if "activity" in table.base_columns else []
        under = " · ".join(filter(None, [*words, about(record) or record.credit_reason]))
        return format_html('{}<span class="under">{}</span>', value, under)

    def value(self, value: Any) -> Any:
        return value


class DocumentStatusColumn(StatusColumn):
    """The state of a document, worked out from the row."""

    def __init__(self) -> None:
        super().__init__(accessor="pk")

    def render(self, record: Any) -> Any:
        return ui.status(*status_of_document(record))

    def value(self, record: Any, value: Any) -> str:
        return status_of_document(record)[2]


class DraftColumn(LinkColumn):
    """What a draft is about, since it has no number yet."""

    def __init__(self) -> None:
        super().__init__(verbose_name=_("Brouillon"), accessor="purpose", attrs=cells("clip"))

    def render(self, value: Any, record: Any) -> Any:
        words = record.purpose or record.credit_reason or record.get_kind_display()
        return super().render(words, record)

    def value(self, record: Any, value: Any) -> Any:
        return record.purpose or record.credit_reason


class SirenColumn(tables.Column):
    """A SIREN in groups of three digits; plain in an export."""

    def render(self, value: Any) -> Any:
        return formats.siren(value)

    def value(self, value: Any) -> Any:
        return value


def activity_column(*classes: str) -> tables.Column:
    return tables.Column(
        verbose_name=_("Activité"),
        accessor="activity__name",
        order_by="activity__sort_name",
        attrs=cells("clip", *classes),
    )


def _customer() -> tables.Column:
    return tables.Column(
        verbose_name=_("Client"),
        accessor="customer__name",
        order_by="customer__sort_name",
        attrs=cells("clip"),
    )


class InvoiceTable(Table):
    number = LinkColumn(verbose_name=_("Numéro"), attrs=cells("one-line"))
    customer = CustomerColumn()
    purpose = PurposeColumn()
    activity = activity_column("wide")
    issued_on = DateColumn(verbose_name=_("Date"), attrs=cells("one-line"))
    due_on = DateColumn(verbose_name=_("Échéance"), attrs=cells("one-line"))
    total_incl_tax = MoneyColumn(verbose_name=_("TTC"), total=True)
    due = MoneyColumn(verbose_name=_("Reste dû"), total=True)
    status = DocumentStatusColumn()


class CreditNoteTable(Table):
    number = LinkColumn(verbose_name=_("Numéro"), attrs=cells("one-line"))
    customer = CustomerColumn()
    credited = tables.Column(verbose_name=_("Facture"), accessor="credited__number", attrs=cells("one-line"))
    credit_reason = tables.Column(verbose_name=_("Motif"), attrs=cells("clip", "wide"))
    activity = activity_column("wide")
    issued_on = DateColumn(verbose_name=_("Date"), attrs=cells("one-line"))
    total_incl_tax = MoneyColumn(verbose_name=_("TTC"), total=True)
    status = DocumentStatusColumn()


class WaitColumn(tables.Column):
    """Who has the document, and since when."""

    def __init__(self) -> None:
        super().__init__(
            verbose_name=_("Qui l’a"), accessor="state_since", attrs=cells("clip", "wide"), orderable=True
        )

    def render(self, record: Any) -> str:
        invoiced = getattr(record, "invoiced", False)
        return str(waits_for(record, today=timezone.localdate(), invoiced=invoiced) or formats.NOTHING)

    def value(self, record: Any, value: Any) -> str:
        return self.render(record)


class DraftTable(Table):
    name = DraftColumn()
    customer = _customer()
    kind = tables.Column(verbose_name=_("Nature"))
    activity = activity_column()
    created_at = DateColumn(verbose_name=_("Commencé le"), attrs=cells("one-line"))
    total_excl_tax = MoneyColumn(verbose_name=_("HT"), total=True)
    total_incl_tax = MoneyColumn(verbose_name=_("TTC"), total=True)
    wait = WaitColumn()
    status = DocumentStatusColumn()


class QuoteStatusColumn(StatusColumn):
    """The state of a quote, « expiré » included."""

    def __init__(self) -> None:
        super().__init__(accessor="pk")

    def render(self, record: Any) -> Any:
        return ui.status(*status_of_quote(record, on=timezone.localdate()))

    def value(self, record: Any, value: Any) -> str:
        return status_of_quote(record, on=timezone.localdate())[2]


class QuoteColumn(LinkColumn):
    """The number of a quote, or that it has none yet."""

    def __init__(self) -> None:
        super().__init__(verbose_name=_("Devis"), accessor="pk", attrs=cells("one-line"))

    def render(self, value: Any, record: Any) -> Any:
        return super().render(self.value(record, value), record)

    def value(self, record: Any, value: Any) -> Any:
        return str(record) if record.number else _("Brouillon")


class QuoteTable(Table):
    name = QuoteColumn()
    customer = _customer()
    purpose = PurposeColumn()
    activity = activity_column("wide")
    approved_on = DateColumn(verbose_name=_("Date"), attrs=cells("one-line"))
    valid_until = DateColumn(verbose_name=_("Valable jusqu’au"), attrs=cells("one-line"))
    total_excl_tax = MoneyColumn(verbose_name=_("HT"), total=True)
    total_incl_tax = MoneyColumn(verbose_name=_("TTC"), total=True)
    wait = WaitColumn()
    status = QuoteStatusColumn()


class CustomerTable(Table):
    name = LinkColumn(verbose_name=_("Nom"), order_by="sort_name", attrs=cells("clip"))
    kind = tables.Column(verbose_name=_("Nature"), attrs=cells("wide"))
    siren = SirenColumn(verbose_name=_("SIREN"), attrs=cells("one-line"))
    city = tables.Column(verbose_name=_("Ville"), attrs=cells("clip"))
    activity = activity_column()
    invoice_count = tables.Column(verbose_name=_("Factures"), attrs=cells("num"))
    last_invoiced_on = DateColumn(verbose_name=_("Dernière facture"), attrs=cells("one-line"))
    invoiced = MoneyColumn(verbose_name=_("Facturé TTC"), total=True, attrs=cells("num"))
    due = MoneyColumn(verbose_name=_("Reste dû TTC"), total=True, attrs=cells("num"))


def activities_in_sight(request: HttpRequest | None) -> QuerySet[Activity]:
    return Activity.objects.visible_to(request.user) if request else Activity.objects.none()


def customers_in_sight(request: HttpRequest | None) -> QuerySet[Customer]:
    return Customer.objects.visible_to(request.user) if request else Customer.objects.none()


def sees_several(request: HttpRequest) -> bool:
    """Tells, asking once a request, whether this person sees the sales of several activities."""
    if not hasattr(request, "_sees_several"):
        request._sees_several = sees_several_activities(request.user)
    found: bool = request._sees_several
    return found


class SaleFilters(Filters):
    """The filter « Activité » is only for those who see several."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.request is None or not sees_several(self.request):
            del self.filters["activity"]


class DocumentFilters(SaleFilters):
    """What every list of documents can be narrowed by."""

    search = ("number", "customer__name", "purpose", "order_reference")

    customer = NamedRowFilter(
        label=_("Client"), queryset=customers_in_sight, named_by="name", empty_label=_("Tous")
    )
    activity = NamedRowFilter(
        label=_("Activité"), queryset=activities_in_sight, named_by="name", empty_label=_("Toutes")
    )
    issued_on = django_filters.DateFromToRangeFilter(
        label=_("Date"), widget=django_filters.widgets.DateRangeWidget
    )

    class Meta:
        model = Invoice
        fields: list[str] = []


class InvoiceFilters(InvoiceLifeFilters, DocumentFilters):
    # Chosen by the links above the list (`invoice_choices`), so the bar only carries it.
    settlement = django_filters.ChoiceFilter(
        label=_("Règlement"),
        choices=[(code, code.label) for code in OWED],
        method="filter_settlement",
        widget=forms.HiddenInput,
    )

    def filter_settlement(self, queryset: QuerySet[Invoice], name: str, value: str) -> QuerySet[Invoice]:
        return queryset.filter(settlement__in=OWED[Settlement(value)])


class CreditNoteFilters(DocumentFilters):
    search = ("number", "customer__name", "credit_reason", "credited__number")


class DraftFilters(SaleFilters):
    search = ("customer__name", "purpose", "credit_reason")

    customer = NamedRowFilter(
        label=_("Client"), queryset=customers_in_sight, named_by="name", empty_label=_("Tous")
    )
    activity = NamedRowFilter(
        label=_("Activité"), queryset=activities_in_sight, named_by="name", empty_label=_("Toutes")
    )
    state = django_filters.ChoiceFilter(
        label=_("État"),
        choices=[("draft", _("En cours")), ("submitted", _("À valider")), ("discarded", _("Abandonnés"))],
        empty_label=_("Tous"),
    )

    class Meta:
        model = Invoice
        fields: list[str] = []


class QuoteFilters(UnreadQuoteFilters, SaleFilters):
    search = ("number", "customer__name", "purpose", "order_reference")

    customer = NamedRowFilter(
        label=_("Client"), queryset=customers_in_sight, named_by="name", empty_label=_("Tous")
    )
    activity = NamedRowFilter(
        label=_("Activité"), queryset=activities_in_sight, named_by="name", empty_label=_("Toutes")
    )
    state = django_filters.ChoiceFilter(label=_("État"), choices=QuoteState.choices, empty_label=_("Tous"))
    approved_on = django_filters.DateFromToRangeFilter(
        label=_("Date"), widget=django_filters.widgets.DateRangeWidget
    )
    # Chosen by the links above the list (`quote_choices`), so the bar only carries it.
    step = django_filters.ChoiceFilter(
        label=_("Étape"), choices=QuoteStep.choices, method="filter_step", widget=forms.HiddenInput
    )

    class Meta:
        model = Quote
        fields: list[str] = []

    def filter_step(self, queryset: QuoteQuerySet, name: str, value: str) -> QuoteQuerySet:
        return at_step(queryset, QuoteStep(value), on=timezone.localdate())


class CustomerFilters(SaleFilters):
    search = ("name", "siren", "siret", "city", "contact_name", "email")

    kind = django_filters.ChoiceFilter(
        label=_("Nature"), choices=CustomerKind.choices, empty_label=_("Toutes")
    )
    activity = NamedRowFilter(
        label=_("Activité"), queryset=activities_in_sight, named_by="name", empty_label=_("Toutes")
    )
    owing = django_filters.ChoiceFilter(
        label=_("Solde"), choices=[("1", _("Doivent encore"))], empty_label=_("Tous"), method="filter_owing"
    )
    # Archived customers stay out of the list until somebody asks for them (`customer_list`).
    archived = django_filters.ChoiceFilter(
        label=_("Fiches"), choices=[("1", _("Archivées"))], empty_label=_("Actives"), method="filter_archived"
    )

    class Meta:
        model = Customer
        fields: list[str] = []

    def filter_owing(self, queryset: QuerySet[Customer], name: str, value: str) -> QuerySet[Customer]:
        return queryset.filter(due__gt=0) if value else queryset

    def filter_archived(self, queryset: QuerySet[Customer], name: str, value: str) -> QuerySet[Customer]:
        return queryset.filter(archived_at__isnull=not value)


def sales_tabs(current: str) -> list[Tab]:
    """The lists of the room."""
    known = (
        ("quote_list", pgettext_lazy("list", "Devis")),
        ("invoice_list", _("Factures")),
        ("credit_note_list", _("Avoirs")),
        ("draft_list", _("Brouillons")),
        ("receipt_list", _("Encaissements")),
        ("retention_list", _("Retenues")),
        ("recurring_list", _("Récurrents")),
        ("customer_list", _("Clients")),
    )
    return [Tab(label, reverse(f"invoicing:{name}"), current=name == current) for name, label in known]


_narrow: dict[str, type[Table]] = {}


def _without_activity(table: type[Table]) -> type[Table]:
    if table.__name__ not in _narrow:
        _narrow[table.__name__] = type(table.__name__, (table,), {"activity": None, "Meta": table.Meta})
    return _narrow[table.__name__]


def staff_view(table: type[Table], request: HttpRequest) -> type[Table]:
    """The column « Activité » is for those who see several; others would read one name all the way."""
    return table if sees_several(request) else _without_activity(table)
