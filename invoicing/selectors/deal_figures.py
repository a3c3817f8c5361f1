"""What the pieces of deals add up to, in one query a kind of piece, and how each deal stands (INV-10)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Case, Count, F, Min, Q, QuerySet, Sum, When
from django.db.models.functions import Coalesce

from accounting.states.books import AccountKind
from cae.core.fields import MoneyField
from cae.core.money import ZERO
from invoicing.calculations.deals import Indicator, Level, Standing, Sums, indicators, level
from invoicing.models import ContractReview, Deal, ExpenseLine, Invoice, Purchase, Quote
from invoicing.selectors.deal_papers import papers_missing, reached
from invoicing.states.deals import ReviewState
from invoicing.states.expenses import LineDecision
from invoicing.states.sales import InvoiceKind, InvoiceState, QuoteState

# An invoice is in the deal of its quote, a credit note in that of its invoice.
_DEAL = Coalesce(
    F("deal_piece__deal"),
    F("quote__deal_piece__deal"),
    F("credited__deal_piece__deal"),
    F("credited__quote__deal_piece__deal"),
)


@dataclass(frozen=True)
class Situation:
    """How a deal stands: its sums, what is lit, the level that results."""

    sums: Sums
    lit: tuple[Indicator, ...]

    @property
    def level(self) -> Level:
        return level(self.lit)


def invoices_in(deals: Sequence[Deal]) -> QuerySet[Any]:
    """Invoices and credit notes of deals, with `deal_key`; abandoned drafts are left out."""
    rows: QuerySet[Any] = Invoice.objects.exclude(state=InvoiceState.DISCARDED).annotate(deal_key=_DEAL)
    return rows.filter(deal_key__in=[deal.pk for deal in deals])


def sums_of(deals: Sequence[Deal], *, on: date) -> dict[int, Sums]:
    """Gives what each deal is worth on a day."""
    sold, promised = _sold(deals, on), _promised(deals)
    bought, spent = _bought(deals), _spent(deals)
    return {
        deal.pk: Sums(
            accepted=promised.get(deal.pk, ZERO),
            bought=bought.get(deal.pk, ZERO),
            spent=spent.get(deal.pk, ZERO),
            **sold.get(deal.pk, {}),
        )
        for deal in deals
    }


def situations_of(deals: Sequence[Deal], *, on: date) -> dict[int, Situation]:
    """Gives how each deal stands on a day, in the same few queries for one and for many."""
    sums, missing = sums_of(deals, on=on), papers_missing(deals)
    reviews, quotes = _reviews(deals), _quotes(deals)
    found = {}
    for deal in deals:
        quote = quotes.get(deal.pk, {"some": 0, "accepted_on": None})
        asked = [
            one
            for one in missing[deal.pk]
            if reached(one.moment, has_quote=bool(quote["some"]), is_ready=quote["accepted_on"] is not None)
        ]
        standing = Standing(
            sums[deal.pk], len(asked), *reviews.get(deal.pk, (0, 0, 0)), accepted_on=quote["accepted_on"]
        )
        lit = indicators(standing, on=on) if deal.is_open else ()
        found[deal.pk] = Situation(sums[deal.pk], lit)
    return found


def _sold(deals: Sequence[Deal], on: date) -> dict[int, dict[str, Decimal]]:
    issued = invoices_in(deals).filter(state=InvoiceState.ISSUED)
    signed = Case(
        When(kind=InvoiceKind.CREDIT_NOTE, then=-F("total_excl_tax")),
        default=F("total_excl_tax"),
        output_field=MoneyField(),
    )
    promised = Q(quote__isnull=False) | Q(credited__quote__isnull=False)
    rows = (
        issued.order_by()
        .values("deal_key")
        .annotate(
            invoiced=Coalesce(Sum(signed), ZERO),
            from_quotes=Coalesce(Sum(signed, filter=promised), ZERO),
            due=Coalesce(Sum("balance__due"), ZERO),
            overdue=Coalesce(Sum("balance__due", filter=Q(due_on__lt=on)), ZERO),
        )
    )
    return {row.pop("deal_key"): row for row in rows}


def _promised(deals: Sequence[Deal]) -> dict[int, Decimal]:
    """What customers accepted; an amendment is invoiced with its work, so it is in the deal of that one."""
    of_deals = Q(deal_piece__deal__in=deals) | Q(amends__work__deal_piece__deal__in=deals)
    rows = Quote.objects.filter(of_deals, state=QuoteState.ACCEPTED, answer__accepted=True)
    key = Coalesce(F("amends__work__deal_piece__deal"), F("deal_piece__deal"))
    told = rows.order_by().values(deal_key=key).annotate(sum=Sum("answer__total_excl_tax"))
    return {row["deal_key"]: row["sum"] for row in told if row["sum"] is not None}


def _quotes(deals: Sequence[Deal]) -> dict[int, dict[str, Any]]:
    rows = Quote.objects.filter(deal_piece__deal__in=deals).order_by().values("deal_piece__deal")
    told = rows.annotate(
        some=Count("pk"), accepted_on=Min("answered_on", filter=Q(state=QuoteState.ACCEPTED))
    )
    return {row["deal_piece__deal"]: dict(row) for row in told}


def _bought(deals: Sequence[Deal]) -> dict[int, Decimal]:
    """What purchases cost in the books: net, and the VAT that is not recovered; nothing before they are
    approved, less with a supplier's credit note."""
    rows = Purchase.objects.filter(deal_piece__deal__in=deals, entry__reversed_by__isnull=True)
    cost = F("entry__lines__debit") - F("entry__lines__credit")
    return _by_deal(rows, Sum(cost, filter=Q(entry__lines__account__kind=AccountKind.EXPENSE)))


def _spent(deals: Sequence[Deal]) -> dict[int, Decimal]:
    """What expenses cost, VAT recovered left out; what a customer pays back to the cent costs nothing."""
    rows = ExpenseLine.objects.filter(deal_piece__deal__in=deals, kind__account__kind=AccountKind.EXPENSE)
    rows = rows.exclude(decision=LineDecision.REFUSED)
    return _by_deal(rows, Sum(F("amount") - F("deductible")))


def _by_deal(rows: QuerySet[Any], total: Sum) -> dict[int, Decimal]:
    told = rows.order_by().values("deal_piece__deal").annotate(sum=Coalesce(total, ZERO))
    return {row["deal_piece__deal"]: row["sum"] for row in told}


def _reviews(deals: Sequence[Deal]) -> dict[int, tuple[int, int, int]]:
    """Contracts waiting, to negotiate, refused: a newer version makes the former say nothing."""
    rows = ContractReview.objects.filter(deal__in=deals, replaced_by__isnull=True).order_by().values("deal")
    told = rows.annotate(
        waiting=Count("pk", filter=Q(state=ReviewState.ASKED)),
        reserved=Count("pk", filter=Q(state=ReviewState.TO_NEGOTIATE)),
        refused=Count("pk", filter=Q(state=ReviewState.REFUSED)),
    )
    return {row["deal"]: (row["waiting"], row["reserved"], row["refused"]) for row in told}
