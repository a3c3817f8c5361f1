"""Formulas of the books: values in, values out; no Django, no clock, no database."""
