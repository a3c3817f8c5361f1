"""The PDFs, judged by the four judges; the page as a person reads it."""

from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest
from django.utils import translation
from lxml import etree
from pypdf import PdfReader

from invoicing.documents import draft_file, invoice_html
from invoicing.engines.cii import build_xml
from invoicing.engines.facturx_pdf import facturx_pdf
from invoicing.engines.model import EInvoice
from tests.invoicing.einvoices import BUYER, CASES, NOTES, einvoice, long_document
from tests.judges import judge_all, seated

# A picture of one point, with transparency.
POINT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
PIXEL = f"data:image/png;base64,{POINT}"


def made(invoice: EInvoice, **options: str) -> bytes:
    return facturx_pdf(invoice_html(invoice, **options), build_xml(invoice))


def text_of(pdf: bytes) -> list[str]:
    return [" ".join((page.extract_text() or "").split()) for page in PdfReader(BytesIO(pdf)).pages]


@pytest.fixture(scope="module")
def judgements():
    pdfs = {name: made(make()) for name, make in CASES.items()}
    pdfs["with a logo"] = made(einvoice(), logo=PIXEL)
    return judge_all(pdfs)


@pytest.mark.parametrize("case", [*CASES, "with a logo"])
def test_the_four_judges_find_no_fault(judgements, case):
    assert judgements[case].faults == []


def tampered(pdf: bytes, change) -> bytes:
    out = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as file:
        change(file)
        file.save(out)
    return out.getvalue()


def no_association(file):
    del file.Root["/AF"]


def no_colour_profile(file):
    del file.Root["/OutputIntents"]


def wrong_level(file):
    packet = file.Root.Metadata.read_bytes().replace(b">EN 16931<", b">BASIC<")
    file.Root.Metadata.write(packet)


def second_graph(file):
    graph = b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></x:xmpmeta>'
    file.Root.Metadata.write(file.Root.Metadata.read_bytes().replace(b"</x:xmpmeta>", graph))


def test_a_judge_who_left_is_missed_then_replaced():
    pdf = made(einvoice())
    judge_all({"right": pdf})
    seated("tests.judges.reading").child.kill()
    with pytest.raises(RuntimeError, match=r"tests\.judges\.reading"):
        judge_all({"right": pdf})
    assert judge_all({"right": pdf})["right"].faults == []


def test_the_judges_can_say_no():
    invoice, html = einvoice(), invoice_html(einvoice())
    good = made(invoice)
    wrong_total = replace(invoice, totals=replace(invoice.totals, tax=invoice.totals.net))
    found = judge_all(
        {
            "xsd": facturx_pdf(html, build_xml(replace(invoice, vat=()))),
            "facturx": facturx_pdf(html, build_xml(wrong_total)),
            "br_fr": facturx_pdf(html, build_xml(replace(invoice, notes=NOTES[:2]))),
            "page": facturx_pdf(html, build_xml(replace(invoice, number="F2026-9999"))),
            "pdfa": tampered(good, no_colour_profile),
            "container": tampered(good, no_association),
            "level": tampered(good, wrong_level),
            "graphs": tampered(good, second_graph),
            "draft": draft_file(invoice),
        }
    )
    for name in ("xsd", "facturx", "br_fr", "page", "pdfa", "container"):
        assert getattr(found[name], name), name
    assert found["page"].faults == ["not printed: F2026-9999"]
    assert found["level"].container
    assert found["graphs"].container
    assert found["draft"].container
    assert found["draft"].pdfa


def test_the_attachment_is_the_xml_that_was_judged():
    xml = build_xml(einvoice())
    with pikepdf.open(BytesIO(facturx_pdf(invoice_html(einvoice()), xml))) as file:
        assert file.attachments["factur-x.xml"].get_file().read_bytes() == xml


def test_the_file_is_tagged_for_screen_readers():
    with pikepdf.open(BytesIO(made(einvoice()))) as file, file.open_metadata() as metadata:
        assert metadata["pdfaid:conformance"] == "A"
        assert file.Root.MarkInfo.Marked
        assert str(file.Root.Lang) == "fr"


def test_a_long_document_repeats_its_headings_and_numbers_its_pages():
    pages = text_of(made(long_document()))
    assert len(pages) >= 2
    for number, page in enumerate(pages, 1):
        assert f"{number} / {len(pages)}" in page
        assert "Désignation" in page
        assert "SIREN 552 100 554" in page
    assert all("Facture F2026-0042" in page for page in pages[1:])


def test_the_compulsory_mentions_stand_on_the_page():
    (page,) = text_of(made(CASES["private_person"]()))
    for mention in (
        "Claire Lenoir, illustration",
        "une activité de Les Ateliers de la Ruche",
        "à capital variable",
        "RCS Lyon",
        "FR52552100554",
        "Prestation de services",
        "Option pour le paiement de la taxe d’après les débits",
        "Indemnité forfaitaire",
        "25/12/2026",
        "20/11/2026",
    ):
        assert mention in page


def test_a_credit_note_names_its_invoice():
    (page,) = text_of(made(CASES["credit_note"]()))
    assert "Avoir" in page
    assert "F2026-0042 du 25/11/2026" in page
    assert "En votre faveur" in page


def test_a_foreign_country_is_named():
    (page,) = text_of(made(CASES["foreign_firm"]()))
    assert "1000 Bruxelles Belgique" in page
    assert "Autoliquidation, article 283-2 du CGI" in page


def test_awkward_names_are_read_on_the_page():
    (page,) = text_of(made(CASES["awkward"]()))
    assert "有限公司 & Fils" in page
    assert "Ελλάδα Привет 🎨" in page
    assert "<b>gras</b>" in page


def test_a_draft_is_crossed_out_and_carries_no_xml():
    pdf = draft_file(long_document())
    pages = text_of(pdf)
    assert len(pages) >= 2
    assert all("BROUILLON" in page.replace(" ", "") for page in pages)
    assert "F2026-0042" not in "".join(pages)
    assert "Brouillon, sans numéro" in pages[0]
    with pikepdf.open(BytesIO(pdf)) as file:
        assert not file.attachments


def test_a_customer_cannot_write_html():
    html = invoice_html(
        replace(einvoice(), buyer=replace(BUYER, name="<script>alert(1)</script><img src=x>"))
    )
    tags = {element.tag for element in etree.fromstring(html.strip(), etree.HTMLParser()).iter(etree.Element)}
    assert not tags & {"script", "img"}


def test_the_document_is_french_whoever_prints_it():
    with translation.override("en"):
        assert "Net à payer" in invoice_html(einvoice())
        assert "Prestation de services" in invoice_html(einvoice())


def test_no_inline_style_so_that_a_screen_may_show_the_page():
    html = invoice_html(einvoice(), logo=PIXEL)
    assert "style=" not in html
    assert "<style" not in html
