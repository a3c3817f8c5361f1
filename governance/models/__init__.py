"""The rows of the room."""

from governance.models.accounts import AccountsResolution
from governance.models.admissions import Admission
from governance.models.assemblies import (
    AgendaItem,
    Assembly,
    BureauSeat,
    Convocation,
    Incident,
    MemberQuestion,
    Paper,
)
from governance.models.associates import Associate, CategoryPeriod, College, Representative, VotingRightEvent
from governance.models.bodies import Body, Decision, Mandate
from governance.models.minutes import Extract, Minutes, MinutesNote, MinutesSignature
from governance.models.proofs import FormerProof, FormerProxyPaper
from governance.models.refunds import CapitalLoss, Refund
from governance.models.representation import AttendanceEvent, CorrespondenceForm, Proxy, SpeakingTurn
from governance.models.resolutions import (
    Amendment,
    Candidate,
    Resolution,
    ResolutionSupport,
    ResolutionVersion,
)
from governance.models.rule_sets import FoundingText, RuleLine, RuleSet
from governance.models.sections import SectionMeeting
from governance.models.shares import ShareClass, ShareMovement, SharePayment, Subscription
from governance.models.votes import DeclaredCount, NamedBallot, NamedVote, Voice, VoteResult

__all__ = [
    "AccountsResolution",
    "Admission",
    "AgendaItem",
    "Amendment",
    "Assembly",
    "Associate",
    "AttendanceEvent",
    "Body",
    "BureauSeat",
    "Candidate",
    "CapitalLoss",
    "CategoryPeriod",
    "College",
    "Convocation",
    "CorrespondenceForm",
    "Decision",
    "DeclaredCount",
    "Extract",
    "FormerProof",
    "FormerProxyPaper",
    "FoundingText",
    "Incident",
    "Mandate",
    "MemberQuestion",
    "Minutes",
    "MinutesNote",
    "MinutesSignature",
    "NamedBallot",
    "NamedVote",
    "Paper",
    "Proxy",
    "Refund",
    "Representative",
    "Resolution",
    "ResolutionSupport",
    "ResolutionVersion",
    "RuleLine",
    "RuleSet",
    "SectionMeeting",
    "ShareClass",
    "ShareMovement",
    "SharePayment",
    "SpeakingTurn",
    "Subscription",
    "Voice",
    "VoteResult",
    "VotingRightEvent",
]
