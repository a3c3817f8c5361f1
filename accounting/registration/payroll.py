"""What the room declares of pay when it starts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounting.pay_parameters import register_pay_parameters
from accounting.selectors.pay_data import held_of_pay
from accounting.selectors.pay_files import export_sources, import_sources
from accounting.selectors.pay_todo import AWAITED
from accounting.selectors.pay_years import year_sources
from accounting.selectors.payroll import proposal_sources
from accounting.services.pay_erasing import erase_pay
from accounting.services.pay_exports import FILE_KIND as EXPORT_KIND
from accounting.services.pay_journals import FILE_KIND as JOURNAL_KIND
from accounting.services.pay_notices import register_pay_notices
from accounting.services.pay_sheets import SHEETS_KIND
from accounting.services.pay_slips import BATCH_KIND, SLIP_KIND
from cae.core import facts, menu
from cae.core.documents import register_document_kind


def register_payroll() -> None:
    """Called once, when models are ready."""
    register_pay_parameters()
    register_pay_notices()
    register_document_kind(EXPORT_KIND, right="accounting.export_pay", label=_("Variables de paie exportées"))
    register_document_kind(JOURNAL_KIND, right="accounting.view_pay", label=_("Journal de paie reçu"))
    register_document_kind(SHEETS_KIND, right="accounting.view_pay", label=_("Variables de paie imprimées"))
    register_document_kind(BATCH_KIND, right="accounting.prepare_pay", label=_("Lot de bulletins de paie"))
    register_document_kind(SLIP_KIND, right="accounting.open_payslip", label=_("Bulletin de paie"))
    facts.provide_awaited(AWAITED)
    facts.provide_personal_data(
        facts.PersonalData("accounting.pay", _("Paie"), held=held_of_pay, erase=erase_pay)
    )
    facts.provide_source("accounting.payproposal", proposal_sources)
    facts.provide_source("accounting.payexport", export_sources)
    facts.provide_source("accounting.yearendregularisation", year_sources)
    facts.provide_source("accounting.payjournalimport", import_sources)
    menu.register_entry(
        group="accounting",
        label=_("Paie"),
        url_name="accounting:pay_list",
        right="accounting.view_pay",
        icon="cash-stack",
        order=18,
    )
    menu.register_entry(
        group="activity",
        label=_("Ma paie"),
        url_name="accounting:my_pay",
        right="accounting.keep_pay_space",
        icon="cash-stack",
        order=20,
    )
    menu.register_pages("accounting:my_pay", "/paie/fin-d-annee/", "/accords-de-resultat/")
