"""What each activity has of a joint document, of what stands of it and of its money (INV-20)."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.db.models import Q, Sum

from cae.core.money import ZERO
from entrepreneurs.models import Activity
from invoicing.calculations.entries import kind_of
from invoicing.calculations.joint import (
    Given,
    Group,
    Part,
    Parts,
    Row,
    added,
    shared,
    split_document,
    weights_from,
)
from invoicing.calculations.progress import worth_of
from invoicing.calculations.totals import TaxGroup
from invoicing.models import (
    Invoice,
    InvoiceLine,
    InvoiceTax,
    LineShare,
    PaidShift,
    PaymentShare,
    Quote,
    TaxShare,
)
from invoicing.selectors.einvoices import discounts_of
from invoicing.selectors.parts import Vein, accepted_of, group_of
from invoicing.states.joint import Sharing
from invoicing.states.parts import CLOSING_PARTS, InvoicePart
from invoicing.states.sales import (
    CONTRIBUTION_CATEGORIES,
    REVENUE_ACCOUNTS,
    CreditPart,
    InvoiceState,
)

_AHEAD: tuple[str, ...] = (InvoicePart.DEPOSIT, InvoicePart.INTERIM)


@dataclass(frozen=True)
class Split:
    """A document being issued, cut between the activities that share its quote, by their keys."""

    activities: tuple[Activity, ...]
    lines: tuple[InvoiceLine, ...]
    taxes: tuple[InvoiceTax, ...]
    parts: Mapping[int, Part]

    @property
    def sold(self) -> dict[Activity, list[tuple[str, Decimal]]]:
        """What each sells by category, in the order in which activities are locked."""
        return {one: list(self.parts[one.pk].by_nature().items()) for one in self.activities}


@dataclass(frozen=True)
class Each:
    """What each activity has of an issued invoice, credit notes off, and of its money so far; `agreed`: the
    shares of its quote."""

    agreed: Parts
    taxes: Mapping[Group, Parts]
    base: Mapping[Group, Parts]
    paid: Parts
    advance: Parts

    @cached_property
    def gross(self) -> dict[int, Decimal]:
        found = dict.fromkeys(self.agreed, ZERO)
        for parts in (*self.base.values(), *self.taxes.values()):
            found = added(found, parts)
        return found

    def without(self, parts: Mapping[int, Part]) -> dict[Group, Parts]:
        """The taxes left once a credit note, whose parts are negative, is out."""
        left = dict(self.taxes)
        for key, part in parts.items():
            for tax in part.taxes:
                group = (tax.category, tax.rate)
                left[group] = added(left.get(group, {}), {key: tax.tax})
        return left


def quote_shared(invoice: Invoice) -> Quote | None:
    """The joint quote that a document, or the invoice that it credits, is a part of."""
    asked = invoice.credited or invoice
    quote = asked.quote if asked.is_part else None
    return quote if quote is not None and quote.is_joint else None


def agreed_on(quote: Quote) -> dict[int, Decimal]:
    """The shares of the whole, by activity, in the order of their keys."""
    return dict(quote.shares.order_by("activity_id").values_list("activity_id", "rate"))


def account_of(invoice: Invoice, line: InvoiceLine) -> str:
    """Revenue, or the advance that a deposit is: asked by it, taken off by what follows it, given back."""
    asked = line.deducts or invoice.credited or invoice
    return "customer_advance" if asked.part == InvoicePart.DEPOSIT else REVENUE_ACCOUNTS[line.nature]


def split_of(invoice: Invoice) -> Split | None:
    """A document ready to be issued, cut; None when one activity has it whole."""
    quote = quote_shared(invoice)
    if quote is None:
        return None
    agreed = agreed_on(quote)
    back = invoice.is_credit_note
    apart = quote.sharing == Sharing.LINES and quote.amendments.exists()
    former = _Issued.of_invoice(invoice.credited) if invoice.credited else _Issued.of_quote(quote, apart)
    lines, taxes = tuple(invoice.lines.all()), tuple(invoice.taxes.all())
    worth = worth_of([(line.pk, group_of(line), line.net) for line in lines], discounts_of(invoice))
    weights = _NoteWeights(former, agreed) if back else _Weights(quote, agreed, apart)
    sign = -1 if back else 1
    rows = []
    for line in lines:
        scope, own = weights.of(invoice, line)
        rows.append(
            Row(
                scope,
                account_of(invoice, line),
                CONTRIBUTION_CATEGORIES[line.nature],
                group_of(line),
                sign * line.gross,
                sign * worth[line.pk],
                dict.fromkeys(agreed, ZERO) | dict(own),
                kind_of(line.vat_rate.category, line.vat_rate.code),
            )
        )
    groups = [TaxGroup(tax.category, tax.rate, sign * tax.base, sign * tax.tax) for tax in taxes]
    parts = split_document(rows, groups, given=former.given)
    activities = Activity.objects.filter(pk__in=agreed).order_by("pk")
    return Split(tuple(activities), lines, taxes, parts)


def each_of(invoice: Invoice, quote: Quote) -> Each:
    """What each activity has of an issued invoice of this joint quote; a writer locks the invoice first."""
    given = _Issued.of_invoice(invoice).given
    agreed = agreed_on(quote)
    paid, advance = dict.fromkeys(agreed, ZERO), dict.fromkeys(agreed, ZERO)
    rows = PaymentShare.objects.filter(payment__invoice=invoice).order_by()
    sums = rows.values_list("activity_id").annotate(Sum("amount"), Sum("advance"))
    for key, amount, beyond in sums:
        paid[key], advance[key] = amount - beyond, beyond
    shifts = PaidShift.objects.filter(note__credited=invoice).order_by()
    paid = added(paid, dict(shifts.values_list("activity_id").annotate(Sum("amount"))))
    return Each(agreed, given.tax, given.base, paid, advance)


@dataclass(frozen=True)
class _Issued:
    """What each has of the documents issued so far, credit notes off."""

    given: Given
    # What each had of one invoice by scope, before any credit note.
    had: Mapping[Hashable, Parts]
    veins: Mapping[Vein, Parts]

    @classmethod
    def of_quote(cls, quote: Quote, apart: bool) -> _Issued:
        return cls._read(Q(quote=quote) | Q(credited__quote=quote), apart=apart)

    @classmethod
    def of_invoice(cls, invoice: Invoice) -> _Issued:
        return cls._read(Q(pk=invoice.pk) | Q(credited=invoice.pk))

    @classmethod
    def _read(cls, which: Q, *, apart: bool = False) -> _Issued:
        keys = list(Invoice.objects.filter(which, state=InvoiceState.ISSUED).values_list("pk", flat=True))
        gross: dict[Hashable, Parts] = {}
        net: dict[Hashable, Parts] = {}
        had: dict[Hashable, Parts] = {}
        veins: dict[Vein, Parts] = {}
        for row in _line_shares(keys):
            line, sign = row.line, -1 if row.line.invoice.is_credit_note else 1
            scope = _scope_of(line.invoice, line, apart=apart)
            gross[scope] = added(gross.get(scope, {}), {row.activity_id: sign * row.gross})
            net[scope] = added(net.get(scope, {}), {row.activity_id: sign * row.net})
            vein = (group_of(line), line.nature)
            veins[vein] = added(veins.get(vein, {}), {row.activity_id: sign * row.net})
            if sign > 0:
                had[scope] = added(had.get(scope, {}), {row.activity_id: row.net})
        base: dict[Group, Parts] = {}
        tax: dict[Group, Parts] = {}
        for one in _tax_shares(keys):
            sign, group = -1 if one.of.invoice.is_credit_note else 1, (one.of.category, one.of.rate)
            base[group] = added(base.get(group, {}), {one.activity_id: sign * one.base})
            tax[group] = added(tax.get(group, {}), {one.activity_id: sign * one.tax})
        return cls(Given(gross, net, base, tax), had, veins)


def _line_shares(keys: Iterable[int]) -> Iterable[LineShare]:
    rows = LineShare.objects.filter(line__invoice__in=keys).order_by("pk")
    known = ("line__invoice__credited", "line__vat_rate", "line__deducts")
    facts = ("line__invoice__facts", "line__invoice__credited__facts", "line__deducts__facts")
    return rows.select_related(*known).defer(*facts)


def _tax_shares(keys: Iterable[int]) -> Iterable[TaxShare]:
    rows = TaxShare.objects.filter(of__invoice__in=keys).order_by("pk")
    return rows.select_related("of__invoice").defer("of__invoice__facts")


def _scope_of(invoice: Invoice, line: InvoiceLine, *, apart: bool = False) -> Hashable:
    """Rows that are cut together over the documents that follow each other; what a document takes off another
    is named.

    A whole or a balance states the agreed lines afresh. So does, line by line, what is asked ahead of an
    amended work (`apart`): an amendment changes by what the next is cut, never what was asked. What is left
    unpaid of a whole or of a balance is of all its lines, whoever bears them."""
    asked = invoice.credited or invoice
    closing = asked.part in CLOSING_PARTS
    if closing and invoice.credit_part == CreditPart.REST:
        return "rest", line.pk
    afresh = closing and line.deducts_id is None and line.quote_line_id is None
    ahead = apart and asked.part in _AHEAD
    account = account_of(invoice, line)
    return (
        asked.pk if afresh or ahead else None,
        group_of(line),
        line.nature,
        account,
        line.borne_by_id,
        line.deducts_id,
    )


class _Weights:
    """By what each line of an invoice is cut."""

    def __init__(self, quote: Quote, agreed: Parts, apart: bool) -> None:
        self.quote = quote
        self.agreed = agreed
        self.apart = apart
        self.deducted: dict[int, _Issued] = {}

    def of(self, invoice: Invoice, line: InvoiceLine) -> tuple[Hashable, Parts]:
        return _scope_of(invoice, line, apart=self.apart), self._weights(invoice, line)

    def _weights(self, invoice: Invoice, line: InvoiceLine) -> Parts:
        vein = (group_of(line), line.nature)
        if line.deducts is not None:
            if line.deducts.pk not in self.deducted:
                self.deducted[line.deducts.pk] = _Issued.of_invoice(line.deducts)
            return weights_from(self.deducted[line.deducts.pk].veins.get(vein, {}), otherwise=self.agreed)
        if line.borne_by_id is not None:
            return {line.borne_by_id: Decimal(1)}
        if invoice.part in _AHEAD and self.quote.sharing == Sharing.LINES:
            return weights_from(self._bearing.get(vein, {}), otherwise=self.agreed)
        return self.agreed

    @cached_property
    def _bearing(self) -> dict[Vein, Parts]:
        """What each bears of the work, amendments included, under each rate and nature."""
        found: dict[Vein, Parts] = {}
        for quote in (self.quote, *(one.quote for one in self.quote.amendments.select_related("quote"))):
            accepted = accepted_of(quote)
            for line in accepted.lines:
                weights = {line.borne_by_id: Decimal(1)} if line.borne_by_id else self.agreed
                vein = (group_of(line), line.nature)
                found[vein] = added(found.get(vein, {}), shared(accepted.worth[line.pk], weights))
        return found


class _NoteWeights:
    """By what each line of a credit note is cut: what each had of the invoice, or still has of it."""

    def __init__(self, former: _Issued, agreed: Parts) -> None:
        self.former = former
        self.agreed = agreed

    def of(self, invoice: Invoice, line: InvoiceLine) -> tuple[Hashable, Parts]:
        scope = _scope_of(invoice, line)
        if scope in self.former.had:
            return scope, weights_from(self.former.had[scope], otherwise=self.agreed)
        left = self.former.veins.get((group_of(line), line.nature), {})
        return scope, weights_from(left, otherwise=self.agreed)
