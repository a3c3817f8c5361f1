"""Closed lists and moves of commercial documents: a module a subject."""
