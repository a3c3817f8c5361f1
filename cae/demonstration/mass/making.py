"""Makes invoices without writing them: contents, facts and entries as the services make them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from django.utils import timezone

from accounting.calculations.entries import EntryDraft
from cae.core.money import CENT, ZERO, cents
from cae.demonstration.loading.plans import Bought
from cae.demonstration.mass.people import Stall, key_of
from cae.demonstration.mass.plan import Deal
from invoicing.calculations.entries import Piece, Share, money_entry
from invoicing.calculations.payment_vat import TaxRelease, change, tax_due
from invoicing.models import Invoice, InvoiceLine, InvoiceTax, VatRate
from invoicing.selectors.controls import sealed_text
from invoicing.selectors.einvoices import einvoice_of
from invoicing.selectors.sold import parts_of
from invoicing.services.inputs import DraftContent, LineContent
from invoicing.services.issuing import entry_of, say_for_good
from invoicing.services.writing import unsaved
from invoicing.states.sales import InvoiceState, VatDueOn

HALF = Decimal("0.5")
FOUR_DECIMALS = Decimal("0.0001")
# Written in the books, as the services do.
TITLE = "Règlement"


@dataclass(frozen=True)
class Paid:
    """The money that came for an invoice."""

    on: date
    amount: Decimal
    entry: EntryDraft
    taxes: tuple[TaxRelease, ...]


@dataclass(frozen=True)
class Made:
    """An invoice ready to be written, and what follows it."""

    deal: Deal
    invoice: Invoice
    lines: tuple[InvoiceLine, ...]
    taxes: tuple[InvoiceTax, ...]
    sealed: str
    entry: EntryDraft
    parts: tuple[tuple[str, Decimal], ...]
    paid: Paid | None


class Workshop:
    """Makes the invoices of a plan; reads nothing while it works, so that several may work at once."""

    def __init__(self, stalls: Sequence[Stall], sections: dict[int, int], rates: dict[str, VatRate]) -> None:
        self.stalls, self.sections, self.rates = stalls, sections, rates

    def make(self, deal: Deal) -> Made:
        stall = self.stalls[deal.stall]
        at = instant(deal.on)
        new = Invoice(
            activity=stall.activity,
            form_key=key_of("invoice", deal.pk),
            created_by=stall.author,
            created_at=at,
        )
        unsaved(new, self._content(stall, deal))
        invoice, lines, taxes = new, list(new.lines.all()), list(new.taxes.all())
        invoice.pk = deal.pk
        for line in lines:
            line.invoice_id = deal.pk
        for tax in taxes:
            tax.invoice_id = deal.pk
        say_for_good(invoice, einvoice_of(invoice, on=deal.on), number=deal.number)
        invoice.state, invoice.state_since = InvoiceState.ISSUED, at
        section = self.sections[stall.activity.pk]
        entry = entry_of(invoice, on=deal.on, analytic_id=section)
        made = Made(
            deal,
            invoice,
            tuple(lines),
            tuple(taxes),
            sealed_text(invoice),
            entry,
            tuple(parts_of(invoice)),
            self._paid(deal, invoice, taxes, section) if deal.paid_on else None,
        )
        _lighten(made)
        return made

    def _content(self, stall: Stall, deal: Deal) -> DraftContent:
        return DraftContent(
            customer=stall.customers[deal.customer],
            lines=tuple(self._line(stall, bought) for bought in deal.lines),
            purpose=stall.kit.purposes[deal.pk % len(stall.kit.purposes)],
        )

    def _line(self, stall: Stall, bought: Bought) -> LineContent:
        article = stall.kit.articles[bought.article]
        return LineContent(
            label=article.label,
            description=article.description,
            quantity=stored(bought.quantity),
            unit=article.unit,
            unit_price=stored(Decimal(article.price)),
            nature=article.nature,
            vat_rate=self.rates[article.vat],
            discount_rate=stored(bought.discount_rate) if bought.discount_rate else None,
        )

    def _paid(self, deal: Deal, invoice: Invoice, taxes: Sequence[InvoiceTax], section: int) -> Paid | None:
        if deal.paid_on is None:
            return None
        due = invoice.total_incl_tax
        amount = max(cents(due * HALF), CENT) if deal.partly else due
        releases: tuple[TaxRelease, ...] = ()
        if invoice.vat_due_on == VatDueOn.RECEIPTS:
            groups = [tax.group for tax in sorted(taxes, key=lambda tax: (-tax.rate, tax.category))]
            releases = change(tax_due(groups, ZERO), tax_due(groups, amount))
        piece = Piece(deal.number, deal.paid_on, invoice.customer.name, section)
        entry = money_entry(piece, [Share(deal.number, amount, ZERO, releases)], title=TITLE)
        return Paid(deal.paid_on, amount, entry, releases)


def _lighten(made: Made) -> None:
    """Lets go of what the writer knows already: a row travels between processes with its own columns only."""
    for row in (made.invoice, *made.lines, *made.taxes):
        row._state.fields_cache = {}
    vars(made.invoice)["_prefetched_objects_cache"] = {}


def stored(number: Decimal) -> Decimal:
    """A number as the database gives it back: four decimals."""
    return number.quantize(FOUR_DECIMALS)


def instant(on: date) -> datetime:
    """When what bears this date was done."""
    return timezone.make_aware(datetime.combine(on, time(11, 30)))
