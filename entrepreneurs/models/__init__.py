"""The rows of the path; for now the activity, which everything else hangs on."""

from entrepreneurs.models.absences import Absence
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
from entrepreneurs.models.exits import Exit, ExitStep
from entrepreneurs.models.feasibility import ColleagueOpinion, FeasibilityFinding, InsurerSlip
from entrepreneurs.models.follow_ups import FollowFigure, FollowGoal, FollowNote
from entrepreneurs.models.interviews import Interview
from entrepreneurs.models.meetings import Meeting
from entrepreneurs.models.members import JoinRequest
from entrepreneurs.models.papers import DocumentRequest
from entrepreneurs.models.passages import PassageDecision
from entrepreneurs.models.plans import PlanAction, PlanGoal
from entrepreneurs.models.projects import ProjectVersion
from entrepreneurs.models.referents import Referent
from entrepreneurs.models.register import HiringDeclaration, RegisterEntry
from entrepreneurs.models.reports import MeetingReport, PrivateNote, ReportAddendum
from entrepreneurs.models.reviews import CriteriaSet, Criterion, EconomicWaiver, Mark, Review, ReviewRequest
from entrepreneurs.models.signals import Alert
from entrepreneurs.models.slots import Availability, ClosedDays
from entrepreneurs.models.stages import (
    InformationPresence,
    SlotInvitation,
    StageMove,
    WelcomeStage,
    WelcomeTarget,
)
from entrepreneurs.models.support import FundedAction, SupportKind, SupportRequest
from entrepreneurs.models.templates import Letter, LetterText
from entrepreneurs.models.terms import ContractTerms, Signatory
from entrepreneurs.models.trades import Trade

__all__ = [
    "Absence",
    "Activity",
    "Agreement",
    "AgreementShare",
    "Alert",
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
    "Exit",
    "ExitStep",
    "FeasibilityFinding",
    "FollowFigure",
    "FollowGoal",
    "FollowNote",
    "FundedAction",
    "HiringDeclaration",
    "InformationPresence",
    "InsurerSlip",
    "Interview",
    "JoinRequest",
    "Letter",
    "LetterText",
    "Mark",
    "Meeting",
    "MeetingReport",
    "PassageDecision",
    "PlanAction",
    "PlanGoal",
    "PrivateNote",
    "ProjectVersion",
    "Referent",
    "RegisterEntry",
    "ReportAddendum",
    "Review",
    "ReviewRequest",
    "Signatory",
    "SlotInvitation",
    "StageMove",
    "SupportKind",
    "SupportRequest",
    "Trade",
    "WelcomeStage",
    "WelcomeTarget",
]
