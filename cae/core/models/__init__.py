"""The rows of the kernel."""

from cae.core.models.audit import AuditEntry
from cae.core.models.documents import Document
from cae.core.models.emails import EmailState, MailText, OutgoingEmail
from cae.core.models.imports import FateKind, ImportLine, ImportRun, ImportState, Outcome
from cae.core.models.jobs import Job, JobState
from cae.core.models.links import PersonalLink
from cae.core.models.notices import Notice, NoticeChoice, Rhythm
from cae.core.models.numbers import NumberSeries
from cae.core.models.options import OptionDecision
from cae.core.models.parameters import Cooperative, LegalForm, Setting
from cae.core.models.signatures import Signature, SigningWay
from cae.core.models.threads import MAX_TEXT, Audience, Message
from cae.core.models.views import SavedView

__all__ = [
    "MAX_TEXT",
    "Audience",
    "AuditEntry",
    "Cooperative",
    "Document",
    "EmailState",
    "FateKind",
    "ImportLine",
    "ImportRun",
    "ImportState",
    "Job",
    "JobState",
    "LegalForm",
    "MailText",
    "Message",
    "Notice",
    "NoticeChoice",
    "NumberSeries",
    "OptionDecision",
    "Outcome",
    "OutgoingEmail",
    "PersonalLink",
    "Rhythm",
    "SavedView",
    "Setting",
    "Signature",
    "SigningWay",
]
