"""Dated parameters of simulated pay: what no official rule says, because each cooperative has its own."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounting.calculations.pay.situations import HoursFrom
from cae.core.parameters import register_setting

HEADCOUNT = "accounting.urssaf_headcount"
ACCIDENT_RATE = "accounting.accident_rate"
TRANSPORT_RATE = "accounting.transport_rate"
HEALTH_AMOUNT = "accounting.health_amount"
HEALTH_EMPLOYER_SHARE = "accounting.health_employer_share"
PROVIDENT_EMPLOYEE = "accounting.provident_employee"
PROVIDENT_EMPLOYER = "accounting.provident_employer"
HOURS_FROM = "accounting.reduction_hours"
SIMULATION_PARAMETERS = (
    HEADCOUNT,
    ACCIDENT_RATE,
    TRANSPORT_RATE,
    HEALTH_AMOUNT,
    HEALTH_EMPLOYER_SHARE,
    PROVIDENT_EMPLOYEE,
    PROVIDENT_EMPLOYER,
    HOURS_FROM,
)


def register_simulation_parameters() -> None:
    """Called once, when the room starts."""
    register_setting(
        HEADCOUNT,
        kind="integer",
        default="20",
        within=(1, 10_000),
        label=_("Paie : effectif de l’année au sens de l’URSSAF"),
        help=_("Moyenne de l’année précédente ; ce n’est pas l’effectif du CSE. Seuils à 11, 50 et 250."),
        source="CSS R130-1",
        to_confirm=True,
    )
    register_setting(
        ACCIDENT_RATE,
        kind="rate",
        default="0.011",
        label=_("Paie : taux accidents du travail (AT/MP)"),
        help=_("Celui de la notification de la caisse pour l’établissement : 0,011 pour 1,1 %."),
        source="CSS D242-6-1",
        to_confirm=True,
    )
    register_setting(
        TRANSPORT_RATE,
        kind="rate",
        default="0",
        label=_("Paie : taux du versement mobilité"),
        help=_(
            "Celui de la commune, dû à partir de 11 personnes ; il change au 1er janvier et au 1er juillet."
        ),
        source="CGCT L2333-64",
        to_confirm=True,
    )
    _register_cover()
    register_setting(
        HOURS_FROM,
        kind="choice",
        default=HoursFrom.REFERENCE.value,
        choices=(
            (HoursFrom.REFERENCE.value, _("SMIC de la réduction (12,02 € en 2026)")),
            (HoursFrom.CURRENT.value, _("SMIC du mois (12,31 € depuis juin 2026)")),
        ),
        label=_("Paie : SMIC qui donne les heures équivalentes d’un CESA"),
        help=_(
            "Sans horaire, la rémunération divisée par ce SMIC : aucun texte ne tranche de juin à décembre."
        ),
        source="CSS L241-13",
        to_confirm=True,
    )


def _register_cover() -> None:
    register_setting(
        HEALTH_AMOUNT,
        kind="amount",
        default="40",
        label=_("Paie : mutuelle, montant du mois (€)"),
        help=_("Cotisation complète d’une personne, part de la coopérative comprise."),
        source="CSS L911-7",
        to_confirm=True,
    )
    register_setting(
        HEALTH_EMPLOYER_SHARE,
        kind="rate",
        default="0.5",
        label=_("Paie : mutuelle, part de la coopérative"),
        help=_("La moitié au moins : 0,5 pour 50 %."),
        source="CSS L911-7",
        to_confirm=True,
    )
    for code, label in (
        (PROVIDENT_EMPLOYEE, _("Paie : prévoyance d’un accord, taux de la personne")),
        (PROVIDENT_EMPLOYER, _("Paie : prévoyance d’un accord, taux de la coopérative")),
    ):
        register_setting(
            code,
            kind="rate",
            default="0",
            label=label,
            help=_(
                "Sur le brut, en plus de ce que la loi impose aux cadres ; 0 quand aucun accord n’en prévoit."
            ),
            to_confirm=True,
        )
