"""Declares what bodies need."""

from __future__ import annotations


def register_bodies() -> None:
    """Called once, when models are ready."""
