"""The data officer’s desk (PEO-39): requests about data, incidents, legal bases, and their moves."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from cae.core.workflow import Move, Workflow

# GDPR art. 12(3): one month, two more when the request is complex, said within the first.
ANSWER_MONTHS, LONGER_MONTHS = 1, 3
# GDPR art. 33(1): the authority is told at most 72 hours after the breach is known.
NOTIFY_WITHIN = timedelta(hours=72)


class DataRequestKind(models.TextChoices):
    """The rights of GDPR art. 15 to 21."""

    ACCESS = "access", _("Accès à mes données")
    CORRECTION = "correction", _("Correction")
    ERASURE = "erasure", _("Effacement")
    RESTRICTION = "restriction", _("Limitation de l’usage")
    PORTABILITY = "portability", _("Remise pour un autre organisme")
    OBJECTION = "objection", _("Opposition")


# A file of everything answers these.
BY_FILE: tuple[str, ...] = (DataRequestKind.ACCESS, DataRequestKind.PORTABILITY)


# What the officer hands to somebody without account; never opened by the address of its file.
HANDED_KIND = "people.handed_data"


class DataRequestState(models.TextChoices):
    RECEIVED = "received", _("À traiter")
    ANSWERED = "answered", _("Satisfaite")
    REFUSED = "refused", _("Refusée, avec le motif")


class IncidentState(models.TextChoices):
    OPEN = "open", _("Ouvert")
    NOTIFIED = "notified", _("Notifié à la CNIL")
    CLOSED = "closed", _("Clos")


class LegalBasis(models.TextChoices):
    """GDPR art. 6(1)."""

    CONTRACT = "contract", _("Contrat")
    LEGAL_DUTY = "legal_duty", _("Obligation légale")
    CONSENT = "consent", _("Consentement")
    LEGITIMATE_INTEREST = "legitimate_interest", _("Intérêt légitime")
    PUBLIC_TASK = "public_task", _("Mission d’intérêt public")
    VITAL_INTEREST = "vital_interest", _("Intérêts vitaux")


# How each state is drawn: tone and shape.
REQUEST_SHAPES: dict[str, tuple[str, str]] = {
    DataRequestState.RECEIVED: ("info", "●"),
    DataRequestState.ANSWERED: ("success", "✔"),
    DataRequestState.REFUSED: ("neutral", "✕"),
}
INCIDENT_SHAPES: dict[str, tuple[str, str]] = {
    IncidentState.OPEN: ("danger", "▲"),
    IncidentState.NOTIFIED: ("info", "●"),
    IncidentState.CLOSED: ("success", "✔"),
}

DATA_REQUEST_FLOW = Workflow(
    "people.DataRequest",
    moves=[
        Move(
            "answer",
            (DataRequestState.RECEIVED,),
            DataRequestState.ANSWERED,
            right="people.answer_data_request",
            label=_("Noter la réponse"),
        ),
        Move(
            "refuse",
            (DataRequestState.RECEIVED,),
            DataRequestState.REFUSED,
            right="people.answer_data_request",
            label=_("Refuser"),
        ),
    ],
)
INCIDENT_FLOW = Workflow(
    "people.DataIncident",
    moves=[
        Move(
            "notify",
            (IncidentState.OPEN,),
            IncidentState.NOTIFIED,
            right="people.change_incident",
            label=_("Noter la notification à la CNIL"),
        ),
        Move(
            "close",
            (IncidentState.OPEN, IncidentState.NOTIFIED),
            IncidentState.CLOSED,
            right="people.change_incident",
            label=_("Clore"),
        ),
    ],
)
