"""Dated parameters of reminders: least delay between two, late rates of the law, flat indemnity (INV-42)."""

from django.utils.translation import gettext_lazy as _

from cae.core.parameters import register_setting

REMINDER_GAP = "invoicing.reminder_gap"
ECB_RATE = "invoicing.ecb_rate"
PENALTY_MARGIN = "invoicing.penalty_margin"
PENALTY_MARGIN_PUBLIC = "invoicing.penalty_margin_public"
RECOVERY_INDEMNITY = "invoicing.recovery_indemnity"


def register_chase_parameters() -> None:
    register_setting(
        REMINDER_GAP,
        kind="integer",
        default="7",
        label=_("Relances : jours entre deux relances d’une facture"),
        help=_("Même en retard sur ses étapes, une facture n’est pas relancée plus souvent."),
        within=(1, 90),
    )
    register_setting(
        ECB_RATE,
        kind="rate",
        default="0.0215",
        label=_("Taux de refinancement de la BCE"),
        help=_("Celui du premier jour du semestre sert pour tout le semestre : 0,0215 pour 2,15 %."),
        source="C. com. L441-10 II",
        to_confirm=True,
    )
    register_setting(
        PENALTY_MARGIN,
        kind="rate",
        default="0.10",
        label=_("Pénalités de retard : points ajoutés, professionnels"),
        help=_("Ajoutés au taux de la BCE ; le taux imprimé sur les factures doit dire la même chose."),
        source="C. com. L441-10 II",
        to_confirm=True,
    )
    register_setting(
        PENALTY_MARGIN_PUBLIC,
        kind="rate",
        default="0.08",
        label=_("Pénalités de retard : points ajoutés, organismes publics"),
        help=_("Intérêts moratoires de la commande publique, ajoutés au taux de la BCE."),
        source="CCP R2192-31",
        to_confirm=True,
    )
    register_setting(
        RECOVERY_INDEMNITY,
        kind="amount",
        default="40",
        label=_("Indemnité de recouvrement par facture (€)"),
        help=_("Demandée aux professionnels et aux organismes publics, jamais aux particuliers."),
        source="C. com. D441-5 ; CCP D2192-35",
        to_confirm=True,
    )
