"""What a person is for the cooperative: the closed list of statuses, those that exclude each other, the role
that goes with each (docs/path.md)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.states import RoleKind


class StatusKind(models.TextChoices):
    CANDIDATE = "candidate", _("Candidat·e")
    COMMUNITY_MEMBER = "community_member", _("Membre de la communauté")
    PROJECT_HOLDER = "project_holder", _("Porteur·se de projet")
    ENTREPRENEUR = "entrepreneur", _("Entrepreneur·e salarié·e")
    ASSOCIATE = "associate", _("Associé·e")
    STAFF = "staff", _("Équipe d’appui")
    COWORKER = "coworker", _("Coworker·se")
    LEAVER = "leaver", _("Sorti·e")


class StatusChange(models.TextChoices):
    """What was last done to a status."""

    OPENED = "opened", _("Noté")
    PROLONGED = "prolonged", _("Prolongé")
    ENDED = "ended", _("Arrêté")
    CORRECTED = "corrected", _("Corrigé")
    WITHDRAWN = "withdrawn", _("Retiré")


# One is at one point of the path at a time; the other statuses stand beside it.
PATH = "path"
PATH_KINDS: tuple[str, ...] = (
    StatusKind.CANDIDATE,
    StatusKind.PROJECT_HOLDER,
    StatusKind.ENTREPRENEUR,
    StatusKind.LEAVER,
)

# Without a last day, these wait for what comes next on the path, which ends them on its eve.
GIVE_WAY: frozenset[str] = frozenset({StatusKind.CANDIDATE, StatusKind.LEAVER})

# The role given for the same days. That of the support staff is their function’s, given apart.
ROLE_OF: dict[str, str] = {
    StatusKind.CANDIDATE: RoleKind.CANDIDATE,
    StatusKind.PROJECT_HOLDER: RoleKind.PROJECT_HOLDER,
    StatusKind.ENTREPRENEUR: RoleKind.ENTREPRENEUR,
    StatusKind.ASSOCIATE: RoleKind.ASSOCIATE,
}

# Neither a contract nor the register of associates makes them: human resources write them down.
BY_HAND: tuple[str, ...] = (
    StatusKind.COMMUNITY_MEMBER,
    StatusKind.STAFF,
    StatusKind.COWORKER,
)

# On the path with a contract: whom « Entrepreneur·es » means in lists (PEO-09).
ENTREPRENEURIAL: frozenset[str] = frozenset({StatusKind.PROJECT_HOLDER, StatusKind.ENTREPRENEUR})

# Tone and shape beside the word.
LOOKS: dict[str, tuple[str, str]] = {
    StatusKind.CANDIDATE: ("info", "◇"),
    StatusKind.COMMUNITY_MEMBER: ("neutral", "◇"),
    StatusKind.PROJECT_HOLDER: ("info", "●"),
    StatusKind.ENTREPRENEUR: ("success", "●"),
    StatusKind.ASSOCIATE: ("success", "✔"),
    StatusKind.STAFF: ("info", "■"),
    StatusKind.COWORKER: ("neutral", "■"),
    StatusKind.LEAVER: ("neutral", "✕"),
}
