"""Declares what the check of claims and mileage need when the room starts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cae.core import documents
from invoicing.services.vehicles import VEHICLE_PAPER


def register_claims() -> None:
    """Called once, when models are ready."""
    documents.register_document_kind(
        VEHICLE_PAPER, right="invoicing.open_vehicle_paper", label=_("Papier d’un véhicule")
    )
