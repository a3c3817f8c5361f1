"""What the shared services pay for, month after month, and a shorter income statement made for the board."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from accounting.calculations.entries import EntryDraft, LineDraft, credit, debit
from accounting.calculations.layouts.layout import Typed
from accounting.selectors.accounts import shared_section
from accounting.selectors.periods import is_open
from accounting.services.layouts import create_layout
from accounting.services.posting import post_entry
from accounting.services.totals import fold_totals
from accounting.states.layouts import LineSide, LineStyle
from cae.core.periods import Month

# What a month costs a house of this size: account, amount, who is paid.
_MONTH = (
    ("641000", "2450.00", "421000"),
    ("645000", "980.00", "431000"),
    ("616000", "310.00", "512000"),
    ("626000", "145.00", "512000"),
    ("627000", "38.50", "512000"),
)
_MONTHS = 22
_GRANT = Decimal("60000.00")
_SHORT = (
    Typed("PRODUITS", "Produits", accounts="7, -755"),
    Typed("CHARGES", "Charges", accounts="6, -64, -655", side=LineSide.DEBIT),
    Typed("PAIE", "Salaires et cotisations", accounts="64", side=LineSide.DEBIT),
    Typed("INTERNE", "Contribution et échanges entre activités", accounts="186-187, 655, 755"),
    Typed("RESULTAT", "Résultat", LineStyle.TOTAL, formula="PRODUITS − CHARGES − PAIE + INTERNE"),
    Typed("MARGE", "Résultat sur produits", formula="RESULTAT ÷ PRODUITS", in_percent=True),
)


def lay_statements(*, today: date, actor: Any) -> None:
    """Nearly two years of the shared services, a grant a year, and a layout beside the usual one."""
    section, month = shared_section().pk, Month.of(today).previous()
    for _rank in range(_MONTHS):
        if is_open(month.last):
            lines = [line for one in _MONTH for line in _paid(section, *one)]
            _post(month.last, "Services communs, charges du mois", lines, actor)
            if month.month == 6:
                given = [debit("bank", section, _GRANT), credit("740000", section, _GRANT)]
                _post(month.last, "Subvention de la Région, accompagnement", given, actor)
        month = month.previous()
    create_layout(
        code="synthese",
        kind="income",
        label="Synthèse pour le conseil",
        lines=_SHORT,
        valid_from=date(today.year, 1, 1),
        reason="Demandée par le conseil coopératif : cinq lignes, une page",
        actor=actor,
    )
    fold_totals()


def _paid(section: int, charged: str, amount: str, paid: str) -> list[LineDraft]:
    return [debit(charged, section, Decimal(amount)), credit(paid, section, Decimal(amount))]


def _post(on: date, label: str, lines: list[LineDraft], actor: Any) -> None:
    draft = EntryDraft(journal="OD", on=on, label=label, lines=tuple(lines), piece="SC")
    post_entry(draft, actor=actor, source=None)
