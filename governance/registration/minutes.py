"""Declares what minutes need: their mail, their notices, kinds of document, the menu, the To-do."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cae.core.documents import register_document_kind
from cae.core.facts import provide_awaited
from cae.core.notices import register_notice
from cae.core.tab_bars import register_tab
from governance.selectors.minutes_todo import AWAITED
from governance.services.minutes_files import EXTRACT_FILE, MINUTES_FILE
from governance.services.minutes_mails import (
    SIGNED,
    TAKEN_BACK,
    TO_SIGN,
    UNSIGNED,
    register_minutes_mails,
)
from governance.states.bodies import GOVERNANCE_BAR


def register_minutes() -> None:
    """Called once, when models are ready."""
    register_minutes_mails()
    register_notice(TO_SIGN, label=_("Un procès-verbal attend ma signature"))
    register_notice(TAKEN_BACK, label=_("Un procès-verbal à signer est repris"))
    register_notice(UNSIGNED, label=_("Un procès-verbal est noté sans ma signature"))
    register_notice(SIGNED, label=_("Un procès-verbal est signé"))
    register_document_kind(
        MINUTES_FILE, right="governance.open_minutes_file", label=_("Procès-verbal d’assemblée")
    )
    register_document_kind(
        EXTRACT_FILE, right="governance.open_extract_file", label=_("Extrait de procès-verbal")
    )
    provide_awaited(AWAITED)
    register_tab(
        GOVERNANCE_BAR,
        label=_("Procès-verbaux"),
        url_name="governance:minutes_list",
        right="governance.view_minutes_list",
        order=60,
    )
    register_tab(
        GOVERNANCE_BAR,
        label=_("Participation"),
        url_name="governance:turnout",
        right="governance.view_turnout",
        order=70,
    )
