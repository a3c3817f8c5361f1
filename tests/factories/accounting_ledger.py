"""Months closed and entries by hand, made through the services."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

from accounting.calculations.entries import EntryDraft, credit, debit
from accounting.models import (
    Account,
    AnalyticAccount,
    Entry,
    EntryModel,
    Journal,
    ManualEntry,
    Period,
    PlannedReversal,
    RecurringEntry,
)
from accounting.selectors.accounts import shared_section
from accounting.services.entry_models import (
    ModelContent,
    ModelLineContent,
    RecurringContent,
    create_model,
    create_recurring,
)
from accounting.services.manual import (
    ManualContent,
    ManualLineContent,
    create_manual,
    discard_manual,
    validate_manual,
)
from accounting.services.periods import close_month
from accounting.services.posting import post_entry
from accounting.services.reversals import reverse_by_hand
from cae.core.periods import Month
from people.models import User

TODAY = date(2026, 11, 27)


def post(on: date, amount: str = "100.00", *, journal: str = "OD", source: Any = None) -> Entry:
    """An entry of the shared section, as small as can be."""
    section, sum_of = shared_section().pk, Decimal(amount)
    lines = (debit("627000", section, sum_of), credit("bank", section, sum_of))
    return post_entry(EntryDraft(journal, on, "Frais bancaires", lines), actor=None, source=source)


def close(text: str, *, actor: Any = None, today: date = TODAY) -> Period:
    """A month closed, whatever is pointed at."""
    return close_month(Month.parse(text), looked=True, actor=actor, today=today)


def line(number: str, amount: str, *, section: AnalyticAccount | None = None) -> ManualLineContent:
    """Debit when positive, credit when negative, of the shared section unless said otherwise."""
    signed, nothing = Decimal(amount), Decimal(0)
    return ManualLineContent(
        Account.objects.get(number=number),
        section or shared_section(),
        max(signed, nothing),
        max(-signed, nothing),
    )


def written(*lines: ManualLineContent, on: date = date(2026, 11, 3), **details: Any) -> ManualContent:
    """An entry of bank charges, unless lines say otherwise."""
    lines = lines or (line("627000", "12.50"), line("512000", "-12.50"))
    facts = {"journal": Journal.objects.get(code="OD"), "on": on, "label": "Frais", "lines": lines}
    return ManualContent(**facts | details)


def make_manual(*lines: ManualLineContent, actor: Any = None, **details: Any) -> ManualEntry:
    return create_manual(written(*lines, **details), form_key=uuid4(), actor=actor)


def make_model(name: str = "Loyer", *, share: bool = True, actor: Any = None) -> EntryModel:
    """Rent cut between two sides of the shared section, or bank charges of a fixed amount."""
    section, accounts = shared_section(), {row.number: row for row in Account.objects.all()}
    how_much: dict[str, Decimal] = {"share": Decimal(1)} if share else {"amount": Decimal("12.50")}
    lines = (
        ModelLineContent(accounts["627000"], section, "debit", **how_much),
        ModelLineContent(accounts["512000"], section, "credit", **how_much),
    )
    content = ModelContent(name, Journal.objects.get(code="OD"), f"{name} du mois", lines)
    return create_model(content, form_key=uuid4(), actor=actor)


def make_recurring(
    model: EntryModel, *, first_on: date, total: str | None = "900.00", actor: Any = None, **details: Any
) -> RecurringEntry:
    facts: dict[str, Any] = {"every": "month", "label": "Loyer", "total": Decimal(total) if total else None}
    content = RecurringContent(model=model, first_on=first_on, **facts | details)
    return create_recurring(content, form_key=uuid4(), actor=actor)


def planned_of(entry: Entry, on: date = date(2199, 1, 1), *, actor: Any = None) -> PlannedReversal:
    """A reversal to come."""
    made = reverse_by_hand(entry, on=on, reason="Extourne", actor=actor, today=TODAY)
    assert isinstance(made, PlannedReversal)
    return made


def led_by(users: dict[str, User]) -> dict[str, Any]:
    """What the walk visits of the ledger. The month closed is older than all that others book."""
    actor = users["accountant"]
    post(date(2020, 1, 4))
    close("2020-01", actor=actor)
    draft = make_manual(actor=actor)
    uneven = make_manual(line("627000", "12.50"), actor=actor)
    posted = validate_manual(make_manual(actor=actor), version=1, actor=actor)
    given_up = discard_manual(make_manual(actor=actor), version=1, actor=actor)
    model = make_model("Loyer de la visite", actor=actor)
    free = post(date(2026, 11, 4))
    reversing = post(date(2026, 11, 5))
    return {
        "manual_draft": draft,
        "manual_uneven": uneven,
        "manual_posted": posted,
        "manual_given_up": given_up,
        "entry_model": model,
        "recurring_entry": make_recurring(model, first_on=date(2199, 1, 1), actor=actor),
        "free_entry": free,
        "planned_entry": planned_of(reversing, actor=actor).entry,
    }
