"""What becomes of a document at its customer's, as a filter of the lists; « À faire » leads there."""

from __future__ import annotations

import django_filters
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.tables import Filters
from invoicing.models.invoices import InvoiceQuerySet
from invoicing.models.quotes import QuoteQuerySet
from invoicing.selectors.exchange_waiting import unread_invoices, unread_quotes, unread_since
from invoicing.selectors.instalments import instalments_due
from invoicing.selectors.lifecycle import came_back


class InvoiceLifeFilters(Filters):
    """Invoices that came back, or that nobody opened."""

    einvoice = django_filters.ChoiceFilter(
        label=_("Facture électronique"),
        choices=[("turned_down", _("Refusée ou rejetée"))],
        empty_label=_("Toutes"),
        method="filter_einvoice",
    )
    unread = django_filters.ChoiceFilter(
        label=_("Lecture"),
        choices=[("1", _("Pas ouverte par le client"))],
        empty_label=_("Toutes"),
        method="filter_unread",
    )

    def filter_einvoice(self, queryset: InvoiceQuerySet, name: str, value: str) -> InvoiceQuerySet:
        return came_back(queryset)

    def filter_unread(self, queryset: InvoiceQuerySet, name: str, value: str) -> InvoiceQuerySet:
        before = unread_since(timezone.localdate())
        return queryset.filter(pk__in=unread_invoices(before).values("pk")) if before else queryset.none()


class UnreadQuoteFilters(Filters):
    """Quotes that nobody opened, and those of which an instalment is due."""

    unread = django_filters.ChoiceFilter(
        label=_("Lecture"),
        choices=[("1", _("Pas ouvert par le client"))],
        empty_label=_("Tous"),
        method="filter_unread",
    )

    instalment = django_filters.ChoiceFilter(
        label=_("Échéances"),
        choices=[("due", _("À facturer"))],
        empty_label=_("Toutes"),
        method="filter_instalment",
    )

    def filter_instalment(self, queryset: QuoteQuerySet, name: str, value: str) -> QuoteQuerySet:
        return queryset.filter(pk__in=instalments_due(timezone.localdate()).values("quote"))

    def filter_unread(self, queryset: QuoteQuerySet, name: str, value: str) -> QuoteQuerySet:
        today = timezone.localdate()
        before = unread_since(today)
        return (
            queryset.filter(pk__in=unread_quotes(before, today).values("pk")) if before else queryset.none()
        )
