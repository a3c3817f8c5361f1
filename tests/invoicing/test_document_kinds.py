"""Every kind of document under every regime, as typed content, before the four judges: each kind and each
regime with another in the usual run, all of them in `--full`.

What the services make of them is judged in `parts/test_judges.py` and `test_issued_files.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from invoicing.documents import invoice_html
from invoicing.engines.cii import build_xml
from invoicing.engines.facturx_pdf import facturx_pdf
from invoicing.engines.model import (
    Address,
    DocumentKind,
    EInvoice,
    Party,
    PrecedingInvoice,
    Process,
    Retention,
    Treatment,
    VatBreakdown,
    VatCategory,
    VatDue,
)
from tests.invoicing import einvoices
from tests.invoicing.einvoices import BUYER, SCHEME_EMAIL, einvoice, line
from tests.judges import judge_all

D = Decimal
ISSUED = einvoice().issued_on
EARLIER = PrecedingInvoice(number="F2026-0031", issued_on=date(2026, 10, 2))


def untaxed(category: VatCategory, reason: str, code: str, buyer: Party, treatment: Treatment) -> EInvoice:
    """A sale on which the seller collects nothing, with the reason that the law wants."""
    sold = einvoice(
        line(category=category, rate="0.00"), line("Port", price="12.40", category=category, rate="0")
    )
    (group,) = sold.vat
    why: VatBreakdown = replace(group, exemption_reason=reason, exemption_code=code)
    return replace(sold, vat=(why,), vat_due=None, buyer=buyer, treatment=treatment)


def abroad(name: str, country: str, vat_number: str = "") -> Party:
    return Party(
        name=name,
        vat_number=vat_number,
        electronic_address="compta@example.org",
        electronic_scheme=SCHEME_EMAIL,
        address=Address(line_one="Marktplatz 4", postcode="10115", city="Ville", country=country),
    )


def on_debits() -> EInvoice:
    return replace(einvoice(line(price="1000.01", discount="7.5")), vat_due=VatDue.INVOICE)


def building() -> EInvoice:
    """Subcontracted works: the customer owes the tax."""
    reason = "Autoliquidation, article 283-2 nonies du Code général des impôts"
    return untaxed(VatCategory.REVERSE_CHARGE, reason, "VATEX-EU-AE", BUYER, Treatment.B2B)


def goods_in_the_union() -> EInvoice:
    """Goods that leave for another State of the Union: they say where they went."""
    buyer = abroad("Kauf GmbH", "DE", "DE136695976")
    reason = "Exonération de TVA, article 262 ter I du Code général des impôts"
    sold = untaxed(VatCategory.INTRA_COMMUNITY, reason, "VATEX-EU-IC", buyer, Treatment.B2B_INTERNATIONAL)
    return replace(sold, deliver_to=buyer.address, process=Process.GOODS)


def export() -> EInvoice:
    reason = "Exonération de TVA, article 262 I du Code général des impôts"
    sold = untaxed(
        VatCategory.EXPORT, reason, "VATEX-EU-G", abroad("Achat SA", "CH"), Treatment.B2B_INTERNATIONAL
    )
    return replace(sold, process=Process.GOODS)


REGIMES: dict[str, Callable[[], EInvoice]] = {
    "receipts": einvoice,
    "debits": on_debits,
    "rates": einvoices.several_rates,
    "training": einvoices.exempt_training,
    "services in the Union": einvoices.foreign_firm,
    "building": building,
    "goods in the Union": goods_in_the_union,
    "export": export,
    "person": einvoices.private_person,
    "public body": einvoices.public_body,
}

# The same operation, already paid, or less a deposit (BT-23).
PAID = {"B1": Process.GOODS_PAID, "S1": Process.SERVICES_PAID, "M1": Process.BOTH_PAID}
FINAL = {"B1": Process.GOODS_FINAL, "S1": Process.SERVICES_FINAL, "M1": Process.BOTH_FINAL}


def paid(sale: EInvoice) -> EInvoice:
    """Received before the invoice: nothing is due, and the due date is that of the payment."""
    totals = replace(sale.totals, prepaid=sale.totals.gross, due=D("0.00"))
    return replace(sale, totals=totals, due_on=ISSUED, process=PAID[sale.process])


def deposit(sale: EInvoice) -> EInvoice:
    """Before any delivery; but goods that leave for the Union say when they will (BR-IC-11)."""
    kept = sale.delivered_on if sale.deliver_to else None
    return replace(sale, kind=DocumentKind.DEPOSIT, delivered_on=kept)


def final(sale: EInvoice) -> EInvoice:
    """A quarter was asked before: taken off by one line of negative quantity for each rate."""
    lines, groups = list(sale.lines), []
    for group in sale.vat:
        off = (group.base / 4).quantize(D("0.01"))
        taken = line("Acompte F2026-0031", quantity="-1", price=str(off), category=group.category)
        lines.append(replace(taken, position=len(lines) + 1, net=-off, vat_rate=group.rate))
        left = group.base - off
        groups.append(replace(group, base=left, tax=(left * group.rate / 100).quantize(D("0.01"))))
    net, tax = sum((g.base for g in groups), D(0)), sum((g.tax for g in groups), D(0))
    totals = replace(sale.totals, lines=net, net=net, tax=tax, gross=net + tax, due=net + tax)
    process = FINAL[sale.process]
    return replace(
        sale, lines=tuple(lines), vat=tuple(groups), totals=totals, process=process, preceding=(EARLIER,)
    )


def situation(sale: EInvoice) -> EInvoice:
    """The customer keeps a share until it is released: said in the terms, never taken off what is due."""
    kept = Retention(
        rate=D("0.05"), amount=(sale.totals.gross / 20).quantize(D("0.01")), until=date(2027, 11, 25)
    )
    terms = f"Retenue de garantie de 5 % : {kept.amount} €, à payer à sa libération, prévue le 25/11/2027."
    return replace(sale, retention=kept, payment_terms=terms, part="progress", situation=2)


def credit_note(sale: EInvoice) -> EInvoice:
    return replace(
        sale,
        kind=DocumentKind.CREDIT_NOTE,
        number="A2026-0003",
        preceding=(EARLIER,),
        payment=None,
        due_on=ISSUED,
    )


def deposit_credit(sale: EInvoice) -> EInvoice:
    return replace(credit_note(sale), kind=DocumentKind.DEPOSIT_CREDIT)


KINDS: dict[str, Callable[[EInvoice], EInvoice]] = {
    "invoice": lambda sale: sale,
    "paid": paid,
    "deposit": deposit,
    "final": final,
    "situation": situation,
    "credit note": credit_note,
    "deposit credit": deposit_credit,
}


def faults_of(documents: dict[str, EInvoice]) -> dict[str, list[str]]:
    pdfs = {name: facturx_pdf(invoice_html(one), build_xml(one)) for name, one in documents.items()}
    return {name: found.faults for name, found in judge_all(pdfs).items() if found.faults}


def pairs() -> dict[str, EInvoice]:
    """Each regime in two kinds, so that each kind meets at least two regimes."""
    kinds = list(KINDS)
    found = {}
    for rank, (regime, sale) in enumerate(REGIMES.items()):
        for kind in (kinds[rank % len(kinds)], kinds[(rank + 3) % len(kinds)]):
            found[f"{kind}, {regime}"] = KINDS[kind](sale())
    return found


def test_pairs_of_kinds_and_regimes_pass_the_four_judges() -> None:
    documents = pairs()
    met = [name.partition(", ")[0] for name in documents]
    assert min(met.count(kind) for kind in KINDS) >= 2
    assert faults_of(documents) == {}


@pytest.mark.full
@pytest.mark.parametrize("kind", KINDS)
def test_every_regime_of_a_kind_passes_the_four_judges(kind: str) -> None:
    assert faults_of({regime: KINDS[kind](sale()) for regime, sale in REGIMES.items()}) == {}


def test_the_judges_know_these_kinds() -> None:
    """A kind whose own obligation is missing is refused: the judges look at what makes it."""
    sale = einvoices.several_rates()
    wrong = {
        "paid and still due": replace(paid(sale), totals=sale.totals),
        "credit note of nothing": replace(credit_note(sale), preceding=()),
        "deposit credit of nothing": replace(deposit_credit(sale), preceding=()),
    }
    assert set(faults_of(wrong)) == set(wrong)
