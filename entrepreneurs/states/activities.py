"""Closed lists of activities: of one person or several, and the demands to join one (ENT-43 to 45)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ActivityKind(TextChoices):
    INDIVIDUAL = "individual", _("Individuelle")
    COLLECTIVE = "collective", _("Collective")
