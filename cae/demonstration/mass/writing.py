"""Writes what was made in the order of the days: chains of seals, entries, contributions, payments."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from accounting.calculations.contribution.entry import contribution_entry
from accounting.calculations.contribution.replay import Version, play
from accounting.calculations.contribution.windows import Memory
from accounting.calculations.contribution.working import Fact
from accounting.calculations.entries import EntryDraft, merged
from accounting.models import (
    Account,
    AnalyticAccount,
    ContributionPart,
    ContributionRun,
    Entry,
    EntryLine,
    Journal,
    SaleMovement,
)
from accounting.selectors.accounts import shared_section
from accounting.selectors.presence import people_of_activities
from accounting.selectors.scales import scale_of
from accounting.services.contribution import draft_of
from accounting.services.posting import Desk, compose, sealed_text
from accounting.services.runs import part_rows, row_of
from accounting.states.books import series_of
from accounting.states.contributions import RunKind
from cae.core import number_templates, numbering
from cae.core.models import NumberSeries
from cae.demonstration.mass.copying import IssuedShelf, Shelf
from cae.demonstration.mass.making import Made, Paid, instant
from cae.demonstration.mass.people import Stall, key_of
from invoicing.models import Invoice, InvoiceLine, InvoiceTax, Payment, PaymentTax, Receipt
from invoicing.states.sales import SERIES, InvoiceKind, PaymentMode, ReceiptKind
from people.models import User

TABLES = (
    Invoice, InvoiceLine, InvoiceTax, Entry, EntryLine, SaleMovement, ContributionRun, ContributionPart,
    Receipt, Payment, PaymentTax,
)  # fmt: skip


class Chain:
    """A series of numbers and its seals, followed in memory, then left as the services would leave it."""

    def __init__(self, code: str) -> None:
        self.series = NumberSeries.objects.get(code=code)

    def next(self, on: date) -> int:
        if number_templates.restarts(self.series.template, self.series.last_on, on):
            self.series.counter = 0
        self.series.counter += 1
        self.series.last_on = max(on, self.series.last_on or on)
        return self.series.counter

    def seal(self, text: str) -> str:
        self.series.last_seal = numbering.link(self.series.last_seal, text)
        return self.series.last_seal

    def leave(self) -> None:
        self.series.save(update_fields=["counter", "last_on", "last_seal"])


class Ledger:
    """Entries with their numbers and seals, journal by journal."""

    def __init__(self, shelves: dict[Any, Shelf]) -> None:
        self.shelves = shelves
        roles = Account.objects.exclude(role=None).select_related("cost_kind")
        self.desk = Desk(
            accounts={str(account.role): account for account in roles},
            sections=AnalyticAccount.objects.in_bulk(),
            journals={journal.code: journal for journal in Journal.objects.all()},
        )
        self.chains = {code: Chain(series_of(code)) for code in self.desk.journals}
        self.invoices = ContentType.objects.get_for_model(Invoice)

    def post(self, draft: EntryDraft, invoice: Invoice, author: User) -> Entry:
        chain, lines = self.chains[draft.journal], merged(draft.lines)
        entry = Entry(
            journal=self.desk.journals[draft.journal],
            number=chain.next(draft.on),
            source_type=self.invoices,
            source_id=invoice.pk,
            created_by=author,
            created_at=instant(draft.on),
            previous_seal=chain.series.last_seal,
        )
        rows = compose(entry, draft, lines, self.desk)
        entry.seal = chain.seal(sealed_text(entry, rows))
        self.shelves[Entry].put(entry)
        for row in rows:
            row.entry_id = entry.pk
            self.shelves[EntryLine].put(row)
        return entry


class Writer:
    """Takes invoices in the order of their days, with the payments that come between them."""

    def __init__(self, stalls: Sequence[Stall]) -> None:
        self.stalls = stalls
        self.shelves: dict[Any, Shelf] = {model: Shelf(model) for model in TABLES}
        self.shelves[Invoice] = IssuedShelf(Invoice)
        self.ledger = Ledger(self.shelves)
        self.chain = Chain(SERIES[InvoiceKind.INVOICE])
        self.shared = shared_section().pk
        self.memories = {stall.activity.pk: Memory() for stall in stalls}
        activities = [stall.activity for stall in stalls]
        self.people = people_of_activities(activities)
        self.scales: dict[int, Version] = {}
        for activity in activities:
            scale = scale_of(activity, activity.opened_on)
            if scale is None:
                raise LookupError(f"{activity.code} gives under no scale")
            self.scales[activity.pk] = Version(scale.pk, scale.rule)

    @transaction.atomic
    def write(self, events: Iterable[tuple[Made, Paid | None]]) -> None:
        """An invoice, or money for an invoice already written; all of them or none."""
        for made, paid in events:
            if paid is None:
                self._issue(made)
            else:
                self._receive(made, paid)
        shelves = self.shelves
        issued = shelves[Invoice]
        if isinstance(issued, IssuedShelf):
            issued.write(self._write_rows)
        for model in TABLES[3:]:
            shelves[model].write()

    def _write_rows(self) -> None:
        self.shelves[InvoiceLine].write()
        self.shelves[InvoiceTax].write()

    @transaction.atomic
    def leave(self) -> None:
        """Counters and keys stand where the services go on."""
        for chain in (self.chain, *self.ledger.chains.values()):
            chain.leave()
        for shelf in self.shelves.values():
            shelf.leave_counter()

    def _issue(self, made: Made) -> None:
        invoice, stall = made.invoice, self.stalls[made.deal.stall]
        self.chain.next(made.deal.on)
        invoice.previous_seal = self.chain.series.last_seal
        invoice.seal = self.chain.seal(made.sealed)
        self.shelves[Invoice].put(invoice)
        for model, rows in ((InvoiceLine, made.lines), (InvoiceTax, made.taxes)):
            for row in rows:
                self.shelves[model].put(row)
        self.ledger.post(made.entry, invoice, stall.author)
        self._contribute(made, stall)

    def _contribute(self, made: Made, stall: Stall) -> None:
        invoice, activity = made.invoice, stall.activity
        sales: dict[str, Decimal] = dict(made.parts)
        for category, net in sales.items():
            self.shelves[SaleMovement].put(
                SaleMovement(
                    activity=activity,
                    on=made.deal.on,
                    document=made.deal.number,
                    category=category,
                    net=net,
                    by_document=True,
                    source_type=self.ledger.invoices,
                    source_id=invoice.pk,
                )
            )
        presence = self.people[activity.pk].presence_on(made.deal.on)
        if presence is None:
            raise LookupError(f"nobody works in {activity.code}")
        name = made.deal.number
        fact = Fact(made.deal.on, name, presence, sales)
        (played,) = play([(self.scales[activity.pk], fact)], self.memories[activity.pk])
        label = f"Contribution {name}"
        draft = draft_of(played, kind=RunKind.DOCUMENT, subject=name, label=label, on=made.deal.on)
        run = row_of(activity, draft)
        run.created_by, run.created_at = stall.author, instant(made.deal.on)
        if draft.figures.due:
            entry = contribution_entry(
                draft.figures.due,
                label=label,
                piece=name,
                on=made.deal.on,
                activity_id=made.entry.lines[0].analytic_id,
                shared_id=self.shared,
            )
            run.entry = self.ledger.post(entry, invoice, stall.author)
        self.shelves[ContributionRun].put(run)
        for part in part_rows(run, draft):
            part.run_id = run.pk
            self.shelves[ContributionPart].put(part)

    def _receive(self, made: Made, paid: Paid) -> None:
        invoice, stall = made.invoice, self.stalls[made.deal.stall]
        receipt = Receipt(
            kind=ReceiptKind.RECEIVED,
            activity_id=invoice.activity_id,
            customer_id=invoice.customer_id,
            on=paid.on,
            amount=paid.amount,
            mode=PaymentMode.TRANSFER,
            entry=self.ledger.post(paid.entry, invoice, stall.author),
            form_key=key_of("payment", invoice.pk),
            created_at=instant(paid.on),
            created_by=stall.author,
        )
        self.shelves[Receipt].put(receipt)
        payment = Payment(receipt=receipt, invoice_id=invoice.pk, amount=paid.amount)
        self.shelves[Payment].put(payment)
        for tax in paid.taxes:
            row = PaymentTax(payment=payment, category=tax.category, rate=tax.rate, tax=tax.tax)
            self.shelves[PaymentTax].put(row)
