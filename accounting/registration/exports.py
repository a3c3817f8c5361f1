"""What the room declares of FEC, exports to accounting programs, imported ledgers when it starts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounting.models import LedgerImport
from accounting.selectors.corrections import register_correction
from accounting.selectors.exports import EXPORT_FILE, batch_sources
from accounting.selectors.fec_files import FEC_ANALYTIC, FEC_FILE, FEC_NOTICE, fec_sources
from accounting.selectors.ledger_imports import LEDGER_FILE, ledger_import_sources
from cae.core import menu
from cae.core.documents import register_document_kind
from cae.core.facts import provide_source


def register_exports() -> None:
    """Called once, when models are ready."""
    register_document_kind(FEC_FILE, right="accounting.open_fec", label=_("Fichier des écritures comptables"))
    register_document_kind(FEC_NOTICE, right="accounting.open_fec", label=_("Notice d’un FEC"))
    register_document_kind(FEC_ANALYTIC, right="accounting.open_fec", label=_("FEC avec l’axe analytique"))
    register_document_kind(EXPORT_FILE, right="accounting.open_fec", label=_("Lot d’export d’écritures"))
    provide_source("accounting.fecexport", fec_sources)
    provide_source("accounting.exportbatch", batch_sources)
    menu.register_entry(
        group="accounting",
        label=_("FEC et exports"),
        url_name="accounting:fec_list",
        right="accounting.open_fec",
        icon="file-earmark-text",
        order=70,
    )
    menu.register_pages("accounting:fec_list", "/compta/exports/", "/compta/reprises/")
    register_document_kind(
        LEDGER_FILE, right="accounting.view_ledger_imports", label=_("Écritures tenues ailleurs")
    )
    provide_source("accounting.ledgerimport", ledger_import_sources)
    register_correction(
        LedgerImport._meta.label_lower,
        _("Cette écriture est tenue ailleurs : corrigez-la là-bas, puis reprenez le fichier de sa période."),
    )
