"""Suppliers' files read: every figure of every sample, damage refused by name, doubts said (INV-47)."""

import json
import zlib
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO

import pikepdf
import pytest
from django.utils import translation

from invoicing.engines.cii import build_xml
from invoicing.engines.incoming import Doubt, DoubtCode, Read, Unreadability, Unreadable, read_invoice
from invoicing.engines.incoming.containers import MOST_BYTES, MOST_XML_BYTES
from invoicing.engines.incoming.facts import ReadParty, Syntax
from invoicing.engines.incoming.schemas import rules_of
from invoicing.engines.incoming.sums import doubts_about
from invoicing.selectors.reading_words import doubt_sentence, finding_sentence, why_unreadable
from tests.invoicing.einvoices import CASES, credit_note, einvoice
from tests.invoicing.incoming.samples import OTHERS, cii, day, facturx, figure, manifest, own

D = Decimal
SAMPLES = manifest()
GOOD = [sample for sample in SAMPLES if sample["import"] != "refuse"]
BAD = [sample for sample in SAMPLES if sample["import"] == "refuse"]
WHY = {
    "ORDER-X_EX01_ORDER_FULL_DATA-COMFORT.pdf": Unreadability.ORDER,
    "corruptedV2PDF.pdf": Unreadability.DAMAGED_PDF,
    "invalidV2.xml": Unreadability.SCHEMA,
    "invalidV2Root.xml": Unreadability.OTHER_XML,
    "line-total-4-decimals.xml": Unreadability.SCHEMA,
    "order-x-basic.xml": Unreadability.ORDER,
    "zugferd-comfort.xml": Unreadability.OLD_ZUGFERD,
}
OF_SUMS = {code for code in DoubtCode if code.value.endswith("_sum")}


def refused(content: bytes) -> Unreadability:
    with pytest.raises(Unreadable) as caught:
        read_invoice(content)
    return caught.value.reason


def test_other_makers_files_are_here_or_their_absence_is_said(capsys):
    if not SAMPLES:
        with capsys.disabled():
            print("\n40 fichiers d’autres éditeurs absents (../shared/data/e-invoices) : non lus ici.")  # noqa: T201
        pytest.skip("no sample of other makers")
    assert len(GOOD) + len(BAD) == len(SAMPLES) >= 40


@pytest.mark.parametrize("sample", GOOD, ids=lambda sample: sample["file"])
def test_a_good_file_of_another_maker_gives_its_figures(sample):
    read = read_invoice((OTHERS / sample["file"]).read_bytes(), sample["file"])
    invoice, expected = read.invoice, sample["expected"]
    assert (read.syntax, read.profile) == (sample["syntax"], sample["profile"])
    found = {
        "number": invoice.number,
        "type": invoice.type_code,
        "seller": invoice.seller.shown_name,
        "buyer": invoice.buyer.shown_name,
        "currency": invoice.currency,
        "lines": len(invoice.lines),
    }
    assert found == {name: expected[name] for name in found}
    assert invoice.issued_on == day(expected["date"])
    totals = {
        "net_total": invoice.totals.net,
        "tax_total": invoice.tax_total,
        "grand_total": invoice.totals.gross,
        "prepaid": invoice.totals.prepaid,
        "due": invoice.totals.due,
    }
    assert totals == {name: figure(expected[name]) for name in totals}
    if sample["import"] == "accept":
        assert not {doubt.code for doubt in read.warnings} & OF_SUMS
    assert Read.from_json(json.loads(json.dumps(read.to_json()))).invoice == invoice


@pytest.mark.parametrize("sample", BAD, ids=lambda sample: sample["file"])
def test_a_bad_file_of_another_maker_is_refused_by_name(sample):
    name = sample["file"].rpartition("/")[2]
    assert refused((OTHERS / sample["file"]).read_bytes()) == WHY[name]


