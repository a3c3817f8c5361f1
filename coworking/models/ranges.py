"""Spans of instants in the database: what their constraints have in common."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


def has_both_ends(field: str, name: str) -> models.CheckConstraint:
    """The span is not empty and neither begins nor ends at infinity."""
    return models.CheckConstraint(
        name=name,
        condition=Q(
            **{
                f"{field}__isempty": False,
                f"{field}__lower_inf": False,
                f"{field}__upper_inf": False,
            }
        ),
    )
