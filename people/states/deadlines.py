"""Legal dates: their kinds, who answers for each, who is told and how long before (ENT-33)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from cae.core.periods import after_months
from people.states import RoleKind


class DeadlineKind(models.TextChoices):
    """What a date is about; one date of a kind for one thing."""

    CONTRACT_END = "contract_end", _("Fin de contrat")
    TRIAL_END = "trial_end", _("Fin de la période d’essai")
    ASSOCIATE = "associate", _("Entrée au sociétariat")
    INTERVIEW = "interview", _("Entretien d’accompagnement")
    INSURANCE = "insurance", _("Assurance professionnelle")
    HOUSE_INSURANCE = "house_insurance", _("Assurance de la coopérative")
    QUALIFICATION = "qualification", _("Qualification ou autorisation d’exercer")
    RESIDENCE_PERMIT = "residence_permit", _("Titre de séjour")
    MEDICAL_VISIT = "medical_visit", _("Visite médicale")
    RIGHTS_END = "rights_end", _("Fin de droits à l’allocation chômage")
    AAH_END = "aah_end", _("Fin de l’allocation aux adultes handicapés")
    DECLARATION = "declaration", _("Déclaration préalable à l’embauche")
    CONTRACT_DECLARATION = "contract_declaration", _("Déclaration d’un CAPE")
    PAPER = "paper", _("Pièce demandée")
    EXIT = "exit", _("Sortie de la coopérative")
    FOLLOW_UP_6 = "follow_up_6", _("Nouvelles à 6 mois")
    FOLLOW_UP_12 = "follow_up_12", _("Nouvelles à 12 mois")
    MANDATE = "mandate", _("Fin d’un mandat")


class Told(models.TextChoices):
    """Whom a date is told to."""

    PERSON = "person", _("la personne")
    ADVISOR = "advisor", _("son accompagnement")
    HUMAN_RESOURCES = "human_resources", _("les ressources humaines")
    MANAGERS = "managers", _("la cogérance")


class NoticeState(models.TextChoices):
    """What became of a notice whose day has come."""

    TOLD = "told", _("Dit")
    # A nearer one was told in its place: the job had not run, or the date was written late.
    SKIPPED = "skipped", _("Passé sous silence")


# The dated settings that hold the delays of the notices, in days and in months.
DAYS, MONTHS = "people.deadline_days", "people.deadline_months"
# What a cooperative may not give up: the last notice before the day.
LAST_DAYS, LAST_MONTHS = 7, 1
# The day after: the date was missed.
LATE = "late"

_PERSON_AND_HR = (Told.PERSON, Told.HUMAN_RESOURCES)
_WITH_ADVISOR = (Told.PERSON, Told.ADVISOR, Told.HUMAN_RESOURCES)


@dataclass(frozen=True)
class Clock:
    """How a kind of date is kept: the function that answers for it, whom it is told to, how long before."""

    owner: RoleKind
    told: tuple[Told, ...] = _PERSON_AND_HR
    delays: str = DAYS
    # Health, means or right to stay: read by human resources and by the person, nobody else.
    is_sensitive: bool = False
    # Of the cooperative itself: of nobody and of no activity.
    is_of_house: bool = False
    # Written on the date's own page by human resources; the others come from the fact that makes them.
    by_hand: bool = False
    # One may act until that day, nobody has to: once past it is never late, and closes by itself.
    passes: bool = False


_HR, _ADVISOR = RoleKind.HUMAN_RESOURCES, RoleKind.ADVISOR

CLOCKS: dict[str, Clock] = {
    DeadlineKind.CONTRACT_END: Clock(_HR, _WITH_ADVISOR),
    DeadlineKind.TRIAL_END: Clock(_HR, _WITH_ADVISOR, passes=True),
    DeadlineKind.ASSOCIATE: Clock(_HR, (Told.PERSON, Told.ADVISOR, Told.MANAGERS), delays=MONTHS),
    DeadlineKind.INTERVIEW: Clock(_ADVISOR, (Told.PERSON, Told.ADVISOR)),
    DeadlineKind.INSURANCE: Clock(_HR, _WITH_ADVISOR),
    DeadlineKind.HOUSE_INSURANCE: Clock(_HR, (Told.HUMAN_RESOURCES, Told.MANAGERS), is_of_house=True),
    DeadlineKind.QUALIFICATION: Clock(_HR, _WITH_ADVISOR),
    DeadlineKind.RESIDENCE_PERMIT: Clock(_HR, is_sensitive=True, by_hand=True),
    DeadlineKind.MEDICAL_VISIT: Clock(_HR, is_sensitive=True, by_hand=True),
    DeadlineKind.RIGHTS_END: Clock(_HR, is_sensitive=True, by_hand=True),
    DeadlineKind.AAH_END: Clock(_HR, is_sensitive=True, by_hand=True),
    DeadlineKind.DECLARATION: Clock(_HR, (Told.HUMAN_RESOURCES,)),
    DeadlineKind.CONTRACT_DECLARATION: Clock(_HR, (Told.HUMAN_RESOURCES,)),
    DeadlineKind.PAPER: Clock(_ADVISOR, _WITH_ADVISOR),
    DeadlineKind.EXIT: Clock(_HR, _WITH_ADVISOR),
    DeadlineKind.FOLLOW_UP_6: Clock(_ADVISOR, (Told.ADVISOR, Told.HUMAN_RESOURCES)),
    DeadlineKind.FOLLOW_UP_12: Clock(_ADVISOR, (Told.ADVISOR, Told.HUMAN_RESOURCES)),
    DeadlineKind.MANDATE: Clock(RoleKind.COOPERATIVE_LIFE, (Told.PERSON, Told.MANAGERS), delays=MONTHS),
}

SENSITIVE_KINDS = frozenset(str(kind) for kind, clock in CLOCKS.items() if clock.is_sensitive)
HOUSE_KINDS = frozenset(str(kind) for kind, clock in CLOCKS.items() if clock.is_of_house)
PASSING_KINDS = frozenset(str(kind) for kind, clock in CLOCKS.items() if clock.passes)
KINDS_BY_HAND = tuple(kind for kind, clock in CLOCKS.items() if clock.by_hand)
# What waits for the person too; the others are duties of the cooperative alone (a declaration, a question).
KINDS_OF_PERSON = frozenset(str(kind) for kind, clock in CLOCKS.items() if Told.PERSON in clock.told)


@dataclass(frozen=True)
class Step:
    """A notice of a date: its name (« 90d », « 12m », « late ») and the day from which it is told."""

    name: str
    on: date


def steps_of(kind: str, due_on: date, delays: dict[str, Iterable[Any]]) -> list[Step]:
    """Gives the notices of a date, the first first; `delays` are the values of the settings by code."""
    if CLOCKS[kind].delays == MONTHS:
        months = {int(value) for value in delays[MONTHS]} | {LAST_MONTHS}
        steps = [Step(f"{count}m", after_months(due_on, -count)) for count in months]
    else:
        days = {int(value) for value in delays[DAYS]} | {LAST_DAYS}
        steps = [Step(f"{count}d", due_on - timedelta(days=count)) for count in days]
    late = [] if CLOCKS[kind].passes else [Step(LATE, due_on + timedelta(days=1))]
    return [*sorted(steps, key=lambda step: step.on), *late]


def reached(steps: Iterable[Step], on: date) -> list[Step]:
    """Gives those whose day has come: the last is told, those before it are passed over."""
    return [step for step in steps if step.on <= on]
