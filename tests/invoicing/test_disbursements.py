"""What is asked back to the cent, outside the sale; and how the e-invoice says it, before four judges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from invoicing.calculations.disbursements import (
    Disbursement,
    Fault,
    Proof,
    Refusal,
    asked_back,
    breakdown_with,
    paid_of_sale,
    refusals,
)
from invoicing.calculations.totals import TaxGroup, totals_of_groups
from invoicing.documents import invoice_html
from invoicing.engines.cii import build_xml
from invoicing.engines.facturx_pdf import facturx_pdf
from invoicing.engines.model import EInvoice, VatBreakdown, VatCategory
from tests.invoicing.einvoices import CASES, TRAINING, TRAINING_CODE, line
from tests.judges import judge_all

D = Decimal
NOTARY = Proof(7, D("120.00"), asked=D("20.00"))
REASON = "Débours, article 267-II-2° du Code général des impôts"
CODE = "VATEX-EU-79-C"


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ([Disbursement("Timbres", D("100.00"), 7)], []),
        ([Disbursement("Timbres", D("100.01"), 7)], [Refusal(0, Fault.ABOVE_PROOF, D("100.00"))]),
        ([Disbursement("Timbres", D("12.50"))], [Refusal(0, Fault.NO_PROOF)]),
        ([Disbursement("Timbres", D("12.50"), 8)], [Refusal(0, Fault.NO_PROOF)]),
        ([Disbursement("Timbres", D("0.00"), 7)], [Refusal(0, Fault.NOT_POSITIVE)]),
        ([Disbursement("Timbres", D("-1.00"), 7)], [Refusal(0, Fault.NOT_POSITIVE)]),
        # The second takes what the first left; the refused one uses nothing up.
        (
            [Disbursement("A", D("60.00"), 7), Disbursement("B", D("40.01"), 7), Disbursement("C", D(40), 7)],
            [Refusal(1, Fault.ABOVE_PROOF, D("40.00"))],
        ),
    ],
)
def test_never_without_proof_and_never_above_it(asked: Sequence[Disbursement], found: list[Refusal]) -> None:
    assert refusals(asked, [NOTARY]) == found


def test_a_proof_asked_back_whole_leaves_nothing() -> None:
    assert Proof(1, D("80.00"), asked=D("80.00")).left == D(0)
    assert Proof(1, D("80.00"), asked=D("80.01")).left == D(0)
    assert asked_back([Disbursement("A", D("12.50"), 7), Disbursement("B", D("0.05"), 7)]) == D("12.55")


def test_the_e_invoice_has_one_group_of_what_is_exempt() -> None:
    taxed, exempt = TaxGroup("S", D("0.2"), D("100.00"), D("20.00")), TaxGroup("E", D(0), D("50.00"), D(0))
    assert breakdown_with([taxed], D(0)) == (taxed,)
    assert breakdown_with([taxed], D("12.50")) == (taxed, TaxGroup("E", D(0), D("12.50"), D(0)))
    assert breakdown_with([exempt, taxed], D("12.50")) == (TaxGroup("E", D(0), D("62.50"), D(0)), taxed)
    assert totals_of_groups(breakdown_with([taxed, exempt], D("12.50"))).gross == D("182.50")


@pytest.mark.parametrize(
    ("paid", "sale"),
    [
        ("0.00", "0.00"),
        ("203.42", "197.17"),  # half of 406.84 is half of 394.34
        ("406.83", "394.33"),
        ("406.84", "394.34"),
        ("500.00", "394.34"),
    ],
)
def test_a_part_payment_settles_the_sale_in_proportion(paid: str, sale: str) -> None:
    assert paid_of_sale(D(paid), gross=D("394.34"), disbursed=D("12.50")) == D(sale)


def test_what_is_paid_of_a_sale_alone_is_of_the_sale() -> None:
    assert paid_of_sale(D("33.33"), gross=D("120.00"), disbursed=D(0)) == D("33.33")
    assert paid_of_sale(D("5.00"), gross=D(0), disbursed=D("12.50")) == D("0.00")
    assert paid_of_sale(D(0), gross=D(0), disbursed=D(0)) == D(0)


def with_disbursement(sale: EInvoice, *, joined: bool = True) -> EInvoice:
    """The document with a disbursement, as its e-invoice says it; `joined`: one group of what is exempt."""
    label, amount = "Débours : timbres fiscaux de votre dossier", D("12.50")
    asked = replace(line(label, price=str(amount), rate="0.00", category=VatCategory.EXEMPT), position=99)
    own = VatBreakdown(
        category=VatCategory.EXEMPT,
        rate=D("0.00"),
        base=amount,
        tax=D("0.00"),
        exemption_reason=REASON,
        exemption_code=CODE,
    )
    exempt = [group for group in sale.vat if group.category is VatCategory.EXEMPT and joined]
    others = [group for group in sale.vat if group not in exempt]
    for group in exempt:
        both = f"{group.exemption_reason} ; {REASON}"
        own = replace(own, base=group.base + amount, exemption_reason=both, exemption_code="")
    totals = sale.totals
    counted = {name: getattr(totals, name) + amount for name in ("lines", "net", "gross", "due")}
    return replace(sale, lines=(*sale.lines, asked), vat=(*others, own), totals=replace(totals, **counted))


REGIMES = [name for name in CASES if name != "long_document"]


def judged(documents: dict[str, EInvoice]) -> dict[str, list[str]]:
    pdfs = {name: facturx_pdf(invoice_html(one), build_xml(one)) for name, one in documents.items()}
    return {name: judgement.faults for name, judgement in judge_all(pdfs).items()}


def test_the_four_judges_accept_a_disbursement_beside_every_regime() -> None:
    faults = judged({name: with_disbursement(CASES[name]()) for name in REGIMES})
    assert faults == {name: [] for name in REGIMES}


def test_exempt_training_and_disbursements_share_their_group() -> None:
    (group,) = with_disbursement(CASES["exempt_training"]()).vat
    assert (group.base, group.exemption_code) == (D("922.50"), "")
    assert TRAINING in group.exemption_reason
    assert REASON in group.exemption_reason
    apart = with_disbursement(CASES["exempt_training"](), joined=False)
    assert [one.exemption_code for one in apart.vat] == [TRAINING_CODE, CODE]
    (faults,) = judged({"two groups": apart}).values()
    assert {fault.partition(":")[0] for fault in faults} == {"BR-E-01", "BR-E-08"}
