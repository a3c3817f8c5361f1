"""Writes what each activity has of a joint document and of its money: rows kept for good, entries in which
each section balances (INV-20)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TypeVar

from accounting.calculations.entries import EntryDraft
from accounting.models import AnalyticAccount
from accounting.selectors.accounts import section_of
from cae.core.money import ZERO
from entrepreneurs.models import Activity
from invoicing.calculations.entries import OTHER_JOURNAL, Piece, Share
from invoicing.calculations.joint import kept_back
from invoicing.calculations.joint_entries import (
    joint_credit_note_entry,
    joint_invoice_entry,
    joint_money_entry,
    joint_retention_entry,
)
from invoicing.models import Invoice, LineShare, PaidShift, Payment, PaymentShare, TaxShare
from invoicing.selectors.invoices import standing_of
from invoicing.selectors.joint import Split
from invoicing.selectors.joint_money import Shares, tax_changes_of
from invoicing.states.sales import VatDueOn

T = TypeVar("T")


def keep_split(split: Split, *, sign: int) -> None:
    """Does: keeps what each has of a document being issued. Refuses: nothing (PostgreSQL wants the parts of a
    tax to make it). Leaves behind: a row an activity that has something, for each line and each tax."""
    lines, taxes = [], []
    for activity in split.activities:
        part = split.parts[activity.pk]
        for line, had in zip(split.lines, part.rows, strict=True):
            if had.gross or had.net:
                lines.append(
                    LineShare(line=line, activity=activity, gross=sign * had.gross, net=sign * had.net)
                )
        found = {(group.category, group.rate): group for group in part.taxes}
        for tax in split.taxes:
            group = found.get((tax.category, tax.rate))
            if group is not None and (group.net or group.tax):
                taxes.append(TaxShare(of=tax, activity=activity, base=sign * group.net, tax=sign * group.tax))
    LineShare.objects.bulk_create(lines)
    TaxShare.objects.bulk_create(taxes)


def joint_entries_of(
    invoice: Invoice,
    split: Split,
    *,
    piece: Piece,
    section_of: Callable[[Activity], int],
    until: date | None,
) -> Iterator[EntryDraft]:
    """What a joint document says in the books, and what its customer keeps of it."""
    on_receipts = invoice.vat_due_on == VatDueOn.RECEIPTS
    sections = {one.pk: section_of(one) for one in split.activities}
    parts = {section: split.parts[key] for key, section in sections.items()}
    if invoice.credited is None:
        yield joint_invoice_entry(piece, parts, on_receipts=on_receipts)
    else:
        credited = [tax.group for tax in split.taxes]
        changes = tax_changes_of(invoice.credited, standing_of(invoice.credited), split.parts, credited)
        own = {sections[key]: some for key, some in changes.items()}
        yield joint_credit_note_entry(piece, parts, on_receipts=on_receipts, tax_changes=own)
    if until is not None:
        grosses = {section: part.gross for section, part in parts.items()}
        yield joint_retention_entry(piece, kept_back(invoice.retained, grosses), until=until)


def shift_entry_of(note: Invoice, shifts: Mapping[int, Decimal], on: date) -> EntryDraft:
    """The money that a credit note moves between activities: from section to section, so that the bank as a
    whole stays as it is, and no journal of the bank has it."""
    number = str(note.credited.number) if note.credited else ""
    piece = Piece(number, on, note.customer.name, 0)
    shares = {section: [Share(number, amount)] for section, amount in by_section(shifts).items()}
    return replace(joint_money_entry(piece, shares, title="Répartition du règlement"), journal=OTHER_JOURNAL)


def keep_shifts(note: Invoice, shifts: Mapping[int, Decimal]) -> list[Activity]:
    """Does: keeps what a credit note moves between activities. Refuses: nothing (PostgreSQL wants them to
    make nothing). Leaves behind: a row an activity, given back in the order in which they are locked."""
    PaidShift.objects.bulk_create(
        PaidShift(note=note, activity_id=key, amount=amount) for key, amount in shifts.items()
    )
    return list(Activity.objects.filter(pk__in=shifts).order_by("pk"))


def joint_money_of(
    piece: Piece, moves: Sequence[tuple[Share, Shares | None]], *, title: str, leading: Activity
) -> tuple[EntryDraft, list[Activity]]:
    """The entry of a movement on invoices of which one at least is joint, and whose money it is. Each section
    names every invoice, so that all are named alike; a cent of nothing is no line."""
    keys = {leading.pk, *(key for _whole, shares in moves for key in shares or ())}
    activities = list(Activity.objects.filter(pk__in=keys).order_by("pk"))
    sections = sections_of(activities)
    shares = {
        sections[one.pk]: [_share_of(one, whole, cut, leading) for whole, cut in moves] for one in activities
    }
    return joint_money_entry(piece, shares, title=title), activities


def _share_of(activity: Activity, whole: Share, cut: Shares | None, leading: Activity) -> Share:
    own = cut or {leading.pk: whole}
    return own.get(activity.pk, Share(whole.number, ZERO))


def keep_shares(payment: Payment, cut: Shares) -> None:
    """Does: keeps what each has of a payment. Refuses: nothing (PostgreSQL wants them to make it). Leaves
    behind: a row an activity that has something."""
    PaymentShare.objects.bulk_create(
        PaymentShare(payment=payment, activity_id=key, amount=share.amount, advance=share.advance)
        for key, share in cut.items()
        if share.amount or share.advance
    )


def sections_of(activities: Iterable[Activity]) -> dict[int, int]:
    """The analytic section of each, by its key; refuses an activity that has none."""
    every = list(activities)
    found = dict(AnalyticAccount.objects.filter(activity__in=every).values_list("activity", "pk"))
    return {one.pk: found.get(one.pk) or section_of(one).pk for one in every}


def by_section(parts: Mapping[int, T]) -> dict[int, T]:
    """The same by section, in the order of the keys of activities."""
    sections = sections_of(Activity.objects.filter(pk__in=parts).order_by("pk"))
    return {section: parts[key] for key, section in sections.items()}
