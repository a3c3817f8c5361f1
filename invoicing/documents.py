"""What the printed invoice says: the page of one e-invoice, for the PDF and for the screen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from urllib.parse import quote as escaped

from babel import Locale
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cae.core.identity import cooperative_on
from cae.core.letters import LANGUAGE
from cae.core.money import ZERO
from cae.core.pdf import Variant, render_pdf
from cae.core.signing import evidence_of
from cae.core.templatetags.formats import NBSP, grouped
from entrepreneurs.states.trades import Unit
from invoicing.calculations.colours import tint
from invoicing.calculations.variants import Variant as Offered
from invoicing.calculations.variants import variants_of
from invoicing.engines.delivery import DeliveryPaper
from invoicing.engines.disbursed import REASON
from invoicing.engines.facturx_pdf import STYLESHEET, draft_pdf
from invoicing.engines.model import (
    Address,
    DocumentKind,
    EInvoice,
    Line,
    NoteCode,
    Process,
    VatBreakdown,
    VatDue,
)
from invoicing.engines.transfer_qr import Square, square_of, transfer_text
from invoicing.models import Answer, DeliveryNote
from invoicing.models.looks import HOUSE_COLOUR
from invoicing.selectors.looks import logo_address, picture_addresses, terms_text
from invoicing.states.parts import InvoicePart

TEMPLATE = "pdf/invoicing/invoice.html"
DELIVERY_NOTE, LETTER_SHEET = "pdf/invoicing/delivery.html", "css/pdf/letter.css"
MILEAGE_LOG, REGISTER_SHEET = "pdf/invoicing/mileage_log.html", "css/pdf/register.css"

Text = str | Promise

# A line with more text than this may be cut between two pages.
LONG_TEXT = 900

# Compulsory mention: category of the operation (CGI ann. II art. 242 nonies A, I-16°).
OPERATIONS: dict[Process, Text] = {
    Process.GOODS: _("Livraison de biens"),
    Process.GOODS_PAID: _("Livraison de biens"),
    Process.SERVICES: _("Prestation de services"),
    Process.SERVICES_PAID: _("Prestation de services"),
    Process.BOTH: _("Livraison de biens et prestation de services"),
    Process.BOTH_PAID: _("Livraison de biens et prestation de services"),
    Process.GOODS_FINAL: _("Livraison de biens"),
    Process.SERVICES_FINAL: _("Prestation de services"),
    Process.BOTH_FINAL: _("Livraison de biens et prestation de services"),
}

# Written in full, these units take a plural; French counts it from two.
MANY: dict[str, Text] = {
    Unit.ONE: _("unités"),
    Unit.HOUR: _("heures"),
    Unit.DAY: _("jours"),
    Unit.LUMP_SUM: _("forfaits"),
    Unit.LITRE: _("litres"),
}

TITLES: dict[DocumentKind, Text] = {
    DocumentKind.INVOICE: _("Facture"),
    DocumentKind.CREDIT_NOTE: _("Avoir"),
    DocumentKind.DEPOSIT: InvoicePart.DEPOSIT.label,
    DocumentKind.DEPOSIT_CREDIT: _("Avoir"),
    DocumentKind.QUOTE: _("Devis"),
    DocumentKind.PROFORMA: _("Facture proforma"),
}

# The order in which the legal notes stand at the foot of the document.
PRINTED_NOTES = (
    NoteCode.GENERAL,
    NoteCode.REGULATORY,
    NoteCode.TAX,
    NoteCode.LATE_PENALTIES,
    NoteCode.RECOVERY_INDEMNITY,
    NoteCode.EARLY_PAYMENT_DISCOUNT,
)


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line with the words that the XML has no place for."""

    line: Line
    unit: Text
    price: str
    discount: Decimal
    long: bool
    # The photo of its article, as an address that asks for no other file.
    photo: str = ""


@dataclass(frozen=True, slots=True)
class PrintedGroup:
    """Lines under one title; their sum is told when there are several groups."""

    title: str
    lines: tuple[PrintedLine, ...]
    subtotal: Decimal | None
    # Of a variant: the choice that it belongs to.
    choice: str = ""


