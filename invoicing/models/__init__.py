"""The rows of commercial documents, one file per concept."""

from invoicing.models.accesses import CustomerAccess
from invoicing.models.advances import AdvanceUse, ExpenseAdvance, Recharge, RefundWaiver
from invoicing.models.balances import Balance, CustomerBalance
from invoicing.models.catalogue import CatalogueItem
from invoicing.models.chasing import ChasePolicy, Reminder, ReminderLine, ReminderPause, ReminderStep
from invoicing.models.contracts import ContractClause, ContractReview, ReviewPoint
from invoicing.models.customers import Customer, CustomerContact
from invoicing.models.deals import Deal, DealFile, DealKind, DealPiece, DealRequirement, DealWaiver
from invoicing.models.deliveries import DeliveryLine, DeliveryNote
from invoicing.models.disbursements import DisbursementProof, InvoiceDisbursement, QuoteDisbursement
from invoicing.models.exchange import EInvoiceStatus, ExchangeMessage
from invoicing.models.expense_kinds import ExpenseKind, ExpenseRule
from invoicing.models.expenses import ExpenseClaim, ExpenseFavourite, ExpenseLine
from invoicing.models.incoming import IncomingFile, IncomingMail, MailInAddress
from invoicing.models.internal_sales import InternalCredit, InternalSale
from invoicing.models.invoices import Invoice, InvoiceLine, InvoiceTax
from invoicing.models.joint import LineShare, PaidShift, PaymentShare, QuoteShare, TaxShare
from invoicing.models.looks import DocumentLook, SaleTerms
from invoicing.models.losses import WriteOff
from invoicing.models.mentions import Mention, OwnMention
from invoicing.models.merging import CustomerMerge
from invoicing.models.parts import Amendment, QuoteInstalment, RetentionRelease
from invoicing.models.payments import Payment, PaymentTax, Receipt
from invoicing.models.proformas import PieceSending, Proforma
from invoicing.models.purchase_orders import (
    PurchaseDelivery,
    PurchaseDeliveryLine,
    PurchaseOrder,
    PurchaseOrderLine,
)
from invoicing.models.purchases import Purchase, PurchaseLine, PurchaseShare, PurchaseTax
from invoicing.models.quotes import ChosenOption, Quote, QuoteLine, QuoteTax
from invoicing.models.recurring import RecurringMade, RecurringPlan
from invoicing.models.routing import RoutingAddress, SenderIdentity
from invoicing.models.self_validation import SelfValidation
from invoicing.models.sendings import Answer, Sending
from invoicing.models.split_keys import SplitKey, SplitKeyPart
from invoicing.models.suppliers import Supplier, SupplierBank
from invoicing.models.trips import MileageAdjustment, MileageTrip
from invoicing.models.typing import EditorPreference, TypedForm
from invoicing.models.vat_rates import VatRate
from invoicing.models.vehicles import (
    FavouriteTrip,
    MileageBand,
    MileageScale,
    Vehicle,
    VehiclePaper,
)
from invoicing.models.verdicts import Verdict
from invoicing.models.vouchers import Voucher
from invoicing.models.waivers import CoverWaiver

__all__ = [
    "AdvanceUse",
    "Amendment",
    "Answer",
    "Balance",
    "CatalogueItem",
    "ChasePolicy",
    "ChosenOption",
    "ContractClause",
    "ContractReview",
    "CoverWaiver",
    "Customer",
    "CustomerAccess",
    "CustomerBalance",
    "CustomerContact",
    "CustomerMerge",
    "Deal",
    "DealFile",
    "DealKind",
    "DealPiece",
    "DealRequirement",
    "DealWaiver",
    "DeliveryLine",
    "DeliveryNote",
    "DisbursementProof",
    "DocumentLook",
    "EInvoiceStatus",
    "EditorPreference",
    "ExchangeMessage",
    "ExpenseAdvance",
    "ExpenseClaim",
    "ExpenseFavourite",
    "ExpenseKind",
    "ExpenseLine",
    "ExpenseRule",
    "FavouriteTrip",
    "IncomingFile",
    "IncomingMail",
    "InternalCredit",
    "InternalSale",
    "Invoice",
    "InvoiceDisbursement",
    "InvoiceLine",
    "InvoiceTax",
    "LineShare",
    "MailInAddress",
    "Mention",
    "MileageAdjustment",
    "MileageBand",
    "MileageScale",
    "MileageTrip",
    "OwnMention",
    "PaidShift",
    "Payment",
    "PaymentShare",
    "PaymentTax",
    "PieceSending",
    "Proforma",
    "Purchase",
    "PurchaseDelivery",
    "PurchaseDeliveryLine",
    "PurchaseLine",
    "PurchaseOrder",
    "PurchaseOrderLine",
    "PurchaseShare",
    "PurchaseTax",
    "Quote",
    "QuoteDisbursement",
    "QuoteInstalment",
    "QuoteLine",
    "QuoteShare",
    "QuoteTax",
    "Receipt",
    "Recharge",
    "RecurringMade",
    "RecurringPlan",
    "RefundWaiver",
    "Reminder",
    "ReminderLine",
    "ReminderPause",
    "ReminderStep",
    "RetentionRelease",
    "ReviewPoint",
    "RoutingAddress",
    "SaleTerms",
    "SelfValidation",
    "SenderIdentity",
    "Sending",
    "SplitKey",
    "SplitKeyPart",
    "Supplier",
    "SupplierBank",
    "TaxShare",
    "TypedForm",
    "VatRate",
    "Vehicle",
    "VehiclePaper",
    "Verdict",
    "Voucher",
    "WriteOff",
]
