"""Declares what assemblies need."""

from __future__ import annotations


def register_assemblies() -> None:
    """Called once, when models are ready."""
