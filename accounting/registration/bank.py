"""What the room declares of statements of the bank and their matching when it starts."""

from django.utils.translation import gettext_lazy as _

from accounting.selectors.bank_data import held_of_bank
from accounting.selectors.bank_todo import AWAITED, line_sources, statement_sources, unmatched_of
from accounting.selectors.closing_checks import register_check
from accounting.services.bank_importing import FILE_KIND
from cae.core import menu
from cae.core.documents import register_document_kind
from cae.core.facts import PersonalData, provide_awaited, provide_personal_data, provide_source


def register_bank() -> None:
    """Called once, when models are ready."""
    register_document_kind(FILE_KIND, right="accounting.view_bank", label=_("Relevé bancaire"))
    provide_awaited(AWAITED)
    provide_personal_data(PersonalData("accounting.bank", _("Banque"), held=held_of_bank))
    provide_source("accounting.bankline", line_sources)
    provide_source("accounting.bankstatement", statement_sources)
    register_check(
        "accounting.bank_lines", label=_("Lignes bancaires à rapprocher"), find=unmatched_of, order=20
    )
    menu.register_entry(
        group="accounting",
        label=_("Banque"),
        url_name="accounting:bank",
        right="accounting.view_bank",
        icon="bank",
        order=12,
    )
