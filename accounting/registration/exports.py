"""What the room declares of FEC, exports to accounting programs, imported ledgers when it starts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounting.selectors.fec_files import FEC_FILE, FEC_NOTICE
from cae.core.documents import register_document_kind


def register_exports() -> None:
    """Called once, when models are ready."""
    register_document_kind(FEC_FILE, right="accounting.open_fec", label=_("Fichier des écritures comptables"))
    register_document_kind(FEC_NOTICE, right="accounting.open_fec", label=_("Notice d’un FEC"))
