"""Closed lists of the VAT statement, and the moves of a return."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cae.core.workflow import Move, Workflow

# The dated parameter: a return a month or a quarter.
VAT_PERIOD = "accounting.vat_period"
# Whoever opens, counts, files or undoes a return, says what a line is or what a section deducts does it
# alone: they answer for each other.
TURN = "accounting.vat"


class VatKind(TextChoices):
    """What a tax or an untaxed sale is beyond its rate. On 4452 it says what was bought."""

    EXEMPT = "exempt", _("Exonéré")
    SERVICES_ABROAD = "services_abroad", _("Services avec l’étranger, autoliquidés (283-2)")
    EU_GOODS = "eu_goods", _("Biens dans l’Union européenne")
    EXPORT = "export", _("Exportation hors de l’Union européenne")
    DOMESTIC = "domestic", _("Autoliquidation en France (283-2 nonies)")
    NOT_ESTABLISHED = "not_established", _("Fournisseur non établi en France (283-1)")
    ASSET = "asset", _("Cession d’immobilisation")
    ADJUSTMENT = "adjustment", _("Régularisation de déduction")


# What the house may buy without tax and tax by itself.
REVERSE_KINDS = (
    VatKind.SERVICES_ABROAD,
    VatKind.EU_GOODS,
    VatKind.NOT_ESTABLISHED,
    VatKind.DOMESTIC,
)
# What may be sold without tax.
UNTAXED_KINDS = (
    VatKind.EXEMPT,
    VatKind.SERVICES_ABROAD,
    VatKind.EU_GOODS,
    VatKind.EXPORT,
    VatKind.DOMESTIC,
)


class CoefficientStage(TextChoices):
    """Of a year: applied as it goes, then known (CGI ann. II art. 206-V)."""

    PROVISIONAL = "provisional", _("Provisoire")
    FINAL = "final", _("Définitif")


class BoxPart(TextChoices):
    """The frames of the form, in its order."""

    TAXED = "taxed", _("Opérations taxées (HT)")
    UNTAXED = "untaxed", _("Opérations non taxées")
    GROSS = "gross", _("TVA brute")
    DEDUCTED = "deducted", _("TVA déductible")
    RESULT = "result", _("Crédit et TVA à payer")


class BoxShape(TextChoices):
    """Which columns a box has."""

    BASE = "base", _("Base")
    BOTH = "both", _("Base et taxe")
    TAX = "tax", _("Taxe")


class VatState(TextChoices):
    DRAFT = "draft", pgettext_lazy("VAT return", "En préparation")
    READY = "ready", pgettext_lazy("VAT return", "Prête à déposer")
    FILED = "filed", pgettext_lazy("VAT return", "Déposée")


VAT_SHAPES: dict[str, tuple[str, str]] = {
    VatState.DRAFT: ("info", "●"),
    VatState.READY: ("warning", "▲"),
    VatState.FILED: ("success", "✔"),
}

_DRAFT, _READY, _FILED = VatState.DRAFT.value, VatState.READY.value, VatState.FILED.value
_KEEP = "accounting.keep_vat"
VAT_FLOW = Workflow(
    "accounting.VatReturn",
    (
        Move("prepare", (_DRAFT,), _READY, _KEEP, _("Arrêter la déclaration")),
        Move("reopen", (_READY,), _DRAFT, _KEEP, _("Reprendre la préparation")),
        Move("file", (_READY,), _FILED, _KEEP, _("Noter le dépôt")),
        Move("undo", (_FILED,), _DRAFT, _KEEP, _("Annuler le dépôt")),
    ),
)


class DeadlineRhythm(TextChoices):
    """How often something is declared."""

    MONTH = "month", _("Chaque mois")
    QUARTER = "quarter", _("Chaque trimestre")
    YEAR = "year", _("Chaque année")


class DeadlineState(TextChoices):
    TODO = "todo", pgettext_lazy("tax deadline", "À faire")
    FILED = "filed", pgettext_lazy("tax deadline", "Déclarée")
    PAID = "paid", pgettext_lazy("tax deadline", "Payée")
    DROPPED = "dropped", pgettext_lazy("tax deadline", "Sans objet")


DEADLINE_SHAPES: dict[str, tuple[str, str]] = {
    DeadlineState.TODO: ("info", "●"),
    DeadlineState.FILED: ("warning", "▲"),
    DeadlineState.PAID: ("success", "✔"),
    DeadlineState.DROPPED: ("neutral", "✕"),
}

_TODO, _SENT, _PAID = DeadlineState.TODO.value, DeadlineState.FILED.value, DeadlineState.PAID.value
_DROPPED, _DATES = DeadlineState.DROPPED.value, "accounting.keep_deadlines"
DEADLINE_FLOW = Workflow(
    "accounting.TaxDeadline",
    (
        Move("file", (_TODO,), _SENT, _DATES, _("Noter la déclaration")),
        Move("pay", (_SENT,), _PAID, _DATES, _("Noter le paiement")),
        Move("drop", (_TODO,), _DROPPED, _DATES, _("Sans objet cette fois")),
        Move("reopen", (_SENT, _PAID, _DROPPED), _TODO, _DATES, _("Remettre à faire")),
    ),
)
