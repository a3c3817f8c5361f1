"""Accruals of the end of a year: posted on its last day, taken back on the first of the next (ACC-10)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounting.calculations.accruals import ABOUT_COSTS, TAXED, AccrualLine, accrual_lines
from accounting.models import Account, AnalyticAccount, FiscalYear, Journal, ManualEntry
from accounting.selectors.accounts import accounts_named
from accounting.services.manual import ManualContent, ManualLineContent, create_manual, validate_manual
from accounting.services.periods import require_open
from accounting.states.books import AccountKind, JournalCode
from accounting.states.manual import ManualState
from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.money import CENT, ZERO


@dataclass(frozen=True)
class AccrualContent:
    """What is declared: of which section, on which account of the year, how much before tax."""

    kind: str
    analytic: AnalyticAccount
    account: Account
    label: str
    amount: Decimal
    vat: Decimal = ZERO
    party: str = ""


@transaction.atomic
def declare_accrual(content: AccrualContent, *, year: FiscalYear, form_key: UUID, actor: Any) -> ManualEntry:
    """Does: posts an accrual on the last day of a year and plans its reversal on the first of the next; the
    same form sent twice gives the first. Refuses: an amount that is not one, a tax where there is none, an
    account of the other side, no label, a last month that is closed. Leaves behind: the entry by hand,
    posted, its reversal planned; audit."""
    _require(content)
    require_open(year.ends_on, field="amount")
    roles = {line.role for line in accrual_lines(content.kind, content.amount, content.vat) if line.role}
    named = accounts_named(roles)

    def line(one: AccrualLine) -> ManualLineContent:
        return ManualLineContent(
            named[one.role] if one.role else content.account,
            content.analytic,
            debit=max(one.signed, ZERO),
            credit=max(-one.signed, ZERO),
            party=content.party if one.role else "",
        )

    lines = tuple(line(one) for one in accrual_lines(content.kind, content.amount, content.vat))
    written = ManualContent(
        journal=Journal.objects.get(code=JournalCode.OTHER),
        on=year.ends_on,
        label=content.label,
        lines=lines,
        reverse_on=year.ends_on + timedelta(days=1),
    )
    manual = create_manual(written, form_key=form_key, actor=actor)
    if manual.state != ManualState.DRAFT:
        return manual
    audit.record(actor, "accounting.declare_accrual", manual)
    return validate_manual(manual, version=manual.version, actor=actor)


def _require(content: AccrualContent) -> None:
    for name, amount in (("amount", content.amount), ("vat", content.vat)):
        if amount < ZERO or amount % CENT or (name == "amount" and not amount):
            raise Refused(
                Code.AMOUNT_INVALID, _("Un montant positif, avec deux décimales au plus."), field=name
            )
    if content.vat and content.kind not in TAXED:
        raise Refused(
            Code.AMOUNT_INVALID,
            _("Ce qui est constaté d’avance l’est hors taxes : sa TVA est déjà déclarée."),
            field="vat",
        )
    wanted = AccountKind.EXPENSE if content.kind in ABOUT_COSTS else AccountKind.INCOME
    if content.account.kind != wanted:
        raise Refused(
            Code.VALUE_INVALID,
            _("Choisissez un compte de charge (classe 6).")
            if wanted == AccountKind.EXPENSE
            else _("Choisissez un compte de produit (classe 7)."),
            field="account",
        )
