"""The rows of the path; for now the activity, which everything else hangs on."""

from entrepreneurs.models.activities import Activity
from entrepreneurs.models.applications import Application, Charter
from entrepreneurs.models.contracts import Contract
from entrepreneurs.models.entry import EntryChecklist, EntryLine
from entrepreneurs.models.papers import DocumentRequest
from entrepreneurs.models.passages import PassageDecision
from entrepreneurs.models.templates import Letter, LetterText
from entrepreneurs.models.terms import ContractTerms, Signatory
from entrepreneurs.models.trades import Trade

__all__ = [
    "Activity",
    "Application",
    "Charter",
    "Contract",
    "ContractTerms",
    "DocumentRequest",
    "EntryChecklist",
    "EntryLine",
    "Letter",
    "LetterText",
    "PassageDecision",
    "Signatory",
    "Trade",
]