@dataclass(frozen=True, slots=True)
class InvoicePage:
    """All that the template shows."""

    invoice: EInvoice
    title: Text
    draft: bool
    logo: str
    operation: Text
    groups: tuple[PrintedGroup, ...]
    options: tuple[PrintedLine, ...]
    # The variants that are not proposed.
    variants: tuple[PrintedGroup, ...]
    notes: tuple[str, ...]
    exemptions: tuple[VatBreakdown, ...]
    seller_address: tuple[str, ...]
    buyer_address: tuple[str, ...]
    has_discounts: bool
    tax_on_debits: bool
    # On screen, the address of the sheet that sets its colour; on paper, that sheet itself.
    colour_sheet: str
    paper: bool
    terms: str
    # The sale and the disbursements, as the e-invoice counts them: with tax, and without.
    whole: Decimal
    whole_net: Decimal
    # The square of a transfer, for a bank's application; on paper alone: a screen shows it beside the sheet.
    square: Square | None = None
    # The notice of the law that disbursements bear, in French like the others.
    disbursed_why: str = ""


def invoice_html(invoice: EInvoice, *, draft: bool = False, logo: str | None = None) -> str:
    """The printed page, in the language of its customer whoever prints it; `logo` is a data URI instead
    of the one that the document names."""
    page = invoice_page(invoice, draft=draft, logo=logo, paper=True)
    with translation.override(invoice.language):
        return render_to_string(TEMPLATE, {"page": page})


def draft_file(invoice: EInvoice, *, logo: str | None = None) -> bytes:
    """The PDF of a draft, made on the fly: crossed out, without number and without XML."""
    html = invoice_html(invoice, draft=True, logo=logo)
    with translation.override(invoice.language):
        return draft_pdf(html, watermark=gettext("BROUILLON"))


def quote_file(quote: EInvoice, *, logo: str | None = None) -> bytes:
    """The PDF of a numbered quote: for people alone, no XML inside."""
    html = invoice_html(quote, logo=logo)
    return render_pdf(html, stylesheet=STYLESHEET, variant=Variant.ACCESSIBLE_ARCHIVE)


def proforma_file(proforma: EInvoice) -> bytes:
    """The PDF of a proforma: its name across each page, no XML inside."""
    html = invoice_html(proforma)
    with translation.override(proforma.language):
        mark = gettext("PROFORMA")
    return render_pdf(html, stylesheet=STYLESHEET, variant=Variant.ACCESSIBLE_ARCHIVE, watermark=mark)


def delivery_file(paper: DeliveryPaper, signed: DeliveryNote | None = None) -> bytes:
    """The PDF of a delivery note, in the language of its customer: with the place where to sign, or with the
    signature made online and its proof."""
    context = {
        "paper": paper,
        "house": cooperative_on(paper.issued_on),
        "signed": signed,
        "evidence": evidence_of(signed.signature) if signed and signed.signature else None,
    }
    with translation.override(paper.language):
        html = render_to_string(DELIVERY_NOTE, context)
    return render_pdf(html, stylesheet=LETTER_SHEET, variant=Variant.ACCESSIBLE_ARCHIVE)


def signed_quote_file(quote: EInvoice, answer: Answer) -> bytes:
    """The pages of a quote with its acceptance on them, then the page of proof."""
    if answer.signature is None:
        raise LookupError("nobody signed this quote online")
    chosen = [line.position for line in answer.quote.lines.filter(chosen__isnull=False).order_by("position")]
    context = {
        "page": invoice_page(quote, paper=True),
        "answer": answer,
        "evidence": evidence_of(answer.signature),
        "options": [line for line in quote.lines if line.position in chosen],
    }
    with translation.override(quote.language):
        html = render_to_string("pdf/invoicing/signed.html", context)
    return render_pdf(html, stylesheet=STYLESHEET, variant=Variant.ACCESSIBLE_ARCHIVE)


def invoice_page(
    invoice: EInvoice, *, draft: bool = False, logo: str | None = None, paper: bool = False
) -> InvoicePage:
    """The context of `pdf/invoicing/_document.html`, which screens may include too; `paper`: for the PDF,
    which alone bears the terms of sale."""
    photos = picture_addresses((line.photo_id, line.photo_sha256) for line in invoice.lines)
    lines = tuple(_printed(line, photos.get(line.photo_id, "")) for line in invoice.lines)
    variants = variants_of(invoice.lines)
    inside = {place: one for one in variants for place in one.places}
    return InvoicePage(
        invoice=invoice,
        title=_title(invoice),
        draft=draft,
        logo=logo_address(invoice.look) if logo is None else logo,
        operation=OPERATIONS[invoice.process],
        groups=tuple(_groups(lines, inside)),
        options=tuple(row for place, row in enumerate(lines) if row.line.optional and place not in inside),
        variants=tuple(_group_of(one, lines) for one in variants if not one.proposed),
        notes=tuple(n.text for code in PRINTED_NOTES for n in invoice.notes if n.code is code and n.text),
        exemptions=tuple(vat for vat in invoice.vat if vat.exemption_reason),
        seller_address=_address(invoice.seller.address, invoice.language),
        buyer_address=_address(invoice.buyer.address, invoice.language),
        has_discounts=any(line.discount for line in lines),
        tax_on_debits=invoice.vat_due is VatDue.INVOICE and not invoice.note(NoteCode.TAX),
        colour_sheet=_colour_sheet(invoice.look.colour, paper),
        paper=paper,
        whole=invoice.totals.gross + invoice.disbursed,
        whole_net=invoice.totals.net + invoice.disbursed,
        terms=terms_text(invoice.look) if paper and not invoice.is_credit_note else "",
        square=_square(invoice) if paper and not draft else None,
        disbursed_why=REASON if invoice.disbursements else "",
    )


