"""What each activity has of a movement of money on a joint invoice, of what is held or given up (INV-20)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from cae.core.money import ZERO
from invoicing.calculations.credit import remaining
from invoicing.calculations.entries import Share
from invoicing.calculations.joint import (
    Part,
    kept_back,
    loss_of_each,
    of_standing,
    shared,
    tax_of_each,
    weights_from,
)
from invoicing.calculations.losses import Loss
from invoicing.calculations.payment_vat import TaxRelease, change, tax_due
from invoicing.calculations.totals import TaxGroup
from invoicing.models import Invoice
from invoicing.selectors.invoices import Standing
from invoicing.selectors.joint import Each, each_of, quote_shared
from invoicing.states.sales import VatDueOn

# What the parts of a movement are written with: by the key of each activity.
Shares = Mapping[int, Share]


@dataclass(frozen=True)
class Moved:
    """What moves on one invoice: what it receives, the advance in it, and how it stood."""

    standing: Standing
    amount: Decimal
    advance: Decimal


def shares_of(invoice: Invoice, moved: Moved) -> Shares | None:
    """What each has of a movement; None when one activity has it whole. The invoice is locked."""
    quote = quote_shared(invoice)
    if quote is None:
        return None
    each = each_of(invoice, quote)
    owed = _more(moved.amount - moved.advance, each.paid, each)
    beyond = sum(each.advance.values(), ZERO) + moved.advance
    advance = shared(beyond, weights_from(each.gross, otherwise=each.agreed))
    taxes = _released(invoice, each, moved)
    found = {}
    for key in each.agreed:
        more = advance[key] - each.advance[key]
        found[key] = Share(str(invoice.number), owed[key] + more, more, taxes.get(key, ()))
    return found


def _more(amount: Decimal, paid: Mapping[int, Decimal], each: Each) -> dict[int, Decimal]:
    after = of_standing(sum(paid.values(), ZERO) + amount, each.gross, otherwise=each.agreed)
    return {key: part - paid[key] for key, part in after.items()}


def _released(invoice: Invoice, each: Each, moved: Moved) -> dict[int, tuple[TaxRelease, ...]]:
    if invoice.vat_due_on != VatDueOn.RECEIPTS:
        return {}
    groups, paid = moved.standing.groups, moved.standing.paid
    before, after = (
        tax_of_each(tax_due(groups, so_far), each.taxes, otherwise=each.agreed)
        for so_far in (paid, paid + moved.amount)
    )
    return {key: change(before[key], after[key]) for key in each.agreed}


def tax_changes_of(
    invoice: Invoice, standing: Standing, parts: Mapping[int, Part], credited: list[TaxGroup]
) -> dict[int, tuple[TaxRelease, ...]]:
    """Tax that payments had released to each and that a credit note of the invoice gives back."""
    quote = quote_shared(invoice)
    if quote is None or invoice.vat_due_on != VatDueOn.RECEIPTS:
        return {}
    each = each_of(invoice, quote)
    left = tax_due(remaining(standing.groups, credited), standing.paid)
    before = tax_of_each(tax_due(standing.groups, standing.paid), each.taxes, otherwise=each.agreed)
    after = tax_of_each(left, each.without(parts), otherwise=each.agreed)
    return {key: change(before[key], after[key]) for key in each.agreed}


def shifts_of(note: Invoice, parts: Mapping[int, Part]) -> dict[int, Decimal]:
    """What moves between activities, of the money already received, when a credit note leaves nothing due:
    each has then received what stands of its part. Nothing else moves before it must."""
    invoice = note.credited
    quote = None if invoice is None else quote_shared(invoice)
    if invoice is None or quote is None:
        return {}
    each = each_of(invoice, quote)
    left = {key: gross + parts[key].gross for key, gross in each.gross.items()}
    if sum(left.values(), ZERO) != sum(each.paid.values(), ZERO):
        return {}
    moves = {key: gross - each.paid[key] for key, gross in left.items()}
    return {key: amount for key, amount in moves.items() if amount}


def held_of_each(invoice: Invoice, held: Decimal) -> dict[int, Decimal] | None:
    """What the customer keeps of each; None when one activity has the invoice whole."""
    quote = quote_shared(invoice)
    return None if quote is None else kept_back(held, each_of(invoice, quote).gross)


def losses_of(invoice: Invoice, loss: Loss, held: Decimal) -> dict[int, Loss] | None:
    """What each gives up; None when one activity has the invoice whole. The invoice is locked."""
    quote = quote_shared(invoice)
    if quote is None:
        return None
    each = each_of(invoice, quote)
    kept = kept_back(held, each.gross)
    rest = {key: part - each.paid[key] - each.advance[key] - kept[key] for key, part in each.gross.items()}
    return loss_of_each(loss, rest, each.taxes)
