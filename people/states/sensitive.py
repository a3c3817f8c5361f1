"""Protected data (PEO-40): what may be kept of a person, and for which purpose each field may be opened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.states.deadlines import DeadlineKind


class SensitivePurpose(models.TextChoices):
    """Why a protected record is opened: the law allows each field for some purposes only (domain.md §8.2)."""

    PAY = "pay", _("Paie et déclarations sociales")
    FUNDER = "funder", _("Suivi demandé par un financeur")
    HEALTH = "health", _("Santé au travail")
    RIGHT_TO_WORK = "right_to_work", _("Droit de travailler en France")
    # The person reads all of their own; the data officer, to answer a request of theirs.
    OWN = "own", _("Lecture de mes propres données")
    REQUEST = "request", _("Réponse à une demande de la personne")


class MedicalResult(models.TextChoices):
    """What the occupational doctor concludes (C. trav. R4624-31 to 42)."""

    FIT = "fit", _("Apte, ou attestation de suivi remise")
    ADJUSTED = "adjusted", _("Avec aménagement du poste")
    UNFIT = "unfit", _("Inapte à ce poste")


FieldKind = Literal["text", "nir", "date", "amount", "flag", "choice"]

P = SensitivePurpose
# The purposes by which one writes; the two others read everything and write nothing.
WORKING_PURPOSES: tuple[SensitivePurpose, ...] = (P.PAY, P.FUNDER, P.HEALTH, P.RIGHT_TO_WORK)
WHOLE_PURPOSES: frozenset[str] = frozenset({P.OWN, P.REQUEST})


@dataclass(frozen=True)
class SensitiveField:
    """One field: its words, its kind, the purposes that open it, the date it sets."""

    code: str
    label: Any
    kind: FieldKind
    purposes: frozenset[str]
    choices: Sequence[tuple[str, Any]] = field(default=())
    # The kind of date (states/deadlines.py) that this day sets; empty when it sets none.
    deadline: str = ""
    # The option list of the cooperative that gives its words, in place of `choices`.
    options: str = ""


def _field(
    code: str,
    label: Any,
    kind: FieldKind,
    *purposes: str,
    choices: Any = (),
    deadline: str = "",
    options: str = "",
) -> SensitiveField:
    return SensitiveField(code, label, kind, frozenset(purposes), choices, deadline, options)


FIELDS: tuple[SensitiveField, ...] = (
    _field("nir", _("Numéro de sécurité sociale"), "nir", P.PAY),
    _field("permit_number", _("Numéro du titre de séjour"), "text", P.RIGHT_TO_WORK),
    _field(
        "permit_ends_on",
        _("Fin du titre de séjour"),
        "date",
        P.RIGHT_TO_WORK,
        deadline=DeadlineKind.RESIDENCE_PERMIT,
    ),
    _field(
        "is_disabled_worker", _("Reconnue travailleuse handicapée (RQTH)"), "flag", P.PAY, P.HEALTH, P.FUNDER
    ),
    _field("disability_ends_on", _("Fin de la reconnaissance"), "date", P.PAY, P.HEALTH),
    _field("aah_ends_on", _("Fin de l’AAH"), "date", P.FUNDER, deadline=DeadlineKind.AAH_END),
    _field(
        "rights_end_on",
        _("Fin des droits à l’allocation chômage"),
        "date",
        P.FUNDER,
        deadline=DeadlineKind.RIGHTS_END,
    ),
    _field("rsa_since", _("Bénéficiaire du RSA depuis le"), "date", P.FUNDER),
    _field("activity_bonus_since", _("Prime d’activité depuis le"), "date", P.FUNDER),
    _field("income_before", _("Revenu mensuel moyen avant l’entrée"), "amount", P.FUNDER),
    _field(
        "priority_zone", _("Zone prioritaire du domicile"), "choice", P.FUNDER, options="people.address_zones"
    ),
    _field("is_migrant_or_minority", _("Personne migrante ou d’une minorité (FSE+)"), "flag", P.FUNDER),
    _field("is_badly_housed", _("Sans domicile ou mal logée (FSE+)"), "flag", P.FUNDER),
    _field("is_otherwise_disadvantaged", _("Autre situation défavorisée (FSE+)"), "flag", P.FUNDER),
    _field("medical_visit_on", _("Dernière visite médicale"), "date", P.HEALTH),
    _field(
        "medical_result",
        _("Conclusion de la visite"),
        "choice",
        P.HEALTH,
        choices=MedicalResult.choices,
    ),
    _field("medical_limits", _("Restrictions ou aménagements"), "text", P.HEALTH),
    _field(
        "medical_next_on",
        _("Prochaine visite, au plus tard le"),
        "date",
        P.HEALTH,
        deadline=DeadlineKind.MEDICAL_VISIT,
    ),
)
FIELD_BY_CODE: dict[str, SensitiveField] = {one.code: one for one in FIELDS}


def fields_of(purpose: str) -> tuple[SensitiveField, ...]:
    """Gives the fields that a purpose opens, in the order of the table."""
    if purpose in WHOLE_PURPOSES:
        return FIELDS
    return tuple(one for one in FIELDS if purpose in one.purposes)
