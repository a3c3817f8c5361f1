"""What the services issue, from the typed form to the archived file, passes the four judges."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from cae.core.documents import read_document
from entrepreneurs.models import Activity
from invoicing.models import Invoice
from invoicing.selectors.controls import pdf_faults
from invoicing.services.archiving import archive_pdf
from invoicing.services.inputs import LookContent
from invoicing.services.looks import save_look
from invoicing.states.sales import CreditPart, DocumentLayout
from tests.factories import invoicing as make
from tests.factories.entrepreneurs import make_activity
from tests.judges import judge_all

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

NEXT = make.DAY + timedelta(days=1)
DRAWING = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><g opacity="0.5">'
    b'<circle cx="10" cy="10" r="8" fill="#8a3b12"/></g><path d="M22 4h16v12H22z" fill="#123"/></svg>'
)
AWKWARD = "Œuvre « L’Été » 李小龍 مرحبا 🐝 <&> \u200b\u0007"


def documents() -> dict[str, Invoice]:
    owner = make_activity()
    person = make.firm(owner, kind="private_person", siren="", name=AWKWARD, email="li@example.org")
    body = make.firm(owner, kind="public_body", siren=make.SIRENS[1], name="Ville de Bordeaux")
    rates = ("normal", "intermediate", "reduced", "particular")
    plain = make.issued(owner, make.line("100.00", quantity=Decimal("2.5"), unit="HUR"))
    made: dict[str, Any] = {
        "plain": plain,
        "awkward names": make.issued(
            owner, make.line(label=AWKWARD, description=AWKWARD * 20), customer=person
        ),
        "several rates": make.issued(owner, *[make.line("33.33", vat=rate) for rate in rates], customer=body),
        "discounts": make.issued(
            owner,
            make.line("10.00", quantity=Decimal(3), discount_rate=Decimal("0.075")),
            make.line("99.99", discount_amount=Decimal("9.99"), nature="goods"),
            make.line("5.00", quantity=Decimal(-1)),
        ),
        "exempt": make.issued(owner, make.line("1500.00", vat="training", nature="training", unit="DAY")),
        "debits": make.issued(owner, vat_due_on="debits"),
        "two hundred lines": make.issued(owner, *[make.line("1.23")] * 200),
    }
    made |= regimes(owner)
    made |= {f"look {layout}": dressed(layout) for layout in DocumentLayout.values}
    made["credit note"] = make.issue(make.credit(made["several rates"]), on=NEXT)
    make.pay(plain, "100.00")
    made["credit of the rest"] = make.issue(make.credit(plain, CreditPart.REST), on=NEXT)
    return made


def regimes(owner: Activity) -> dict[str, Invoice]:
    """The regimes of e-invoicing.md: reverse charge, intra-Union goods, export, exempt training."""
    abroad = {"siren": "", "city": "Berlin", "postcode": "10115", "email": "kauf@example.org"}
    german = make.firm(owner, name="Kauf GmbH", country="DE", vat_number="DE136695976", **abroad)
    swiss = make.firm(owner, name="Achat SA", country="CH", **abroad | {"city": "Bern", "postcode": "3011"})
    builder = make.firm(owner, siren=make.SIRENS[2], name="Bâtir SARL", vat_number="FR44732829320")
    town = make.firm(
        owner,
        kind="public_body",
        siren=make.SIRENS[3],
        name="Métropole",
        service_code="SERVICE-42",
        delivery_address="Entrepôt 3\n12 rue du Port\n33000 Bordeaux\nQuai B",
    )
    goods = {"nature": "goods", "unit": "KGM"}
    sold = make.issued(owner, make.line("80.00", vat="intra-eu-goods", **goods), customer=german)
    return {
        "services in the Union": make.issued(owner, make.line(vat="reverse-eu"), customer=german),
        "goods in the Union": sold,
        "export": make.issued(owner, make.line("80.00", vat="export", **goods), customer=swiss),
        "building": make.issued(owner, make.line(vat="reverse-building"), customer=builder),
        "public body": make.issued(owner, customer=town, order_reference="ENG-7"),
        "goods taken back": make.issue(make.credit(sold), on=NEXT),
    }


def dressed(layout: str) -> Invoice:
    """A document with everything that an activity may choose, for somebody who reads English."""
    owner = make_activity()
    drawn = layout in (DocumentLayout.CLASSIC, DocumentLayout.LETTER)
    content = LookContent(
        colour="#8a3b12",
        layout=layout,
        header="Menuiserie",
        footer="RC Pro",
        terms_of_sale=f"Article 1 – Objet\n\n{AWKWARD}\n\n" + "Le client… " * 900,
    )
    save_look(owner, content=content, version=0, logo=DRAWING if drawn else picture(), actor=None)
    buyer = make.firm(owner, name="Buyer Ltd", language="en")
    lines = (make.line("10.00", group_title="Première partie"), make.line("20.00", group_title="Seconde"))
    return make.issued(owner, *lines, customer=buyer)


def picture() -> bytes:
    kept = BytesIO()
    Image.new("RGBA", (1200, 300), (138, 59, 18, 90)).save(kept, "PNG")
    return kept.getvalue()


def test_issued_files_pass_the_four_judges() -> None:
    files = {}
    for name, invoice in documents().items():
        document = archive_pdf(invoice.pk)
        assert document is not None
        files[name] = read_document(document)
    assert {name: found.faults for name, found in judge_all(files).items() if found.faults} == {}
    assert list(pdf_faults()) == []
