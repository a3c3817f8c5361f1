"""Declares what rules need."""

from __future__ import annotations


def register_rules() -> None:
    """Called once, when models are ready."""
