"""Declares what register need."""

from __future__ import annotations


def register_register() -> None:
    """Called once, when models are ready."""
