"""What suppliers send: invoices read by themselves, one to type, one that names nobody, an advertisement set
aside, receipts and an invoice that came by mail (INV-47, INV-50)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from email.message import EmailMessage

from cae.core.identity import cooperative_on
from cae.core.money import cents
from cae.demonstration.loading import numbers
from cae.demonstration.loading.activities import Shop
from cae.demonstration.loading.people import Population
from invoicing.documents import invoice_html
from invoicing.engines.cii import build_xml
from invoicing.engines.facturx_pdf import draft_pdf, facturx_pdf
from invoicing.engines.model import (
    Address,
    DocumentKind,
    EInvoice,
    Line,
    Party,
    PaymentMeans,
    Process,
    Totals,
    Treatment,
    VatBreakdown,
    VatCategory,
)
from invoicing.models import IncomingFile
from invoicing.selectors.mail_addresses import BOXES
from invoicing.selectors.routing import routing_address_of
from invoicing.services.incoming import set_file_aside, take_in
from invoicing.services.mail_addresses import make_address
from invoicing.services.mail_in import receive_letter
from invoicing.states.incoming import FileSource, MailInKind
from people.models import User

_MAIN, _OTHER = "LENOIR", "TRAITLIBRE"
_NORMAL, _BOOKS = Decimal("20.00"), Decimal("5.50")


@dataclass(frozen=True)
class Seller:
    """A supplier: its rank among invented firms, its name, town and bank account."""

    rank: int
    name: str
    street: str
    postcode: str
    city: str
    iban: str

    def party(self) -> Party:
        return Party(
            name=self.name,
            siren=numbers.siren(self.rank),
            siret=numbers.siret(self.rank),
            vat_number=numbers.vat_number(self.rank),
            electronic_address=numbers.siren(self.rank),
            address=Address(line_one=self.street, postcode=self.postcode, city=self.city),
        )


_LAB = Seller(
    7101,
    "Labo Argentique SARL",
    "8 rue des Tanneurs",
    "40000",
    "Mont-de-Marsan",
    "FR7630006000011234567890189",
)
_PRINTER = Seller(
    7102, "Imprimerie des Deux Rives", "21 quai Bacalan", "33000", "Bordeaux", "FR1420041010050500013M02606"
)
_HOST = Seller(7103, "Nuage & Compagnie", "4 allée du Lac", "44000", "Nantes", "FR7630001007941234567890185")


@dataclass(frozen=True)
class Asked:
    """One invoice: who sends it, its number, how many days ago, its lines (what, how many, price, rate)."""

    seller: Seller
    number: str
    days_ago: int
    lines: tuple[tuple[str, str, str, Decimal], ...]


_READ = (
    Asked(
        _LAB,
        "LA-2291",
        9,
        (
            ("Tirages barytés 30 × 40", "12", "18.50", _NORMAL),
            ("Développement noir et blanc", "6", "9.00", _NORMAL),
        ),
    ),
    Asked(_HOST, "NC-100457", 4, (("Hébergement de la galerie, un an", "1", "119.88", _NORMAL),)),
)
_PAPER = Asked(_PRINTER, "2026-0418", 6, (("Cartes de visite, 500 exemplaires", "1", "84.00", _NORMAL),))
_NOBODYS = Asked(_PRINTER, "2026-0431", 3, (("Catalogue de l’exposition", "40", "7.10", _BOOKS),))
_MAILED = Asked(_PRINTER, "2026-0440", 2, (("Affiches 40 × 60", "25", "3.90", _NORMAL),))


def receive_files(shops: Sequence[Shop], population: Population, *, today: date, now: datetime) -> None:
    """Does: gives addresses, then what came to them and what was deposited. Refuses: nothing. Leaves behind:
    purchases opened, files in each state, receipts to complete."""
    by_code = {shop.plan.code: shop for shop in shops}
    main, other = by_code[_MAIN], by_code[_OTHER]
    for asked in _READ:
        _take(f"{asked.number}.pdf", _facturx(asked, main, today), author=main.author, at=_at(asked, now))
    paper = draft_pdf(invoice_html(_facts(_PAPER, main, today)), watermark="")
    _take("scan-0001.pdf", paper, author=main.author, at=_at(_PAPER, now), shop=main)
    stray = build_xml(_facts(_NOBODYS, None, today))
    accountant = population.accounts["accountant"]
    _take("facture-2026-0431.xml", stray, author=accountant, at=_at(_NOBODYS, now))
    offer = b"Nos offres de la rentree : -30 % sur les toners."
    advert = _take("offre.txt", offer, author=main.author, at=_at(_PAPER, now), shop=main)
    set_file_aside(advert, note="Publicité, sans rapport avec une commande", actor=main.author)
    _mails(main, other, today=today, now=now)


def _take(name: str, content: bytes, *, author: User, at: datetime, shop: Shop | None = None) -> IncomingFile:
    return take_in(
        content,
        name=name,
        source=FileSource.UPLOAD,
        activity=shop.activity if shop else None,
        actor=author,
        received_at=at,
    )


def _at(asked: Asked, now: datetime) -> datetime:
    """The day after it was written."""
    return now - timedelta(days=asked.days_ago - 1)


def _mails(main: Shop, other: Shop, *, today: date, now: datetime) -> None:
    """An invoice sent to an activity; an invitation to nobody we know."""
    address = make_address(other.activity, actor=other.author)
    make_address(main.activity, actor=main.author)
    for owner in (main.author, other.author):
        if owner.person is not None:
            make_address(owner.person, actor=owner)
    box = f"{BOXES[MailInKind.PURCHASES]}+{address.token}@depot.example"
    invoice = (f"{_MAILED.number}.xml", build_xml(_facts(_MAILED, other, today)))
    receive_letter(_letter(box, "Votre facture 2026-0440", invoice), at=now - timedelta(days=1))
    lost = _letter(
        "factures+ancienne2345@depot.example", "Relance", ("relance.txt", b"Sauf erreur de notre part")
    )
    receive_letter(lost, at=now - timedelta(hours=5))


def _letter(to: str, subject: str, piece: tuple[str, bytes]) -> bytes:
    message = EmailMessage()
    message["From"] = "compta@deux-rives.example"
    message["To"], message["Subject"] = to, subject
    message.set_content("Bonjour,\n\nVeuillez trouver notre document ci-joint.")
    name, content = piece
    message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def _facturx(asked: Asked, shop: Shop, today: date) -> bytes:
    facts = _facts(asked, shop, today)
    return facturx_pdf(invoice_html(facts), build_xml(facts))


def _facts(asked: Asked, shop: Shop | None, today: date) -> EInvoice:
    """The invoice as its supplier's software knows it; without activity, the address is that of the house."""
    lines = tuple(
        Line(
            position=place,
            label=label,
            quantity=Decimal(quantity),
            unit_price=Decimal(price),
            net=cents(Decimal(quantity) * Decimal(price)),
            category=VatCategory.STANDARD,
            vat_rate=rate,
        )
        for place, (label, quantity, price, rate) in enumerate(asked.lines, 1)
    )
    net, rate = sum((line.net for line in lines), Decimal("0.00")), lines[0].vat_rate
    tax = cents(net * rate / 100)
    on = today - timedelta(days=asked.days_ago)
    return EInvoice(
        kind=DocumentKind.INVOICE,
        number=asked.number,
        issued_on=on,
        due_on=on + timedelta(days=30),
        process=Process.GOODS,
        treatment=Treatment.B2B,
        seller=asked.seller.party(),
        buyer=_house(shop, today),
        lines=lines,
        vat=(VatBreakdown(category=VatCategory.STANDARD, rate=rate, base=net, tax=tax),),
        totals=Totals(lines=net, net=net, tax=tax, gross=net + tax, due=net + tax),
        payment=PaymentMeans(iban=asked.seller.iban, account_name=asked.seller.name),
    )


def _house(shop: Shop | None, today: date) -> Party:
    house = cooperative_on(today)
    address = routing_address_of(shop.activity, on=today) if shop else house.siren
    return Party(
        name=house.legal_name,
        siren=house.siren,
        vat_number=house.vat_number,
        electronic_address=address,
        address=Address(line_one=house.address_line, postcode=house.postcode, city=house.city),
    )
