"""Declares what recurring documents need when the room starts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cae.core import facts, menu
from cae.core.notices import register_notice
from cae.core.search import provide_search
from invoicing.selectors.recurring import AWAITED, find_plans
from invoicing.services.making import FAILED, MADE


def register_recurring() -> None:
    """Called once, when models are ready."""
    register_notice(MADE, label=_("Document récurrent fait"))
    register_notice(FAILED, label=_("Document récurrent empêché"))
    facts.provide_awaited(AWAITED)
    provide_search(find_plans)
    menu.register_pages("invoicing:invoice_list", "/ventes/recurrentes/")
