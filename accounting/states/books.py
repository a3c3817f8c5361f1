"""Closed lists of the books: accounts, journals, sections."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


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
    DEPOSIT_RECEIVED = "deposit_received", _("Dépôts et cautionnements reçus")
    CLAIMANT = "claimant", _("Notes de frais à rembourser")
    EXPENSE_ADVANCE = "expense_advance", _("Avances sur frais")
    CARD_EXPENSE = "card_expense", _("Dépenses par carte, à rapprocher")
    DISBURSEMENT = "disbursement", _("Débours pour le compte de clients")
    SUPPLIER = "supplier", _("Fournisseurs")
    INVOICE_TO_RECEIVE = "invoice_to_receive", _("Fournisseurs, factures non parvenues")
    INVOICE_TO_ISSUE = "invoice_to_issue", _("Clients, factures à établir")
    SUSPENSE = "suspense", _("Compte d’attente")
    BANK = "bank", _("Banque")
    CHEQUES = "cheques", _("Chèques à encaisser")
    CASH_BOX = "cash_box", _("Caisse")
    VAT_COLLECTED = "vat_collected", _("TVA collectée")
    VAT_PENDING = "vat_pending", _("TVA collectée en attente d’encaissement")
    VAT_DEDUCTIBLE = "vat_deductible", _("TVA déductible")
    VAT_ASSETS = "vat_assets", _("TVA déductible sur immobilisations")
    VAT_REVERSE = "vat_reverse", _("TVA due par autoliquidation")
    VAT_NOT_DEDUCTED = "vat_not_deducted", _("TVA non déductible")
    VAT_TO_RECEIVE = "vat_to_receive", _("TVA sur factures non parvenues")
    VAT_TO_ISSUE = "vat_to_issue", _("TVA sur factures à établir")
    VAT_DUE = "vat_due", _("TVA à décaisser")
    VAT_CREDIT = "vat_credit", _("Crédit de TVA à reporter")
    ROUNDING_CHARGE = "rounding_charge", _("Arrondis (charge)")
    ROUNDING_INCOME = "rounding_income", _("Arrondis (produit)")
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
    LEVY_CHARGE = "levy_charge", _("Prélèvements propres (charge)")
    LEVY_INCOME = "levy_income", _("Prélèvements propres (produit)")
    GRANT_DUE = "grant_due", _("Subventions à recevoir")
    GRANT_INCOME = "grant_income", _("Subventions d’exploitation")
    PREPAID_EXPENSE = "prepaid_expense", _("Charges constatées d’avance")
    DEFERRED_INCOME = "deferred_income", _("Produits constatés d’avance")
    BAD_DEBT = "bad_debt", _("Créances irrécouvrables")
    CAPITAL_UNPAID = "capital_unpaid", _("Capital souscrit, appelé, non versé")
    CAPITAL_PAID = "capital_paid", _("Capital souscrit, appelé, versé")
    LEGAL_RESERVE = "legal_reserve", _("Réserve légale")
    STATUTORY_RESERVE = "statutory_reserve", _("Fonds de développement, réserve statutaire")
    LOSSES_CARRIED = "losses_carried", _("Pertes antérieures à imputer")
    RESULT_PROFIT = "result_profit", _("Résultat de l’exercice (bénéfice)")
    RESULT_LOSS = "result_loss", _("Résultat de l’exercice (perte)")
    SHARES_CALLED = "shares_called", _("Associé·es, capital appelé, non versé")
    SHARES_TO_REFUND = "shares_to_refund", _("Associé·es, capital à rembourser")
    SHARES_LOSSES = "shares_losses", _("Pertes supportées par les parts remboursées")
    PAY_DUE = "pay_due", _("Personnel, rémunérations dues")
    LABOUR_SHARE = "labour_share", _("Personnel, part travail à verser")
    SHARE_INTEREST = "share_interest", _("Associé·es, intérêts aux parts à payer")
    GROSS_PAY = "gross_pay", _("Rémunérations du personnel")
    EMPLOYER_CHARGES = "employer_charges", _("Cotisations patronales")
    SOCIAL_BODIES = "social_bodies", _("Organismes sociaux")
    TAX_WITHHELD = "tax_withheld", _("Prélèvement à la source")


# What goes between activities is neither a sale nor a purchase: contribution, sales inside, shares of result.
BETWEEN_ACTIVITIES = (
    AccountRole.INTERNAL_CHARGE,
    AccountRole.INTERNAL_INCOME,
    AccountRole.INSIDE_CHARGE,
    AccountRole.INSIDE_INCOME,
    AccountRole.SHARE_CHARGE,
    AccountRole.SHARE_INCOME,
    AccountRole.LEVY_CHARGE,
    AccountRole.LEVY_INCOME,
)


class JournalCode(TextChoices):
    SALES = "VE", _("Ventes")
    PURCHASES = "AC", _("Achats")
    BANK = "BQ", _("Banque")
    ANALYTIC = "AN", _("Analytique")
    PAY = "PA", _("Paie")
    OPENING = "RA", _("À-nouveaux")
    OTHER = "OD", _("Opérations diverses")


class AnalyticKind(TextChoices):
    ACTIVITY = "activity", _("Activité")
    SHARED = "shared", _("Services communs")
    # Somebody who is of a collective without an activity of their own (ENT-03).
    PERSON = "person", _("Personne")
    # What a levy feeds, or what a project without activity spends: « Fonds de solidarité ».
    FUND = "fund", _("Fonds")


SHARED_CODE = "SHARED"


def series_of(journal_code: str) -> str:
    """Name of the series that numbers and chains the entries of a journal."""
    return f"ledger.{journal_code}"
