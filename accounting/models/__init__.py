"""The rows of the books, one file per concept."""

from accounting.models.accounts import Account, AnalyticAccount, CostKind, Journal
from accounting.models.contributions import ContributionPart, ContributionRun, SaleMovement
from accounting.models.controls import BooksControl
from accounting.models.entries import Entry, EntryLine
from accounting.models.payments import PaymentBatch, PaymentLine, PaymentOrder
from accounting.models.scales import ContributionScale, Exemption, ScaleAssignment
from accounting.models.sharing import ResultSharePart, ResultSharing

__all__ = [
    "Account",
    "AnalyticAccount",
    "BooksControl",
    "ContributionPart",
    "ContributionRun",
    "ContributionScale",
    "CostKind",
    "Entry",
    "EntryLine",
    "Exemption",
    "Journal",
    "PaymentBatch",
    "PaymentLine",
    "PaymentOrder",
    "ResultSharePart",
    "ResultSharing",
    "SaleMovement",
    "ScaleAssignment",
]
