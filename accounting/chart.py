"""First chart of accounts of a cooperative: numbers of the plan comptable général, and the role of each.

Source: règlement ANC 2014-03 modified by 2022-06 (PCG in force since 1 January 2025). These rows are a start:
the accountant renames, adds accounts and moves roles in the application.
"""

from collections.abc import Callable
from typing import Any

from accounting.states.books import SHARED_CODE, AccountKind, AccountRole, AnalyticKind, series_of
from accounting.states.lettering import is_usually_lettered
from accounting.states.reconciliation import DEPOSIT_SERIES

_BALANCE, _EXPENSE, _INCOME = AccountKind.BALANCE, AccountKind.EXPENSE, AccountKind.INCOME

# number, label as printed in the official chart or its usual subdivision, kind, role
CHART: tuple[tuple[str, str, str, str | None], ...] = (
    ("101200", "Capital souscrit, appelé, non versé", _BALANCE, AccountRole.CAPITAL_UNPAID),
    ("101300", "Capital souscrit, appelé, versé", _BALANCE, AccountRole.CAPITAL_PAID),
    ("106100", "Réserve légale", _BALANCE, AccountRole.LEGAL_RESERVE),
    ("106300", "Réserves statutaires ou contractuelles", _BALANCE, AccountRole.STATUTORY_RESERVE),
    ("110000", "Report à nouveau (solde créditeur)", _BALANCE, None),
    ("119000", "Report à nouveau (solde débiteur)", _BALANCE, AccountRole.SHARES_LOSSES),
    ("119100", "Pertes antérieures à imputer", _BALANCE, AccountRole.LOSSES_CARRIED),
    ("120000", "Résultat de l’exercice (bénéfice)", _BALANCE, AccountRole.RESULT_PROFIT),
    ("129000", "Résultat de l’exercice (perte)", _BALANCE, AccountRole.RESULT_LOSS),
    ("164000", "Emprunts auprès des établissements de crédit", _BALANCE, None),
    # What is held of somebody until they leave: a debt, never a sale.
    ("165000", "Dépôts et cautionnements reçus", _BALANCE, AccountRole.DEPOSIT_RECEIVED),
    ("181000", "Comptes de liaison des activités", _BALANCE, AccountRole.INTERNAL_LINK),
    ("186000", "Prestations échangées entre activités (charges)", _EXPENSE, AccountRole.INTERNAL_CHARGE),
    ("186100", "Achats à d’autres activités", _EXPENSE, AccountRole.INSIDE_CHARGE),
    ("186200", "Prélèvements de la coopérative (charges)", _EXPENSE, AccountRole.LEVY_CHARGE),
    ("187000", "Prestations échangées entre activités (produits)", _INCOME, AccountRole.INTERNAL_INCOME),
    ("187100", "Ventes à d’autres activités", _INCOME, AccountRole.INSIDE_INCOME),
    ("187200", "Prélèvements de la coopérative (produits)", _INCOME, AccountRole.LEVY_INCOME),
    ("401000", "Fournisseurs", _BALANCE, AccountRole.SUPPLIER),
    ("408000", "Fournisseurs, factures non parvenues", _BALANCE, AccountRole.INVOICE_TO_RECEIVE),
    ("411000", "Clients", _BALANCE, AccountRole.CUSTOMER),
    ("411700", "Clients, retenues de garantie", _BALANCE, AccountRole.CUSTOMER_RETENTION),
    ("418000", "Clients, factures à établir", _BALANCE, AccountRole.INVOICE_TO_ISSUE),
    ("419100", "Clients, avances et acomptes reçus", _BALANCE, AccountRole.CUSTOMER_ADVANCE),
    ("421000", "Personnel, rémunérations dues", _BALANCE, AccountRole.PAY_DUE),
    ("424000", "Personnel, part travail à verser", _BALANCE, AccountRole.LABOUR_SHARE),
    ("425000", "Personnel, notes de frais à rembourser", _BALANCE, AccountRole.CLAIMANT),
    ("425100", "Personnel, avances sur frais", _BALANCE, AccountRole.EXPENSE_ADVANCE),
    ("431000", "Sécurité sociale", _BALANCE, AccountRole.SOCIAL_BODIES),
    ("437000", "Autres organismes sociaux", _BALANCE, None),
    ("442100", "Prélèvements à la source (impôt sur le revenu)", _BALANCE, AccountRole.TAX_WITHHELD),
    ("441000", "Subventions à recevoir", _BALANCE, AccountRole.GRANT_DUE),
    ("445200", "TVA due par autoliquidation", _BALANCE, AccountRole.VAT_REVERSE),
    ("445510", "TVA à décaisser", _BALANCE, AccountRole.VAT_DUE),
    ("445620", "TVA déductible sur immobilisations", _BALANCE, AccountRole.VAT_ASSETS),
    ("445660", "TVA déductible sur autres biens et services", _BALANCE, AccountRole.VAT_DEDUCTIBLE),
    ("445670", "Crédit de TVA à reporter", _BALANCE, AccountRole.VAT_CREDIT),
    ("445710", "TVA collectée", _BALANCE, AccountRole.VAT_COLLECTED),
    ("445740", "TVA collectée en attente d’encaissement", _BALANCE, AccountRole.VAT_PENDING),
    (
        "445860",
        "Taxes sur le chiffre d’affaires sur factures non parvenues",
        _BALANCE,
        AccountRole.VAT_TO_RECEIVE,
    ),
    ("445870", "Taxes sur le chiffre d’affaires sur factures à établir", _BALANCE, AccountRole.VAT_TO_ISSUE),
    ("456200", "Associés, capital appelé, non versé", _BALANCE, AccountRole.SHARES_CALLED),
    ("456700", "Associés, capital à rembourser", _BALANCE, AccountRole.SHARES_TO_REFUND),
    ("457000", "Associés, intérêts aux parts à payer", _BALANCE, AccountRole.SHARE_INTEREST),
    # A claim says what was bought, the bank line says that it was paid: each waits here for the other.
    ("467100", "Cartes de la coopérative, dépenses à rapprocher", _BALANCE, AccountRole.CARD_EXPENSE),
    # What was paid in the name of customers, until it is asked back: never a cost, nor a revenue.
    ("467200", "Débours pour le compte de clients", _BALANCE, AccountRole.DISBURSEMENT),
    ("467300", "Retenues de la coopérative", _BALANCE, None),
    # What the bank moved and nobody has explained yet; empty before a month closes.
    ("471000", "Compte d’attente", _BALANCE, AccountRole.SUSPENSE),
    ("486000", "Charges constatées d’avance", _BALANCE, AccountRole.PREPAID_EXPENSE),
    ("487000", "Produits constatés d’avance", _BALANCE, AccountRole.DEFERRED_INCOME),
    ("511200", "Chèques à encaisser", _BALANCE, AccountRole.CHEQUES),
    ("512000", "Banque", _BALANCE, AccountRole.BANK),
    ("531000", "Caisse", _BALANCE, AccountRole.CASH_BOX),
    ("580000", "Virements internes", _BALANCE, None),
    ("601000", "Achats de matières premières", _EXPENSE, None),
    ("604000", "Achats d’études et prestations de services", _EXPENSE, None),
    ("606100", "Carburant", _EXPENSE, AccountRole.EXPENSE_FUEL),
    ("607000", "Achats de marchandises", _EXPENSE, None),
    ("611000", "Sous-traitance générale", _EXPENSE, None),
    ("616000", "Primes d’assurance", _EXPENSE, None),
    ("625100", "Voyages et déplacements", _EXPENSE, AccountRole.EXPENSE_TRAVEL),
    ("625150", "Indemnités kilométriques", _EXPENSE, AccountRole.EXPENSE_MILEAGE),
    ("625700", "Repas et réceptions", _EXPENSE, AccountRole.EXPENSE_MEALS),
    ("626000", "Frais postaux et de télécommunications", _EXPENSE, AccountRole.EXPENSE_PHONE),
    ("627000", "Services bancaires et assimilés", _EXPENSE, None),
    ("635800", "Autres droits (TVA non déductible)", _EXPENSE, AccountRole.VAT_NOT_DEDUCTED),
    ("641000", "Rémunérations du personnel", _EXPENSE, AccountRole.GROSS_PAY),
    ("645000", "Cotisations sociales et prévoyance", _EXPENSE, AccountRole.EMPLOYER_CHARGES),
    ("654000", "Pertes sur créances irrécouvrables", _EXPENSE, AccountRole.BAD_DEBT),
    ("655000", "Quotes-parts de résultat, opérations en commun", _EXPENSE, AccountRole.SHARE_CHARGE),
    ("658000", "Charges diverses de gestion courante", _EXPENSE, AccountRole.ROUNDING_CHARGE),
    ("706000", "Prestations de services", _INCOME, AccountRole.REVENUE_SERVICES),
    ("706200", "Prestations de formation professionnelle", _INCOME, AccountRole.REVENUE_TRAINING),
    ("707000", "Ventes de marchandises", _INCOME, AccountRole.REVENUE_GOODS),
    ("708500", "Ports et frais accessoires facturés", _INCOME, AccountRole.REVENUE_REBILLED),
    ("709000", "Rabais, remises et ristournes accordés", _INCOME, AccountRole.DISCOUNT_GRANTED),
    ("740000", "Subventions d’exploitation", _INCOME, AccountRole.GRANT_INCOME),
    ("755000", "Quotes-parts de résultat, opérations en commun", _INCOME, AccountRole.SHARE_INCOME),
    ("758000", "Produits divers de gestion courante", _INCOME, AccountRole.ROUNDING_INCOME),
    ("758800", "Abandons de créance reçus", _INCOME, AccountRole.WAIVER_INCOME),
)

