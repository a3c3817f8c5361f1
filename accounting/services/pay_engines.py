"""The simulator that makes proposals: the official rules, under the parameters of the month (ACC-24)."""

from __future__ import annotations

from accounting.calculations.payroll.proposing import PayEngine
from accounting.selectors.pay_means import Payee
from accounting.selectors.pay_rules import pay_of
from cae.core.periods import Month


def engine_of(payee: Payee, month: Month) -> PayEngine:
    """Gives the simulator of one person for a month, after their own year so far."""
    return pay_of(payee.pk, month)
