"""States of a line of the bank, how it may be matched, what a statement is made from."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from cae.core.workflow import Move, Workflow


class StatementFormat(TextChoices):
    CAMT = "camt", "CAMT.053"
    OFX = "ofx", "OFX"
    CSV = "csv", "CSV"


class BankLineState(TextChoices):
    TO_MATCH = "to_match", _("À rapprocher")
    MATCHED = "matched", _("Rapprochée")


class MatchKind(TextChoices):
    """What a line was matched with, which says what undoing it takes back."""

    LEDGER = "ledger", _("Déjà dans les livres")
    TRANSFER = "transfer", _("Virement émis")
    ITEMS = "items", _("Pièces réglées")
    SPLIT = "split", _("Ventilée")
    WAITING = "waiting", _("En attente")


class RuleSide(TextChoices):
    """Which lines a rule looks at: money that comes in, or that goes out."""

    IN = "in", _("Entrées")
    OUT = "out", _("Sorties")


class Separator(TextChoices):
    SEMICOLON = ";", _("Point-virgule")
    COMMA = ",", _("Virgule")
    TAB = "\t", _("Tabulation")
    PIPE = "|", _("Barre verticale")


class Encoding(TextChoices):
    UTF8 = "utf-8-sig", "UTF-8"
    WINDOWS = "cp1252", "Windows-1252"
    LATIN9 = "iso8859-15", "ISO 8859-15"


class DayFormat(TextChoices):
    FRENCH = "%d/%m/%Y", "31/12/2026"
    SHORT = "%d/%m/%y", "31/12/26"
    DASHED = "%d-%m-%Y", "31-12-2026"
    DOTTED = "%d.%m.%Y", "31.12.2026"
    ISO = "%Y-%m-%d", "2026-12-31"
    COMPACT = "%Y%m%d", "20261231"


class DecimalSign(TextChoices):
    COMMA = ",", _("Virgule")
    POINT = ".", _("Point")


# How each state is drawn: its tone and its sign.
LINE_SHAPES: dict[str, tuple[str, str]] = {
    BankLineState.TO_MATCH: ("warning", "▲"),
    BankLineState.MATCHED: ("success", "✔"),
}

_TODO, _DONE, _MATCH = BankLineState.TO_MATCH.value, BankLineState.MATCHED.value, "accounting.match_bank"
LINE_FLOW = Workflow(
    "accounting.BankLine",
    (
        Move("match", (_TODO,), _DONE, _MATCH, _("Rapprocher")),
        Move("undo", (_DONE,), _TODO, _MATCH, _("Défaire le rapprochement")),
    ),
)
