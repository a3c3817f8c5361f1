"""Events: what they are, who may come, how registrations and questions move on (COW-27 to 41)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from cae.core.workflow import Move, Workflow

# The purpose of the personal links by which whoever registered without account comes back.
REGISTRATION_LINK = "coworking.registration"
# The bar of tabs of the agenda: those who keep events see the pages of the team beside.
EVENTS_BAR = "events"


class Audience(models.TextChoices):
    """Who may register (COW-27, COW-30)."""

    ANYBODY = "anybody", _("Tout le monde")
    MEMBERS = "members", _("Membres de la coopérative")
    TERRITORY = "territory", _("Membres d’un territoire")


class EventState(models.TextChoices):
    DRAFT = "draft", _("Brouillon")
    PUBLISHED = "published", _("Publié")
    HELD = "held", _("Tenu")
    CANCELLED = "cancelled", _("Annulé")


class RegistrationState(models.TextChoices):
    REGISTERED = "registered", _("Inscrit·e")
    WAITING = "waiting", _("Sur liste d’attente")
    OFFERED = "offered", _("Place proposée")
    LAPSED = "lapsed", _("Proposition expirée")
    CANCELLED = "cancelled", _("Annulée")


class Attendance(models.TextChoices):
    UNKNOWN = "unknown", _("Non notée")
    PRESENT = "present", _("Présent·e")
    ABSENT = "absent", _("Absent·e")
    EXCUSED = "excused", _("Excusé·e")


class NotedHow(models.TextChoices):
    SCAN = "scan", _("Code scanné à l’entrée")
    ONESELF = "oneself", _("Par la personne")
    TEAM = "team", _("Par l’équipe")


class FieldKind(models.TextChoices):
    """What an event may ask of its own."""

    TEXT = "text", _("Une ligne")
    LONG = "long", _("Plusieurs lignes")
    CHOICE = "choice", _("Un choix")
    YES_NO = "yes_no", _("Oui ou non")
    NUMBER = "number", _("Un nombre")


class OptionKind(models.TextChoices):
    MEAL = "meal", _("Repas")
    LODGING = "lodging", _("Hébergement")
    RIDE = "ride", _("Trajet partagé")
    OTHER = "other", _("Autre")


class CostKey(models.TextChoices):
    """How a cost of an event is shared between those registered (COW-33)."""

    SEATS = "seats", _("Par personne")
    NIGHTS = "nights", _("Par nuit réservée")
    PART = "part", _("Par personne d’une partie")


class PaperFor(models.TextChoices):
    """Who opens a paper of an event (COW-28, COW-38)."""

    ANYBODY = "anybody", _("Qui voit l’événement")
    REGISTERED = "registered", _("Les inscrit·es")
    TEAM = "team", _("L’équipe et qui anime un atelier")


class NextStep(models.TextChoices):
    """What follows an information meeting for somebody who came (COW-31)."""

    APPLY = "apply", _("Candidater")
    CALL = "call", _("Être rappelé·e")
    THINK = "think", _("Y réfléchir")
    ELSEWHERE = "elsewhere", _("Être orienté·e ailleurs")
    NOTHING = "nothing", _("Pas de suite")


class QuestionState(models.TextChoices):
    SENT = "sent", _("À modérer")
    PUBLISHED = "published", _("Publiée")
    DISCARDED = "discarded", _("Écartée")
    ANSWERED = "answered", _("Répondue")


class MailingTo(models.TextChoices):
    """To whom an event is told of (COW-40)."""

    ENTREPRENEURS = "entrepreneurs", _("Entrepreneur·es")
    ASSOCIATES = "associates", _("Associé·es")
    TERRITORY = "territory", _("Personnes du territoire")
    TEAM = "team", _("Équipe")
    REGISTERED = "registered", _("Inscrit·es à cet événement")


# Their places are taken: what the trigger counts, and what the same address has once.
SEATED: tuple[str, ...] = (RegistrationState.REGISTERED, RegistrationState.OFFERED)
LIVE: tuple[str, ...] = (*SEATED, RegistrationState.WAITING)
CAME_NOT: tuple[str, ...] = (Attendance.ABSENT, Attendance.EXCUSED)

EVENT_SHAPES: dict[str, tuple[str, str]] = {
    EventState.DRAFT: ("neutral", "◇"),
    EventState.PUBLISHED: ("success", "●"),
    EventState.HELD: ("neutral", "✔"),
    EventState.CANCELLED: ("danger", "✕"),
}
REGISTRATION_SHAPES: dict[str, tuple[str, str]] = {
    RegistrationState.REGISTERED: ("success", "✔"),
    RegistrationState.WAITING: ("warning", "◇"),
    RegistrationState.OFFERED: ("warning", "▲"),
    RegistrationState.LAPSED: ("neutral", "✕"),
    RegistrationState.CANCELLED: ("neutral", "✕"),
}
ATTENDANCE_SHAPES: dict[str, tuple[str, str]] = {
    Attendance.UNKNOWN: ("neutral", "◇"),
    Attendance.PRESENT: ("success", "✔"),
    Attendance.ABSENT: ("danger", "✕"),
    Attendance.EXCUSED: ("info", "■"),
}
QUESTION_SHAPES: dict[str, tuple[str, str]] = {
    QuestionState.SENT: ("warning", "▲"),
    QuestionState.PUBLISHED: ("info", "●"),
    QuestionState.DISCARDED: ("neutral", "✕"),
    QuestionState.ANSWERED: ("success", "✔"),
}

_DRAFT, _PUBLISHED = EventState.DRAFT.value, EventState.PUBLISHED.value
_KEEPS = "coworking.keep_event"
EVENT_FLOW = Workflow(
    "coworking.Event",
    (
        Move("publish", (_DRAFT,), _PUBLISHED, _KEEPS, _("Publier")),
        Move("hold", (_PUBLISHED,), EventState.HELD.value, _KEEPS, _("Noter qu’il a eu lieu")),
        Move("cancel", (_DRAFT, _PUBLISHED), EventState.CANCELLED.value, _KEEPS, _("Annuler")),
    ),
)

_REGISTERED, _WAITING, _OFFERED = (
    RegistrationState.REGISTERED.value,
    RegistrationState.WAITING.value,
    RegistrationState.OFFERED.value,
)
_COMES = "coworking.change_registration"
REGISTRATION_FLOW = Workflow(
    "coworking.Registration",
    (
        Move("offer", (_WAITING,), _OFFERED, _KEEPS, _("Proposer la place")),
        Move("accept", (_OFFERED,), _REGISTERED, _COMES, _("Prendre la place")),
        Move("lapse", (_OFFERED,), RegistrationState.LAPSED.value, _KEEPS, _("Passer au suivant")),
        Move(
            "cancel",
            (_REGISTERED, _WAITING, _OFFERED),
            RegistrationState.CANCELLED.value,
            _COMES,
            _("Annuler l’inscription"),
        ),
    ),
)

_SENT, _SHOWN = QuestionState.SENT.value, QuestionState.PUBLISHED.value
QUESTION_FLOW = Workflow(
    "coworking.Question",
    (
        Move("publish", (_SENT,), _SHOWN, _KEEPS, _("Publier")),
        Move("discard", (_SENT, _SHOWN), QuestionState.DISCARDED.value, _KEEPS, _("Écarter")),
        Move("answer", (_SHOWN,), QuestionState.ANSWERED.value, _KEEPS, _("Noter la réponse")),
    ),
)

# Of each first kind: its code, its name, what it asks, its minutes and its places (nothing: no limit).
FIRST_KINDS: tuple[tuple[str, str, frozenset[str], int, int | None], ...] = (
    ("reunion-information", "Réunion d’information", frozenset({"chooses_next_step"}), 120, 20),
    ("petit-dejeuner", "Petit-déjeuner", frozenset({"is_light", "chooses_next_step"}), 120, 15),
    ("seminaire", "Séminaire", frozenset({"has_parts", "is_closed"}), 2 * 24 * 60, None),
    ("groupe-local", "Groupe local", frozenset({"is_light", "is_closed"}), 180, None),
    ("residence", "Résidence", frozenset({"is_closed"}), 5 * 24 * 60, 8),
    ("porte-ouverte", "Porte ouverte", frozenset({"is_light", "chooses_next_step"}), 240, None),
    ("conference", "Conférence", frozenset(), 120, 60),
    ("conference-inversee", "Conférence inversée", frozenset({"takes_questions"}), 120, 60),
    ("congres", "Congrès", frozenset({"has_parts"}), 2 * 24 * 60, None),
    ("atelier", "Atelier", frozenset({"is_paid"}), 180, 12),
    ("lieu-de-decouverte", "Lieu de découverte", frozenset({"chooses_next_step"}), 180, 10),
)
