"""Accounting entries of a sale, of its credit note and of its payment: which account, which side, which
section.

Source: plan comptable général art. 944-41 (411), 944-44 (4457), 944-70 (70 and 709); VAT on receipts waits
on 44574. Accounts are roles: the accountant says which number answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from accounting.calculations.entries import EntryDraft, LineDraft, credit, debit, merged
from cae.core.money import ZERO
from invoicing.calculations.payment_vat import TaxRelease
from invoicing.calculations.totals import Adjustment, TaxGroup, percent

SALES_JOURNAL, BANK_JOURNAL, OTHER_JOURNAL = "VE", "BQ", "OD"
# The rate of services sold to professionals of the Union (CGI art. 283-2).
REVERSE_ABROAD = "reverse-eu"
# Categories of the e-invoice that pay no tax → natures of the VAT statement.
_KINDS = {"E": "exempt", "K": "eu_goods", "G": "export"}


@dataclass(frozen=True, slots=True)
class Sale:
    """One line of a document as the books see it: revenue before discount, and the discount."""

    account: str
    rate: Decimal
    gross: Decimal
    discount: Decimal = ZERO
    # Why nothing is taxed, for the VAT statement.
    vat_kind: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """What every entry of a document carries."""

    number: str
    on: date
    customer: str
    analytic_id: int
    due_on: date | None = None


def invoice_entry(
    piece: Piece,
    *,
    sales: Iterable[Sale],
    taxes: Sequence[TaxGroup],
    on_receipts: bool,
    discounts: Iterable[Adjustment] = (),
    disbursed: Decimal = ZERO,
) -> EntryDraft:
    """The sale: customer against revenue, discounts (of lines, of the whole) and tax; the tax waits when it
    is due on receipts. What was paid in the name of the customer leaves its own account, never revenue."""
    tax_account = "vat_pending" if on_receipts else "vat_collected"
    lines = []
    total = ZERO
    for sale in sales:
        said = {"vat_rate": percent(sale.rate), "vat_kind": sale.vat_kind}
        lines.append(credit(sale.account, piece.analytic_id, sale.gross, **said))
        lines.append(debit("discount_granted", piece.analytic_id, sale.discount, **said))
        total += sale.gross - sale.discount
    for off in discounts:
        said = {"vat_rate": percent(off.rate), "vat_kind": kind_of(off.category)}
        lines.append(debit("discount_granted", piece.analytic_id, off.net, **said))
        total -= off.net
    for group in taxes:
        said = {"vat_rate": percent(group.rate), "vat_base": group.net}
        lines.append(credit(tax_account, piece.analytic_id, group.tax, **said))
        total += group.tax
    lines.append(credit("disbursement", piece.analytic_id, disbursed))
    total += disbursed
    customer = debit("customer", piece.analytic_id, total, due_on=piece.due_on, party=piece.customer)
    return _entry(SALES_JOURNAL, piece, [customer, *lines], f"{piece.number} {piece.customer}")


def credit_note_entry(
    piece: Piece,
    *,
    sales: Iterable[Sale],
    taxes: Sequence[TaxGroup],
    on_receipts: bool,
    discounts: Iterable[Adjustment] = (),
    disbursed: Decimal = ZERO,
    tax_changes: Sequence[TaxRelease] = (),
) -> EntryDraft:
    """The sale with its sides swapped; `tax_changes` moves between waiting and due tax what payments had
    released."""
    sale = invoice_entry(
        replace(piece, due_on=None),
        sales=sales,
        taxes=taxes,
        on_receipts=on_receipts,
        discounts=discounts,
        disbursed=disbursed,
    )
    lines = [line.swapped() for line in sale.lines]
    return replace(sale, lines=merged([*lines, *_releases(piece, tax_changes)]))


def retention_entry(piece: Piece, amount: Decimal, *, until: date) -> EntryDraft:
    """What the customer keeps of a document leaves what they owe now, until the day foreseen (case LG12)."""
    lines = [
        debit("customer_retention", piece.analytic_id, amount, due_on=until, party=piece.customer),
        credit("customer", piece.analytic_id, amount, party=piece.customer),
    ]
    return _entry(SALES_JOURNAL, piece, lines, f"RG {piece.number} {piece.customer}")


def release_entry(piece: Piece, amount: Decimal) -> EntryDraft:
    """What was kept is due again, on the due date of the piece."""
    lines = [
        debit("customer", piece.analytic_id, amount, due_on=piece.due_on, party=piece.customer),
        credit("customer_retention", piece.analytic_id, amount, party=piece.customer),
    ]
    return _entry(SALES_JOURNAL, piece, lines, f"Libération RG {piece.number} {piece.customer}")


@dataclass(frozen=True, slots=True)
class Share:
    """What a movement of money brings to one invoice (negative: takes from it), advance included."""

    number: str
    amount: Decimal
    advance: Decimal = ZERO
    tax_changes: Sequence[TaxRelease] = ()


def money_entry(piece: Piece, shares: Sequence[Share], *, title: str, held_on: str = "bank") -> EntryDraft:
    """Money in or out: bank (or `held_on`, where it waited) against customer, what goes beyond the amounts
    due against advances (4191).

    A movement between invoices touches no bank. Each share keeps the number of its invoice."""
    many = len(shares) > 1
    total = sum((share.amount for share in shares), ZERO)
    from_bank = held_on == "bank"
    lines = [debit(held_on, piece.analytic_id, total, party="" if from_bank else piece.customer)]
    for share in shares:
        named = {"party": piece.customer, "label": share.number if many else ""}
        lines.append(credit("customer", piece.analytic_id, share.amount - share.advance, **named))
        lines.append(credit("customer_advance", piece.analytic_id, share.advance, **named))
        lines.extend(_releases(piece, share.tax_changes))
    label = f"{title} {piece.number} {piece.customer}"
    return _entry(BANK_JOURNAL if total and from_bank else OTHER_JOURNAL, piece, lines, label)


def kind_of(category: str, code: str = "") -> str:
    """What the VAT statement calls a sale of this category; the code of the rate tells services abroad from
    reverse charge in France."""
    if category == "AE":
        return "services_abroad" if code == REVERSE_ABROAD else "domestic"
    return _KINDS.get(category, "")


def names_of(numbers: Sequence[str]) -> str:
    """The piece of an entry that concerns several documents: « F2026-0001 + 2 »."""
    return numbers[0] if len(numbers) == 1 else f"{numbers[0]} + {len(numbers) - 1}"


def _releases(piece: Piece, changes: Sequence[TaxRelease]) -> list[LineDraft]:
    lines = []
    for change in changes:
        said = {"vat_rate": percent(change.rate), "vat_base": change.base}
        lines.append(debit("vat_pending", piece.analytic_id, change.tax, **said))
        lines.append(credit("vat_collected", piece.analytic_id, change.tax, **said))
    return lines


def _entry(journal: str, piece: Piece, lines: Iterable[LineDraft], label: str) -> EntryDraft:
    return EntryDraft(journal=journal, on=piece.on, label=label, piece=piece.number, lines=merged(lines))
