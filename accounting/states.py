"""Closed lists of the books: accounts, journals, sections, and what a contribution run may be."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cae.core.workflow import Move, Workflow


class AccountKind(TextChoices):
    """Decides where an account appears: balance sheet or income statement."""

    BALANCE = "balance", _("Bilan")
    EXPENSE = "expense", _("Charge")
    INCOME = "income", _("Produit")


class AccountRole(TextChoices):
    """What the application asks an account for; the accountant says which number answers."""

    CUSTOMER = "customer", _("Clients")
    CUSTOMER_RETENTION = "customer_retention", _("Clients, retenues de garantie")
    CUSTOMER_ADVANCE = "customer_advance", _("Clients, avances et acomptes reçus")
    CLAIMANT = "claimant", _("Notes de frais à rembourser")
    EXPENSE_ADVANCE = "expense_advance", _("Avances sur frais")
    CARD_EXPENSE = "card_expense", _("Dépenses par carte, à rapprocher")
    DISBURSEMENT = "disbursement", _("Débours pour le compte de clients")
    SUPPLIER = "supplier", _("Fournisseurs")
    BANK = "bank", _("Banque")
    VAT_COLLECTED = "vat_collected", _("TVA collectée")
    VAT_PENDING = "vat_pending", _("TVA collectée en attente d’encaissement")
    VAT_DEDUCTIBLE = "vat_deductible", _("TVA déductible")
    REVENUE_SERVICES = "revenue_services", _("Prestations de services")
    REVENUE_TRAINING = "revenue_training", _("Formation professionnelle")
    REVENUE_GOODS = "revenue_goods", _("Ventes de marchandises")
    REVENUE_REBILLED = "revenue_rebilled", _("Frais refacturés")
    DISCOUNT_GRANTED = "discount_granted", _("Remises accordées")
    EXPENSE_FUEL = "expense_fuel", _("Carburant")
    EXPENSE_PHONE = "expense_phone", _("Téléphone et poste")
    EXPENSE_TRAVEL = "expense_travel", _("Voyages et déplacements")
    EXPENSE_MILEAGE = "expense_mileage", _("Indemnités kilométriques")
    EXPENSE_MEALS = "expense_meals", _("Repas et réceptions")
    INTERNAL_LINK = "internal_link", _("Liaison entre activités")
    INTERNAL_CHARGE = "internal_charge", _("Charge interne (contribution)")
    INTERNAL_INCOME = "internal_income", _("Produit interne (contribution)")
    INSIDE_CHARGE = "inside_charge", _("Achats à d’autres activités")
    INSIDE_INCOME = "inside_income", _("Ventes à d’autres activités")
    SHARE_CHARGE = "share_charge", _("Résultat réparti entre membres (charge)")
    SHARE_INCOME = "share_income", _("Part de résultat reçue (produit)")
    WAIVER_INCOME = "waiver_income", _("Abandons de créance")
    BAD_DEBT = "bad_debt", _("Créances irrécouvrables")
    CAPITAL_UNPAID = "capital_unpaid", _("Capital souscrit, appelé, non versé")
    CAPITAL_PAID = "capital_paid", _("Capital souscrit, appelé, versé")
    SHARES_CALLED = "shares_called", _("Associé·es, capital appelé, non versé")
    SHARES_TO_REFUND = "shares_to_refund", _("Associé·es, capital à rembourser")
    SHARES_LOSSES = "shares_losses", _("Pertes supportées par les parts remboursées")
    PAY_DUE = "pay_due", _("Personnel, rémunérations dues")


# What goes between activities is neither a sale nor a purchase: contribution, sales inside, shares of result.
BETWEEN_ACTIVITIES = (
    AccountRole.INTERNAL_CHARGE,
    AccountRole.INTERNAL_INCOME,
    AccountRole.INSIDE_CHARGE,
    AccountRole.INSIDE_INCOME,
    AccountRole.SHARE_CHARGE,
    AccountRole.SHARE_INCOME,
)


class JournalCode(TextChoices):
    SALES = "VE", _("Ventes")
    PURCHASES = "AC", _("Achats")
    BANK = "BQ", _("Banque")
    ANALYTIC = "AN", _("Analytique")
    OTHER = "OD", _("Opérations diverses")


class AnalyticKind(TextChoices):
    ACTIVITY = "activity", _("Activité")
    SHARED = "shared", _("Services communs")
    # Somebody who is of a collective without an activity of their own (ENT-03).
    PERSON = "person", _("Personne")


SHARED_CODE = "SHARED"


def series_of(journal_code: str) -> str:
    """Name of the series that numbers and chains the entries of a journal."""
    return f"ledger.{journal_code}"


class ScaleTaking(TextChoices):
    """When a scale is taken."""

    MONTH = "month", _("Chaque mois")
    DOCUMENT = "document", _("Sur chaque document")


class ScaleTurnover(TextChoices):
    """Which sales a scale counts."""

    INVOICED = "invoiced", _("Ventes facturées")
    RECEIVED = "received", _("Ventes encaissées")


class WaivedPart(TextChoices):
    """What an exemption takes away."""

    PROPORTIONAL = "proportional", _("Part proportionnelle")
    FIXED = "fixed", _("Part fixe")
    FLOOR = "floor", _("Plancher")


class Situation(TextChoices):
    """What may lighten the contribution of an activity for a time."""

    MINIMA_SOCIAUX = "minima_sociaux", _("Minima sociaux")
    SICK_LEAVE = "sick_leave", _("Arrêt maladie")
    PARENTAL_LEAVE = "parental_leave", _("Congé maternité, paternité ou parental")
    HARDSHIP = "hardship", _("Activité en difficulté")
    OTHER = "other", _("Autre décision")


class SaleCategory(TextChoices):
    """Kinds of sale that a scale may treat apart."""

    ORDINARY = "ordinary", _("Ventes ordinaires")
    TRAINING = "training", _("Formation")
    INTERNAL = "internal", _("Ventes internes")


class RunKind(TextChoices):
    """What a contribution is computed for."""

    MONTH = "month", _("Mois")
    DOCUMENT = "document", _("Document")
    RECEIPT = "receipt", _("Encaissement")
    YEAR = "year", _("Fin d’année")
    ADVANCE = "advance", _("Avance à l’entrée")


class RunNature(TextChoices):
    """A run takes, corrects what its subject has given so far, or undoes another."""

    TAKE = "take", _("Prélèvement")
    ADJUST = "adjust", _("Régularisation")
    REVERSE = "reverse", _("Annulation")


class OrderState(TextChoices):
    """« Retenu » is computed from the cash of the day; it is never stored."""

    PLANNED = "planned", _("À payer")
    BATCHED = "batched", _("En lot")
    SETTLED = "settled", pgettext_lazy("payment order", "Payé")
    REJECTED = "rejected", _("Rejeté par la banque")
    WITHDRAWN = "withdrawn", _("Retiré")


class BatchState(TextChoices):
    PREPARED = "prepared", _("À valider")
    RELEASED = "released", _("Validé, à exécuter")
    DONE = "done", _("Terminé")
    CANCELLED = "cancelled", _("Annulé")


class LineState(TextChoices):
    """What became of an order in a lot."""

    PENDING = "pending", _("En cours")
    SETTLED = "settled", pgettext_lazy("payment order", "Payé")
    REJECTED = "rejected", _("Rejeté par la banque")
    DROPPED = "dropped", _("Sorti du lot")


# How each state is drawn: its tone and its sign.
ORDER_SHAPES: dict[str, tuple[str, str]] = {
    OrderState.PLANNED: ("info", "●"),
    OrderState.BATCHED: ("neutral", "◇"),
    OrderState.SETTLED: ("success", "✔"),
    OrderState.REJECTED: ("danger", "✕"),
    OrderState.WITHDRAWN: ("neutral", "✕"),
}
BATCH_SHAPES: dict[str, tuple[str, str]] = {
    BatchState.PREPARED: ("warning", "▲"),
    BatchState.RELEASED: ("info", "●"),
    BatchState.DONE: ("success", "✔"),
    BatchState.CANCELLED: ("neutral", "✕"),
}
LINE_SHAPES: dict[str, tuple[str, str]] = {
    LineState.PENDING: ("info", "●"),
    LineState.SETTLED: ("success", "✔"),
    LineState.REJECTED: ("danger", "✕"),
    LineState.DROPPED: ("neutral", "✕"),
}

_P, _B, _R = OrderState.PLANNED.value, OrderState.BATCHED.value, OrderState.REJECTED.value
_PREPARE, _RELEASE = "accounting.prepare_payments", "accounting.release_payments"
ORDER_FLOW = Workflow(
    "accounting.PaymentOrder",
    (
        Move("batch", (_P,), _B, _PREPARE, _("Mettre en lot")),
        Move("give_back", (_B,), _P, _PREPARE, _("Sortir du lot")),
        Move("settle", (_B,), OrderState.SETTLED.value, _PREPARE, _("Noter payé")),
        Move("reject", (_B,), _R, _PREPARE, _("Noter un rejet")),
        Move("correct", (_R,), _P, _PREPARE, _("Corriger les coordonnées")),
        Move("withdraw", (_P, _B, _R), OrderState.WITHDRAWN.value, _PREPARE, _("Retirer")),
    ),
)
BATCH_FLOW = Workflow(
    "accounting.PaymentBatch",
    (
        Move(
            "release", (BatchState.PREPARED.value,), BatchState.RELEASED.value, _RELEASE, _("Valider le lot")
        ),
        Move(
            "cancel", (BatchState.PREPARED.value,), BatchState.CANCELLED.value, _PREPARE, _("Annuler le lot")
        ),
        Move("close", (BatchState.RELEASED.value,), BatchState.DONE.value, _PREPARE, _("Noter exécuté")),
    ),
)
