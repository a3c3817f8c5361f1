"""What the people of the demonstration spend: tickets photographed, claims handed over, a month under way
with what is still missing (INV-50, INV-51, INV-53, INV-55)."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

from django.utils import timezone
from PIL import Image, ImageDraw, ImageFont

from cae.core.periods import Month
from cae.demonstration.loading.activities import Shop
from cae.demonstration.loading.people import Population, key_of
from invoicing.models import ExpenseClaim, ExpenseKind, Voucher
from invoicing.services.claiming import submit_claim
from invoicing.services.expense_favourites import keep_favourite
from invoicing.services.expense_inputs import ExpenseContent
from invoicing.services.expenses import add_expense
from invoicing.services.vouchers import keep_voucher
from invoicing.states.expenses import PaidWith, VoucherSource
from people.models import Person
from people.services.consents import give_consent
from people.states.consents import ConsentPurpose

_MAIN, _OTHER = "LENOIR", "TRAITLIBRE"


@dataclass(frozen=True)
class Spender:
    """Whose expenses, and the activity that they are for; `shop.author` writes them."""

    shop: Shop
    person: Person


@dataclass(frozen=True)
class Spent:
    """An expense: kind, what and where, day of the month, amount with tax, its tax."""

    kind: str
    label: str
    day: int
    gross: str = "0"
    tax: str = "0"
    quantity: str = ""
    guests: str = ""
    share: str = "1"
    paid_with: str = PaidWith.OWN
    # Without photo, unless this says why.
    reason: str = ""
    photo: bool = True


_TWO_MONTHS_AGO = (
    Spent("transport", "Train Mont-de-Marsan – Bordeaux, aller et retour", 4, "48.60"),
    Spent("meal", "Brasserie de la gare", 4, "19.80", "1.80"),
    Spent("equipment", "Cartes mémoire, Photo Service", 11, "129.00", "21.50"),
    Spent("phone", "Forfait mobile", 15, "31.99", "5.33", share="0.5"),
)
_LAST_MONTH = (
    Spent("fuel-car", "Carburant, Station des Pins", 3, "62.40", "10.40"),
    Spent("meal", "Déjeuner, Chez Maïté", 7, "24.90", "2.26"),
    Spent(
        "business-meal", "Dîner de présentation, Le Parvis", 12, "86.00", "7.82", guests="M. Arnaud, Théâtre"
    ),
    Spent("hotel", "Hôtel des Arènes, une nuit", 12, "79.00", "7.18"),
    Spent("toll", "Péage A63", 13, "9.60", "1.60", paid_with=PaidWith.COOPERATIVE),
    Spent("flat-home", "Retouche à la maison", 20, quantity="6"),
    Spent("phone", "Forfait mobile", 15, "31.99", "5.33", share="0.5"),
)
_THIS_MONTH = (
    Spent("stationery", "Papier et enveloppes, Papeterie du Port", 2, "24.00", "4.00"),
    Spent("meal", "Déjeuner, Chez Maïté", 3, "26.50", "2.41"),
    Spent("toll", "Parking du centre", 3, "6.00", "1.00", reason="Ticket effacé par la chaleur"),
    Spent("software", "Stockage en ligne", 1, "11.99", "2.00", photo=False),
)
_DESIGNER = (
    Spent("software", "Polices de caractères, licence annuelle", 6, "60.00", "10.00"),
    Spent("transport", "Tram, carnet de dix", 9, "15.30"),
    Spent("books", "Livres sur la typographie, La Machine à lire", 18, "57.00", "2.97"),
)
_WAITING = ("Boulangerie du marché", "Quincaillerie Dulau", "Parking de la cathédrale")


def spend(shops: Sequence[Shop], population: Population, *, today: date) -> None:
    """Does: writes what two people spent over three months; the accountant writes for the one without
    account, who agreed. Refuses: nothing. Leaves behind: a claim handed over each of the two last months, one
    under way, receipts that wait, a favourite, a consent."""
    by_code = {shop.plan.code: shop for shop in shops}
    spender, other = (_of(by_code[code], population) for code in (_MAIN, _OTHER))
    this = Month.of(today)
    last = this.previous()
    give_consent(
        other.person,
        purpose=ConsentPurpose.EXPENSES,
        on=today - timedelta(days=90),
        actor=other.shop.author,
        proof="Courriel de la personne, classé dans son dossier",
    )
    for month, lines, whose in (
        (last.previous(), _TWO_MONTHS_AGO, spender),
        (last, _LAST_MONTH, spender),
        (last, _DESIGNER, other),
    ):
        claim = _write(whose, lines, month, today=today)
        submit_claim(claim, actor=whose.shop.author, on=today)
    under_way = _write(spender, _THIS_MONTH, this, today=today)
    keep_favourite(under_way.lines.earliest("pk"), name="Papeterie", actor=spender.shop.author)
    for rank, where in enumerate(_WAITING):
        _photo(spender, where, today - timedelta(days=rank), "12.40")


def _write(spender: Spender, lines: Sequence[Spent], month: Month, *, today: date) -> ExpenseClaim:
    kinds = {kind.code: kind for kind in ExpenseKind.objects.filter(code__in={line.kind for line in lines})}
    for line in lines:
        on = min(month.first.replace(day=line.day), today)
        needs = kinds[line.kind].needs_voucher and line.photo and not line.reason
        content = ExpenseContent(
            kind=kinds[line.kind],
            on=on,
            label=line.label,
            gross=Decimal(line.gross),
            tax=Decimal(line.tax),
            business_share=Decimal(line.share),
            paid_with=line.paid_with,
            quantity=Decimal(line.quantity) if line.quantity else None,
            guests=line.guests,
            missing_reason=line.reason,
            voucher=_photo(spender, line.label, on, line.gross) if needs else None,
        )
        written = add_expense(
            spender.person,
            spender.shop.activity,
            content=content,
            form_key=key_of("expense", spender.shop.plan.code, str(month), line.label),
            today=today,
            actor=spender.shop.author,
        )
    return written.claim


def _photo(spender: Spender, where: str, on: date, gross: str) -> Voucher:
    return keep_voucher(
        _ticket(where, on, gross),
        name=f"ticket-{on:%Y-%m-%d}.jpg",
        person=spender.person,
        source=VoucherSource.PHOTO,
        taken_at=datetime.combine(on, time(12, 30), timezone.get_default_timezone()),
        form_key=key_of("voucher", spender.shop.plan.code, where, str(on)),
        actor=spender.shop.author,
    )


def _ticket(where: str, on: date, gross: str) -> bytes:
    """A till ticket, as a phone sees it."""
    paper = Image.new("RGB", (360, 480), "#f4f1e8")
    pen, large, small = ImageDraw.Draw(paper), ImageFont.load_default(20), ImageFont.load_default(16)
    name, _comma, place = where.partition(", ")
    rows: tuple[tuple[str, Any], ...] = (
        ((place or name)[:30], large),
        (name[:36] if place else "", small),
        ("-" * 36, small),
        (f"{on:%d/%m/%Y}   12:30", small),
        ("", small),
        (f"TOTAL TTC   {gross} EUR", large),
        ("-" * 36, small),
        ("Merci de votre visite", small),
    )
    for rank, (words, font) in enumerate(rows):
        pen.text((28, 40 + rank * 46), _without_accents(words), fill="#2b2b2b", font=font)
    drawn = BytesIO()
    paper.save(drawn, "JPEG", quality=80)
    return drawn.getvalue()


def _without_accents(words: str) -> str:
    """As a till prints."""
    letters = unicodedata.normalize("NFD", words)
    return "".join(letter for letter in letters if letter.isascii())


def _of(shop: Shop, population: Population) -> Spender:
    return Spender(shop, population.persons[shop.plan.people[0]])
