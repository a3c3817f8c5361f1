"""How documents look: colours that can be read, logos that are images, what was numbered keeps its face."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image, ImageFile

from cae.core.errors import Code, Refused
from cae.core.models import Document
from entrepreneurs.models import Activity
from invoicing.calculations.colours import LEAST_CONTRAST, contrast_with_white, darkened, is_readable, tint
from invoicing.documents import draft_file, invoice_html, invoice_page
from invoicing.engines.logos import logo_fault, printable_logo
from invoicing.engines.model import EInvoice, Look
from invoicing.models import DocumentLook, SaleTerms
from invoicing.selectors.answers import terms_of
from invoicing.selectors.einvoices import einvoice_of, quote_document_of
from invoicing.selectors.looks import look_of, look_row
from invoicing.services.inputs import LookContent
from invoicing.services.looks import save_look
from invoicing.states.sales import DocumentLayout
from people.models import User
from people.states import RoleKind
from tests.factories import invoicing as make
from tests.factories import quotes
from tests.factories.entrepreneurs import make_activity
from tests.factories.kernel import make_cooperative
from tests.factories.people import make_user
from tests.invoicing.einvoices import einvoice
from tests.invoicing.pages import url
from tests.pages import client_of

pytestmark = pytest.mark.django_db


def repeated(shape: str, reference: str) -> bytes:
    """Ten lines that draw a hundred million shapes: each group draws the one before ten times."""
    groups = [
        f'<clipPath id="g{rank}">' + f"<{shape} {reference.format(f'g{rank - 1}')}/>" * 10 + "</clipPath>"
        for rank in range(1, 9)
    ]
    return SVG.format('<path id="g0" d="M0 0z"/>' + "".join(groups)).encode()


def nested(deep: int) -> str:
    """A chain of references, each inside the next."""
    return "".join(f'<g id="n{rank}"><use href="#n{rank + 1}"/></g>' for rank in range(deep))


SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{}</svg>'


def picture(kind: str = "PNG", mode: str = "RGB", size: tuple[int, int] = (40, 20)) -> bytes:
    kept = BytesIO()
    Image.new(mode, size, "#8a3b12").save(kept, kind)
    return kept.getvalue()


def choose(activity: Activity, version: int = 0, logo: bytes | None = None, **values: str) -> DocumentLook:
    content = LookContent(**{"colour": "#8a3b12", "layout": "band"} | values)
    return save_look(activity, content=content, version=version, logo=logo, actor=None)


# Colours


@pytest.mark.parametrize("pale", ["#ffffff", "#ffd000", "#7fcdc6", "#777777", "#00ff00"])
def test_a_pale_colour_has_a_darker_tone(pale: str) -> None:
    assert not is_readable(pale)
    assert contrast_with_white(darkened(pale)) >= LEAST_CONTRAST


def test_known_contrasts() -> None:
    assert round(contrast_with_white("#000000"), 2) == 21
    assert round(contrast_with_white("#ffffff"), 2) == 1
    assert darkened("#1f5f5b") == "#1f5f5b"
    assert tint("#000000") == "#ededed"


# Logos


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (picture(), ""),
        (picture("JPEG"), ""),
        (SVG.format('<path d="M0 0h9v9z" fill="#123"/>').encode(), ""),
        (b"\x7fELF" + b"\0" * 80, "programme"),
        (b"MZ\x90\x00" + b"\0" * 80, "programme"),
        (b"#!/bin/sh\nrm -rf /", "programme"),
        (b"%PDF-1.7", "unknown"),
        (b"hello", "unknown"),
        (picture()[:60], "broken"),
        (b"<svg", "broken"),
        (picture(size=(8000, 6000)), "huge"),
        (SVG.format("<script>alert(1)</script>").encode(), "active"),
        (SVG.format('<rect onload="alert(1)"/>').encode(), "active"),
        (SVG.format('<image href="http://x/"/>').encode(), "active"),
        (SVG.format('<use href="http://x/#a"/>').encode(), "active"),
        (SVG.format('<rect fill="url(http://x/#a)"/>').encode(), "active"),
        (SVG.format("<style>*{}</style>").encode(), "active"),
        (SVG.format("<foreignObject/>").encode(), "active"),
        (b'<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG.format("<title>&a;</title>").encode(), "active"),
        (SVG.format("<g/>" * 3001).encode(), "huge"),
        (SVG.format(f'<path d="M0 0{"h1v1" * 50_000}z"/>').encode(), "huge"),
        (repeated("use", 'href="#{}"'), "huge"),
        (repeated("rect", 'clip-path="url(#{})"'), "huge"),
        (repeated("rect", 'style="mask:url(#{})"'), "huge"),
        (SVG.format('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>').encode(), "huge"),
        (SVG.format(nested(70)).encode(), "huge"),
        (SVG.format('<path id="a" d="M0 0z"/>' + '<use href="#a"/>' * 900).encode(), ""),
        (SVG.format('<rect style="fill:u\\72l(file:///etc/passwd)"/>').encode(), "active"),
    ],
)
def test_a_logo_is_an_image_and_nothing_else(
    content: bytes, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As the printer leaves it, once it has been loaded in the process.
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    assert logo_fault(content) == fault


def test_a_logo_is_drawn_anew() -> None:
    kept = printable_logo(picture(mode="RGBA", size=(2000, 500)))
    with Image.open(BytesIO(kept.content)) as drawn:
        assert (drawn.mode, drawn.size, kept.mime) == ("RGB", (900, 225), "image/png")


# Choosing


@pytest.mark.parametrize(
    ("values", "code", "field"),
    [
        ({"colour": "#ffd000"}, Code.VALUE_INVALID, "colour"),
        ({"colour": "red; }"}, Code.VALUE_INVALID, "colour"),
        ({"layout": "gothic"}, Code.VALUE_INVALID, "layout"),
        ({"header": "x" * 251}, Code.TEXT_TOO_LONG, "header"),
        ({"logo": b"\x7fELF"}, Code.FILE_REFUSED, "logo"),
        ({"logo": b"\x89PNG\r\n\x1a\n" + b"x" * 1024 * 1024}, Code.FILE_REFUSED, "logo"),
        ({"version": 7}, Code.STALE_FORM, None),
    ],
)
def test_what_a_look_refuses(shop: Activity, values: dict[str, Any], code: Code, field: str | None) -> None:
    with pytest.raises(Refused) as refusal:
        choose(shop, **values)
    assert (refusal.value.code, refusal.value.field) == (code, field)
    assert not DocumentLook.objects.exists()
    assert not Document.objects.filter(kind="invoicing.logo").exists()


def test_a_numbered_document_keeps_its_face(shop: Activity) -> None:
    choose(shop, logo=picture(), terms_of_sale="Article 1.", footer="RC Pro")
    quote, invoice = quotes.approved(shop), make.issued(shop)
    choose(shop, 1, layout="letter", colour="#1f5f5b", terms_of_sale="Article 2.", footer="")
    DocumentLook.objects.update(logo=None)
    for content in (
        quote_document_of(quote, make.DAY + timedelta(days=9)),
        einvoice_of(invoice, on=make.DAY + timedelta(days=9)),
    ):
        look = content.look
        assert (look.layout, look.colour, look.footer) == ("band", "#8a3b12", "RC Pro")
        page = invoice_page(content, paper=True)
        assert page.terms == "Article 1."
        assert page.logo.startswith("data:image/png;base64,")
    assert terms_of(quote) == "Article 1."
    assert look_of(look_row(shop)).layout == "letter"
    assert SaleTerms.objects.count() == 2


def test_older_facts_have_the_look_of_the_house() -> None:
    facts = einvoice().to_json()
    del facts["look"], facts["language"]
    assert EInvoice.from_json(facts) == einvoice()
    assert EInvoice.from_json(einvoice().to_json()).look == Look()


def test_a_customer_who_reads_english_reads_labels_in_english(shop: Activity) -> None:
    customer = make.firm(shop, language="en", name="Buyer Ltd")
    html = invoice_html(einvoice_of(make.draft(shop, customer=customer), on=make.DAY), draft=True)
    assert '<html lang="en">' in html
    assert "Invoice" in html
    assert "Pénalités de retard" in html


@pytest.mark.parametrize("layout", DocumentLayout.values)
def test_each_layout_is_printed(layout: str) -> None:
    content = replace(einvoice(), look=Look(layout=layout, colour="#8a3b12"))
    assert f"pv-{layout}" in invoice_html(content)
    assert draft_file(content).startswith(b"%PDF")


def test_the_colour_is_a_sheet_on_screens_and_a_part_of_the_page_on_paper() -> None:
    content = replace(einvoice(), look=Look(colour="#8a3b12"))
    assert invoice_page(content).colour_sheet == "/couleurs/8a3b12.css"
    assert invoice_page(content, paper=True).colour_sheet.startswith("data:text/css,")
    assert invoice_page(einvoice()).colour_sheet == ""
    client = Client()
    answer = client.get("/couleurs/8a3b12.css")
    assert b"--accent: #8a3b12" in answer.content
    assert "immutable" in answer["Cache-Control"]
    for wrong in ("8a3b1", "8A3B12", "zzzzzz"):
        assert client.get(f"/couleurs/{wrong}.css").status_code == 404


# The page


def typed(**values: Any) -> dict[str, Any]:
    plain = {"layout": "airy", "colour": "#0B4A8F", "header": "", "footer": "", "terms_of_sale": "Article 1."}
    return plain | {"version": "0", "do": "save"} | values


def test_an_entrepreneur_chooses_for_their_own(shop: Activity, seller: User) -> None:
    make_cooperative()
    client = client_of(seller)
    assert client.get(url("look_edit")).status_code == 200
    logo = SimpleUploadedFile("logo.png", picture(), "image/png")
    assert client.post(url("look_edit"), typed(logo=logo)).status_code == 302
    look = DocumentLook.objects.get()
    assert (look.activity, look.layout, look.colour, look.version) == (shop, "airy", "#0b4a8f", 1)
    assert client.get(reverse("core:document", args=[look.logo.pk])).status_code == 200
    assert client.post(url("look_edit"), typed(version="1", without_logo="on")).status_code == 302
    look.refresh_from_db()
    assert look.logo is None


def test_what_was_typed_stays_after_a_refusal(shop: Activity, seller: User) -> None:
    make_cooperative()
    client = client_of(seller)
    sent = SimpleUploadedFile("logo.png", b"\x7fELF\x02\x01", "image/png")
    for wrong in (typed(colour="#ffd000", header="Le mien"), typed(logo=sent, header="Le mien")):
        answer = client.post(url("look_edit"), wrong)
        assert answer.status_code == 422
        assert "Le mien" in answer.content.decode()
    assert not DocumentLook.objects.exists()


def test_the_example_follows_what_is_typed(shop: Activity, seller: User) -> None:
    make_cooperative()
    client = client_of(seller)
    sheet = client.post(url("look_preview"), typed(footer="Vu")).content.decode()
    assert "pv-airy" in sheet
    page = client.post(url("look_edit"), typed(do="preview"))
    assert page.status_code == 200
    assert "pv-airy" in page.content.decode()
    assert not DocumentLook.objects.exists()


def test_the_look_of_another_activity_is_out_of_reach(
    shop: Activity, seller: User, demonstration: None
) -> None:
    make_cooperative()
    other = make_activity()
    client = client_of(seller)
    for name in ("look_edit", "look_preview"):
        assert client.post(url(name), typed(activity=str(other.pk))).status_code == 404
    assert client.get(url("look_edit", activite=str(other.pk))).status_code == 404
    assert client_of(make_user(RoleKind.ADVISOR)).get(url("look_edit")).status_code == 403
    keeper = client_of(make_user(RoleKind.ACCOUNTANT))
    assert keeper.post(url("look_edit"), typed(activity=str(other.pk))).status_code == 302
    assert DocumentLook.objects.get().activity == other
