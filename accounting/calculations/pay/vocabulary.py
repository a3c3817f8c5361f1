"""The words of the official rules: how a situation is told to them, which of their names we read."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from accounting.calculations.pay.situations import PaySituation
from cae.core.periods import Month

GROSS = "salarié . contrat . salaire brut"
COST = "salarié . coût total employeur"
NET = "salarié . rémunération . net . à payer avant impôt"
TAXABLE = "salarié . rémunération . net . imposable"
SMIC = "salarié . temps de travail . SMIC"
SMIC_PER_HOUR = "SMIC . horaire"
CEILING = "plafond sécurité sociale"

_PAID = "salarié . cotisations . "
REDUCTION = _PAID + "exonérations . RGDU"
REDUCTION_COEFFICIENT = REDUCTION + " . coefficient"
TMIN = _PAID + "exonérations . Tmin"
TDELTA = _PAID + "exonérations . Tdelta"
POWER = REDUCTION + " . P"
REFERENCE_SMIC = REDUCTION + " . SMIC de référence"
EMPLOYEE_TOTAL = _PAID + "salarié"
EMPLOYEE_HEALTH = _PAID + "prévoyances . santé . salarié"
CADRE_PROVIDENT = _PAID + "prévoyances . employeur . cadres"
SOCIAL_LEVY = _PAID + "forfait social"
SUPPLEMENT = _PAID + "taxe d'apprentissage . contribution supplémentaire"

# Code of a line of ours → name of the rule for the employer, for the person. The order is that of a payslip.
LINES: Mapping[str, tuple[str | None, str | None]] = {
    code: (employer and _PAID + employer, employee and _PAID + employee)
    for code, employer, employee in (
        ("health", "maladie . employeur", None),
        ("accident", "ATMP", None),
        ("mutual", "prévoyances . santé . employeur", "prévoyances . santé . salarié"),
        ("cadre_provident", "prévoyances . employeur . cadres", None),
        ("old_age", "vieillesse . employeur", "vieillesse . salarié"),
        (
            "pension",
            "retraite complémentaire-CEG-CET . employeur",
            "retraite complémentaire-CEG-CET . salarié",
        ),
        ("family", "allocations familiales", None),
        ("unemployment", "chômage", None),
        ("wage_guarantee", "AGS", None),
        ("executive_jobs", "APEC . employeur", "APEC . salarié"),
        ("autonomy", "CSA", None),
        ("housing_aid", "FNAL", None),
        ("transport", "versement mobilité", None),
        ("training", "formation professionnelle", None),
        ("apprenticeship", "taxe d'apprentissage", None),
        ("apprenticeship_supplement", "taxe d'apprentissage . contribution supplémentaire", None),
        ("building_effort", "PEEC", None),
        ("social_dialogue", "contribution au dialogue social", None),
        ("social_levy", "forfait social", None),
        ("csg_deductible", None, "CSG-CRDS . CSG . déductible"),
        ("csg_not_deductible", None, "CSG-CRDS . non déductible"),
    )
}
LINE_NAMES = tuple(name for pair in LINES.values() for name in pair if name)
READ = (COST, TAXABLE, REDUCTION, EMPLOYEE_TOTAL, *LINE_NAMES)
# Everything that we ask by name: an update that loses one of them is refused. The minimum wage of reference
# is not among them: rules know it only where it is frozen.
USED = (
    *READ,
    GROSS,
    NET,
    REDUCTION_COEFFICIENT,
    TMIN,
    TDELTA,
    POWER,
    SMIC,
    SMIC_PER_HOUR,
    CEILING,
)

_NOBODY_S_COMPANY = {
    "dirigeant": "non",
    "entreprise . catégorie juridique": "''",
    "entreprise . imposition": "non",
    "salarié": "oui",
    "salarié . contrat": "'CDI'",
}


def told(situation: PaySituation, month: Month) -> dict[str, str]:
    """Gives the situation in the words of the rules; a target is to be added. Never « temps partiel » for
    somebody without working time: full time, the rules give the highest coefficient (design §10)."""
    words = {
        **_NOBODY_S_COMPANY,
        "date": f"01/{month.month:02}/{month.year:04}",
        "salarié . contrat . statut cadre": "oui" if situation.cadre else "non",
        "entreprise . salariés . effectif": str(situation.headcount),
        "établissement . taux ATMP": percent(situation.accident_rate),
        _PAID + "prévoyances . santé . montant": per_month(situation.health_amount),
        _PAID + "prévoyances . santé . taux employeur": percent(situation.health_employer_share),
    }
    if situation.transport_rate:
        words["établissement . commune . taux versement mobilité"] = percent(situation.transport_rate)
    if situation.weekly_hours is not None:
        part_time = "salarié . contrat . temps de travail . temps partiel"
        words |= {
            part_time: "oui",
            f"{part_time} . heures par semaine": f"{situation.weekly_hours:f} heures/semaine",
        }
    return words


def percent(rate: Decimal) -> str:
    """« 1.1 % », without an exponent."""
    return f"{rate * 100:f} %"


def per_month(amount: Decimal) -> str:
    return f"{amount:f} €/mois"
