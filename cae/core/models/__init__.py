"""The rows of the kernel."""

from cae.core.models.audit import AuditEntry
from cae.core.models.documents import Document
from cae.core.models.emails import EmailState, OutgoingEmail
from cae.core.models.jobs import Job, JobState
from cae.core.models.links import PersonalLink
from cae.core.models.numbers import NumberSeries
from cae.core.models.parameters import Cooperative, LegalForm, Setting
from cae.core.models.views import SavedView

__all__ = [
    "AuditEntry",
    "Cooperative",
    "Document",
    "EmailState",
    "Job",
    "JobState",
    "LegalForm",
    "NumberSeries",
    "OutgoingEmail",
    "PersonalLink",
    "SavedView",
    "Setting",
]
