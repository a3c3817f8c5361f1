"""The simulator that makes proposals: the official rules, under the parameters of the month (ACC-24)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from accounting.calculations.payroll.proposing import PayEngine, PayFigures
from accounting.selectors.pay_means import Payee
from accounting.selectors.pay_rules import PersonPay, pay_of
from cae.core.periods import Month
from cae.core.templatetags.formats import day


@dataclass(frozen=True)
class NamedPay:
    """A simulator that names the version of its rules and their date, as each page says it."""

    pay: PersonPay
    rules: str

    def figures(self, gross: Decimal) -> PayFigures:
        return self.pay.figures(gross)

    def gross_for(self, cost: Decimal) -> Decimal:
        return self.pay.gross_for(cost)


def engine_of(payee: Payee, month: Month) -> PayEngine:
    """Gives the simulator of one person for a month, after their own year so far."""
    pay = pay_of(payee.pk, month)
    return NamedPay(pay, f"{pay.rules}, {day(pay.month_rules.dated_on)}")
