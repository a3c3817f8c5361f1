"""What the room declares of grants and earmarked funds when it starts."""

from django.utils.translation import gettext_lazy as _

from accounting.fund_parameters import register_fund_parameters
from accounting.selectors.fund_todo import AWAITED
from accounting.selectors.funds import fund_sources
from accounting.services.fund_following import FILE_KIND
from cae.core import facts, menu
from cae.core.documents import register_document_kind


def register_funds() -> None:
    """Called once, when models are ready."""
    register_fund_parameters()
    facts.provide_awaited(AWAITED)
    facts.provide_source("accounting.fund", fund_sources)
    register_document_kind(
        FILE_KIND, right="accounting.open_fund_file", label=_("Courrier ou preuve d’une subvention")
    )
    menu.register_entry(
        group="accounting",
        label=_("Subventions"),
        url_name="accounting:fund_list",
        right="accounting.view_ledger",
        icon="cash-coin",
        order=24,
    )
    menu.register_pages("accounting:my_statement", "/compta/subventions/")
