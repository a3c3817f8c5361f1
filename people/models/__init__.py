"""The rows of the room."""

from people.models.assistance import Assistance
from people.models.deadlines import Deadline, DeadlineNotice
from people.models.organisations import Organisation, OrganisationContact
from people.models.periods import Dated, DatedQuerySet, DateSpan, coherent_dates
from people.models.persons import Person
from people.models.roles import Role
from people.models.scopes import PersonScope, Scope
from people.models.sessions import OpenSession
from people.models.statuses import StatusPeriod, StatusVersion
from people.models.territories import Territory
from people.models.users import User, UserManager

__all__ = [
    "Assistance",
    "DateSpan",
    "Dated",
    "DatedQuerySet",
    "Deadline",
    "DeadlineNotice",
    "OpenSession",
    "Organisation",
    "OrganisationContact",
    "Person",
    "PersonScope",
    "Role",
    "Scope",
    "StatusPeriod",
    "StatusVersion",
    "Territory",
    "User",
    "UserManager",
    "coherent_dates",
]
