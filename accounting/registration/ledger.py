"""What the room declares of years, months and entries by hand when it starts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounting.selectors.closing import CLOSING_FILE
from accounting.selectors.closing_own import register_own_checks
from accounting.selectors.desk_own import register_own_piles
from accounting.selectors.ledger_todo import AWAITED
from accounting.selectors.manual import PIECE_FILE, manual_sources
from accounting.states.periods import YEAR_START
from cae.core.documents import register_document_kind
from cae.core.facts import provide_awaited, provide_source
from cae.core.parameters import register_setting


def register_ledger() -> None:
    """Called once, when models are ready."""
    register_own_checks()
    register_own_piles()
    provide_awaited(AWAITED)
    register_document_kind(
        CLOSING_FILE, right="accounting.open_closing_file", label=_("Certificat de clôture")
    )
    register_document_kind(PIECE_FILE, right="accounting.open_entry_piece", label=_("Pièce d’une écriture"))
    provide_source("accounting.manualentry", manual_sources)
    register_setting(
        YEAR_START,
        kind="integer",
        default="1",
        label=_("Premier mois de l’exercice comptable"),
        help=_("De 1 à 12 : les exercices durent douze mois, sauf ceux que la comptabilité ouvre autrement."),
        within=(1, 12),
        source="C. com. L123-12",
    )
