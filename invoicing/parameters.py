"""Dated parameters of the room: payment terms, and the texts that the law wants on every invoice."""

from datetime import date, timedelta

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cae.core.parameters import register_setting
from invoicing.states import VatDueOn

PAYMENT_DAYS = "invoicing.payment_days"
VAT_DUE_ON = "invoicing.vat_due_on"
MENTION_RECOVERY = "invoicing.mention_recovery"
MENTION_PENALTIES = "invoicing.mention_penalties"
MENTION_DISCOUNT = "invoicing.mention_discount"
MENTION_RECOVERY_PRIVATE = "invoicing.mention_recovery_private"
MENTION_PENALTIES_PRIVATE = "invoicing.mention_penalties_private"


def _due_date(days: int, on: date) -> str:
    return gettext("Une facture émise le %(day)s serait à payer le %(due)s.") % {
        "day": on.strftime("%d/%m/%Y"),
        "due": (on + timedelta(days=days)).strftime("%d/%m/%Y"),
    }


def register_parameters() -> None:
    register_setting(
        PAYMENT_DAYS,
        kind="integer",
        default="30",
        label=_("Délai de paiement (jours)"),
        help=_("Échéance d’une facture quand on n’en saisit pas d’autre : 60 jours au plus."),
        source="C. com. L441-10",
        within=(0, 60),
        effect=_due_date,
    )
    register_setting(
        VAT_DUE_ON,
        kind="choice",
        default=VatDueOn.RECEIPTS,
        choices=VatDueOn.choices,
        label=_("TVA des services due sur"),
        help=_("Les débits sont une option de la coopérative, imprimée sur ses factures."),
        source="CGI art. 269-2 c",
    )
    register_setting(
        MENTION_RECOVERY,
        kind="text",
        default="Indemnité forfaitaire pour frais de recouvrement en cas de retard de paiement : 40 €.",
        label=_("Mention : indemnité de recouvrement (PMT)"),
        help=_("Due par les clients professionnels."),
        source="C. com. D441-5",
        to_confirm=True,
    )
    register_setting(
        MENTION_PENALTIES,
        kind="text",
        default="Pénalités de retard : taux de refinancement de la BCE majoré de 10 points.",
        label=_("Mention : pénalités de retard (PMD)"),
        help=_("Taux exigible dès le lendemain de l’échéance, sans rappel."),
        source="C. com. L441-10 II",
        to_confirm=True,
    )
    register_setting(
        MENTION_DISCOUNT,
        kind="text",
        default="Pas d’escompte pour paiement anticipé.",
        label=_("Mention : escompte (AAB)"),
        help=_("Conditions d’escompte, ou leur absence."),
        source="C. com. L441-9",
        to_confirm=True,
    )
    # BR-FR-05 wants both notes on every document, and neither rule of commerce binds a private person.
    register_setting(
        MENTION_RECOVERY_PRIVATE,
        kind="text",
        default="Indemnité forfaitaire pour frais de recouvrement : sans objet pour un particulier.",
        label=_("Mention pour un particulier : indemnité de recouvrement (PMT)"),
        help=_("Les 40 € ne sont dus qu’entre professionnels."),
        source="C. com. D441-5",
        to_confirm=True,
    )
    register_setting(
        MENTION_PENALTIES_PRIVATE,
        kind="text",
        default="En cas de retard de paiement : intérêts au taux légal après mise en demeure.",
        label=_("Mention pour un particulier : retard de paiement (PMD)"),
        help=_("Ce qu’un particulier doit quand il paie en retard."),
        source="C. civ. art. 1231-6",
        to_confirm=True,
    )
