"""Entries of a joint document and of its money: one entry, in which the section of each activity balances."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from accounting.calculations.entries import EntryDraft
from invoicing.calculations.entries import (
    BANK_JOURNAL,
    Piece,
    Sale,
    Share,
    credit_note_entry,
    invoice_entry,
    money_entry,
    release_entry,
    retention_entry,
)
from invoicing.calculations.joint import Part
from invoicing.calculations.losses import Loss, loss_entry
from invoicing.calculations.payment_vat import TaxRelease

# Analytic section → what its activity has.
Sections = Mapping[int, Part]


def joint_invoice_entry(piece: Piece, parts: Sections, *, on_receipts: bool) -> EntryDraft:
    """The sale, each activity with its own part of the customer, of the revenue and of the tax."""
    return _joined(
        invoice_entry(
            replace(piece, analytic_id=section),
            sales=_sales(part, 1),
            taxes=part.taxes,
            on_receipts=on_receipts,
        )
        for section, part in parts.items()
    )


def joint_credit_note_entry(
    piece: Piece,
    parts: Sections,
    *,
    on_receipts: bool,
    tax_changes: Mapping[int, Sequence[TaxRelease]],
) -> EntryDraft:
    """What a credit note takes from each: parts are negative, as `split_document` gives them."""
    return _joined(
        credit_note_entry(
            replace(piece, analytic_id=section),
            sales=_sales(part, -1),
            taxes=[replace(tax, net=-tax.net, tax=-tax.tax) for tax in part.taxes],
            on_receipts=on_receipts,
            tax_changes=tax_changes.get(section, ()),
        )
        for section, part in parts.items()
    )


def joint_money_entry(piece: Piece, shares: Mapping[int, Sequence[Share]], *, title: str) -> EntryDraft:
    """Money in or out, in the bank of each section for its own part."""
    return _joined(
        money_entry(replace(piece, analytic_id=section), own, title=title) for section, own in shares.items()
    )


def joint_retention_entry(piece: Piece, kept: Mapping[int, Decimal], *, until: date) -> EntryDraft:
    """What the customer keeps of each."""
    return _joined(
        retention_entry(replace(piece, analytic_id=section), amount, until=until)
        for section, amount in kept.items()
    )


def joint_release_entry(piece: Piece, kept: Mapping[int, Decimal]) -> EntryDraft:
    """What was kept of each is due again."""
    return _joined(
        release_entry(replace(piece, analytic_id=section), amount) for section, amount in kept.items()
    )


def joint_loss_entry(piece: Piece, losses: Mapping[int, Loss]) -> EntryDraft:
    """What each gives up."""
    return _joined(loss_entry(replace(piece, analytic_id=section), loss) for section, loss in losses.items())


def _sales(part: Part, sign: int) -> list[Sale]:
    return [
        Sale(row.account, row.rate, sign * row.gross, sign * (row.gross - row.net), row.vat_kind)
        for row in part.rows
    ]


def _joined(entries: Iterable[EntryDraft]) -> EntryDraft:
    """One entry of all: that of the bank when one of them touches it."""
    every = list(entries)
    first = next((entry for entry in every if entry.journal == BANK_JOURNAL), every[0])
    return replace(first, lines=tuple(line for entry in every for line in entry.lines))
