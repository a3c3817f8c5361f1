"""Requests to the staff: who answers for what, and the table of legal moves (CAE-23)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from cae.core.workflow import Move, Workflow
from people.states import RoleKind


class Department(models.TextChoices):
    """The functions that answer; each has its queue."""

    ADVICE = "advice", _("Accompagnement")
    ACCOUNTS = "accounts", _("Comptabilité")
    HUMAN_RESOURCES = "human_resources", _("Ressources humaines")
    TRAINING = "training", _("Formation")
    PLACES = "places", _("Lieux")
    COOPERATIVE_LIFE = "cooperative_life", _("Vie de la coopérative")


# Who answers in each; an advisor only as far as the role reaches.
ROLE_OF_DEPARTMENT: dict[str, RoleKind] = {
    Department.ADVICE: RoleKind.ADVISOR,
    Department.ACCOUNTS: RoleKind.ACCOUNTANT,
    Department.HUMAN_RESOURCES: RoleKind.HUMAN_RESOURCES,
    Department.TRAINING: RoleKind.TRAINING_MANAGER,
    Department.PLACES: RoleKind.PLACE_FACILITATOR,
    Department.COOPERATIVE_LIFE: RoleKind.COOPERATIVE_LIFE,
}

# The contact named to the person who is told first (codes of entrepreneurs.referent_function).
CONTACT_OF_DEPARTMENT: dict[str, str] = {
    Department.ADVICE: "coach",
    Department.ACCOUNTS: "accountant",
    Department.HUMAN_RESOURCES: "human_resources",
    Department.TRAINING: "training",
}

# Each function's queue, in the address of its page.
SLUGS: dict[str, str] = {
    Department.ADVICE: "accompagnement",
    Department.ACCOUNTS: "comptabilite",
    Department.HUMAN_RESOURCES: "ressources-humaines",
    Department.TRAINING: "formation",
    Department.PLACES: "lieux",
    Department.COOPERATIVE_LIFE: "vie-cooperative",
}

# What a request is about, until the cooperative decides otherwise: its word, and within how many days.
KIND_LIST = "people.request_kind"
KINDS = (
    ("contract", _("Mon contrat, mon statut")),
    ("invoice", _("Un devis, une facture, un client")),
    ("expense", _("Une dépense, un remboursement")),
    ("pay", _("Ma paie")),
    ("training", _("Une formation")),
    ("place", _("Un lieu, une salle")),
    ("account", _("Mon compte, un problème avec l’application")),
    ("other", _("Autre chose")),
)
DAYS = "people.request_days"
DAYS_OF_KIND: dict[str, str] = {code: f"{DAYS}_{code}" for code, _word in KINDS}
FIRST_DAYS: dict[str, int] = {"account": 2, "invoice": 2, "pay": 3}
USUAL_DAYS = 5


class RequestState(models.TextChoices):
    """Who has the ball."""

    NEW = "new", _("Nouvelle")
    TAKEN = "taken", _("Prise en charge")
    WAITING = "waiting", _("Attend la personne")
    ANSWERED = "answered", _("Répondue")
    CLOSED = "closed", _("Close")
    REOPENED = "reopened", _("Rouverte")


_S = RequestState
# The staff have something to do.
WAITS_FOR_STAFF: tuple[str, ...] = (_S.NEW, _S.TAKEN, _S.REOPENED)
OPEN_STATES: tuple[str, ...] = (*WAITS_FOR_STAFF, _S.WAITING)
OVER: tuple[str, ...] = (_S.ANSWERED, _S.CLOSED)

REQUEST_SHAPES: dict[str, tuple[str, str]] = {
    _S.NEW: ("info", "◇"),
    _S.TAKEN: ("info", "●"),
    _S.WAITING: ("warning", "▲"),
    _S.ANSWERED: ("success", "✔"),
    _S.CLOSED: ("neutral", "■"),
    _S.REOPENED: ("warning", "◇"),
}

_NEW, _TAKEN, _WAITING = _S.NEW.value, _S.TAKEN.value, _S.WAITING.value
_ANSWERED, _CLOSED, _REOPENED = _S.ANSWERED.value, _S.CLOSED.value, _S.REOPENED.value
_ANSWER, _OWN = "people.answer_request", "people.write_own_request"

REQUEST_FLOW = Workflow(
    "people.request",
    (
        Move("take", (_NEW, _REOPENED), _TAKEN, _ANSWER, _("Prendre")),
        Move("release", (_TAKEN,), _NEW, _ANSWER, _("Laisser à l’équipe")),
        Move("hand_over", (_NEW, _TAKEN, _WAITING, _REOPENED), _NEW, _ANSWER, _("Passer à un autre service")),
        Move("ask", (_NEW, _TAKEN, _REOPENED), _WAITING, _ANSWER, _("Demander une précision")),
        Move("answer", (_NEW, _TAKEN, _WAITING, _REOPENED), _ANSWERED, _ANSWER, _("Répondre")),
        Move("close", (_NEW, _TAKEN, _WAITING, _ANSWERED, _REOPENED), _CLOSED, _ANSWER, _("Clore")),
        Move("specify", (_WAITING,), _TAKEN, _OWN, _("Préciser")),
        Move("reopen", (_ANSWERED, _CLOSED), _REOPENED, _OWN, _("Rouvrir")),
    ),
)
