"""When a social situation is described, and what a skill is: closed lists of the person’s file."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Moment(models.TextChoices):
    ENTRY = "entry", _("À l’entrée")
    TODAY = "today", _("Aujourd’hui")


class SkillKind(models.TextChoices):
    SKILL = "skill", _("Compétence")
    DIPLOMA = "diploma", _("Diplôme ou titre")
    AUTHORISATION = "authorisation", _("Habilitation ou autorisation")


class ZoneKind(models.TextChoices):
    """The grid of density of the INSEE, in two words."""

    RURAL = "rural", _("Rural")
    URBAN = "urban", _("Urbain")
