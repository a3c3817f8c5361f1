"""Rights over proposals of pay, exchanges with payroll, payslips, balance of the year."""

import rules

PERMISSIONS: dict[str, rules.Predicate] = {}
