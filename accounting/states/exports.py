"""Words of exports to accounting programs."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ExportFormat(models.TextChoices):
    """The layouts that a public document gives for sure (docs/exports.md)."""

    CSV = "csv", _("CSV d’Alvéole (tableur, import paramétrable)")
    FEC = "fec", _("FEC d’une période (18 colonnes)")
    QUADRA = "quadra", _("Cegid Quadra Comptabilité (fichier ASCII)")
