"""The rows of the path; for now the activity, which everything else hangs on."""

from entrepreneurs.models.activities import Activity
from entrepreneurs.models.applications import Application, Charter
from entrepreneurs.models.committees import (
    ApplicationDecision,
    Committee,
    CommitteeFile,
    CommitteeMember,
    CommitteeVoice,
)
from entrepreneurs.models.contracts import Contract
from entrepreneurs.models.declarations import ContractDeclaration
from entrepreneurs.models.entry import EntryChecklist, EntryLine
from entrepreneurs.models.feasibility import ColleagueOpinion, FeasibilityFinding, InsurerSlip
from entrepreneurs.models.meetings import Meeting
from entrepreneurs.models.papers import DocumentRequest
from entrepreneurs.models.passages import PassageDecision
from entrepreneurs.models.referents import Referent
from entrepreneurs.models.reviews import CriteriaSet, Criterion, EconomicWaiver, Mark, Review, ReviewRequest
from entrepreneurs.models.slots import Availability, ClosedDays
from entrepreneurs.models.stages import (
    InformationPresence,
    SlotInvitation,
    StageMove,
    WelcomeStage,
    WelcomeTarget,
)
from entrepreneurs.models.templates import Letter, LetterText
from entrepreneurs.models.terms import ContractTerms, Signatory
from entrepreneurs.models.trades import Trade

__all__ = [
    "Activity",
    "Application",
    "ApplicationDecision",
    "Availability",
    "Charter",
    "ClosedDays",
    "ColleagueOpinion",
    "Committee",
    "CommitteeFile",
    "CommitteeMember",
    "CommitteeVoice",
    "Contract",
    "ContractDeclaration",
    "ContractTerms",
    "CriteriaSet",
    "Criterion",
    "DocumentRequest",
    "EconomicWaiver",
    "EntryChecklist",
    "EntryLine",
    "FeasibilityFinding",
    "InformationPresence",
    "InsurerSlip",
    "Letter",
    "LetterText",
    "Mark",
    "Meeting",
    "PassageDecision",
    "Referent",
    "Review",
    "ReviewRequest",
    "Signatory",
    "SlotInvitation",
    "StageMove",
    "Trade",
    "WelcomeStage",
    "WelcomeTarget",
]
