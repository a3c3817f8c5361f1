"""What a customer takes of a quote: options, a variant of each choice; the total and the hash they sign."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.translation import gettext as _

from cae.core.canonical import sha256_of
from cae.core.errors import Code, Refused
from cae.core.money import ZERO
from invoicing.calculations.discounts import sale_totals
from invoicing.calculations.totals import Totals
from invoicing.calculations.variants import (
    Variant,
    choices_of,
    extremes_of,
    optional_places,
    proposed_of,
    variants_of,
)
from invoicing.engines.model import EInvoice
from invoicing.models import Quote, QuoteLine
from invoicing.selectors.looks import terms_text


@dataclass(frozen=True, slots=True)
class ShownVariant:
    """A variant as the customer reads it; its key is that of the line that opens it."""

    key: int
    choice: str
    title: str
    labels: tuple[str, ...]
    net: Decimal
    proposed: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """A quote with what is taken from it: options, and one variant of each choice."""

    options: tuple[QuoteLine, ...]
    variants: tuple[QuoteLine, ...]
    totals: Totals
    content_sha256: str

    @property
    def taken(self) -> tuple[QuoteLine, ...]:
        return (*self.variants, *self.options)


def options_of(quote: Quote) -> list[QuoteLine]:
    """The lines that the customer may add."""
    lines = _lines(quote)
    return [lines[place] for place in _option_places(lines)]


def shown_choices(quote: Quote) -> dict[str, list[ShownVariant]]:
    """The variants between which the customer chooses, by the name of each choice."""
    lines = _lines(quote)
    found = choices_of(variants_of(lines))
    return {name: [_shown(one, lines) for one in some] for name, some in found.items()}


def choice_of(quote: Quote, taken: Collection[int]) -> Choice:
    """The total of the quote with these options and variants, named by the keys of their lines; a choice that
    nobody made is the variant proposed. Keys of other lines count for nothing; two variants of one choice are
    refused."""
    lines = _lines(quote)
    variants = _variants_taken(lines, taken)
    options = [place for place in _option_places(lines) if lines[place].pk in taken]
    left = optional_places(lines, taken=variants, options=options)
    totals = _totals(quote, lines, left)
    opening = tuple(lines[one.first] for one in variants)
    signed = {
        "quote": quote.content_sha256,
        "options": [lines[place].position for place in options],
        "total_excl_tax": str(totals.net),
        "total_incl_tax": str(totals.gross),
    }
    if opening:
        signed["variants"] = [line.position for line in opening]
    return Choice(tuple(lines[place] for place in options), opening, totals, sha256_of(signed))


def reach_of(quote: Quote) -> tuple[Totals, Totals]:
    """The least and the most that the customer may take of a quote. ValueError when the discount on the whole
    exceeds the least."""
    lines = _lines(quote)
    nets = {place: line.net for place, line in enumerate(lines)}
    cheapest, dearest = extremes_of(variants_of(lines), nets) or [(), ()]
    places = _option_places(lines)
    less = optional_places(lines, taken=cheapest, options=[place for place in places if nets[place] < 0])
    more = optional_places(lines, taken=dearest, options=[place for place in places if nets[place] > 0])
    return _totals(quote, lines, less), _totals(quote, lines, more)


def _totals(quote: Quote, lines: Sequence[QuoteLine], left: Collection[int]) -> Totals:
    """The totals of the lines, those of these places apart."""
    priced = [replace(line.priced, optional=place in left) for place, line in enumerate(lines)]
    return sale_totals(priced, rate=quote.discount_rate, amount=quote.discount_amount)


def require_every_choice(quote: Quote, taken: Collection[int]) -> None:
    """Refuses an acceptance that says nothing of one of the choices."""
    for name, some in shown_choices(quote).items():
        if not any(one.key in taken for one in some):
            raise Refused(
                Code.VALUE_MISSING,
                _("Choisissez une variante : %(choice)s.") % {"choice": name},
                field="options",
            )


def _variants_taken(lines: Sequence[QuoteLine], taken: Collection[int]) -> tuple[Variant, ...]:
    variants = variants_of(lines)
    found = {one.choice: one for one in proposed_of(variants)}
    for name, some in choices_of(variants).items():
        wanted = [one for one in some if lines[one.first].pk in taken]
        if len(wanted) > 1:
            raise Refused(
                Code.VALUE_INVALID,
                _("Une seule variante se choisit : %(choice)s.") % {"choice": name},
                field="options",
            )
        if wanted:
            found[name] = wanted[0]
    return tuple(found.values())


def _option_places(lines: Sequence[QuoteLine]) -> list[int]:
    """The places of the options: what is optional outside the variants."""
    inside = {place for variant in variants_of(lines) for place in variant.places}
    return [place for place, line in enumerate(lines) if line.optional and place not in inside]


def _shown(variant: Variant, lines: Sequence[QuoteLine]) -> ShownVariant:
    own = [lines[place] for place in variant.places]
    return ShownVariant(
        key=own[0].pk,
        choice=variant.choice,
        title=variant.title,
        labels=tuple(line.label for line in own),
        net=sum((line.net for line in own), ZERO),
        proposed=variant.proposed,
    )


def terms_of(quote: Quote) -> str:
    """The terms of sale that the quote was approved with, and that the customer accepts."""
    return terms_text(EInvoice.from_json(quote.facts).look) if quote.facts else ""


def _lines(quote: Quote) -> list[QuoteLine]:
    return list(quote.lines.select_related("vat_rate").order_by("position"))
