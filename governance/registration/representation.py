"""Declares what representation need."""

from __future__ import annotations


def register_representation() -> None:
    """Called once, when models are ready."""
