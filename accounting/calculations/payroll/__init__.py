"""Formulas of the pay of a month: what can be paid, files out and in, payslips."""
