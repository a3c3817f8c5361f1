"""What a customer takes of a quote: options ticked, the total that makes, the hash of what they sign."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from invoicing.calculations.canonical import sha256_of
from invoicing.calculations.discounts import sale_totals
from invoicing.calculations.totals import Totals
from invoicing.engines.model import EInvoice
from invoicing.models import Quote, QuoteLine
from invoicing.selectors.looks import terms_text


@dataclass(frozen=True, slots=True)
class Choice:
    """A quote with the options taken from it."""

    options: tuple[QuoteLine, ...]
    totals: Totals
    content_sha256: str


def options_of(quote: Quote) -> list[QuoteLine]:
    """The lines that the customer may add."""
    return [line for line in _lines(quote) if line.optional]


def choice_of(quote: Quote, taken: Collection[int]) -> Choice:
    """The total of the quote with these options; keys of other lines count for nothing."""
    lines = _lines(quote)
    chosen = tuple(line for line in lines if line.optional and line.pk in taken)
    priced = [replace(line.priced, optional=line.optional and line not in chosen) for line in lines]
    totals = sale_totals(priced, rate=quote.discount_rate, amount=quote.discount_amount)
    signed = {
        "quote": quote.content_sha256,
        "options": [line.position for line in chosen],
        "total_excl_tax": str(totals.net),
        "total_incl_tax": str(totals.gross),
    }
    return Choice(chosen, totals, sha256_of(signed))


def terms_of(quote: Quote) -> str:
    """The terms of sale that the quote was approved with, and that the customer accepts."""
    return terms_text(EInvoice.from_json(quote.facts).look) if quote.facts else ""


def _lines(quote: Quote) -> list[QuoteLine]:
    return list(quote.lines.select_related("vat_rate").order_by("position"))
