"""Dated parameters of the room: terms, what staff check, the texts that the law wants."""

from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cae.core.parameters import register_setting
from cae.core.templatetags.formats import money
from invoicing.states.sales import VatDueOn

PAYMENT_DAYS = "invoicing.payment_days"
VAT_DUE_ON = "invoicing.vat_due_on"
QUOTE_DAYS = "invoicing.quote_days"
REMINDER_DAYS = "invoicing.reminder_days"
CHECK_THRESHOLD = "invoicing.check_threshold"
CORRECTION_PHRASES = "invoicing.correction_phrases"
TRUSTED_QUOTES = "invoicing.trusted_quotes"
TRUSTED_INVOICES = "invoicing.trusted_invoices"
TRUSTED_CREDIT_NOTES = "invoicing.trusted_credit_notes"
BUILDING_INSURANCE = "invoicing.building_insurance"
CLAIM_PHRASES = "invoicing.claim_phrases"
RETENTION_RATE = "invoicing.retention_rate"
PLATFORM_ISSUE = "invoicing.platform_issue"
UNREAD_DAYS = "invoicing.unread_days"
ORDER_CEILING = "invoicing.order_ceiling"
ONE_STEP = "invoicing.purchase_one_step"
TRUSTED_PURCHASES = "invoicing.trusted_purchases"
DUE_SOON_DAYS = "invoicing.purchase_due_soon"

# What a text of the cooperative says until somebody gives it: nothing is printed then.
TO_COMPLETE = "à compléter"

CORRECTION_DEFAULT = """Précisez ce qui est compris et ce qui ne l’est pas.
Ajoutez la durée ou les dates de la prestation.
Le taux de TVA ne convient pas à cette prestation.
Complétez l’adresse du client.
Ajoutez le numéro de commande du client.
Le prix est loin de celui du catalogue : est-ce voulu ?
Demandez un acompte pour un montant pareil."""

CLAIM_DEFAULT = """Le justificatif n’est pas lisible.
Le justificatif ne porte ni date ni montant.
Cette dépense n’est pas liée à l’activité.
Cette dépense est déjà dans une autre note.
Le ticket de carte ne suffit pas : il faut la facture.
La TVA n’est pas récupérable sur cette dépense.
Le montant dépasse le plafond."""


def _due_date(days: int, on: date) -> str:
    return gettext("Une facture émise le %(day)s serait à payer le %(due)s.") % {
        "day": on.strftime("%d/%m/%Y"),
        "due": (on + timedelta(days=days)).strftime("%d/%m/%Y"),
    }


def _trust(amount: Decimal, on: date) -> str:
    if not amount:
        return gettext("À partir du %(day)s, chaque document passerait par une relecture.") % {
            "day": on.strftime("%d/%m/%Y")
        }
    return gettext("À partir du %(day)s, chacun validerait seul jusqu’à %(amount)s HT.") % {
        "day": on.strftime("%d/%m/%Y"),
        "amount": money(amount),
    }


def _register_check() -> None:
    """What concerns the staff's check and what needs none (INV-16, PEO-24)."""
    register_setting(
        CHECK_THRESHOLD,
        kind="amount",
        default="5000",
        label=_("Relecture : montant signalé (€ HT)"),
        help=_("Au-dessus, la relecture le signale : un document de ce montant mérite un second regard."),
        to_confirm=True,
    )
    register_setting(
        CORRECTION_PHRASES,
        kind="text",
        default=CORRECTION_DEFAULT,
        label=_("Relecture : phrases prêtes"),
        help=_("Une par ligne, proposées à qui demande une correction."),
    )
    for code, label in (
        (TRUSTED_QUOTES, _("Autovalidation de tous : devis (€ HT)")),
        (TRUSTED_INVOICES, _("Autovalidation de tous : factures (€ HT)")),
        (TRUSTED_CREDIT_NOTES, _("Autovalidation de tous : avoirs (€ HT)")),
    ):
        register_setting(
            code,
            kind="amount",
            default="0",
            label=label,
            help=_("Chacun valide seul jusqu’à ce montant ; à zéro, tout passe par une relecture."),
            effect=_trust,
        )


