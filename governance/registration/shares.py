"""Declares what shares need."""

from __future__ import annotations


def register_shares() -> None:
    """Called once, when models are ready."""