def test_a_facturx_of_our_own_engine_is_read_back_whole():
    made = einvoice()
    read = read_invoice(facturx(), "facture.pdf")
    invoice = read.invoice
    assert (read.syntax, read.profile, read.warnings) == ("cii", "en16931", ())
    assert (invoice.number, invoice.type_code, invoice.currency) == ("FACT-2026-118", "380", "EUR")
    assert (invoice.issued_on, invoice.due_on, invoice.delivered_on) == (
        date(2026, 11, 25),
        date(2026, 12, 25),
        date(2026, 11, 20),
    )
    assert (invoice.seller.name, invoice.seller.siren) == (made.seller.name, made.seller.siren)
    assert invoice.seller.vat_number == made.seller.vat_number
    assert invoice.seller.address.city == "Lyon"
    assert invoice.buyer.electronic_address == "732829320"
    assert (invoice.iban, invoice.bic) == ("FR7630006000011234567890189", "AGRIFRPPXXX")
    assert invoice.order_reference == "BC-2026-118"
    assert [(row.label, row.quantity, row.unit_price, row.net, row.vat_rate) for row in invoice.lines] == [
        ("Illustration de couverture", D("1"), D("450.00"), D("450.00"), D("20.00")),
        ("Affiche", D("3"), D("12.50"), D("37.50"), D("20.00")),
    ]
    assert (invoice.totals.net, invoice.tax_total, invoice.totals.due) == (
        D("487.50"),
        D("97.50"),
        D("585.00"),
    )
    assert {note.code for note in invoice.notes} >= {"PMT", "PMD", "AAB", "BAR"}


@pytest.mark.parametrize("case", CASES)
def test_whatever_we_issue_is_read_without_a_doubt(case):
    made = CASES[case]()
    read = read_invoice(build_xml(made))
    assert read.invoice.totals.gross == made.totals.gross
    assert read.invoice.tax_total == made.totals.tax
    assert [row.net for row in read.invoice.lines] == [row.net for row in made.lines]
    assert {doubt.code for doubt in read.warnings} <= {DoubtCode.OTHER_CURRENCY}


def test_a_credit_note_says_what_it_corrects():
    invoice = read_invoice(build_xml(credit_note())).invoice
    assert invoice.is_credit_note
    assert [(one.number, one.issued_on) for one in invoice.preceding] == [("F2026-0042", date(2026, 11, 25))]


def test_a_ubl_invoice_is_read_term_by_term():
    read = read_invoice(own("facture-ubl.xml"))
    invoice = read.invoice
    assert (read.syntax, read.profile, read.warnings) == ("ubl-invoice", "en16931", ())
    assert (invoice.number, invoice.process, invoice.buyer_reference) == ("PAP-2026-0311", "S1", "Atelier 3")
    seller = invoice.seller
    assert (seller.name, seller.trade_name) == ("Papeterie du Vercors SARL", "Papeterie du Vercors")
    assert (seller.siren, seller.email, seller.phone) == (
        "732829320",
        "compta@papeterie.example",
        "04 75 00 00 00",
    )
    assert (seller.address.line_one, seller.address.postcode, seller.address.country) == (
        "4 rue du Moulin",
        "26000",
        "FR",
    )
    assert invoice.buyer.electronic_address == "552100554_LENOIR"
    assert (invoice.iban, invoice.bic, invoice.payment_reference) == (
        "FR7630006000011234567890189",
        "AGRIFRPPXXX",
        "PAP-2026-0311",
    )
    assert invoice.order_reference == "BC2026-0007"
    assert [(note.code, note.text) for note in invoice.notes] == [
        ("AAB", "Pas d’escompte pour paiement anticipé."),
        ("", "Merci de votre confiance."),
    ]
    first = invoice.lines[0]
    assert (first.label, first.description, first.reference, first.order_line, first.unit) == (
        "Rames A3",
        "Papier 120 g",
        "RA3-120",
        "2",
        "XRM",
    )
    assert [(tax.rate, tax.base, tax.tax) for tax in invoice.taxes] == [
        (D("20"), D("95.00"), D("19.00")),
        (D("5.5"), D("20.00"), D("1.10")),
    ]
    assert [(one.reason, one.signed) for one in invoice.adjustments] == [("Remise fidélité", D("-5.00"))]
    assert (invoice.totals.prepaid, invoice.totals.due) == (D("35.10"), D("100.00"))
    assert [(one.name, one.content) for one in read.attachments] == [("bon-de-livraison.csv", b"rames;10\n")]


def test_an_xml_in_another_encoding_is_read_too():
    text = cii().decode().replace("Illustration de couverture", "Éléphant €")
    latin = text.replace("UTF-8", "utf-16", 1).replace("utf-8", "utf-16", 1).encode("utf-16")
    assert read_invoice(latin).invoice.lines[0].label == "Éléphant €"


@pytest.mark.parametrize("name", ["bombe.xml", "fichier-du-serveur.xml"])
def test_entities_are_refused_and_never_followed(name):
    assert refused(own(name)) == Unreadability.DOCTYPE


