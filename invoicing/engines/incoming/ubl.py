"""Where each term stands in a UBL 2.1 invoice or credit note (Peppol, XRechnung, the French CTC profile)."""

from __future__ import annotations

from collections.abc import Mapping

from invoicing.engines.incoming.facts import (
    ReadAddress,
    ReadAdjustment,
    ReadInvoice,
    ReadLine,
    ReadNote,
    ReadParty,
    ReadPayment,
    ReadPreceding,
    ReadTax,
    ReadTotals,
)
from invoicing.engines.incoming.shapes import At, Many, One, Shape, amount, at, day, paragraph, truth

_UBL = "urn:oasis:names:specification:ubl:schema:xsd"
INVOICE_ROOT = f"{{{_UBL}:Invoice-2}}Invoice"
CREDIT_NOTE_ROOT = f"{{{_UBL}:CreditNote-2}}CreditNote"
NAMESPACES = {"cac": f"{_UBL}:CommonAggregateComponents-2", "cbc": f"{_UBL}:CommonBasicComponents-2"}
GUIDELINE = "string(cbc:CustomizationID)"
EMBEDDED = "cac:AdditionalDocumentReference/cac:Attachment/cbc:EmbeddedDocumentBinaryObject"
EMBEDDED_NAME, EMBEDDED_MIME = "filename", "mimeCode"

_LEGAL = "cac:PartyLegalEntity"
# BT-110 may stand beside BT-111, the same VAT in the currency of the books.
_OWN_CURRENCY = "[cbc:TaxAmount/@currencyID = normalize-space(/*/cbc:DocumentCurrencyCode)]"

_ADDRESS = Shape(
    ReadAddress,
    NAMESPACES,
    {
        "line_one": at("cbc:StreetName"),
        "line_two": at("cbc:AdditionalStreetName"),
        "line_three": at("cac:AddressLine/cbc:Line"),
        "postcode": at("cbc:PostalZone"),
        "city": at("cbc:CityName"),
        "country": at("cac:Country/cbc:IdentificationCode"),
    },
)
_PARTY = Shape(
    ReadParty,
    NAMESPACES,
    {
        "name": at(f"{_LEGAL}/cbc:RegistrationName", "cac:PartyName/cbc:Name"),
        "trade_name": at("cac:PartyName/cbc:Name"),
        "registration": at(f"{_LEGAL}/cbc:CompanyID"),
        "registration_scheme": at(f"{_LEGAL}/cbc:CompanyID/@schemeID"),
        "establishment": at("cac:PartyIdentification/cbc:ID[@schemeID = '0009']"),
        "vat_number": at(
            "cac:PartyTaxScheme[cac:TaxScheme/cbc:ID = 'VAT']/cbc:CompanyID",
        ),
        "electronic_address": at("cbc:EndpointID"),
        "electronic_scheme": at("cbc:EndpointID/@schemeID"),
        "address": One("cac:PostalAddress", _ADDRESS),
        "contact_name": at("cac:Contact/cbc:Name"),
        "phone": at("cac:Contact/cbc:Telephone"),
        "email": at("cac:Contact/cbc:ElectronicMail"),
    },
)
_ADJUSTMENT = Shape(
    ReadAdjustment,
    NAMESPACES,
    {
        "amount": at("cbc:Amount", read=amount),
        "is_charge": at("cbc:ChargeIndicator", read=truth),
        "reason": at("cbc:AllowanceChargeReason", "cbc:AllowanceChargeReasonCode"),
        "category": at("cac:TaxCategory/cbc:ID"),
        "vat_rate": at("cac:TaxCategory/cbc:Percent", read=amount),
    },
)
_TAX = Shape(
    ReadTax,
    NAMESPACES,
    {
        "category": at("cac:TaxCategory/cbc:ID"),
        "rate": at("cac:TaxCategory/cbc:Percent", read=amount),
        "base": at("cbc:TaxableAmount", read=amount),
        "tax": at("cbc:TaxAmount", read=amount),
        "exemption_reason": at("cac:TaxCategory/cbc:TaxExemptionReason"),
        "exemption_code": at("cac:TaxCategory/cbc:TaxExemptionReasonCode"),
    },
)
_TOTALS_TABLE = {
    "lines": at("cbc:LineExtensionAmount", read=amount),
    "allowances": at("cbc:AllowanceTotalAmount", read=amount),
    "charges": at("cbc:ChargeTotalAmount", read=amount),
    "net": at("cbc:TaxExclusiveAmount", read=amount),
    # Not of this element in UBL: one step up.
    "tax": at(f"../cac:TaxTotal{_OWN_CURRENCY}/cbc:TaxAmount", "../cac:TaxTotal/cbc:TaxAmount", read=amount),
    "gross": at("cbc:TaxInclusiveAmount", read=amount),
    "prepaid": at("cbc:PrepaidAmount", read=amount),
    "rounding": at("cbc:PayableRoundingAmount", read=amount),
    "due": at("cbc:PayableAmount", read=amount),
}
# UBL has no place for BT-21: the French rules write it before the text, « #AAB#Pas d’escompte ».
_NOTE = Shape(
    ReadNote,
    NAMESPACES,
    {
        "text": at("substring-after(substring(self::*[starts-with(., '#')], 2), '#')", ".", read=paragraph),
        "code": at("substring-before(substring(self::*[starts-with(., '#')], 2), '#')"),
    },
)
_PAYMENT = Shape(
    ReadPayment,
    NAMESPACES,
    {
        "code": at("cbc:PaymentMeansCode"),
        "label": at("cbc:PaymentMeansCode/@name"),
        "iban": at("cac:PayeeFinancialAccount/cbc:ID"),
        "account_name": at("cac:PayeeFinancialAccount/cbc:Name"),
        "bic": at("cac:PayeeFinancialAccount/cac:FinancialInstitutionBranch/cbc:ID"),
    },
)
_PRECEDING = Shape(
    ReadPreceding, NAMESPACES, {"number": at("cbc:ID"), "issued_on": at("cbc:IssueDate", read=day)}
)


