"""What the room declares of closing of a year and allocation of the result when it starts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounting.selectors.year_checks_own import register_own_year_checks
from accounting.selectors.year_statements import ARCHIVE_FILE, STATEMENT_FILE, statement_sources
from accounting.selectors.year_todo import AWAITED
from accounting.services.year_notices import register_year_notices
from cae.core import facts, menu
from cae.core.documents import register_document_kind


def register_year_end() -> None:
    """Called once, when models are ready."""
    register_own_year_checks()
    register_year_notices()
    register_document_kind(STATEMENT_FILE, right="accounting.open_year_statement", label=_("Relevé annuel"))
    register_document_kind(
        ARCHIVE_FILE, right="accounting.open_year_archive", label=_("Relevés annuels des activités")
    )
    facts.provide_awaited(AWAITED)
    facts.provide_source("accounting.statementagreement", statement_sources)
    # Read by whoever leads an activity, and by whoever closes the year.
    menu.register_pages("accounting:my_statement", "/releves-annuels/")
    menu.register_pages("accounting:month_list", "/releves-annuels/")
