"""A month of VAT in the books, made of the entries that documents make; returns in every state; deadlines."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4

from accounting.calculations.entries import EntryDraft, LineDraft, credit, debit
from accounting.models import Account, AnalyticAccount, Entry, EntryLine, TaxDeadline, VatReturn
from accounting.selectors.accounts import section_of, shared_section
from accounting.services.posting import post_entry
from accounting.services.tax_deadlines import DeadlineContent, add_deadline
from accounting.services.vat_returns import Filing, file_return, open_return, prepare_return
from accounting.services.vat_rulings import self_assess
from entrepreneurs.models import Activity
from invoicing.calculations.entries import (
    Piece,
    Sale,
    Share,
    credit_note_entry,
    invoice_entry,
    money_entry,
)
from invoicing.calculations.payment_vat import change, tax_due
from invoicing.calculations.purchase_entries import PurchasePiece, purchase_entry
from invoicing.calculations.purchase_split import Cell
from invoicing.calculations.totals import TaxGroup
from people.models import User
from tests.factories.entrepreneurs import make_activity

CASE = Path(__file__).parent.parent / "data" / "ca3_case.json"
# The days of the worked case, and the one from which it is looked at.
IN_MARCH, MARCH, TODAY = date(2026, 3, 12), date(2026, 3, 1), date(2026, 5, 20)
D = Decimal


def ca3_case() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(CASE.read_text())
    return found


def post(*lines: LineDraft, on: date = IN_MARCH, journal: str = "OD", label: str = "Écriture") -> Entry:
    return post_entry(EntryDraft(journal, on, label, tuple(lines)), actor=None, source=None)


def sold(
    section: AnalyticAccount,
    *groups: tuple[str, str, str],
    on: date = IN_MARCH,
    on_receipts: bool = False,
    number: str = "F-1",
    kind: str = "",
) -> Entry:
    """A sale as its invoice posts it: (rate in percent, net, tax) a group."""
    draft = invoice_entry(
        Piece(number, on, "Client A", section.pk),
        sales=[Sale("revenue_services", D(rate) / 100, D(net), vat_kind=kind) for rate, net, _tax in groups],
        taxes=[TaxGroup("S", D(rate) / 100, D(net), D(tax)) for rate, net, tax in groups],
        on_receipts=on_receipts,
    )
    return post_entry(draft, actor=None, source=None)


def given_back(section: AnalyticAccount, rate: str, net: str, tax: str, *, on: date = IN_MARCH) -> Entry:
    """A credit note on debits."""
    draft = credit_note_entry(
        Piece("A-1", on, "Client A", section.pk),
        sales=[Sale("revenue_services", D(rate) / 100, D(net))],
        taxes=[TaxGroup("S", D(rate) / 100, D(net), D(tax))],
        on_receipts=False,
    )
    return post_entry(draft, actor=None, source=None)


def paid_in_parts(
    section: AnalyticAccount, group: tuple[str, str, str], *amounts: str, on: date = IN_MARCH
) -> list[Entry]:
    """A sale on receipts and its payments, each of which releases its tax."""
    rate, net, tax = group
    sold(section, group, on=on, on_receipts=True, number="F-2")
    groups, so_far, entries = [TaxGroup("S", D(rate) / 100, D(net), D(tax))], D(0), []
    for amount in amounts:
        released = change(tax_due(groups, so_far), tax_due(groups, so_far + D(amount)))
        share = Share("F-2", D(amount), tax_changes=released)
        draft = money_entry(Piece("F-2", on, "Client A", section.pk), [share], title="Règlement")
        entries.append(post_entry(draft, actor=None, source=None))
        so_far += D(amount)
    return entries


def bought(
    section: AnalyticAccount, account: str, rate: str, net: str, tax: str, *, on: date = IN_MARCH
) -> Entry:
    """A purchase whose tax is deducted whole."""
    Account.objects.get_or_create(number=account, defaults={"label": "Matériel", "kind": "balance"})
    cells = [Cell(section.pk, account, D(rate) / 100, D(1), D(net), D(tax))]
    piece = PurchasePiece("FA-1", on, "Fournisseur", "Fournisseur")
    return post_entry(purchase_entry(piece, cells), actor=None, source=None)


def month_of_case(activity: Activity) -> AnalyticAccount:
    """The facts of the worked case, in the books of an activity."""
    facts, section = ca3_case()["facts"], section_of(activity)
    shared = shared_section().pk
    carried = D(facts["credit_carried"])
    post(debit("vat_credit", shared, carried), credit("bank", shared, carried), on=date(2026, 2, 28))
    sold(section, *map(tuple, facts["on_debits"]["invoice"]))
    given_back(section, *facts["on_debits"]["credit_note"][0])
    paid_in_parts(section, tuple(facts["on_receipts"]["invoice"]), *facts["on_receipts"]["paid"])
    for kind, net in facts["untaxed"]:
        sold(section, ("0", net, "0"), kind=kind, number=f"F-{kind}")
    for account, rate, net, tax in (*facts["bought"], *facts["assets"]):
        bought(section, account, rate, net, tax)
    reverse = facts["reverse_charge"]
    abroad = bought(section, "606100", "0", reverse["net"], "0")
    line = EntryLine.objects.get(entry=abroad, vat_rate=0)
    self_assess(line, kind=reverse["kind"], rate=D(reverse["rate"]), recovery=D(1), on=IN_MARCH, actor=None)
    return section


def opened(day: date = MARCH, *, today: date = TODAY) -> VatReturn:
    return open_return(day=day, today=today, actor=None)


def prepared(day: date = MARCH) -> VatReturn:
    return prepare_return(opened(day), actor=None)


def filed(row: VatReturn, actor: User, *, reference: str = "2026-0001", on: date | None = None) -> VatReturn:
    return file_return(row, filing=Filing(on or TODAY, reference), today=TODAY, actor=actor)


def deadline(**changes: Any) -> TaxDeadline:
    """A deadline entered by hand, to be paid."""
    facts: dict[str, Any] = {
        "label": "Taxe foncière",
        "starts_on": date(2026, 1, 1),
        "ends_on": date(2026, 12, 31),
        "due_on": date(2026, 10, 15),
        "is_paid": True,
    } | changes
    return add_deadline(DeadlineContent(**facts), form_key=uuid4(), actor=None)


def taxed_by(users: dict[str, User], activity: Activity) -> dict[str, Any]:
    """Returns and deadlines of the house in every state, by name."""
    accountant = users["accountant"]
    section = section_of(activity)
    sold(section, ("20", "1000.00", "200.00"), on=date(2026, 1, 15), number="F-V1")
    bought(section, "606100", "0", "90.00", "0", on=date(2026, 1, 16))
    first = filed(prepared(date(2026, 1, 1)), accountant)
    sold(section, ("20", "500.00", "100.00"), on=date(2026, 2, 15), number="F-V2")
    ready = prepared(date(2026, 2, 1))
    doubtful = sold(section, ("0", "300.00", "0"), on=date(2026, 3, 15), number="F-V3")
    draft = opened(date(2026, 3, 1))
    return {
        "vat_filed": first,
        "vat_ready": ready,
        "vat_draft": draft,
        "vat_doubtful": EntryLine.objects.get(entry=doubtful, vat_rate=0),
        "vat_untaxed": EntryLine.objects.get(account__number="606100", vat_rate=0, debit=90),
        "tax_deadline": deadline(),
    }


def make_section() -> AnalyticAccount:
    return section_of(make_activity())
