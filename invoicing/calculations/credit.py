"""What a credit note may give back: the whole, some lines, or the rest that was never paid; to the cent.

Source: CGI art. 272-1 and 283-3 (tax of a cancelled or reduced sale), ann. II art. 242 nonies A (the
credit note names the invoice).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from cae.core.money import ZERO, cents, share
from invoicing.calculations.totals import TaxGroup, Totals, totals_of_groups


def remaining(invoiced: Iterable[TaxGroup], credited: Iterable[TaxGroup]) -> tuple[TaxGroup, ...]:
    """The breakdown of an invoice less the credit notes already issued; a group used up disappears."""
    left = {(group.category, group.rate): group for group in invoiced}
    for group in credited:
        key = (group.category, group.rate)
        before = left[key]
        left[key] = TaxGroup(*key, before.net - group.net, before.tax - group.tax)
    return tuple(group for group in left.values() if group.net or group.tax)


def credit_of_rest(groups: Sequence[TaxGroup], paid: Decimal) -> Totals:
    """Credit note for the unpaid rest of `groups` once `paid` was received.

    The tax kept is the tax that the payments released; the gross is shared between rates in proportion to
    what each carries, so the credit note is exactly the amount that stays due.
    """
    gross = sum((group.gross for group in groups), ZERO)
    rest = gross - paid
    if not ZERO < rest <= gross:
        raise ValueError("nothing is left unpaid")
    parts = share(rest, [group.gross for group in groups])
    given_back = []
    for group, part in zip(groups, parts, strict=True):
        tax = group.tax - cents(group.tax * paid / gross)
        given_back.append(TaxGroup(group.category, group.rate, part - tax, tax))
    return totals_of_groups(group for group in given_back if group.gross)


def credit_of_lines(left: Sequence[TaxGroup], nets: Iterable[tuple[str, Decimal, Decimal]]) -> Totals:
    """Credit note for chosen lines, given as (category, rate, net). ValueError above what is left of a rate.

    A rate credited to its last cent gives back exactly the tax that was left.
    """
    remaining_of = {(group.category, group.rate): group for group in left}
    chosen: dict[tuple[str, Decimal], Decimal] = {}
    for category, rate, net in nets:
        chosen[category, rate] = chosen.get((category, rate), ZERO) + net
    given_back = []
    for (category, rate), net in chosen.items():
        group = remaining_of.get((category, rate), TaxGroup(category, rate, ZERO, ZERO))
        if abs(net) > abs(group.net) or net * group.net < 0:
            raise ValueError("more than what is left of this rate")
        tax = group.tax if net == group.net else _towards(cents(net * rate), group.tax)
        given_back.append(TaxGroup(category, rate, net, tax))
    return totals_of_groups(given_back)


def _towards(tax: Decimal, limit: Decimal) -> Decimal:
    """The tax, never beyond what is left of it."""
    return min(tax, limit) if limit >= ZERO else max(tax, limit)