def _line(quantity: str) -> Shape[ReadLine]:
    table: Mapping[str, At | Many] = {
        "position": at("cbc:ID"),
        "label": at("cac:Item/cbc:Name"),
        "description": at("cac:Item/cbc:Description", read=paragraph),
        "reference": at("cac:Item/cac:SellersItemIdentification/cbc:ID"),
        "order_line": at("cac:OrderLineReference/cbc:LineID"),
        "unit_price": at("cac:Price/cbc:PriceAmount", read=amount),
        "price_quantity": at("cac:Price/cbc:BaseQuantity", read=amount),
        "quantity": at(f"cbc:{quantity}", read=amount),
        "unit": at(f"cbc:{quantity}/@unitCode"),
        "net": at("cbc:LineExtensionAmount", read=amount),
        "category": at("cac:Item/cac:ClassifiedTaxCategory/cbc:ID"),
        "vat_rate": at("cac:Item/cac:ClassifiedTaxCategory/cbc:Percent", read=amount),
        "period_start": at("cac:InvoicePeriod/cbc:StartDate", read=day),
        "period_end": at("cac:InvoicePeriod/cbc:EndDate", read=day),
        "adjustments": Many("cac:AllowanceCharge", _ADJUSTMENT),
    }
    return Shape(ReadLine, NAMESPACES, table)


def _document(*, kind: str, line: str, quantity: str) -> Shape[ReadInvoice]:
    table: Mapping[str, At | One | Many] = {
        "number": at("cbc:ID"),
        "type_code": at(f"cbc:{kind}"),
        "issued_on": at("cbc:IssueDate", read=day),
        "due_on": at("cbc:DueDate", "cac:PaymentMeans/cbc:PaymentDueDate", read=day),
        "notes": Many("cbc:Note", _NOTE),
        "process": at("cbc:ProfileID"),
        "currency": at("cbc:DocumentCurrencyCode"),
        "buyer_reference": at("cbc:BuyerReference"),
        "seller": One("cac:AccountingSupplierParty/cac:Party", _PARTY),
        "buyer": One("cac:AccountingCustomerParty/cac:Party", _PARTY),
        "payee": at("cac:PayeeParty/cac:PartyName/cbc:Name"),
        "order_reference": at("cac:OrderReference/cbc:ID"),
        "contract_reference": at("cac:ContractDocumentReference/cbc:ID"),
        "delivered_on": at("cac:Delivery/cbc:ActualDeliveryDate", read=day),
        "period_start": at("cac:InvoicePeriod/cbc:StartDate", read=day),
        "period_end": at("cac:InvoicePeriod/cbc:EndDate", read=day),
        "payments": Many("cac:PaymentMeans", _PAYMENT),
        "payment_reference": at("cac:PaymentMeans/cbc:PaymentID"),
        "payment_terms": at("cac:PaymentTerms/cbc:Note", read=paragraph),
        "adjustments": Many("cac:AllowanceCharge", _ADJUSTMENT),
        "taxes": Many("cac:TaxTotal/cac:TaxSubtotal", _TAX),
        "totals": One("cac:LegalMonetaryTotal", Shape(ReadTotals, NAMESPACES, _TOTALS_TABLE)),
        "preceding": Many("cac:BillingReference/cac:InvoiceDocumentReference", _PRECEDING),
        "lines": Many(f"cac:{line}", _line(quantity)),
    }
    return Shape(ReadInvoice, NAMESPACES, table)


INVOICE = _document(kind="InvoiceTypeCode", line="InvoiceLine", quantity="InvoicedQuantity")
CREDIT_NOTE = _document(kind="CreditNoteTypeCode", line="CreditNoteLine", quantity="CreditedQuantity")
