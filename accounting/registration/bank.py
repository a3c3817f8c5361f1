"""What the room declares of statements of the bank and their matching when it starts."""

from django.utils.translation import gettext_lazy as _

from accounting.selectors.bank_todo import line_sources, statement_sources
from accounting.services.bank_importing import FILE_KIND
from cae.core.documents import register_document_kind
from cae.core.facts import provide_source


def register_bank() -> None:
    """Called once, when models are ready."""
    register_document_kind(FILE_KIND, right="accounting.view_bank", label=_("Relevé bancaire"))
    provide_source("accounting.bankline", line_sources)
    provide_source("accounting.bankstatement", statement_sources)