def test_an_innocent_doctype_is_refused_too():
    head, _, body = cii().partition(b"?>")
    assert refused(head + b"?><!DOCTYPE a>" + body) == Unreadability.DOCTYPE


def inside(xml: bytes, name: str = "factur-x.xml") -> bytes:
    """A PDF that carries this file."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.attachments[name] = xml
    made = BytesIO()
    pdf.save(made)
    return made.getvalue()


@pytest.mark.parametrize("name", ["factur-x.xml", "ZUGFeRD-invoice.xml", "xrechnung.xml"])
def test_the_xml_is_found_under_each_name_of_the_trade(name):
    assert read_invoice(inside(cii(), name)).invoice.number == "FACT-2026-118"


def test_a_bomb_inside_a_pdf_is_refused_as_well():
    assert refused(inside(own("bombe.xml"))) == Unreadability.DOCTYPE


def test_what_is_no_invoice_is_named():
    assert refused(inside(b"x", "notes.txt")) == Unreadability.NO_DATA
    assert refused(inside(b"<a/>", "order-x.xml")) == Unreadability.ORDER
    assert refused(b"") == refused(b" \n") == Unreadability.EMPTY
    assert refused(b"MZ\0\0" + b"\0" * 60) == Unreadability.PROGRAMME
    assert refused(b"Bonjour, voici ma facture") == Unreadability.UNKNOWN_FORMAT
    assert refused(b"\x89PNG\r\n\x1a\n" + b"\0" * 20) == Unreadability.PICTURE
    assert refused(b"\0\0\0\x18ftypheic\0\0\0\0") == Unreadability.PICTURE
    assert refused(b"<html><body>403</body></html>") == Unreadability.OTHER_XML
    assert refused(b"<Invoice") == Unreadability.BROKEN_XML


def test_damaged_and_locked_pdfs_are_told_apart():
    whole = facturx()
    assert refused(whole[: len(whole) // 3]) == Unreadability.DAMAGED_PDF
    assert refused(b"%PDF-1.7\nrien") == Unreadability.DAMAGED_PDF
    pdf = pikepdf.open(BytesIO(whole))
    locked = BytesIO()
    pdf.save(locked, encryption=pikepdf.Encryption(user="secret", owner="secret"))
    assert refused(locked.getvalue()) == Unreadability.LOCKED_PDF


def test_sizes_are_limited():
    assert refused(b"<" + b" " * MOST_BYTES) == Unreadability.TOO_LARGE
    assert refused(b"<a>" + b" " * MOST_XML_BYTES + b"</a>") == Unreadability.TOO_LARGE
    assert refused(inside(b"<a>" + b" " * MOST_XML_BYTES + b"</a>")) == Unreadability.TOO_LARGE


def test_a_stream_that_swells_is_refused_before_it_fills_the_memory():
    swollen = zlib.compress(b"\0" * (200 * 1024 * 1024), 9)
    pdf = pikepdf.open(BytesIO(inside(b"<a/>")))
    spec = pdf.attachments["factur-x.xml"].obj.EF.F
    spec.write(swollen, filter=pikepdf.Name.FlateDecode)
    made = BytesIO()
    pdf.save(made)
    assert refused(made.getvalue()) in (Unreadability.DAMAGED_PDF, Unreadability.TOO_LARGE)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (b"<ram:ID>FACT-2026-118</ram:ID>", b"<ram:ID/>", Unreadability.TERM_MISSING),
        (b">20261125<", b">20261399<", Unreadability.TERM_INVALID),
        (b">585.00<", b">99999999999.00<", Unreadability.TERM_INVALID),
        (b">585.00<", b">douze<", Unreadability.SCHEMA),
    ],
)
def test_a_term_that_cannot_be_had_is_said(old, new, reason):
    xml = cii()
    assert old in xml
    assert refused(xml.replace(old, new)) == reason


def test_a_profile_that_nobody_knows_is_read_with_a_doubt():
    xml = cii().replace(b"urn:cen.eu:en16931:2017<", b"urn:example:mine<")
    assert b"urn:example:mine" in xml
    read = read_invoice(xml)
    assert read.profile == "unknown"
    assert read.warnings[0].code == DoubtCode.UNKNOWN_PROFILE


@pytest.mark.parametrize(
    ("changed", "code", "written", "found"),
    [
        ({"lines": D("490.00")}, DoubtCode.LINES_SUM, "490.00", "487.50"),
        ({"net": D("480.00")}, DoubtCode.NET_SUM, "480.00", "487.50"),
        ({"tax": D("97.00")}, DoubtCode.TAX_SUM, "97.00", "97.50"),
        ({"net": D("480.00")}, DoubtCode.BASES_SUM, "480.00", "487.50"),
        ({"gross": D("600.00")}, DoubtCode.GROSS_SUM, "600.00", "585.00"),
        ({"due": D("584.99")}, DoubtCode.DUE_SUM, "584.99", "585.00"),
    ],
)
def test_each_sum_that_fails_is_said_with_both_figures(changed, code, written, found):
    invoice = read_invoice(cii()).invoice
    odd = replace(invoice, totals=replace(invoice.totals, **changed))
    assert Doubt(code=code, written=written, found=found) in doubts_about(odd, profile="en16931")


def test_headings_and_lightest_profiles():
    invoice = read_invoice(cii()).invoice
    odd = replace(invoice, currency="CHF", due_on=date(2026, 11, 1))
    assert [(one.code, one.written, one.found) for one in doubts_about(odd, profile="en16931")] == [
        (DoubtCode.OTHER_CURRENCY, "CHF", ""),
        (DoubtCode.DUE_BEFORE_DATE, "2026-11-01", "2026-11-25"),
    ]
    bare = replace(invoice, lines=(), taxes=(), totals=replace(invoice.totals, due=D("1.00"), lines=None))
    assert [one.code for one in doubts_about(bare, profile="minimum")] == [DoubtCode.NO_LINES]
    assert [one.code for one in doubts_about(bare, profile="en16931")] == [DoubtCode.DUE_SUM]
    half = replace(invoice, taxes=(replace(invoice.taxes[0], base=None),))
    assert doubts_about(half, profile="en16931") == ()
    untold = replace(invoice, totals=replace(invoice.totals, tax=None))
    assert untold.tax_total == D("97.50")


@pytest.mark.parametrize(
    ("party", "siren"),
    [
        (ReadParty(registration="732 829 320", registration_scheme="0002"), "732829320"),
        (ReadParty(registration="732829320"), "732829320"),
        (ReadParty(registration="123456789", registration_scheme="0060"), ""),
        (ReadParty(registration="73282932000074", registration_scheme="0009"), "732829320"),
        (ReadParty(establishment="73282932000074"), "732829320"),
        (ReadParty(vat_number="FR 44 732829320"), "732829320"),
        (ReadParty(vat_number="DE123456789"), ""),
        (ReadParty(electronic_address="732829320_X", electronic_scheme="0225"), "732829320"),
        (ReadParty(electronic_address="compta@x.example", electronic_scheme="EM"), ""),
        (ReadParty(), ""),
    ],
)
def test_the_siren_is_found_wherever_it_is_written(party, siren):
    assert party.siren == siren


def test_a_reading_of_another_version_is_refused():
    kept = read_invoice(cii()).to_json()
    with pytest.raises(ValueError, match="version"):
        Read.from_json({**kept, "version": 0})


def test_every_reason_and_every_doubt_has_its_sentence():
    with translation.override("fr"):
        assert all(why_unreadable(reason.value).endswith(".") for reason in Unreadability)
        assert why_unreadable("") == ""
        for code in DoubtCode:
            dates = code == DoubtCode.DUE_BEFORE_DATE
            written, found = ("2026-11-01", "2026-11-25") if dates else ("1.00", "2.00")
            sentence = doubt_sentence(Doubt(code=code, written=written, found=found))
            assert sentence.endswith(".")
            assert "%" not in sentence
        gap = Doubt(code=DoubtCode.GROSS_SUM, written="600.00", found="585.00")
        assert doubt_sentence(gap, currency="CHF") == (
            "Le total TTC annoncé est 600.00 CHF ; HT et TVA font 585.00 CHF."
        )
        assert finding_sentence({"rule": "BR-CO-15", "text": "x"}) == "Règle BR-CO-15 : x"
        assert finding_sentence({"rule": "STRUCTURE", "text": "x"}) == "x"


def test_each_profile_has_its_rules():
    pairs = {
        rules_of(syntax, profile)
        for syntax in (Syntax.CII, Syntax.UBL_INVOICE)
        for profile in (
            "minimum",
            "basicwl",
            "basic",
            "en16931",
            "xrechnung",
            "extended",
            "extended-ctc-fr",
            "unknown",
        )
    }
    assert pairs == {
        "minimum",
        "basicwl",
        "basic",
        "en16931",
        "extended",
        "cii-extended-ctc-fr",
        "ubl",
        "ubl-extended-ctc-fr",
    }
