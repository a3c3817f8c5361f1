"""Turns a quote or an invoice of ours into typed content: parties of the day, legal notes, lines, tax,
references."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from cae.core.identity import cooperative_on
from cae.core.models import Cooperative, Document
from cae.core.money import ZERO
from cae.core.settings import value_of
from entrepreneurs.models import Activity
from invoicing import parameters
from invoicing.calculations.discounts import given
from invoicing.calculations.terms import due_on
from invoicing.calculations.totals import Adjustment, percent
from invoicing.engines import model
from invoicing.models import CatalogueItem, Customer, Invoice, Quote
from invoicing.models.documents import SaleLine, SaleTax
from invoicing.selectors.invoices import load_content
from invoicing.selectors.looks import look_of, look_row
from invoicing.selectors.mentions import facts_of, is_on_debits, library_of, notes_of
from invoicing.selectors.part_facts import (
    kind_of,
    part_terms,
    preceding_of,
    process_of,
    schedule_of,
    terms_said,
)
from invoicing.selectors.quotes import load_quote
from invoicing.selectors.routing import suffix_of
from invoicing.states.parts import InvoicePart
from invoicing.states.sales import CustomerKind, Operation, VatCategory, VatDueOn


def einvoice_of(invoice: Invoice, *, on: date, number: str = model.PROVISIONAL_NUMBER) -> model.EInvoice:
    """What the document says if it is issued on this date. An issued one is read from its frozen facts."""
    if invoice.facts is not None:
        return model.EInvoice.from_json(invoice.facts)
    cooperative = cooperative_on(on)
    load_content(invoice)
    # In the language of the customer, whatever that of the person who issues it.
    with translation.override(invoice.customer.language):
        return model.EInvoice(
            kind=kind_of(invoice),
            number=number,
            issued_on=on,
            **_sale(invoice, cooperative, on),
            due_on=due_date(invoice, on),
            delivered_on=_delivered_on(invoice, on),
            vat_due=_vat_due(invoice),
            payment_terms=terms_said(invoice, on),
            purpose=invoice.credit_reason if invoice.is_credit_note else invoice.purpose,
            notes=_notes(invoice, on, cooperative),
            payment=None if invoice.is_credit_note else _payment(cooperative),
            preceding=preceding_of(invoice),
            **part_terms(invoice, on),
        )


def quote_document_of(quote: Quote, on: date, *, number: str = "") -> model.EInvoice:
    """What a quote says if it is approved on this date: groups, options, discounts, notices. Printed only; an
    approved one is read from its frozen facts."""
    if quote.facts is not None:
        return model.EInvoice.from_json(quote.facts)
    cooperative = cooperative_on(on)
    load_quote(quote)
    with translation.override(quote.customer.language):
        return model.EInvoice(
            kind=model.DocumentKind.QUOTE,
            number=number or quote.number or model.PROVISIONAL_NUMBER,
            revision=quote.revision,
            issued_on=on,
            **_sale(quote, cooperative, on),
            valid_until=validity(quote, on),
            starts_on=quote.starts_on,
            vat_due=_vat_due(quote),
            payment_terms=_announced_terms(quote, on),
            purpose=quote.purpose,
            notes=_notes(quote, on, cooperative),
            schedule=schedule_of(quote),
        )


def validity(quote: Quote, on: date) -> date:
    """The last day of the offer: typed, or the usual length of the cooperative."""
    return quote.valid_until or on + timedelta(days=value_of(parameters.QUOTE_DAYS, on=on))


def _announced_terms(quote: Quote, on: date) -> str:
    """The delay that the quote announces: its own, its customer's, or the usual one of the cooperative."""
    days, customer = quote.payment_days, quote.customer
    if days is None and customer.payment_days is not None:
        days = customer.payment_days
        if customer.payment_end_of_month:
            return _("Paiement à %(days)d jours fin de mois, à compter de la facture.") % {"days": days}
    if days is None:
        days = value_of(parameters.PAYMENT_DAYS, on=on)
    if not days:
        return _("Paiement à réception de la facture.")
    return _("Paiement à %(days)d jours à compter de la facture.") % {"days": days}


def discounts_of(document: Invoice | Quote) -> tuple[Adjustment, ...]:
    """What the discount on the whole takes off each rate, read from the lines and taxes as stored."""
    nets = [(row.vat_rate.category, row.vat_rate.rate, row.net) for row in _counted(document)]
    return given(nets, [tax.group for tax in document.taxes.all()])


def _counted(document: Invoice | Quote) -> list[SaleLine]:
    """The lines that the totals count: options are left out."""
    return [line for line in document.lines.all() if not line.priced.optional]


