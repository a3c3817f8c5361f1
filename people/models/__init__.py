"""The rows of the room."""

from people.models.assistance import Assistance
from people.models.banks import PersonBank
from people.models.civil import CivilRecord
from people.models.consents import Consent
from people.models.data_requests import DataIncident, DataRequest, Processing
from people.models.deadlines import Deadline, DeadlineNotice
from people.models.guide import GuidePage
from people.models.merging import MergeRecord
from people.models.organisations import Organisation, OrganisationContact
from people.models.periods import Dated, DatedQuerySet, DateSpan, coherent_dates
from people.models.persons import Person, in_use
from people.models.requests import Request
from people.models.retention import RetentionProposal
from people.models.roles import Role
from people.models.scopes import PersonScope, Scope
from people.models.sensitive import SensitiveReading, SensitiveRecord
from people.models.sessions import OpenSession
from people.models.situations import OutsideJob, SocialSituation
from people.models.skills import Skill
from people.models.statuses import StatusPeriod, StatusVersion
from people.models.territories import Territory, TerritoryFigure
from people.models.users import User, UserManager

__all__ = [
    "Assistance",
    "CivilRecord",
    "Consent",
    "DataIncident",
    "DataRequest",
    "DateSpan",
    "Dated",
    "DatedQuerySet",
    "Deadline",
    "DeadlineNotice",
    "GuidePage",
    "MergeRecord",
    "OpenSession",
    "Organisation",
    "OrganisationContact",
    "OutsideJob",
    "Person",
    "PersonBank",
    "PersonScope",
    "Processing",
    "Request",
    "RetentionProposal",
    "Role",
    "Scope",
    "SensitiveReading",
    "SensitiveRecord",
    "Skill",
    "SocialSituation",
    "StatusPeriod",
    "StatusVersion",
    "Territory",
    "TerritoryFigure",
    "User",
    "UserManager",
    "coherent_dates",
    "in_use",
]
