"""Two files of one person (PEO-17): why they look alike, and how long a merge may be undone."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

UNDO_WITHIN = timedelta(days=30)


class Likeness(models.TextChoices):
    """What two files have in common, the surest first."""

    EMAIL = "email", _("même adresse e-mail")
    BIRTH = "birth", _("mêmes nom et date de naissance")
    PHONE = "phone", _("même téléphone")
    NAME = "name", _("noms très proches")
