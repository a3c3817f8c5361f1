"""The rows of the books, one file per concept."""

from accounting.models.accounts import Account, AnalyticAccount, Journal
from accounting.models.controls import BooksControl
from accounting.models.entries import Entry, EntryLine
from accounting.models.scales import Contribution, ContributionScale, ScaleAssignment

__all__ = [
    "Account",
    "AnalyticAccount",
    "BooksControl",
    "Contribution",
    "ContributionScale",
    "Entry",
    "EntryLine",
    "Journal",
    "ScaleAssignment",
]
