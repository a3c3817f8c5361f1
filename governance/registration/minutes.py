"""Declares what minutes need."""

from __future__ import annotations


def register_minutes() -> None:
    """Called once, when models are ready."""
