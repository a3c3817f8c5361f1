"""Declares what the pages of premises need: tabs, files."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cae.core.documents import register_document_kind
from coworking.selectors.place_bar import register_place_tab
from coworking.services.premises import LEASE_FILE


def register_premises() -> None:
    """Called once, when models are ready."""
    right = "coworking.read_premises"
    register_place_tab(
        label=_("Clés et badges"), url_name="coworking:keys", right=right, order=40, is_set=True
    )
    register_place_tab(
        label=_("Locaux partagés"), url_name="coworking:premises", right=right, order=50, is_set=True
    )
    register_document_kind(LEASE_FILE, right=right, label=_("Bail d’un occupant"))
