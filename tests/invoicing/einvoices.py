"""E-invoices for the tests: one legal document, and the variations that have hurt somebody."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from cae.core.money import cents
from invoicing.engines.model import (
    SCHEME_EMAIL,
    Address,
    Discount,
    DocumentDiscount,
    DocumentKind,
    EInvoice,
    Line,
    Note,
    NoteCode,
    Party,
    PaymentMeans,
    PrecedingInvoice,
    Process,
    Totals,
    Treatment,
    VatBreakdown,
    VatCategory,
    VatDue,
    routing_address,
)

D = Decimal
SIREN = "552100554"

TRAINING = "Exonération de TVA, article 261-4-4° a du Code général des impôts"
TRAINING_CODE = "VATEX-EU-132-1I"

SELLER = Party(
    name="Les Ateliers de la Ruche",
    trade_name="Claire Lenoir, illustration",
    siren=SIREN,
    siret="55210055400013",
    vat_number="FR52552100554",
    legal_info="Société coopérative SARL à capital variable de 48 300 € – RCS Lyon 552 100 554",
    electronic_address=routing_address(SIREN, "LENOIR"),
    contact_name="Claire Lenoir",
    email="claire.lenoir@example.org",
    phone="04 72 00 00 00",
    address=Address(line_one="12 rue de la Ruche", postcode="69007", city="Lyon"),
)

BUYER = Party(
    name="Brasserie du Vercors",
    siren="732829320",
    siret="73282932000074",
    vat_number="FR44732829320",
    electronic_address="732829320",
    address=Address(
        line_one="ZA des Quatre Vents", line_two="Bâtiment B", postcode="38250", city="Lans-en-Vercors"
    ),
)

PERSON = Party(
    name="Jeanne Martin",
    electronic_address="jeanne.martin@example.org",
    electronic_scheme=SCHEME_EMAIL,
    email="jeanne.martin@example.org",
    address=Address(line_one="3 place du Marché", postcode="26000", city="Valence"),
)

NOTES = (
    Note(
        code=NoteCode.LATE_PENALTIES,
        text="En cas de retard de paiement, pénalités au taux de la BCE majoré de 10 points.",
    ),
    Note(
        code=NoteCode.RECOVERY_INDEMNITY,
        text="Indemnité forfaitaire pour frais de recouvrement en cas de retard : 40 €.",
    ),
    Note(code=NoteCode.EARLY_PAYMENT_DISCOUNT, text="Pas d’escompte pour paiement anticipé."),
)

PAYMENT = PaymentMeans(
    iban="FR7630006000011234567890189", bic="AGRIFRPPXXX", account_name="Les Ateliers de la Ruche"
)


def line(
    label: str = "Illustration de couverture",
    *,
    quantity: str = "1",
    price: str = "450.00",
    rate: str = "20.00",
    category: VatCategory = VatCategory.STANDARD,
    unit: str = "C62",
    discount: str = "0",
    description: str = "",
) -> Line:
    """One line; `discount` is a percentage."""
    gross = cents(D(quantity) * D(price))
    taken = cents(gross * D(discount) / 100)
    discounts = (Discount(amount=taken, base=gross, rate=D(discount)),) if taken else ()
    return Line(
        position=0,
        label=label,
        description=description,
        quantity=D(quantity),
        unit=unit,
        unit_price=D(price),
        net=gross - taken,
        category=category,
        vat_rate=D(rate),
        discounts=discounts,
    )


def einvoice(*lines: Line, prepaid: str = "0.00", discounts: tuple[DocumentDiscount, ...] = ()) -> EInvoice:
    """An invoice between two firms, its totals computed from its lines."""
    numbered = tuple(replace(row, position=n) for n, row in enumerate(lines or (line(),), 1))
    breakdown = _breakdown(numbered, discounts)
    net, tax = sum((v.base for v in breakdown), D("0.00")), sum((v.tax for v in breakdown), D("0.00"))
    totals = Totals(
        lines=sum((row.net for row in numbered), D("0.00")),
        net=net,
        tax=tax,
        gross=net + tax,
        due=net + tax - D(prepaid),
        discounts=sum((d.amount for d in discounts), D("0.00")),
        prepaid=D(prepaid),
    )
    return EInvoice(
        kind=DocumentKind.INVOICE,
        number="F2026-0042",
        issued_on=date(2026, 11, 25),
        due_on=date(2026, 12, 25),
        delivered_on=date(2026, 11, 20),
        process=Process.SERVICES,
        treatment=Treatment.B2B,
        vat_due=VatDue.PAYMENT,
        purpose="Illustrations de la gamme d’hiver",
        order_reference="BC-2026-118",
        seller=SELLER,
        buyer=BUYER,
        lines=numbered,
        vat=breakdown,
        totals=totals,
        discounts=discounts,
        notes=NOTES,
        payment=PAYMENT,
    )


def _breakdown(lines: tuple[Line, ...], discounts: tuple[DocumentDiscount, ...]) -> tuple[VatBreakdown, ...]:
    found = []
    for category, rate in dict.fromkeys((row.category, row.vat_rate) for row in lines):
        base = sum((row.net for row in lines if (row.category, row.vat_rate) == (category, rate)), D("0.00"))
        base -= sum((d.amount for d in discounts if (d.category, d.vat_rate) == (category, rate)), D("0.00"))
        exempt = category is VatCategory.EXEMPT
        found.append(
            VatBreakdown(
                category=category,
                rate=rate,
                base=base,
                tax=cents(base * rate / 100),
                exemption_reason=TRAINING if exempt else "",
                exemption_code=TRAINING_CODE if exempt else "",
            )
        )
    return tuple(found)


def credit_note() -> EInvoice:
    return replace(
        einvoice(line("Illustration de couverture, annulée")),
        kind=DocumentKind.CREDIT_NOTE,
        number="A2026-0003",
        preceding=(PrecedingInvoice(number="F2026-0042", issued_on=date(2026, 11, 25)),),
        purpose="Annulation de la facture F2026-0042",
        payment=None,
        issued_on=date(2026, 11, 26),
        due_on=date(2026, 11, 26),
    )


def awkward() -> EInvoice:
    """Names that no typewriter knows."""
    name = "北京\u00a0书店 \u3000有限公司 & Fils <مكتبة النور> Ελλάδα Привет 🎨🐝 👩\u200d🎨 "
    name += "\x01\x0b\u202eevil\u202c e\u0301 "
    buyer = replace(
        BUYER, name=(name + "Très long nom de société " * 9)[:200], trade_name="東京デザイン\ud83c"[:6]
    )
    odd = line(
        "Affiche « été » \x00 100 % coton ☕ ½ → ∞ 한국",
        description="☕\u202f: Ligne 1\nLigne 2 & <b>gras</b> 𓀀 ‰",
    )
    return replace(einvoice(odd), buyer=buyer, purpose="𠀀𠀁 & ''\"\" \u2028 fin")


def several_rates() -> EInvoice:
    return replace(
        einvoice(
            line("Livre illustré", quantity="12", price="14.90", rate="5.50"),
            line("Atelier de dessin", quantity="1.25", price="60.00", rate="20.00", unit="HUR"),
            line("Hébergement des participants", quantity="3", price="72.50", rate="10.00", unit="DAY"),
            line("Presse", quantity="100", price="0.3333", rate="2.10"),
        ),
        process=Process.BOTH,
    )


def discounted() -> EInvoice:
    rebate = DocumentDiscount(
        amount=D("50.00"), category=VatCategory.STANDARD, vat_rate=D("20.00"), reason="Remise de fidélité"
    )
    return einvoice(
        line("Charte graphique", quantity="2.5", price="480.00", discount="10", unit="DAY"),
        line("Impression", quantity="1000", price="0.1234"),
        discounts=(rebate,),
        prepaid="100.00",
    )


def exempt_training() -> EInvoice:
    course = line(
        "Formation « Dessiner ses réunions »",
        quantity="14",
        price="65.00",
        rate="0.00",
        category=VatCategory.EXEMPT,
        unit="HUR",
        description="Deux journées à Lyon, six participantes et participants.",
    )
    return replace(einvoice(course), vat_due=None, treatment=Treatment.OUT_OF_SCOPE)


def private_person() -> EInvoice:
    return replace(
        einvoice(line("Portrait de famille", price="180.00")),
        buyer=PERSON,
        treatment=Treatment.B2C,
        order_reference="",
        vat_due=VatDue.INVOICE,
    )


def public_body() -> EInvoice:
    town = Party(
        name="Ville de Valence",
        siren="217600362",
        siret="21760036200015",
        electronic_address="217600362_CULTURE",
        address=Address(line_one="Place de la Liberté", postcode="26000", city="Valence"),
        contact_name="Service culture",
        email="culture@example.org",
    )
    return replace(
        einvoice(line("Fresque", price="3200")),
        buyer=town,
        buyer_reference="CULTURE",
        contract_reference="MAPA-2026-07",
        process=Process.GOODS,
        vat_due=VatDue.DELIVERY,
    )


def foreign_firm() -> EInvoice:
    """A service for a Belgian firm: the customer owes the tax."""
    firm = Party(
        name="Éditions du Canal",
        vat_number="BE0403170701",
        electronic_address="compta@example.org",
        electronic_scheme=SCHEME_EMAIL,
        address=Address(line_one="Quai aux Briques 4", postcode="1000", city="Bruxelles", country="BE"),
    )
    invoice = einvoice(line("Illustration", category=VatCategory.REVERSE_CHARGE, rate="0.00"))
    why = {"exemption_reason": "Autoliquidation, article 283-2 du CGI", "exemption_code": "VATEX-EU-AE"}
    vat = (replace(invoice.vat[0], **why),)
    return replace(invoice, buyer=firm, vat=vat, treatment=Treatment.B2B_INTERNATIONAL, vat_due=None)


def long_document() -> EInvoice:
    rows = [
        line(
            f"Planche n° {n}",
            quantity="1.5",
            price="35.00",
            description="Encrage, couleur et préparation des fichiers pour l’imprimeur."
            if n % 3 == 0
            else "",
        )
        for n in range(1, 41)
    ]
    return einvoice(*rows)


CASES = {
    "invoice": einvoice,
    "credit_note": credit_note,
    "awkward": awkward,
    "several_rates": several_rates,
    "discounted": discounted,
    "exempt_training": exempt_training,
    "private_person": private_person,
    "public_body": public_body,
    "foreign_firm": foreign_firm,
    "long_document": long_document,
}
