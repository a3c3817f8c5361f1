"""Where each term stands in a UN/CEFACT Cross Industry Invoice (Factur-X, ZUGFeRD 2, XRechnung)."""

from __future__ import annotations

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
from invoicing.engines.incoming.shapes import Many, One, Shape, amount, at, day, paragraph, truth

ROOT = "{urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100}CrossIndustryInvoice"
NAMESPACES = {
    "rsm": "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100",
    "ram": "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100",
    "udt": "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100",
    "qdt": "urn:un:unece:uncefact:data:standard:QualifiedDataType:100",
}
GUIDELINE = "string(rsm:ExchangedDocumentContext/ram:GuidelineSpecifiedDocumentContextParameter/ram:ID)"
EMBEDDED = (
    "rsm:SupplyChainTradeTransaction/ram:ApplicableHeaderTradeAgreement"
    "/ram:AdditionalReferencedDocument/ram:AttachmentBinaryObject"
)
EMBEDDED_NAME, EMBEDDED_MIME = "filename", "mimeCode"

_DEAL = "rsm:SupplyChainTradeTransaction"
_AGREEMENT = f"{_DEAL}/ram:ApplicableHeaderTradeAgreement"
_DELIVERY = f"{_DEAL}/ram:ApplicableHeaderTradeDelivery"
_SETTLEMENT = f"{_DEAL}/ram:ApplicableHeaderTradeSettlement"
_PERIOD = "ram:BillingSpecifiedPeriod"
# A charge under another name, of the EXTENDED profile.
_FREIGHT = "ram:SpecifiedLogisticsServiceCharge"
# BT-110 may stand beside BT-111, the same VAT in the currency of the books.
_OWN_CURRENCY = "[not(@currencyID) or @currencyID = normalize-space(../../ram:InvoiceCurrencyCode)]"

