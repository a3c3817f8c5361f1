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
    paid_of_sale,
    refusals,
    shared_back,
)
from invoicing.calculations.losses import loss_of_rest
from invoicing.calculations.totals import TaxGroup
from invoicing.documents import invoice_html
from invoicing.engines.cii import build_xml
from invoicing.engines.disbursed import CODE, REASON, with_disbursements
from invoicing.engines.facturx_pdf import facturx_pdf
from invoicing.engines.model import Disbursement as Asked
from invoicing.engines.model import EInvoice, VatBreakdown, VatCategory
from tests.invoicing.einvoices import CASES, TRAINING, TRAINING_CODE
from tests.judges import judge_all

D = Decimal
NOTARY = Proof(7, D("120.00"), asked=D("20.00"))


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
    def said(name: str) -> list[tuple[str, Decimal, Decimal]]:
        return [(one.category.value, one.base, one.tax) for one in with_disbursements(asking(name)).vat]

    def sold(name: str) -> list[tuple[str, Decimal, Decimal]]:
        return [(one.category.value, one.base, one.tax) for one in CASES[name]().vat]

    assert said("invoice") == [*sold("invoice"), ("E", D("12.50"), D("0.00"))]
    assert said("exempt_training") == [("E", D("922.50"), D("0.00"))]
    assert with_disbursements(CASES["invoice"]()) == CASES["invoice"]()
    whole, sale = with_disbursements(asking("invoice")).totals, CASES["invoice"]().totals
    counted = [sale.lines, sale.net, sale.gross, sale.due]
    assert [whole.lines, whole.net, whole.gross, whole.due] == [one + D("12.50") for one in counted]
    assert (whole.tax, whole.prepaid) == (sale.tax, sale.prepaid)


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


def test_a_loss_may_be_of_disbursements_alone() -> None:
    """The sale is paid whole: what is given up is what was paid in the customer's name, without tax."""
    sold = [TaxGroup("S", D("0.20"), D("100.00"), D("20.00"))]
    loss = loss_of_rest(sold, D("120.00"), on_receipts=True, recovers_tax=False, disbursed=D("12.50"))
    assert (loss.amount, loss.charges) == (D("12.50"), (TaxGroup("", D(0), D("12.50"), D(0)),))


def asking(name: str) -> EInvoice:
    """The document of a regime, with stamps paid for its customer."""
    sale = CASES[name]()
    stamps = (Asked(label="timbres fiscaux de votre dossier", amount=D("12.50")),)
    return replace(sale, disbursements=stamps, totals=replace(sale.totals, due=sale.totals.due + D("12.50")))


def apart(sale: EInvoice) -> EInvoice:
    """Two groups E, as the judges refuse them: what disbursed.py joins."""
    joined = with_disbursements(sale)
    own = VatBreakdown(
        category=VatCategory.EXEMPT,
        rate=D("0.00"),
        base=sale.disbursed,
        tax=D("0.00"),
        exemption_reason=REASON,
        exemption_code=CODE,
    )
    return replace(joined, vat=(*sale.vat, own))


REGIMES = [name for name in CASES if name != "long_document"]


def judged(documents: dict[str, EInvoice]) -> dict[str, list[str]]:
    pdfs = {name: facturx_pdf(invoice_html(one), build_xml(one)) for name, one in documents.items()}
    return {name: judgement.faults for name, judgement in judge_all(pdfs).items()}


def test_the_four_judges_accept_a_disbursement_beside_every_regime() -> None:
    faults = judged({name: asking(name) for name in REGIMES})
    assert faults == {name: [] for name in REGIMES}


def test_exempt_training_and_disbursements_share_their_group() -> None:
    (group,) = with_disbursements(asking("exempt_training")).vat
    assert (group.base, group.exemption_code) == (D("922.50"), "")
    assert TRAINING in group.exemption_reason
    assert REASON in group.exemption_reason
    two = apart(asking("exempt_training"))
    assert [one.exemption_code for one in two.vat] == [TRAINING_CODE, CODE]
    (faults,) = judged({"two groups": two}).values()
    assert {fault.partition(":")[0] for fault in faults} == {"BR-E-01", "BR-E-08"}


def test_facts_are_read_back_whole_and_say_the_sale_alone() -> None:
    said = asking("invoice")
    assert EInvoice.from_json(said.to_json()) == said
    assert said.totals.gross == CASES["invoice"]().totals.gross
    assert said.payable == said.totals.gross + D("12.50")


def test_what_a_credit_note_gives_back_follows_what_is_left() -> None:
    assert shared_back(D("10.00"), [D("20.00"), D("10.00"), D("0.00")]) == [D("6.67"), D("3.33"), D("0.00")]
    assert shared_back(D("0.00"), [D("0.00")]) == [D("0.00")]