def _last_day(days: int, on: date) -> str:
    return gettext("Un devis fait le %(day)s serait valable jusqu’au %(last)s.") % {
        "day": on.strftime("%d/%m/%Y"),
        "last": (on + timedelta(days=days)).strftime("%d/%m/%Y"),
    }


def register_parameters() -> None:
    _register_check()
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
        QUOTE_DAYS,
        kind="integer",
        default="30",
        label=_("Validité d’un devis (jours)"),
        help=_("Dernier jour d’un devis quand on n’en saisit pas d’autre."),
        source="C. civ. art. 1116",
        within=(1, 365),
        effect=_last_day,
    )
    register_setting(
        REMINDER_DAYS,
        kind="integer",
        default="0",
        label=_("Relance automatique d’un devis (jours avant la fin)"),
        help=_("Le client qui n’a pas répondu reçoit un e-mail ce nombre de jours avant ; 0 : jamais."),
        within=(0, 30),
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
        BUILDING_INSURANCE,
        kind="text",
        default=TO_COMPLETE,
        label=_("Assurance décennale de la coopérative"),
        help=_("Assureur, ses coordonnées et pays couverts ; proposée aux activités du bâtiment."),
        source="Loi 96-603 art. 22-2",
    )


def register_exchange_parameters() -> None:
    """From when documents go to the approved platform, and how long one waits for a customer to read."""
    register_setting(
        PLATFORM_ISSUE,
        kind="choice",
        default="no",
        choices=(("no", _("Non")), ("yes", _("Oui"))),
        label=_("Émission par plateforme"),
        help=_("Dès ce jour, les documents entre professionnels français sont remis à la plateforme agréée."),
        source="CGI art. 289 bis",
        to_confirm=True,
    )
    register_setting(
        UNREAD_DAYS,
        kind="integer",
        default="7",
        label=_("Document pas ouvert par le client (jours)"),
        help=_("Après ce délai, le vendeur le trouve dans « À faire » ; 0 : jamais."),
        within=(0, 90),
    )


def register_part_parameters() -> None:
    register_setting(
        RETENTION_RATE,
        kind="rate",
        default="0.0500",
        label=_("Retenue de garantie habituelle"),
        help=_("Gardée par le client sur chaque situation de travaux, quand le devis n’en dit rien."),
        source="Loi 71-584 du 16 juillet 1971",
        to_confirm=True,
    )


def register_purchase_parameters() -> None:
    """What an activity may engage alone, and which purchases are approved in one step."""
    register_setting(
        ORDER_CEILING,
        kind="amount",
        default="300",
        label=_("Commandes fournisseurs : approbation au-dessus de (€ HT)"),
        help=_(
            "Jusqu’à ce montant, une activité approuve seule ses commandes ; au-dessus, l’équipe les lit."
        ),
        to_confirm=True,
    )
    register_setting(
        ONE_STEP,
        kind="amount",
        default="100",
        label=_("Achats : approbation en une étape jusqu’à (€ TTC)"),
        help=_(
            "La comptabilité approuve un achat de ce montant sans attendre que l’activité le reconnaisse."
        ),
        to_confirm=True,
    )
    register_setting(
        TRUSTED_PURCHASES,
        kind="amount",
        default="0",
        label=_("Achats : l’activité approuve seule jusqu’à (€ TTC)"),
        help=_("À zéro, la comptabilité approuve chaque achat ; une facture en devise l’est toujours."),
    )
    register_setting(
        DUE_SOON_DAYS,
        kind="integer",
        default="7",
        label=_("Achats : échéance proche (jours)"),
        help=_("Un achat approuvé dont l’échéance est si proche se trouve dans « À faire »."),
        within=(0, 60),
    )


def register_claim_parameters() -> None:
    """What whoever checks claims says again and again (INV-54)."""
    register_setting(
        CLAIM_PHRASES,
        kind="text",
        default=CLAIM_DEFAULT,
        label=_("Notes de frais : phrases prêtes"),
        help=_("Une par ligne, proposées à qui corrige ou refuse une dépense."),
    )
