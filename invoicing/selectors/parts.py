"""What was agreed on a quote and its amendments, what was invoiced of it part by part, and what is left."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from django.db.models import Exists, F, OuterRef, Q

from cae.core.money import ZERO
from invoicing.calculations.credit import remaining
from invoicing.calculations.discounts import spread
from invoicing.calculations.progress import Group, WorkLine, worth_of
from invoicing.calculations.schedule import Amount, Asked, Equal, Groups, Share, gross_of, net_of, plan
from invoicing.calculations.totals import Adjustment, TaxGroup, document_totals, totals_of_groups
from invoicing.calculations.variants import optional_places, variants_of
from invoicing.models import (
    Amendment,
    ChosenOption,
    Invoice,
    InvoiceLine,
    InvoiceTax,
    Quote,
    QuoteInstalment,
    QuoteLine,
)
from invoicing.models.quotes import QuoteQuerySet
from invoicing.selectors.beside import AMENDED, BILLED, SCHEDULED, may_have
from invoicing.states.parts import Billing, InvoicePart
from invoicing.states.sales import InvoiceState, QuoteState

# Of one category and rate, one nature of sale.
Vein = tuple[Group, str]


@dataclass(frozen=True)
class Accepted:
    """A quote as its customer took it: the lines kept, the discount on the whole, the breakdown."""

    quote: Quote
    lines: tuple[QuoteLine, ...]
    discounts: tuple[Adjustment, ...]
    groups: Groups

    @cached_property
    def worth(self) -> dict[int, Decimal]:
        """What each line is worth once the discount on the whole is taken off."""
        return worth_of([(line.pk, group_of(line), line.net) for line in self.lines], self.discounts)


@dataclass(frozen=True)
class MadePart:
    """A document in which the quote was invoiced, with what its credit notes leave of it."""

    invoice: Invoice
    groups: Groups
    veins: dict[Vein, Decimal]
    # Of a deposit: what later documents took off for it.
    recovered: dict[Vein, Decimal]

    @property
    def net(self) -> Decimal:
        return net_of(self.groups)

    @property
    def gross(self) -> Decimal:
        return gross_of(self.groups)


@dataclass(frozen=True)
class Work:
    """A quote with its amendments, and the documents that invoiced it."""

    quote: Quote
    accepted: tuple[Accepted, ...]
    parts: tuple[MadePart, ...]
    invoiced: dict[int, Decimal]

    @cached_property
    def groups(self) -> Groups:
        """All that was agreed."""
        return added(group for one in self.accepted for group in one.groups)

    @cached_property
    def left(self) -> Groups:
        """What is still to be invoiced."""
        taken = (group for part in self.parts for group in part.groups)
        less = (replace(group, net=-group.net, tax=-group.tax) for group in taken)
        return tuple(group for group in added([*self.groups, *less]) if group.net or group.tax)

    @property
    def gross(self) -> Decimal:
        return gross_of(self.groups)

    @property
    def net(self) -> Decimal:
        return net_of(self.groups)

    @property
    def gross_left(self) -> Decimal:
        return gross_of(self.left)

    @property
    def net_left(self) -> Decimal:
        return net_of(self.left)

    @property
    def share_done(self) -> Decimal:
        """How much of the agreed total has been invoiced, as a fraction."""
        return (self.gross - self.gross_left) / self.gross if self.gross else Decimal(1)

    @property
    def prepared(self) -> Invoice | None:
        """The part that is not issued yet: one at most."""
        return next((part.invoice for part in self.parts if not part.invoice.is_issued), None)

    @property
    def whole(self) -> Invoice | None:
        """The invoice of the whole quote, when it was not invoiced in parts."""
        return next((part.invoice for part in self.parts if not part.invoice.is_part), None)

    @property
    def deposits(self) -> list[MadePart]:
        return [part for part in self.parts if part.invoice.part == InvoicePart.DEPOSIT]

    @property
    def by_progress(self) -> bool:
        """Situations were made, or the quote announces them."""
        made = any(part.invoice.part == InvoicePart.PROGRESS for part in self.parts)
        return made or self.quote.billing == Billing.PROGRESS

    @property
    def has_interims(self) -> bool:
        return any(part.invoice.part == InvoicePart.INTERIM for part in self.parts)

    @property
    def situations(self) -> int:
        """The number of the last situation."""
        return max((part.invoice.situation or 0 for part in self.parts), default=0)

    @cached_property
    def lines(self) -> tuple[QuoteLine, ...]:
        return tuple(line for one in self.accepted for line in one.lines)

    @cached_property
    def work_lines(self) -> dict[int, WorkLine]:
        """Each line with what is agreed and what situations invoiced of it."""
        return {
            line.pk: WorkLine(line.pk, group_of(line), one.worth[line.pk], self.invoiced.get(line.pk, ZERO))
            for one in self.accepted
            for line in one.lines
        }

    @cached_property
    def to_come(self) -> list[QuoteInstalment]:
        """The lines of the schedule that no invoice asks yet."""
        if not may_have(self.quote, SCHEDULED):
            return []
        made = {part.invoice.instalment_id for part in self.parts if part.groups}
        return [row for row in self.quote.instalments.order_by("position") if row.pk not in made]

    @property
    def chosen(self) -> list[QuoteLine]:
        """The options and variants that the customer took with the quote."""
        return [line for line in self.accepted[0].lines if getattr(line, "taken", False)]

    def veins_left(self) -> dict[Vein, Decimal]:
        """What is left of each nature of sale under each rate."""
        found: dict[Vein, Decimal] = {}
        for one in self.accepted:
            for line in one.lines:
                key = (group_of(line), line.nature)
                found[key] = found.get(key, ZERO) + one.worth[line.pk]
        for part in self.parts:
            for key, net in part.veins.items():
                found[key] = found.get(key, ZERO) - net
        return found


def group_of(line: QuoteLine | InvoiceLine) -> Group:
    return line.vat_rate.category, line.vat_rate.rate


def added(groups: Iterable[TaxGroup]) -> Groups:
    """Breakdowns added up, rate by rate."""
    sums: dict[Group, TaxGroup] = {}
    for one in groups:
        known = sums.get((one.category, one.rate), TaxGroup(one.category, one.rate, ZERO, ZERO))
        sums[one.category, one.rate] = replace(known, net=known.net + one.net, tax=known.tax + one.tax)
    return totals_of_groups(sums.values()).breakdown


def accepted_of(quote: Quote) -> Accepted:
    """The quote as accepted: options and variants taken are lines like others, what was not is left out."""
    rows = list(
        quote.lines.select_related("vat_rate")
        .annotate(taken=Exists(ChosenOption.objects.filter(line=OuterRef("pk"))))
        .order_by("position")
    )
    taken = {place for place, row in enumerate(rows) if row.taken}
    variants = [one for one in variants_of(rows) if one.first in taken]
    out = optional_places(rows, taken=variants, options=taken)
    lines = [row for place, row in enumerate(rows) if place not in out]
    priced = [replace(line.priced, optional=False) for line in lines]
    discounts = spread(priced, rate=quote.discount_rate, amount=quote.discount_amount)
    groups = document_totals(priced, discounts=discounts).breakdown
    return Accepted(quote, tuple(lines), discounts, groups)


def work_of(quote: Quote, *, without: Invoice | None = None) -> Work:
    """All that was agreed on the quote and invoiced of it, `without` a document being judged; a writer locks
    the quote first."""
    quotes = [quote, *(one.quote for one in _amendments(quote))]
    made = [one for one in _parts(quote) if without is None or one.pk != without.pk]
    lines, taxes = _lines_of(made), _taxes_of(made)
    parts = tuple(_made(invoice, lines, taxes) for invoice in made)
    invoiced: dict[int, Decimal] = {}
    for line in lines:
        if line.quote_line_id is not None:
            invoiced[line.quote_line_id] = invoiced.get(line.quote_line_id, ZERO) + _signed(line)
    return Work(quote, tuple(accepted_of(one) for one in quotes), parts, invoiced)


def asked_of(quote: Quote) -> list[Asked]:
    """The schedule of a quote as the calculations take it."""
    return [
        Share(row.rate) if row.rate is not None else Amount(row.amount) if row.amount is not None else Equal()
        for row in quote.instalments.all()
    ]


def planned_of(quote: Quote, groups: Sequence[TaxGroup]) -> list[Groups]:
    """Each instalment of the schedule with its amounts, then the balance. AboveRest when it asks too much."""
    return plan(groups, asked_of(quote))


def amendable_with(work: Quote) -> QuoteQuerySet:
    """The accepted quotes of the same customer that may be added to this one: not invoiced, in no work."""
    made = Invoice.objects.filter(quote=OuterRef("pk")).exclude(state=InvoiceState.DISCARDED)
    rows = Quote.objects.filter(
        customer=work.customer_id, activity=work.activity_id, state=QuoteState.ACCEPTED, amends__isnull=True
    )
    return rows.exclude(pk=work.pk).filter(~Exists(made), amendments__isnull=True).order_by("number")


def _amendments(quote: Quote) -> list[Amendment]:
    if not may_have(quote, AMENDED):
        return []
    return list(quote.amendments.select_related("quote").order_by("pk"))


def _parts(quote: Quote) -> list[Invoice]:
    if not may_have(quote, BILLED):
        return []
    rows = Invoice.objects.filter(quote=quote).exclude(state=InvoiceState.DISCARDED)
    return list(rows.defer("facts").order_by("pk"))


def _lines_of(made: Sequence[Invoice]) -> list[InvoiceLine]:
    """The lines of these documents and of their issued credit notes."""
    if not made:
        return []
    keys = [invoice.pk for invoice in made]
    notes = Q(invoice__credited__in=keys, invoice__state=InvoiceState.ISSUED)
    rows = InvoiceLine.objects.filter(Q(invoice__in=keys) | notes)
    return list(rows.select_related("vat_rate", "invoice").defer("invoice__facts").order_by("pk"))


def _taxes_of(made: Sequence[Invoice]) -> list[InvoiceTax]:
    """The breakdowns of these documents and of their issued credit notes; `credits`: the one a note is of."""
    if not made:
        return []
    keys = [invoice.pk for invoice in made]
    notes = Q(invoice__credited__in=keys, invoice__state=InvoiceState.ISSUED)
    rows = InvoiceTax.objects.filter(Q(invoice__in=keys) | notes).annotate(credits=F("invoice__credited"))
    return list(rows.order_by("-rate", "category"))


def _made(invoice: Invoice, lines: Sequence[InvoiceLine], taxes: Sequence[InvoiceTax]) -> MadePart:
    own = [tax.group for tax in taxes if tax.invoice_id == invoice.pk]
    credited = [tax.group for tax in taxes if getattr(tax, "credits", None) == invoice.pk]
    groups = remaining(own, credited)
    veins: dict[Vein, Decimal] = {}
    recovered: dict[Vein, Decimal] = {}
    for line in lines:
        key = (group_of(line), line.nature)
        if invoice.pk in (line.invoice_id, line.invoice.credited_id):
            veins[key] = veins.get(key, ZERO) + _signed(line)
        if line.deducts_id == invoice.pk:
            recovered[key] = recovered.get(key, ZERO) - _signed(line)
    return MadePart(invoice, groups, veins, recovered)


def _signed(line: InvoiceLine) -> Decimal:
    net: Decimal = line.net
    return -net if line.invoice.is_credit_note else net
