"""What the acts over cash to come, floors and alerts are called in the journal."""

from typing import Any

from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Any] = {
    "accounting.allow_floor_excess": _("Dépassement du plancher autorisé"),
    "accounting.drop_scenario": _("Scénario de prévision supprimé"),
    "accounting.end_cash_floor": _("Plancher de trésorerie arrêté"),
    "accounting.end_cash_plan": _("Flux prévu à la main arrêté"),
    "accounting.end_floor_excess": _("Dépassement du plancher arrêté"),
    "accounting.keep_scenario": _("Scénario de prévision gardé"),
    "accounting.plan_cash": _("Flux prévu à la main"),
    "accounting.set_cash_floor": _("Plancher de trésorerie fixé"),
}