def _sale(document: Invoice | Quote, cooperative: Cooperative, on: date) -> dict[str, Any]:
    """The terms that a quote and an invoice share."""
    lines, taxes = list(document.lines.all()), list(document.taxes.all())
    discounts = discounts_of(document)
    look = look_row(document.activity)
    return {
        "process": process_of(document),
        "treatment": _treatment(document.customer, taxes or _taxes_credited(document)),
        "seller": seller_of(document.activity, cooperative, on),
        "buyer": _buyer(document),
        "buyer_reference": document.customer.service_code,
        "deliver_to": _deliver_to(document.customer, taxes),
        "lines": _lines(document, lines, photos=look.photos),
        "vat": tuple(_vat(tax, lines) for tax in taxes),
        "discounts": tuple(_document_discount(off) for off in discounts),
        "totals": model.Totals(
            lines=sum((line.net for line in _counted(document)), ZERO),
            discounts=sum((off.net for off in discounts), ZERO),
            net=document.total_excl_tax,
            tax=document.total_tax,
            gross=document.total_incl_tax,
            due=document.to_pay,
        ),
        "disbursements": tuple(
            model.Disbursement(label=one.label, amount=one.amount) for one in document.disbursements.all()
        ),
        "order_reference": document.order_reference,
        "language": document.customer.language,
        "look": look_of(look),
    }


def _document_discount(off: Adjustment) -> model.DocumentDiscount:
    return model.DocumentDiscount(
        amount=off.net,
        category=model.VatCategory(off.category),
        vat_rate=percent(off.rate),
        reason=_("Remise sur le total"),
    )


def due_date(invoice: Invoice, on: date) -> date | None:
    """The date typed, or the terms of the quote, of the customer or of the cooperative; a credit note has
    none."""
    if invoice.is_credit_note:
        return None
    return invoice.due_on or usual_due_date(invoice.customer, on, quote=invoice.quote)


def usual_due_date(customer: Customer, on: date, *, quote: Quote | None = None) -> date:
    """When this customer pays an invoice of this date, nothing else being agreed."""
    promised = quote.payment_days if quote else None
    if promised is not None:
        return due_on(on, days=promised)
    if customer.payment_days is not None:
        return due_on(on, days=customer.payment_days, end_of_month=customer.payment_end_of_month)
    return due_on(on, days=value_of(parameters.PAYMENT_DAYS, on=on))


def _treatment(customer: Customer, taxes: Sequence[SaleTax]) -> model.Treatment:
    """Exempt training is outside e-invoicing and e-reporting (CGI art. 261 to 261 E)."""
    if taxes and all(tax.category == VatCategory.EXEMPT for tax in taxes):
        return model.Treatment.OUT_OF_SCOPE
    if customer.kind == CustomerKind.PRIVATE_PERSON:
        return model.Treatment.B2C
    return model.Treatment.B2B if customer.country == "FR" else model.Treatment.B2B_INTERNATIONAL


def _taxes_credited(document: Invoice | Quote) -> list[SaleTax]:
    """Those of its invoice: a credit note of disbursements alone sells nothing, and goes where it went."""
    credited = document.credited if isinstance(document, Invoice) else None
    return list(credited.taxes.all()) if credited else []


def seller_of(activity: Activity, cooperative: Cooperative, on: date) -> model.Party:
    """The cooperative, under the trade name of the activity."""
    with translation.override("fr"):
        form = str(cooperative.get_legal_form_display())
    capital = f"{cooperative.capital:,.2f}".replace(",", " ").replace(".", ",")
    return model.Party(
        name=cooperative.legal_name,
        trade_name=activity.name,
        address=model.Address(
            line_one=cooperative.address_line,
            postcode=cooperative.postcode,
            city=cooperative.city,
            country=cooperative.country,
        ),
        siren=cooperative.siren,
        siret=cooperative.siret,
        vat_number=cooperative.vat_number,
        legal_info=f"{form}, capital {capital} €, {cooperative.rcs} {cooperative.siren}",
        electronic_address=model.routing_address(cooperative.siren, suffix_of(activity, on)),
        contact_name=activity.name,
        phone=activity.phone or cooperative.phone,
        email=activity.email or cooperative.email,
        website=cooperative.website,
    )


def _delivered_on(invoice: Invoice, on: date) -> date | None:
    """A credit note says when its goods left for another State of the Union (BR-IC-11), and nothing else; a
    deposit comes before any delivery."""
    if invoice.part == InvoicePart.DEPOSIT:
        return None
    if invoice.credited is None:
        return invoice.delivered_on or on
    left = any(tax.category == VatCategory.INTRA_COMMUNITY for tax in invoice.taxes.all())
    return invoice.credited.delivered_on if left else None


