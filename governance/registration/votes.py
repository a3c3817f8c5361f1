"""Declares what votes need."""

from __future__ import annotations


def register_votes() -> None:
    """Called once, when models are ready."""
