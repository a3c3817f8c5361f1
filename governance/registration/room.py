"""Declares what room need."""

from __future__ import annotations


def register_room() -> None:
    """Called once, when models are ready."""
