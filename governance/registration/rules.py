"""Declares what rules need: the files of founding texts, the menu, what waits to be confirmed."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cae.core import facts, menu
from cae.core.documents import register_document_kind
from governance.selectors.governance_todo import RULES_AWAITED
from governance.services.founding_texts import FOUNDING_FILE


def register_rules() -> None:
    """Called once, when models are ready."""
    register_document_kind(
        FOUNDING_FILE, right="governance.open_founding_text", label=_("Statuts ou règlement intérieur")
    )
    facts.provide_awaited(RULES_AWAITED)
    menu.register_entry(
        group="governance",
        label=_("Règles"),
        url_name="governance:rule_set_list",
        right="governance.keep_rules",
        icon="sliders",
        order=50,
    )
    # An associate, who keeps no rules, comes to them from the page of governance.
    menu.register_pages("governance:governance_page", "/regles")
