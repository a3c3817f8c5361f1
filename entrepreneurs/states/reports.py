"""Reports of meetings: a draft of its author, then shared and frozen; the themes they may bear."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from cae.core.workflow import Move, Workflow

THEMES = "entrepreneurs.report_theme"
THEME_DEFAULTS: tuple[tuple[str, Any], ...] = (
    ("project", _("Projet")),
    ("sales", _("Vente et clientèle")),
    ("prices", _("Prix")),
    ("communication", _("Communication")),
    ("cash", _("Trésorerie et gestion")),
    ("organisation", _("Organisation et temps")),
    ("contract", _("Contrat et parcours")),
    ("training", _("Formation")),
    ("collective", _("Vie coopérative")),
)
# Longer than any report that somebody would read.
MAX_SAID = 6000


class ReportState(models.TextChoices):
    DRAFT = "draft", _("Brouillon")
    SHARED = "shared", _("Partagé")


REPORT_FLOW = Workflow(
    "entrepreneurs.report",
    [
        Move(
            "share",
            (ReportState.DRAFT,),
            ReportState.SHARED,
            "entrepreneurs.write_report",
            _("Partager"),
        ),
    ],
)
