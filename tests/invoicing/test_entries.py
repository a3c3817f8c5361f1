"""Issuing and paying write the entries of the worked cases, through the services."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from accounting.models import Account, Entry, EntryLine
from cae.core.errors import Code, Refused
from cae.core.models import NumberSeries
from invoicing.models import Invoice
from invoicing.selectors.controls import total_faults
from invoicing.services.inputs import LineContent, LineCredit
from invoicing.states.sales import REVENUE_ACCOUNTS, CreditPart
from tests.factories import accounting as books
from tests.factories import invoicing as make
from tests.factories.entrepreneurs import make_activity
from tests.invoicing.conftest import Judges

pytestmark = pytest.mark.django_db

CASES = {
    case["id"]: case
    for case in json.loads((Path(__file__).parent.parent / "data" / "ledger_cases.json").read_text())["cases"]
}
NATURES = {account: nature for nature, account in REVENUE_ACCOUNTS.items()}
RATES = {
    ("20.00", "S"): "normal",
    ("10.00", "S"): "intermediate",
    ("5.50", "S"): "reduced",
    ("0.00", "E"): "training",
}


def series(code: str, template: str, counter: int) -> None:
    NumberSeries.objects.filter(code=code).update(template=template, counter=counter)


def lines_of(given: dict[str, Any]) -> list[LineContent]:
    """A discount of the case is the discount of the line of its rate."""
    discounts = {row["vat"]: Decimal(row["net"]) for row in given.get("discounts", [])}
    return [
        make.line(
            row["net"],
            vat=RATES[row["vat"], row.get("category", "S")],
            nature=NATURES[row["account"]],
            discount_amount=discounts.get(row["vat"]),
        )
        for row in given["lines"]
    ]


def issued(given: dict[str, Any]) -> Invoice:
    activity = make_activity()
    make.firm(activity, name=given["customer"])
    draft = make.draft(
        activity,
        *lines_of(given),
        due_on=date.fromisoformat(given["due"]) if "due" in given else None,
        vat_due_on=given.get("vat_due_on", ""),
    )
    return make.issue(draft, on=date.fromisoformat(given["on"]))


def shown(entry: Entry) -> dict[str, Any]:
    lines = []
    for row in entry.lines.select_related("account", "analytic"):
        line = {
            "account": row.account.role,
            "analytic": "A1",
            "debit": str(row.debit),
            "credit": str(row.credit),
            "vat": None if row.vat_rate is None else str(row.vat_rate),
            "due": row.due_on and row.due_on.isoformat(),
            "party": row.party,
        }
        lines.append({key: value for key, value in line.items() if value})
    return {
        "journal": entry.journal.code,
        "on": entry.on.isoformat(),
        "label": entry.label,
        "lines": sorted(lines, key=str),
    }


def expected(entry: dict[str, Any]) -> dict[str, Any]:
    return {**entry, "lines": sorted((dict(line) for line in entry["lines"]), key=str)}


def same(found: dict[str, Any], wanted: dict[str, Any]) -> bool:
    by_key = [sorted(tuple(sorted(line.items())) for line in side["lines"]) for side in (found, wanted)]
    return by_key[0] == by_key[1] and all(found[key] == wanted[key] for key in ("journal", "on", "label"))


@pytest.mark.parametrize("name", ["LG01", "LG02", "LG03", "LG04", "LG05"])
def test_invoice(name: str, judges: Judges) -> None:
    case = CASES[name]
    series("invoice", "2026-{SEQ}", int(case["input"]["number"].removeprefix("2026-")) - 1)
    invoice = issued(case["input"])
    found = [shown(entry) for entry in Entry.objects.filter(journal__code="VE")]
    wanted = case["expected"]["entries"]
    assert len(found) == len(wanted) == 1
    assert same(found[0], wanted[0]), (found[0], wanted[0])
    assert Entry.objects.get(journal__code="VE").source == invoice


def test_credit_note(judges: Judges) -> None:
    """LG07: sides swapped, amounts positive."""
    series("invoice", "2026-{SEQ}", 100)
    series("credit_note", "2026-A{SEQ:2}", 8)
    invoice = issued(CASES["LG01"]["input"])
    note = make.issue(make.credit(invoice), on=date(2026, 3, 20))
    assert note.number == "2026-A09"
    found = shown(Entry.objects.get(journal__code="VE", source_id=note.pk))
    (wanted,) = CASES["LG07"]["expected"]["entries"]
    assert same(found, wanted), (found, wanted)


@pytest.mark.parametrize("name", ["LG13", "LG14"])
def test_payments(name: str, judges: Judges) -> None:
    case = CASES[name]
    series("invoice", "2026-{SEQ}", 101)
    invoice = issued(CASES["LG02"]["input"])
    for payment in case["input"]["payments"]:
        make.pay(invoice, payment["amount"], on=date.fromisoformat(payment["on"]))
    found = [shown(entry) for entry in Entry.objects.filter(journal__code="BQ").order_by("pk")]
    wanted = case["expected"]["entries"]
    assert len(found) == len(wanted)
    assert all(same(*pair) for pair in zip(found, wanted, strict=True)), (found, wanted)


def test_a_discount_on_the_whole_is_granted_rate_by_rate(judges: Judges) -> None:
    invoice = make.issued(
        None,
        make.line("100.00"),
        make.line("50.00", vat="reduced", discount_rate=Decimal("0.1000")),
        discount_rate=Decimal("0.1000"),
    )
    entry = Entry.objects.get(source_id=invoice.pk, journal__code="VE")
    rows = [(row.account.role, row.vat_rate, row.debit - row.credit) for row in entry.lines.all()]
    assert sorted(rows, key=str) == sorted(
        [
            ("customer", None, Decimal("150.73")),
            ("revenue_services", Decimal("20.00"), Decimal("-100.00")),
            ("revenue_services", Decimal("5.50"), Decimal("-50.00")),
            ("discount_granted", Decimal("20.00"), Decimal("10.00")),
            ("discount_granted", Decimal("5.50"), Decimal("9.50")),
            ("vat_pending", Decimal("20.00"), Decimal("-18.00")),
            ("vat_pending", Decimal("5.50"), Decimal("-2.23")),
        ],
        key=str,
    )
    assert list(total_faults()) == []


def test_a_credit_note_takes_back_the_discount(judges: Judges) -> None:
    lines = [make.line("100.00"), make.line("30.01", vat="reduced"), make.line("20.00", nature="goods")]
    invoice = make.issued(None, *lines, discount_amount=Decimal("33.33"))
    note = make.issue(make.credit(invoice), on=date(2026, 3, 20))
    sums: dict[tuple[str, Any], Decimal] = {}
    for row in EntryLine.objects.filter(entry__source_id__in=[invoice.pk, note.pk]).select_related("account"):
        key = (row.account.number, row.vat_rate)
        sums[key] = sums.get(key, Decimal(0)) + row.debit - row.credit
    assert set(sums.values()) == {Decimal(0)}
    assert note.discount_amount == Decimal("33.33")
    assert list(total_faults()) == []


def test_missing_account_refuses_everything(judges: Judges) -> None:
    """LG20: no number, no entry; the sentence names the account to set."""
    Account.objects.filter(role="discount_granted").update(role=None)
    activity = make_activity()
    draft = make.draft(activity, make.line("500.00", discount_amount=Decimal("100.00")))
    counter = NumberSeries.objects.get(code="invoice").counter
    with pytest.raises(Refused) as refusal:
        make.issue(draft, on=date(2026, 3, 9))
    assert refusal.value.code == Code.ACCOUNT_MISSING
    assert "Remises accordées" in str(refusal.value)
    draft.refresh_from_db()
    assert (draft.state, draft.number) == ("draft", None)
    assert not Entry.objects.exists()
    assert NumberSeries.objects.get(code="invoice").counter == counter


def test_contribution_follows_and_comes_back(judges: Judges) -> None:
    books.scale("0.1000")
    activity = make_activity()
    invoice = make.issued(activity, make.line("1000.00"))
    make.issue(make.credit(invoice), on=date(2026, 3, 10))
    dues = list(activity.contributions.order_by("pk").values_list("base", "due"))
    assert [base for base, _ in dues] == [Decimal("1000.00"), Decimal("-1000.00")]
    assert [due for _, due in dues] == [Decimal("100.00"), Decimal("-100.00")]


def test_contribution_comes_back_to_the_cent_in_several_notes(judges: Judges) -> None:
    """docs/decisions/0006: 10.00 € were taken on 100.01 €; three notes give back 10.00 €, not 10.01 €."""
    books.scale("0.1000")
    activity = make_activity()
    invoice = make.issued(activity, make.line("33.34"), make.line("33.34"), make.line("33.33"))
    for line in invoice.lines.all():
        note = make.credit(invoice, CreditPart.LINES, lines=[LineCredit(line, Decimal(1))])
        make.issue(note, on=date(2026, 3, 10))
    rows = list(activity.contributions.order_by("pk"))
    assert [str(row.due) for row in rows] == ["10.00", "-3.33", "-3.34", "-3.33"]
    assert {row.corrects for row in rows[1:]} == {rows[0]}
    assert balance("internal_charge") == balance("internal_income") == 0


def test_contribution_comes_back_at_the_rate_that_was_taken(judges: Judges) -> None:
    books.scale("0.1000")
    activity = make_activity()
    invoice = make.issued(activity, make.line("100.00"))
    books.scale("0.1500", on=date(2026, 3, 5))
    make.issue(make.credit(invoice), on=date(2026, 3, 10))
    assert [str(row.due) for row in activity.contributions.order_by("pk")] == ["10.00", "-10.00"]


def test_nothing_taken_nothing_given_back(judges: Judges) -> None:
    activity = make_activity()
    invoice = make.issued(activity)
    make.issue(make.credit(invoice), on=date(2026, 3, 10))
    assert not activity.contributions.exists()


def balance(role: str) -> Decimal:
    lines = Entry.objects.values_list("lines__account__role", "lines__debit", "lines__credit")
    return sum((debit - credit for found, debit, credit in lines if found == role), Decimal(0))


def test_surplus_is_an_advance_of_the_customer(judges: Judges) -> None:
    """DT13: 125 received on 120 leaves 5 on 4191."""
    invoice = make.issued(None, make.line("100.00"))
    make.pay(invoice, "125.00")
    assert (balance("customer"), balance("customer_advance")) == (Decimal(0), Decimal(-5))
    assert (balance("vat_pending"), balance("vat_collected")) == (Decimal(0), Decimal(-20))


def test_credit_note_on_a_paid_invoice_gives_back_released_tax(judges: Judges) -> None:
    invoice = make.issued(None, make.line("100.00"))
    make.pay(invoice, "120.00")
    make.issue(make.credit(invoice), on=date(2026, 4, 2))
    assert (balance("vat_pending"), balance("vat_collected")) == (Decimal(0), Decimal(0))
    assert balance("customer") == Decimal(-120)
    assert balance("revenue_services") == Decimal(0)


def test_credit_of_one_rate_leaves_no_tax_waiting(judges: Judges) -> None:
    """Once the 20 % line is taken back, paying the rest releases the tax of the other rate, whole."""
    activity = make_activity()
    invoice = make.issued(activity, make.line("100.00"), make.line("100.00", vat="intermediate"))
    first = invoice.lines.get(position=1)
    note = make.credit(invoice, CreditPart.LINES, lines=[LineCredit(first, Decimal(1))])
    make.issue(note, on=date(2026, 3, 10))
    make.pay(invoice, "110.00")
    assert (balance("vat_pending"), balance("vat_collected")) == (Decimal(0), Decimal(-10))


def test_credit_of_the_rest_settles_everything(judges: Judges) -> None:
    """DT15 in the books: 120 invoiced, 100 paid, 20 given back."""
    invoice = make.issued(None, make.line("100.00"))
    make.pay(invoice, "100.00")
    note = make.issue(make.credit(invoice, CreditPart.REST), on=date(2026, 4, 2))
    assert (note.total_excl_tax, note.total_tax) == (Decimal("16.67"), Decimal("3.33"))
    assert (balance("customer"), balance("vat_pending")) == (Decimal(0), Decimal(0))
    assert balance("vat_collected") == Decimal("-16.67")


def test_reversal_puts_the_tax_back_to_wait(judges: Judges) -> None:
    invoice = make.issued(None, make.line("100.00"))
    make.reverse(make.pay(invoice, "125.00"))
    for role in ("bank", "customer_advance", "vat_collected"):
        assert balance(role) == 0, role
    assert (balance("customer"), balance("vat_pending")) == (Decimal(120), Decimal(-20))
