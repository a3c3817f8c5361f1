"""How one takes part in a meeting, and the spans of seniority of the turnout (GOV-36)."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class Way(models.TextChoices):
    PRESENT = "present", _("Présent·e")
    REPRESENTED = "represented", _("Représenté·e")
    CORRESPONDENCE = "correspondence", _("Par correspondance")
    ABSENT = "absent", _("Absent·e")


WAYS: dict[str, Any] = {str(value): label for value, label in Way.choices}
# From so many years on, the last one that fits.
SENIORITY: tuple[tuple[int, Any], ...] = (
    (-1000, _("0 à 1 an")),
    (1, _("1 à 3 ans")),
    (3, _("3 à 10 ans")),
    (10, _("plus de 10 ans")),
)
