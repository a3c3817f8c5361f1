"""Who is in a place, and how it is known (COW-22, COW-23)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ArrivalWay(models.TextChoices):
    DOOR = "door", _("par le code de la porte")
    KIOSK = "kiosk", _("à la borne")
    TEAM = "team", _("par l’équipe")