def _square(invoice: EInvoice) -> Square | None:
    """What is asked, on the account that the document names; nothing when nothing is."""
    means = invoice.payment
    if means is None or not means.iban or invoice.payable <= ZERO:
        return None
    return square_of(
        transfer_text(
            name=means.account_name,
            iban=means.iban,
            bic=means.bic,
            amount=invoice.payable,
            text=means.reference or invoice.number,
        )
    )


def _title(invoice: EInvoice) -> Text:
    """« Facture », « Facture d’acompte », « Situation n° 2 »."""
    if invoice.situation is not None:
        return gettext("Situation n° %(rank)d") % {"rank": invoice.situation}
    return InvoicePart(invoice.part).label if invoice.part else TITLES[invoice.kind]


def colour_rules(colour: str) -> str:
    """The rules that give a document its colour."""
    return f".pv-c-{colour[1:]} {{ --accent: {colour}; --accent-tint: {tint(colour)}; }}"


def _colour_sheet(colour: str, paper: bool) -> str:
    """The house colour needs none: the style sheet has it."""
    if colour == HOUSE_COLOUR:
        return ""
    if paper:
        return f"data:text/css,{escaped(colour_rules(colour))}"
    return reverse("invoicing:document_colour", args=[colour[1:]])


def _groups(lines: Sequence[PrintedLine], inside: Mapping[int, Offered]) -> Iterator[PrintedGroup]:
    """The counted lines under their titles; options and the variants not proposed stand apart."""
    titled, title = [], ""
    for place, row in enumerate(lines):
        title = row.line.group_title or title
        if not row.line.optional:
            titled.append(((title, inside.get(place)), row))
    together = [(key, tuple(row for _key, row in rows)) for key, rows in groupby(titled, key=itemgetter(0))]
    for (name, variant), rows in together:
        if variant is not None:
            yield _group_of(variant, lines)
        else:
            several = len(together) > 1 and bool(name)
            yield PrintedGroup(name, rows, _sum(rows) if several else None)


def _group_of(variant: Offered, lines: Sequence[PrintedLine]) -> PrintedGroup:
    rows = tuple(lines[place] for place in variant.places)
    return PrintedGroup(variant.title, rows, _sum(rows), variant.choice)


def _sum(rows: Iterable[PrintedLine]) -> Decimal:
    return sum((row.line.net for row in rows), ZERO)


def _unit(line: Line) -> Text:
    if line.unit in MANY and abs(line.quantity) >= 2:
        return MANY[line.unit]
    return Unit(line.unit).label if line.unit in Unit.values else line.unit


def _printed(line: Line, photo: str) -> PrintedLine:
    unit = _unit(line)
    discount = sum((d.amount for d in line.discounts), Decimal("0.00"))
    return PrintedLine(
        line, unit, _price(line.unit_price), discount, len(line.description) > LONG_TEXT, photo
    )


def _price(price: Decimal) -> str:
    """Cents, or as many of four decimals as the price has."""
    places = max(2, -int(price.normalize().as_tuple().exponent))
    return f"{grouped(price, places)}{NBSP}€"


def _address(address: Address, language: str) -> tuple[str, ...]:
    town = f"{address.postcode} {address.city}".strip()
    names = Locale(language).territories
    country = "" if address.country == "FR" else names.get(address.country, address.country)
    parts = (address.line_one, address.line_two, address.line_three, town, country)
    return tuple(part for part in parts if part)


def mileage_log_pdf(log: Mapping[str, object]) -> bytes:
    """The yearly log of a person’s trips, in French: date, places, purpose, kilometres, cumulated, amount."""
    with translation.override(LANGUAGE):
        html = render_to_string(MILEAGE_LOG, dict(log))
        return render_pdf(html, stylesheet=REGISTER_SHEET, variant=Variant.ACCESSIBLE_ARCHIVE)
