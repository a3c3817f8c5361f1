"""Closed lists and moves of the books: a module a subject."""