# code, label, whether a margin may take it off, accounts whose lines are of it unless they say otherwise
COST_KINDS: tuple[tuple[str, str, bool, tuple[str, ...]], ...] = (
    ("raw_materials", "Matières premières", True, ("601000",)),
    ("goods", "Marchandises", True, ("607000",)),
    ("subcontracting", "Sous-traitance", True, ("604000", "611000")),
    ("mission_costs", "Frais de mission", True, ("625100", "625150", "625700")),
    ("insurance", "Assurance", True, ("616000",)),
    ("overheads", "Frais généraux de l’activité", False, ("606100", "626000", "627000")),
)

# code, label
JOURNALS: tuple[tuple[str, str], ...] = (
    ("VE", "Ventes"),
    ("AC", "Achats"),
    ("BQ", "Banque"),
    ("AN", "Analytique"),
    ("PA", "Paie"),
    ("RA", "À-nouveaux"),
    ("OD", "Opérations diverses"),
)


def load_first_chart(get_model: Callable[[str, str], Any]) -> None:
    """Does: adds what is not there yet: accounts, natures of cost, journals, series, shared section.
    Refuses: nothing. Leaves behind: books ready for a first entry (`get_model` gives the models to use)."""
    account = get_model("accounting", "Account")
    held = set(account.objects.exclude(role=None).values_list("role", flat=True))
    for number, label, kind, role in CHART:
        free = role if role not in held else None
        facts = {"label": label, "kind": kind, "role": free, "is_lettered": is_usually_lettered(number)}
        account.objects.get_or_create(number=number, defaults=facts)
    for code, label, enters, numbers in COST_KINDS:
        kind, _made = get_model("accounting", "CostKind").objects.get_or_create(
            code=code, defaults={"label": label, "enters_base": enters}
        )
        account.objects.filter(number__in=numbers, cost_kind=None).update(cost_kind=kind)
    load_journals(get_model)
    load_slip_series(get_model)
    get_model("accounting", "AnalyticAccount").objects.get_or_create(
        kind=AnalyticKind.SHARED, defaults={"code": SHARED_CODE, "label": "Services communs"}
    )


def load_slip_series(get_model: Callable[[str, str], Any]) -> None:
    """Does: opens the numbers of deposit slips where they are not. Refuses: nothing. Leaves behind: the
    series."""
    get_model("core", "NumberSeries").objects.get_or_create(
        code=DEPOSIT_SERIES, defaults={"label": "Bordereaux de remise", "template": "REM{YYYY}-{SEQ_YEAR:4}"}
    )


def load_journals(get_model: Callable[[str, str], Any]) -> None:
    """Does: adds the journals and their numbering that are not there. Refuses: nothing. Leaves behind: every
    journal of the house, numbered."""
    for code, label in JOURNALS:
        get_model("accounting", "Journal").objects.get_or_create(code=code, defaults={"label": label})
        get_model("core", "NumberSeries").objects.get_or_create(
            code=series_of(code),
            defaults={"label": f"Journal {label}", "template": "{SEQ}", "dates_rise": False},
        )
