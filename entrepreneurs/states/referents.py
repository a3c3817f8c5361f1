"""The functions by which somebody of the team answers to a person: an option list, with its origin here."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

FUNCTIONS = "entrepreneurs.referent_function"
# The coach follows the path; the load of advisors counts these.
COACH = "coach"

FUNCTION_DEFAULTS: tuple[tuple[str, Any], ...] = (
    (COACH, _("Accompagnement")),
    ("accountant", _("Comptabilité")),
    ("human_resources", _("Contrat et paie")),
    ("training", _("Formation")),
)
