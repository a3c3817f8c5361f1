"""Places: what they are, what can be booked there, what opens their doors (COW-01 to 07)."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from cae.core.workflow import Move, Workflow


class PlaceKind(models.TextChoices):
    COWORKING = "coworking", _("Espace de coworking")
    FABLAB = "fablab", _("Fablab")
    MAKER_SPACE = "maker_space", _("Atelier partagé")
    SHARED_OFFICE = "shared_office", _("Bureaux partagés")
    TRIAL_SHOP = "trial_shop", _("Boutique à l’essai")


class ZoneKind(models.TextChoices):
    RURAL = "rural", _("Rural")
    PERIURBAN = "periurban", _("Périurbain")
    URBAN = "urban", _("Urbain")


class PlaceHold(models.TextChoices):
    """By what right the place is used."""

    OWN = "own", _("Tenu par la coopérative")
    HOSTED = "hosted", _("Accueilli par un organisme")
    PARTNER = "partner", _("Lieu partenaire")


class PlaceState(models.TextChoices):
    DRAFT = "draft", _("En préparation")
    OPEN = "open", _("Ouvert")
    CLOSED = "closed", _("Fermé")


class ResourceKind(models.TextChoices):
    DESK = "desk", _("Poste de travail")
    ROOM = "room", _("Salle")
    OFFICE = "office", _("Bureau privatif")
    MACHINE = "machine", _("Machine")
    SHOP = "shop", _("Boutique")


class Equipment(models.TextChoices):
    SCREEN = "screen", _("Écran ou vidéoprojecteur")
    BOARD = "board", _("Tableau")
    VIDEO = "video", _("Visioconférence")
    STEP_FREE = "step_free", _("Accès de plain-pied")
    HEARING_LOOP = "hearing_loop", _("Boucle magnétique")
    KITCHEN = "kitchen", _("Cuisine")
    PRINTER = "printer", _("Imprimante")
    LOCKER = "locker", _("Casier")


class ResourcePublic(models.TextChoices):
    """To whom a resource is reserved; those without account hire it or not (`Resource.is_public`)."""

    MEMBERS = "members", _("coworkers du lieu")
    HOUSE = "house", _("personnes de la coopérative")
    TENANTS = "tenants", _("occupants des locaux")


class AccessKind(models.TextChoices):
    KEY = "key", _("Clé")
    BADGE = "badge", _("Badge")
    CODE = "code", _("Code")


class LoanState(models.TextChoices):
    LENT = "lent", _("Prêté")
    RETURNED = "returned", _("Rendu")
    LOST = "lost", _("Perdu")


class FaultState(models.TextChoices):
    TOLD = "told", _("Signalée")
    SEEN = "seen", _("Prise en charge")
    REPAIRED = "repaired", _("Réparée")


# The step of time of each kind (COW-03): quarter of an hour for a room, half an hour for a machine, whole
# days for an office and a shop. A desk is taken by the half-day, which begins and ends with the hours of its
# place.
STEPS: dict[str, timedelta] = {
    ResourceKind.ROOM: timedelta(minutes=15),
    ResourceKind.MACHINE: timedelta(minutes=30),
    ResourceKind.DESK: timedelta(minutes=30),
    ResourceKind.OFFICE: timedelta(days=1),
    ResourceKind.SHOP: timedelta(days=1),
}
# Where less than a step is not the least: a morning from 9:00 to 12:30 is a half-day.
SHORTEST: dict[str, timedelta] = {ResourceKind.DESK: timedelta(hours=3)}
# Held by the day, whatever the hours of the place.
BY_THE_DAY: frozenset[str] = frozenset({ResourceKind.OFFICE, ResourceKind.SHOP})

PLACE_SHAPES: dict[str, tuple[str, str]] = {
    PlaceState.DRAFT: ("neutral", "◇"),
    PlaceState.OPEN: ("success", "●"),
    PlaceState.CLOSED: ("neutral", "✕"),
}
FAULT_SHAPES: dict[str, tuple[str, str]] = {
    FaultState.TOLD: ("danger", "▲"),
    FaultState.SEEN: ("warning", "●"),
    FaultState.REPAIRED: ("success", "✔"),
}
LOAN_SHAPES: dict[str, tuple[str, str]] = {
    LoanState.LENT: ("info", "●"),
    LoanState.RETURNED: ("success", "✔"),
    LoanState.LOST: ("danger", "✕"),
}

_DRAFT, _OPEN, _CLOSED = PlaceState.DRAFT.value, PlaceState.OPEN.value, PlaceState.CLOSED.value
_OPENS = "coworking.open_place"
PLACE_FLOW = Workflow(
    "coworking.Place",
    (
        Move("open", (_DRAFT, _CLOSED), _OPEN, _OPENS, _("Ouvrir")),
        Move("close", (_OPEN,), _CLOSED, _OPENS, _("Fermer")),
    ),
)
_LENT = LoanState.LENT.value
_KEEPS, _KEEPS_PREMISES = "coworking.keep_place", "coworking.keep_premises"
LOAN_FLOW = Workflow(
    "coworking.AccessLoan",
    (
        Move("give_back", (_LENT,), LoanState.RETURNED.value, _KEEPS_PREMISES, _("Noter le retour")),
        Move("lose", (_LENT,), LoanState.LOST.value, _KEEPS_PREMISES, _("Noter la perte")),
    ),
)
FAULT_FLOW = Workflow(
    "coworking.Fault",
    (
        Move("take", (FaultState.TOLD.value,), FaultState.SEEN.value, _KEEPS, _("Prendre en charge")),
        Move(
            "repair",
            (FaultState.TOLD.value, FaultState.SEEN.value),
            FaultState.REPAIRED.value,
            _KEEPS,
            _("Noter la réparation"),
        ),
    ),
)
