"""The rows of the room."""

from coworking.models.absences import DeskAbsence
from coworking.models.billing import BillingRun, Charge, RunDocument
from coworking.models.bookings import Basket, Booking, BookingRule, BookingSeries, Cover, WaitingPlace
from coworking.models.courses import Course, CourseVersion
from coworking.models.days import AlertMark, Presence, Visitor
from coworking.models.enrolments import Enrolment, SheetSignature, TrainingPaper
from coworking.models.event_costs import EventCost, EventCostShare
from coworking.models.event_papers import EventPaper
from coworking.models.event_rooms import EventRoom
from coworking.models.events import (
    Event,
    EventField,
    EventKind,
    EventOption,
    EventPart,
    EventPrice,
    EventSeries,
)
from coworking.models.hires import Hire
from coworking.models.hours import Closure, OpeningHours, Week
from coworking.models.keys import AccessItem, AccessLoan
from coworking.models.members import Member, Payer
from coworking.models.places import Place, PlaceAgreement, PlacePhoto
from coworking.models.plans import Allowance, Plan, PlanPrice
from coworking.models.premises import CostShare, PremisesCost, Tenancy
from coworking.models.questions import (
    Question,
    QuestionVote,
)
from coworking.models.registrations import (
    EventMailing,
    OptionTaken,
    PartSeat,
    Registration,
    RegistrationAnswer,
    Satisfaction,
)
from coworking.models.resources import Clearance, Fault, Resource, Tariff, Unit
from coworking.models.sessions import HalfDay, TrainingSession
from coworking.models.signups import SignUp
from coworking.models.statements import Complaint, Evaluation, LineOrigin, QuoteOrigin, TrainingStatement
from coworking.models.subscriptions import Deposit, Pass, Pause, Subscription
from coworking.models.trainers import Qualification, Trainer

__all__ = [
    "AccessItem",
    "AccessLoan",
    "AlertMark",
    "Allowance",
    "Basket",
    "BillingRun",
    "Booking",
    "BookingRule",
    "BookingSeries",
    "Charge",
    "Clearance",
    "Closure",
    "Complaint",
    "CostShare",
    "Course",
    "CourseVersion",
    "Cover",
    "Deposit",
    "DeskAbsence",
    "Enrolment",
    "Evaluation",
    "Event",
    "EventCost",
    "EventCostShare",
    "EventField",
    "EventKind",
    "EventMailing",
    "EventOption",
    "EventPaper",
    "EventPart",
    "EventPrice",
    "EventRoom",
    "EventSeries",
    "Fault",
    "HalfDay",
    "Hire",
    "LineOrigin",
    "Member",
    "OpeningHours",
    "OptionTaken",
    "PartSeat",
    "Pass",
    "Pause",
    "Payer",
    "Place",
    "PlaceAgreement",
    "PlacePhoto",
    "Plan",
    "PlanPrice",
    "PremisesCost",
    "Presence",
    "Qualification",
    "Question",
    "QuestionVote",
    "QuoteOrigin",
    "Registration",
    "RegistrationAnswer",
    "Resource",
    "RunDocument",
    "Satisfaction",
    "SheetSignature",
    "SignUp",
    "Subscription",
    "Tariff",
    "Tenancy",
    "Trainer",
    "TrainingPaper",
    "TrainingSession",
    "TrainingStatement",
    "Unit",
    "Visitor",
    "WaitingPlace",
    "Week",
]
