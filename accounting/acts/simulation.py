"""What the acts over simulation of pay and price are called in the journal."""

from typing import Any

from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Any] = {
    "accounting.PayrollRuleset.put_in_force": _("Règles de paie mises en vigueur"),
    "accounting.close_pay_override": _("Correction des règles de paie arrêtée"),
    "accounting.draft_ruleset": _("Version des règles de paie reçue"),
}
