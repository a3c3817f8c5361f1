"""The rules of pay that the program is delivered with, and what is changed in them (pay design §9.2)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from accounting.states.simulation import RulesetState

FIRST_RULESET: dict[str, Any] = {
    "version": "11.1.0",
    "dated_on": date(2026, 7, 1),
    "sha256": "f930df7b8a19357d076f5b4841812fda86e0c7dfb2180a3b04a85c12f54c863f",
    "state": RulesetState.IN_FORCE.value,
    "first_month": date(2026, 1, 1),
}
_REDUCTION = "salarié . cotisations . exonérations . RGDU"
FIRST_OVERRIDES: tuple[dict[str, Any], ...] = (
    {
        "code": "frozen-smic-2026",
        "label": "SMIC de la réduction générale gelé à 12,02 € en 2026",
        "starts_on": date(2026, 1, 1),
        "ends_on": date(2026, 12, 31),
        "source": "Décret n° 2026-509 du 12 juin 2026 ; betagouv/mon-entreprise #4621, #4622",
        "reason": (
            "La réduction générale de 2026 se calcule toute l’année avec le SMIC du 1er janvier (12,02 €) ; "
            "la version 11.1.0 prend celui du mois (12,31 € depuis le 1er juin)."
        ),
        "rule": _REDUCTION,
        "replaced": "temps de travail . SMIC",
        "replacement": "RGDU . SMIC de référence",
        "added": {
            f"{_REDUCTION} . SMIC de référence": {
                "valeur": "salarié . temps de travail . SMIC",
                "contexte": {"date": "01/01/2026"},
            }
        },
    },
)


def load_first_pay_rules(get_model: Callable[[str, str], Any]) -> None:
    """Does: adds the first rules and their overrides, unless they are there. Refuses: nothing. Leaves behind:
    simulations that work from January 2026 on (`get_model` gives the models to use)."""
    rulesets = get_model("accounting", "PayrollRuleset").objects
    if not rulesets.exists():
        rulesets.create(**FIRST_RULESET)
    overrides = get_model("accounting", "PayrollOverride").objects
    for facts in FIRST_OVERRIDES:
        overrides.get_or_create(code=facts["code"], defaults=facts)
