"""Declares what the exchange with an approved platform needs when the room starts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cae.core import notices
from invoicing.parameters import register_exchange_parameters
from invoicing.services.turning_down import CAME_BACK


def register_exchange() -> None:
    """Called once, when models are ready."""
    register_exchange_parameters()
    notices.register_notice(CAME_BACK, label=_("Facture refusée ou rejetée"), mutable=False)
