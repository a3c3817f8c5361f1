"""States of a ledger kept elsewhere and brought in, and what it changes of the books."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounting.states.books import JournalCode
from cae.core.workflow import Move, Workflow

IMPORT_LEDGERS = "accounting.import_ledgers"
# Sales come from documents alone, what opens a year from its closing, and movements between sections from
# here: « AN » is what other programs call their openings.
NOT_IMPORTED: tuple[str, ...] = (JournalCode.SALES, JournalCode.OPENING, JournalCode.ANALYTIC)


class LedgerImportState(TextChoices):
    DRAFT = "draft", pgettext_lazy("ledger import", "À l’essai")
    APPLIED = "applied", pgettext_lazy("ledger import", "Reprise")
    UNDONE = "undone", pgettext_lazy("ledger import", "Annulée")
    DISCARDED = "discarded", pgettext_lazy("ledger import", "Abandonnée")


class DifferenceKind(TextChoices):
    ADDED = "added", pgettext_lazy("ledger difference", "Ajoutée")
    CHANGED = "changed", pgettext_lazy("ledger difference", "Changée")
    GONE = "gone", pgettext_lazy("ledger difference", "Disparue")


# How each state and difference is drawn: its tone and its sign.
LEDGER_IMPORT_SHAPES: dict[str, tuple[str, str]] = {
    LedgerImportState.DRAFT: ("warning", "▲"),
    LedgerImportState.APPLIED: ("success", "✔"),
    LedgerImportState.UNDONE: ("neutral", "◇"),
    LedgerImportState.DISCARDED: ("neutral", "✕"),
}
DIFFERENCE_SHAPES: dict[str, tuple[str, str]] = {
    DifferenceKind.ADDED: ("success", "✔"),
    DifferenceKind.CHANGED: ("info", "●"),
    DifferenceKind.GONE: ("warning", "▲"),
}

_DRAFT, _APPLIED = LedgerImportState.DRAFT.value, LedgerImportState.APPLIED.value

LEDGER_IMPORT_FLOW = Workflow(
    "accounting.LedgerImport",
    (
        Move("apply", (_DRAFT,), _APPLIED, IMPORT_LEDGERS, _("Reprendre ces écritures")),
        Move("discard", (_DRAFT,), LedgerImportState.DISCARDED.value, IMPORT_LEDGERS, _("Abandonner")),
        Move("undo", (_APPLIED,), LedgerImportState.UNDONE.value, IMPORT_LEDGERS, _("Annuler la reprise")),
    ),
)
