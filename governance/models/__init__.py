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
from governance.models.ballot_boxes import (
    Ballot,
    BallotBox,
    BoxEvent,
    DecryptionShare,
    PublicCredential,
    RollEntry,
)
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
from governance.models.secret_votes import SecretJournal, SecretQuestion, SecretVote, Trustee
from governance.models.sections import SectionMeeting
from governance.models.shares import ShareClass, ShareMovement, SharePayment, Subscription
from governance.models.votes import DeclaredCount, NamedBallot, Voice, Vote, VoteResult

__all__ = [
    "AccountsResolution",
    "Admission",
    "AgendaItem",
    "Amendment",
    "Assembly",
    "Associate",
    "AttendanceEvent",
    "Ballot",
    "BallotBox",
    "Body",
    "BoxEvent",
    "BureauSeat",
    "Candidate",
    "CapitalLoss",
    "CategoryPeriod",
    "College",
    "Convocation",
    "CorrespondenceForm",
    "Decision",
    "DeclaredCount",
    "DecryptionShare",
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
    "Paper",
    "Proxy",
    "PublicCredential",
    "Refund",
    "Representative",
    "Resolution",
    "ResolutionSupport",
    "ResolutionVersion",
    "RollEntry",
    "RuleLine",
    "RuleSet",
    "SecretJournal",
    "SecretQuestion",
    "SecretVote",
    "SectionMeeting",
    "ShareClass",
    "ShareMovement",
    "SharePayment",
    "SpeakingTurn",
    "Subscription",
    "Trustee",
    "Voice",
    "Vote",
    "VoteResult",
    "VotingRightEvent",
]
