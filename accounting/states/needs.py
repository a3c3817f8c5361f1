"""Which accounts each kind of document asks for: one table, read before anything is posted (ACC-05)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounting.states.books import AccountRole as Role

NEEDS: tuple[tuple[Any, tuple[Role, ...]], ...] = (
    (
        _("factures et avoirs"),
        (
            Role.CUSTOMER,
            Role.REVENUE_SERVICES,
            Role.REVENUE_TRAINING,
            Role.REVENUE_GOODS,
            Role.REVENUE_REBILLED,
            Role.DISCOUNT_GRANTED,
            Role.VAT_COLLECTED,
            Role.VAT_PENDING,
        ),
    ),
    (_("acomptes et situations"), (Role.CUSTOMER_ADVANCE, Role.CUSTOMER_RETENTION)),
    (
        _("règlements de clients"),
        (Role.BANK, Role.CUSTOMER, Role.CUSTOMER_ADVANCE, Role.VAT_COLLECTED, Role.VAT_PENDING),
    ),
    (_("dépôts de garantie"), (Role.DEPOSIT_RECEIVED, Role.BANK, Role.CUSTOMER)),
    (_("créances irrécouvrables"), (Role.BAD_DEBT, Role.CUSTOMER)),
    (_("débours"), (Role.DISBURSEMENT,)),
    (_("achats"), (Role.SUPPLIER, Role.CLAIMANT, Role.VAT_DEDUCTIBLE, Role.BANK)),
    (
        _("notes de frais"),
        (
            Role.CLAIMANT,
            Role.EXPENSE_ADVANCE,
            Role.CARD_EXPENSE,
            Role.VAT_DEDUCTIBLE,
            Role.WAIVER_INCOME,
            Role.EXPENSE_FUEL,
            Role.EXPENSE_PHONE,
            Role.EXPENSE_TRAVEL,
            Role.EXPENSE_MILEAGE,
            Role.EXPENSE_MEALS,
        ),
    ),
    (_("rapprochement bancaire"), (Role.BANK, Role.SUSPENSE)),
    (_("prélèvements propres"), (Role.LEVY_CHARGE, Role.LEVY_INCOME, Role.INTERNAL_LINK)),
    (_("subventions"), (Role.GRANT_DUE, Role.GRANT_INCOME, Role.DEFERRED_INCOME, Role.BANK)),
    (
        _("déclarations de TVA"),
        (
            Role.VAT_COLLECTED,
            Role.VAT_DEDUCTIBLE,
            Role.VAT_ASSETS,
            Role.VAT_REVERSE,
            Role.VAT_NOT_DEDUCTED,
            Role.VAT_DUE,
            Role.VAT_CREDIT,
            Role.ROUNDING_CHARGE,
            Role.ROUNDING_INCOME,
        ),
    ),
    (
        _("paie"),
        (Role.GROSS_PAY, Role.EMPLOYER_CHARGES, Role.SOCIAL_BODIES, Role.TAX_WITHHELD, Role.PAY_DUE),
    ),
    (_("virements"), (Role.BANK, Role.SUPPLIER, Role.CLAIMANT, Role.EXPENSE_ADVANCE)),
    (_("remises en banque"), (Role.BANK, Role.CHEQUES, Role.CASH_BOX)),
    (_("contributions"), (Role.INTERNAL_CHARGE, Role.INTERNAL_INCOME, Role.INTERNAL_LINK)),
    (_("ventes entre activités"), (Role.INSIDE_CHARGE, Role.INSIDE_INCOME, Role.INTERNAL_LINK)),
    (_("répartitions de résultat"), (Role.SHARE_CHARGE, Role.SHARE_INCOME, Role.INTERNAL_LINK)),
    (
        _("régularisations de fin d’exercice"),
        (
            Role.INVOICE_TO_RECEIVE,
            Role.INVOICE_TO_ISSUE,
            Role.VAT_TO_RECEIVE,
            Role.VAT_TO_ISSUE,
            Role.PREPAID_EXPENSE,
            Role.DEFERRED_INCOME,
        ),
    ),
    (_("clôture d’un exercice"), (Role.RESULT_PROFIT, Role.RESULT_LOSS)),
    (
        _("affectation du résultat"),
        (
            Role.RESULT_PROFIT,
            Role.RESULT_LOSS,
            Role.LOSSES_CARRIED,
            Role.LEGAL_RESERVE,
            Role.STATUTORY_RESERVE,
            Role.LABOUR_SHARE,
            Role.SHARE_INTEREST,
            Role.INTERNAL_LINK,
        ),
    ),
    (
        _("parts sociales"),
        (
            Role.CAPITAL_UNPAID,
            Role.CAPITAL_PAID,
            Role.SHARES_CALLED,
            Role.SHARES_TO_REFUND,
            Role.SHARES_LOSSES,
            Role.PAY_DUE,
            Role.BANK,
        ),
    ),
)


def documents_asking(role: str) -> list[Any]:
    """The kinds of document that post on the account of a role."""
    return [label for label, roles in NEEDS if role in roles]
