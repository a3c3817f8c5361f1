"""The real judges accept what our services make: every kind of sale, every kind of customer."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from cae.core.errors import Code, Refused
from invoicing.models import Invoice, Mention, Verdict
from invoicing.selectors.einvoices import einvoice_of
from invoicing.services.checking import check_invoice
from invoicing.services.inputs import LineCredit
from invoicing.states.sales import CreditPart
from tests.factories import invoicing as make
from tests.factories.entrepreneurs import make_activity

pytestmark = pytest.mark.django_db

NEXT = make.DAY + timedelta(days=1)


def accepted(invoice: Invoice, *, on: Any = make.DAY) -> None:
    verdict = check_invoice(invoice, actor=None, on=on)
    assert verdict.findings == []
    assert verdict.accepted


@pytest.mark.parametrize(
    "lines",
    [
        [("200.00", {})],
        [("80.2550", {"quantity": Decimal("1.25"), "unit": "HUR", "description": "Deux\nlignes"})],
        [("100.00", {"vat": "reduced", "nature": "goods", "unit": "KGM"}), ("50.00", {})],
        [("100.00", {"vat": "intermediate"}), ("10.00", {"vat": "particular"}), ("1.00", {})],
        [("1500.00", {"vat": "training", "nature": "training", "unit": "DAY"})],
        [("1500.00", {"vat": "training", "nature": "training"}), ("30.00", {"nature": "rebilled"})],
        [("33.33", {"quantity": Decimal(3), "discount_rate": Decimal("0.0750")})],
        [("10.00", {"discount_amount": Decimal("9.99")}), ("5.00", {"discount_amount": Decimal("0.00")})],
        [("40.00", {}), ("10.00", {"quantity": Decimal(-1)})],
        [("0.0100", {"quantity": Decimal("0.1")}), ("1.00", {})],
    ],
    ids=[
        "plain",
        "hours",
        "both",
        "rates",
        "training",
        "mixed-training",
        "percent",
        "amount",
        "negative",
        "tiny",
    ],
)
def test_lines(lines: list[tuple[str, dict[str, Any]]]) -> None:
    accepted(make.draft(None, *[make.line(net, **details) for net, details in lines]))


@pytest.mark.parametrize(
    "customer",
    [
        {"kind": "public_body", "siren": make.SIRENS[1], "name": "Ville de Bordeaux"},
        {"kind": "private_person", "siren": "", "name": "李小龍 🐉 <&>", "email": "li@example.org"},
        {
            "siren": "",
            "country": "BE",
            "vat_number": "BE0428759497",
            "email": "be@example.org",
            "name": "Bel SA",
        },
        {
            "siret": "55210055400013",
            "vat_number": "FR83404833048",
            "contact_name": "Ali",
            "email": "ali@example.org",
        },
    ],
    ids=["public", "person", "belgian", "complete"],
)
def test_customers(customer: dict[str, Any]) -> None:
    owner = make_activity()
    make.firm(owner, **customer)
    accepted(make.draft(owner, order_reference="BC 2026/7", purpose="Étude"))


@pytest.mark.parametrize("due", ["receipts", "debits"])
@pytest.mark.parametrize("nature", ["services", "goods"])
def test_when_tax_is_due(due: str, nature: str) -> None:
    accepted(make.draft(None, make.line(nature=nature), vat_due_on=due))


@pytest.mark.parametrize("code", ["reverse-eu", "reverse-building"])
def test_reverse_charge(code: str) -> None:
    owner = make_activity()
    if code == "reverse-eu":
        make.firm(owner, siren="", country="BE", vat_number="BE0428759497", email="be@example.org")
    else:
        make.firm(owner, vat_number="FR83404833048")
    accepted(make.draft(owner, make.line(vat=code)))


def test_reverse_charge_without_the_number_of_the_customer() -> None:
    with pytest.raises(Refused, match="numéro de TVA du client") as refusal:
        check_invoice(make.draft(None, make.line(vat="reverse-building")), actor=None, on=make.DAY)
    assert refusal.value.field == "customer"


def test_a_person_without_an_address_of_their_own() -> None:
    owner = make_activity()
    make.firm(owner, kind="private_person", siren="", name="Zoé")
    draft = make.draft(owner)
    buyer = einvoice_of(draft, on=make.DAY).buyer
    assert (buyer.electronic_address, buyer.electronic_scheme) == (owner.email, "EM")
    accepted(draft)


@pytest.mark.parametrize(("kind", "asked"), [("firm", True), ("private_person", False)])
def test_forty_euros_are_asked_of_professionals_only(kind: str, asked: bool) -> None:
    owner = make_activity()
    make.firm(owner, kind=kind, **({} if asked else {"siren": "", "name": "Zoé", "email": "z@example.org"}))
    invoice = make.draft(owner)
    accepted(invoice)
    texts = [note.text for note in einvoice_of(invoice, on=make.DAY).notes]
    assert any("40 €" in text for text in texts) is asked
    assert len(texts) == 3


def test_a_foreign_firm_without_any_address() -> None:
    owner = make_activity()
    make.firm(owner, siren="", country="BE", name="Bel SA")
    verdict = check_invoice(make.draft(owner), actor=None, on=make.DAY)
    assert [finding["field"] for finding in verdict.findings] == ["customer"]


def test_credit_notes() -> None:
    owner = make_activity()
    invoice = make.issued(owner, make.line("33.33", quantity=Decimal(3)), make.line("50", vat="reduced"))
    for part in (CreditPart.WHOLE, CreditPart.LINES):
        lines = [LineCredit(invoice.lines.get(position=1), Decimal(2))]
        accepted(make.credit(invoice, part, lines=lines), on=NEXT)
    make.pay(invoice, "77.77")
    accepted(make.credit(invoice, CreditPart.REST), on=NEXT)


@pytest.mark.parametrize("address", ["unix:///nowhere/checker.sock", "tcp://127.0.0.1:9", ""])
def test_nobody_at_the_checker_s_door(settings: Any, address: str) -> None:
    settings.CHECKER_URL = address
    draft = make.draft()
    with pytest.raises(Refused) as refusal:
        check_invoice(draft, actor=None, on=make.DAY)
    assert refusal.value.code == Code.CHECKER_UNAVAILABLE
    assert not Verdict.objects.exists()


@pytest.mark.parametrize(
    "discount", [{"discount_rate": Decimal("0.0333")}, {"discount_amount": Decimal("100.01")}]
)
def test_a_discount_on_the_whole_and_its_credit_notes(discount: dict[str, Decimal]) -> None:
    """BG-20 for each rate; the whole taken back, then, on another invoice, one line after the other."""
    owner = make_activity()
    lines = [
        make.line("300.00", group_title="Conception"),
        make.line("33.33", quantity=Decimal(3), vat="reduced"),
        make.line("50.00", vat="training", nature="training"),
    ]
    invoice = make.draft(owner, *lines, **discount)
    accepted(invoice)
    issued = make.issue(invoice)
    note = make.credit(issued)
    accepted(note, on=NEXT)
    assert make.issue(note, on=NEXT).total_incl_tax == issued.total_incl_tax
    other = make.issue(make.draft(owner, *lines, **discount), on=NEXT)
    back = Decimal("0.00")
    for row in other.lines.order_by("position"):
        part = make.credit(other, CreditPart.LINES, lines=[LineCredit(row, row.quantity)])
        accepted(part, on=NEXT)
        back += make.issue(part, on=NEXT).total_incl_tax
    assert back == other.total_incl_tax


def test_a_chosen_mention_is_printed_and_accepted() -> None:
    mention = Mention.objects.create(
        code="essai", title="Essai", text="Livraison au 3e étage.", compulsory=False, valid_from=make.DAY
    )
    invoice = make.draft(mentions=(mention,))
    assert "3e étage" in einvoice_of(invoice, on=make.DAY).notes[0].text
    accepted(invoice)