_ADDRESS = Shape(
    ReadAddress,
    NAMESPACES,
    {
        "line_one": at("ram:LineOne"),
        "line_two": at("ram:LineTwo"),
        "line_three": at("ram:LineThree"),
        "postcode": at("ram:PostcodeCode"),
        "city": at("ram:CityName"),
        "country": at("ram:CountryID"),
    },
)
_PARTY = Shape(
    ReadParty,
    NAMESPACES,
    {
        "name": at("ram:Name"),
        "trade_name": at("ram:SpecifiedLegalOrganization/ram:TradingBusinessName"),
        "registration": at("ram:SpecifiedLegalOrganization/ram:ID"),
        "registration_scheme": at("ram:SpecifiedLegalOrganization/ram:ID/@schemeID"),
        "establishment": at("ram:GlobalID[@schemeID = '0009']", "ram:ID[@schemeID = '0009']"),
        "vat_number": at("ram:SpecifiedTaxRegistration/ram:ID[@schemeID = 'VA']"),
        "electronic_address": at("ram:URIUniversalCommunication/ram:URIID"),
        "electronic_scheme": at("ram:URIUniversalCommunication/ram:URIID/@schemeID"),
        "address": One("ram:PostalTradeAddress", _ADDRESS),
        "contact_name": at(
            "ram:DefinedTradeContact/ram:PersonName", "ram:DefinedTradeContact/ram:DepartmentName"
        ),
        "phone": at("ram:DefinedTradeContact/ram:TelephoneUniversalCommunication/ram:CompleteNumber"),
        "email": at("ram:DefinedTradeContact/ram:EmailURIUniversalCommunication/ram:URIID"),
    },
)
_ADJUSTMENT = Shape(
    ReadAdjustment,
    NAMESPACES,
    {
        "amount": at("ram:ActualAmount", "ram:AppliedAmount", read=amount),
        "is_charge": at("ram:ChargeIndicator/udt:Indicator", f"boolean(self::{_FREIGHT})", read=truth),
        "reason": at("ram:Reason", "ram:ReasonCode", "ram:Description"),
        "category": at("(ram:CategoryTradeTax|ram:AppliedTradeTax)/ram:CategoryCode"),
        "vat_rate": at("(ram:CategoryTradeTax|ram:AppliedTradeTax)/ram:RateApplicablePercent", read=amount),
    },
)
_LINE_AGREEMENT = "ram:SpecifiedLineTradeAgreement"
_LINE_SETTLEMENT = "ram:SpecifiedLineTradeSettlement"
_LINE = Shape(
    ReadLine,
    NAMESPACES,
    {
        "position": at("ram:AssociatedDocumentLineDocument/ram:LineID"),
        "parent": at("ram:AssociatedDocumentLineDocument/ram:ParentLineID"),
        "sort": at("ram:AssociatedDocumentLineDocument/ram:LineStatusReasonCode"),
        "label": at("ram:SpecifiedTradeProduct/ram:Name"),
        "description": at("ram:SpecifiedTradeProduct/ram:Description", read=paragraph),
        "reference": at("ram:SpecifiedTradeProduct/ram:SellerAssignedID"),
        "order_line": at(f"{_LINE_AGREEMENT}/ram:BuyerOrderReferencedDocument/ram:LineID"),
        "unit_price": at(f"{_LINE_AGREEMENT}/ram:NetPriceProductTradePrice/ram:ChargeAmount", read=amount),
        "price_quantity": at(
            f"{_LINE_AGREEMENT}/ram:NetPriceProductTradePrice/ram:BasisQuantity", read=amount
        ),
        "quantity": at("ram:SpecifiedLineTradeDelivery/ram:BilledQuantity", read=amount),
        "unit": at("ram:SpecifiedLineTradeDelivery/ram:BilledQuantity/@unitCode"),
        "net": at(
            f"{_LINE_SETTLEMENT}/ram:SpecifiedTradeSettlementLineMonetarySummation/ram:LineTotalAmount",
            read=amount,
        ),
        "category": at(f"{_LINE_SETTLEMENT}/ram:ApplicableTradeTax/ram:CategoryCode"),
        "vat_rate": at(f"{_LINE_SETTLEMENT}/ram:ApplicableTradeTax/ram:RateApplicablePercent", read=amount),
        "period_start": at(f"{_LINE_SETTLEMENT}/{_PERIOD}/ram:StartDateTime/udt:DateTimeString", read=day),
        "period_end": at(f"{_LINE_SETTLEMENT}/{_PERIOD}/ram:EndDateTime/udt:DateTimeString", read=day),
        "adjustments": Many(f"{_LINE_SETTLEMENT}/ram:SpecifiedTradeAllowanceCharge", _ADJUSTMENT),
    },
)
_TAX = Shape(
    ReadTax,
    NAMESPACES,
    {
        "category": at("ram:CategoryCode"),
        "rate": at("ram:RateApplicablePercent", read=amount),
        "base": at("ram:BasisAmount", read=amount),
        "tax": at("ram:CalculatedAmount", read=amount),
        "exemption_reason": at("ram:ExemptionReason"),
        "exemption_code": at("ram:ExemptionReasonCode"),
    },
)
_TOTALS = Shape(
    ReadTotals,
    NAMESPACES,
    {
        "lines": at("ram:LineTotalAmount", read=amount),
        "allowances": at("ram:AllowanceTotalAmount", read=amount),
        "charges": at("ram:ChargeTotalAmount", read=amount),
        "net": at("ram:TaxBasisTotalAmount", read=amount),
        "tax": at(f"ram:TaxTotalAmount{_OWN_CURRENCY}", "ram:TaxTotalAmount", read=amount),
        "gross": at("ram:GrandTotalAmount", read=amount),
        "prepaid": at("ram:TotalPrepaidAmount", read=amount),
        "rounding": at("ram:RoundingAmount", read=amount),
        "due": at("ram:DuePayableAmount", "ram:GrandTotalAmount", read=amount),
    },
)
_NOTE = Shape(
    ReadNote, NAMESPACES, {"text": at("ram:Content", read=paragraph), "code": at("ram:SubjectCode")}
)
_PAYMENT = Shape(
    ReadPayment,
    NAMESPACES,
    {
        "code": at("ram:TypeCode"),
        "label": at("ram:Information"),
        "iban": at(
            "ram:PayeePartyCreditorFinancialAccount/ram:IBANID",
            "ram:PayeePartyCreditorFinancialAccount/ram:ProprietaryID",
        ),
        "account_name": at("ram:PayeePartyCreditorFinancialAccount/ram:AccountName"),
        "bic": at("ram:PayeeSpecifiedCreditorFinancialInstitution/ram:BICID"),
    },
)
_PRECEDING = Shape(
    ReadPreceding,
    NAMESPACES,
    {
        "number": at("ram:IssuerAssignedID"),
        "issued_on": at("ram:FormattedIssueDateTime/qdt:DateTimeString", read=day),
    },
)
INVOICE = Shape(
    ReadInvoice,
    NAMESPACES,
    {
        "number": at("rsm:ExchangedDocument/ram:ID"),
        "type_code": at("rsm:ExchangedDocument/ram:TypeCode"),
        "issued_on": at("rsm:ExchangedDocument/ram:IssueDateTime/udt:DateTimeString", read=day),
        "notes": Many("rsm:ExchangedDocument/ram:IncludedNote", _NOTE),
        "process": at(
            "rsm:ExchangedDocumentContext/ram:BusinessProcessSpecifiedDocumentContextParameter/ram:ID"
        ),
        "buyer_reference": at(f"{_AGREEMENT}/ram:BuyerReference"),
        "seller": One(f"{_AGREEMENT}/ram:SellerTradeParty", _PARTY),
        "buyer": One(f"{_AGREEMENT}/ram:BuyerTradeParty", _PARTY),
        "order_reference": at(f"{_AGREEMENT}/ram:BuyerOrderReferencedDocument/ram:IssuerAssignedID"),
        "contract_reference": at(f"{_AGREEMENT}/ram:ContractReferencedDocument/ram:IssuerAssignedID"),
        "delivered_on": at(
            f"{_DELIVERY}/ram:ActualDeliverySupplyChainEvent/ram:OccurrenceDateTime/udt:DateTimeString",
            read=day,
        ),
        "currency": at(f"{_SETTLEMENT}/ram:InvoiceCurrencyCode"),
        "payment_reference": at(f"{_SETTLEMENT}/ram:PaymentReference"),
        "payee": at(f"{_SETTLEMENT}/ram:PayeeTradeParty/ram:Name"),
        "payments": Many(f"{_SETTLEMENT}/ram:SpecifiedTradeSettlementPaymentMeans", _PAYMENT),
        "taxes": Many(f"{_SETTLEMENT}/ram:ApplicableTradeTax", _TAX),
        "period_start": at(f"{_SETTLEMENT}/{_PERIOD}/ram:StartDateTime/udt:DateTimeString", read=day),
        "period_end": at(f"{_SETTLEMENT}/{_PERIOD}/ram:EndDateTime/udt:DateTimeString", read=day),
        "adjustments": Many(
            f"{_SETTLEMENT}/ram:SpecifiedTradeAllowanceCharge|{_SETTLEMENT}/{_FREIGHT}", _ADJUSTMENT
        ),
        "payment_terms": at(f"{_SETTLEMENT}/ram:SpecifiedTradePaymentTerms/ram:Description", read=paragraph),
        "due_on": at(
            f"{_SETTLEMENT}/ram:SpecifiedTradePaymentTerms/ram:DueDateDateTime/udt:DateTimeString", read=day
        ),
        "totals": One(f"{_SETTLEMENT}/ram:SpecifiedTradeSettlementHeaderMonetarySummation", _TOTALS),
        "preceding": Many(f"{_SETTLEMENT}/ram:InvoiceReferencedDocument", _PRECEDING),
        "lines": Many(f"{_DEAL}/ram:IncludedSupplyChainTradeLineItem", _LINE),
    },
)
