"""Formulas of commercial documents: values in, values out; no Django, no clock, no database."""
