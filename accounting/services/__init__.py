"""Verbs of the books, one file per intention."""
