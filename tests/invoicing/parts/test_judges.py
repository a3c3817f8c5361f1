"""The judges accept every part of a quote, under every regime: the gate for all of them, the four judges for
a pair of each in the usual run and for every one in `--full`."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from cae.core.errors import IllegalMove
from invoicing.documents import invoice_html
from invoicing.engines.cii import build_xml
from invoicing.engines.facturx_pdf import facturx_pdf
from invoicing.engines.model import DocumentKind, EInvoice, Process
from invoicing.models import Invoice
from invoicing.services.inputs import ScheduleContent
from invoicing.states.parts import Billing
from tests.factories import invoicing as sales
from tests.factories import invoicing_parts as parts
from tests.factories.entrepreneurs import make_activity
from tests.factories.invoicing import DAY, line
from tests.judges import judge_all

pytestmark = pytest.mark.django_db

D = Decimal
BELGIAN: dict[str, Any] = {
    "siren": "",
    "country": "BE",
    "vat_number": "BE0428759497",
    "email": "be@example.org",
}
GERMAN: dict[str, Any] = {
    "siren": "",
    "country": "DE",
    "vat_number": "DE136695976",
    "email": "kauf@example.org",
}
SWISS: dict[str, Any] = {"siren": "", "country": "CH", "email": "achat@example.org"}
PERSON: dict[str, Any] = {"kind": "private_person", "siren": "", "name": "Zoé", "email": "zoe@example.org"}
TOWN: dict[str, Any] = {"kind": "public_body", "siren": sales.SIRENS[1], "name": "Ville de Bordeaux"}

# regime → customer, lines, VAT due on
REGIMES: dict[str, tuple[dict[str, Any], list[tuple[str, dict[str, Any]]], str]] = {
    "receipts": ({}, [("1000.01", {})], ""),
    "debits": ({}, [("1000.00", {"discount_rate": D("0.0750")})], "debits"),
    "goods": ({}, [("333.33", {"nature": "goods"})], ""),
    "rates": ({}, [("100.20", {}), ("10.00", {"vat": "reduced", "nature": "goods"})], ""),
    "training": ({}, [("1500.00", {"vat": "training", "nature": "training"})], ""),
    "reverse": (BELGIAN, [("700.00", {"vat": "reverse-eu"})], ""),
    "building": ({"vat_number": "FR83404833048"}, [("900.00", {"vat": "reverse-building"})], ""),
    "person": (PERSON, [("450.00", {"vat": "intermediate"})], ""),
    "public": (TOWN, [("640.50", {}), ("12.00", {"vat": "particular"})], ""),
    "export": (SWISS, [("800.00", {"vat": "export", "nature": "goods"})], ""),
}
KINDS = ("deposit", "deposit_credit", "interim", "balance", "progress", "final", "final_credit")


def documents(regime: str) -> dict[str, Invoice]:
    """Every kind of part, issued through the gate: nothing that the judges refuse gets here."""
    customer, rows, due = REGIMES[regime]
    owner = make_activity()
    sales.firm(owner, **customer)
    lines = [line(net, **details) for net, details in rows]
    said: dict[str, Any] = {"vat_due_on": due, "discount_rate": D("0.0500"), "purpose": "Chantier"}
    by_parts = parts.accepted(owner, *lines, **said)
    found = {"given_back": parts.issue(parts.deposit(by_parts, "0.1"))}
    found["deposit_credit"] = parts.issue(sales.credit(found.pop("given_back")))
    found["deposit"] = parts.issue(parts.deposit(by_parts, "0.3333"))
    found["interim"] = parts.issue(parts.interim(by_parts, amount=D("33.33")))
    found["balance"] = parts.issue(parts.balance(by_parts))
    work = parts.accepted(owner, *lines, schedule=ScheduleContent(Billing.PROGRESS), **said)
    parts.issue(parts.deposit(work, "0.2"))
    found["progress"] = parts.issue(parts.situation(work, "0.3333"))
    found["final"] = parts.issue(parts.balance(work, retention=D(0)))
    credit = sales.credit(found["final"])
    found["final_credit"] = parts.issue(credit, on=DAY + timedelta(days=1))
    return found


def content(invoice: Invoice) -> EInvoice:
    return EInvoice.from_json(invoice.facts or {})


def faults_of(some: dict[str, EInvoice]) -> dict[str, list[str]]:
    pdfs = {name: facturx_pdf(invoice_html(one), build_xml(one)) for name, one in some.items()}
    return {name: judgement.faults for name, judgement in judge_all(pdfs).items() if judgement.faults}


@pytest.mark.parametrize("regime", REGIMES)
def test_the_gate_and_four_judges_on_a_pair(regime: str) -> None:
    found = documents(regime)
    rank = list(REGIMES).index(regime)
    pair = (KINDS[rank % len(KINDS)], KINDS[(rank + 3) % len(KINDS)])
    assert faults_of({kind: content(found[kind]) for kind in pair}) == {}


@pytest.mark.full
@pytest.mark.parametrize("regime", REGIMES)
def test_four_judges_on_every_kind(regime: str) -> None:
    assert faults_of({kind: content(one) for kind, one in documents(regime).items()}) == {}


def test_goods_for_the_union_are_invoiced_when_they_leave() -> None:
    """No deposit of them, and nothing is written; their other parts pass the judges."""
    owner = make_activity()
    sales.firm(owner, **GERMAN)
    sold = line("800.00", vat="intra-eu-goods", nature="goods")
    quote = parts.accepted(owner, sold)
    with pytest.raises(IllegalMove, match="sans acompte"):
        parts.deposit(quote, "0.3")
    assert not Invoice.objects.exists()
    found = {"interim": parts.issue(parts.interim(quote, amount=D("300.00")))}
    found["balance"] = parts.issue(parts.balance(quote))
    found["credit"] = parts.issue(sales.credit(found["balance"]), on=DAY + timedelta(days=1))
    work = parts.accepted(owner, sold, schedule=ScheduleContent(Billing.PROGRESS))
    found["progress"] = parts.issue(parts.situation(work, "0.5"), on=DAY + timedelta(days=1))
    assert faults_of({kind: content(one) for kind, one in found.items()}) == {}


def test_what_each_kind_says_of_itself() -> None:
    found = {kind: content(one) for kind, one in documents("goods").items()}
    kinds = {kind: (one.kind, one.process) for kind, one in found.items()}
    assert kinds == {
        "deposit": (DocumentKind.DEPOSIT, Process.GOODS),
        "deposit_credit": (DocumentKind.DEPOSIT_CREDIT, Process.GOODS),
        "interim": (DocumentKind.INVOICE, Process.GOODS),
        "balance": (DocumentKind.INVOICE, Process.GOODS_FINAL),
        "progress": (DocumentKind.INVOICE, Process.GOODS_FINAL),
        "final": (DocumentKind.INVOICE, Process.GOODS_FINAL),
        "final_credit": (DocumentKind.CREDIT_NOTE, Process.GOODS),
    }
    assert found["deposit"].delivered_on is None
    assert found["interim"].delivered_on == DAY
    assert [one.number for one in found["balance"].preceding] == [
        found["deposit"].number,
        found["interim"].number,
    ]
    assert len(found["deposit_credit"].preceding) == 1
    kept = found["progress"].retention
    assert kept is not None
    assert kept.amount == Decimal(found["progress"].totals.gross * D("0.05")).quantize(D("0.01"))
    assert found["progress"].totals.due == found["progress"].totals.gross
    assert "Retenue de garantie" in found["progress"].payment_terms
    assert "prepaid" not in build_xml(found["progress"]).decode().lower()
    assert found["final"].retention is None