def _deliver_to(customer: Customer, taxes: list[Any]) -> model.Address | None:
    """Said when it differs from the address of the buyer (CGI ann. II art. 242 nonies A, I-3°), and always
    for goods that leave for another State of the Union (BR-IC-12)."""
    typed = [line.strip() for line in customer.delivery_address.splitlines() if line.strip()]
    if typed:
        first, second, *rest = [*typed, ""]
        third = ", ".join(line for line in rest if line)
        return model.Address(line_one=first, line_two=second, line_three=third, country=customer.country)
    if any(tax.category == VatCategory.INTRA_COMMUNITY for tax in taxes):
        return _address(customer)
    return None


def _buyer(document: Invoice | Quote) -> model.Party:
    customer = document.customer
    address = customer.electronic_address or customer.siren or customer.email
    if not address and customer.is_private_person:
        # BR-FR-12 wants an address, and a sale to a private person is never routed: docs/decisions/0005.
        address = document.activity.email
    return model.Party(
        name=customer.name,
        address=_address(customer),
        siren=customer.siren,
        siret=customer.siret,
        vat_number=customer.vat_number,
        electronic_address=address,
        electronic_scheme=model.SCHEME_EMAIL if "@" in address else model.SCHEME_FRENCH_ROUTING,
        contact_name=customer.contact_name,
        phone=customer.phone if customer.contact_name else "",
        email=customer.email if customer.contact_name else "",
    )


def _address(customer: Customer) -> model.Address:
    return model.Address(
        line_one=customer.address_line,
        line_two=customer.address_line2,
        postcode=customer.postcode,
        city=customer.city,
        country=customer.country,
    )


def _lines(document: Invoice | Quote, lines: Sequence[SaleLine], *, photos: bool) -> tuple[model.Line, ...]:
    """The lines, those of a quote with the photo of their article if its look says so."""
    found = tuple(_line(line) for line in lines)
    if not (isinstance(document, Quote) and photos):
        return found
    articles = CatalogueItem.objects.filter(pk__in=[line.item_id for line in lines]).select_related("photo")
    pictures: dict[int | None, Document] = {one.pk: one.photo for one in articles if one.photo}
    return tuple(
        replace(line, photo_id=photo.pk, photo_sha256=photo.sha256) if photo else line
        for line, photo in zip(found, (pictures.get(row.item_id) for row in lines), strict=True)
    )


def _line(line: SaleLine) -> model.Line:
    discount = line.discount
    rate = None if line.discount_rate is None else percent(line.discount_rate)
    return model.Line(
        position=line.position,
        label=line.label,
        description=line.description,
        quantity=line.quantity,
        unit=line.unit,
        unit_price=line.unit_price,
        net=line.net,
        category=model.VatCategory(line.vat_rate.category),
        vat_rate=line.vat_rate.percent,
        discounts=(model.Discount(amount=discount, base=line.gross, rate=rate),) if discount else (),
        group_title=line.group_title,
        optional=line.priced.optional,
        choice=line.variant_of,
    )


def _vat(tax: SaleTax, lines: Sequence[SaleLine]) -> model.VatBreakdown:
    rates = [line.vat_rate for line in lines]
    why = next((rate for rate in rates if (rate.category, rate.rate) == (tax.category, tax.rate)), None)
    return model.VatBreakdown(
        category=model.VatCategory(tax.category),
        rate=tax.percent,
        base=tax.base,
        tax=tax.tax,
        exemption_reason=why.exemption_text if why else "",
        exemption_code=why.vatex_code if why else "",
    )


def _vat_due(document: Invoice | Quote) -> model.VatDue | None:
    """The mention of the option appears on services alone: goods are taxed at delivery anyway."""
    if not document.total_tax:
        return None
    if document.vat_due_on == VatDueOn.RECEIPTS:
        return model.VatDue.PAYMENT
    return model.VatDue.DELIVERY if document.operation == Operation.GOODS else model.VatDue.INVOICE


def _notes(document: Invoice | Quote, on: date, cooperative: Cooperative) -> tuple[model.Note, ...]:
    facts = facts_of(document, document.lines.all(), on_debits=is_on_debits(document))
    insurance = value_of(parameters.BUILDING_INSURANCE, on=on)
    return notes_of(document, facts, library_of(cooperative, on, insurance=insurance))


def _payment(cooperative: Cooperative) -> model.PaymentMeans:
    return model.PaymentMeans(iban=cooperative.iban, account_name=cooperative.legal_name, bic=cooperative.bic)
