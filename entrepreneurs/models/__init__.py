"""The rows of the path; for now the activity, which everything else hangs on."""

from entrepreneurs.models.activities import Activity
from entrepreneurs.models.agreements import Agreement, AgreementShare
from entrepreneurs.models.applications import Application, Charter
from entrepreneurs.models.committees import (
    ApplicationDecision,
    Committee,
    CommitteeFile,
    CommitteeMember,
    CommitteeVoice,
)
from entrepreneurs.models.contracts import Contract
from entrepreneurs.models.covers import Claim, Cover
from entrepreneurs.models.declarations import ContractDeclaration
from entrepreneurs.models.entry import EntryChecklist, EntryLine
from entrepreneurs.models.feasibility import ColleagueOpinion, FeasibilityFinding, InsurerSlip
from entrepreneurs.models.meetings import Meeting
from entrepreneurs.models.members import JoinOpinion, JoinRequest
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
    "Agreement",
    "AgreementShare",
    "Application",
    "ApplicationDecision",
    "Availability",
    "Charter",
    "Claim",
    "ClosedDays",
    "ColleagueOpinion",
    "Committee",
    "CommitteeFile",
    "CommitteeMember",
    "CommitteeVoice",
    "Contract",
    "ContractDeclaration",
    "ContractTerms",
    "Cover",
    "CriteriaSet",
    "Criterion",
    "DocumentRequest",
    "EconomicWaiver",
    "EntryChecklist",
    "EntryLine",
    "FeasibilityFinding",
    "InformationPresence",
    "InsurerSlip",
    "JoinOpinion",
    "JoinRequest",
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
