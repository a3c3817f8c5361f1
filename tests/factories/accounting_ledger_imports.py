"""Ledgers kept elsewhere: a source, files as other programs write them."""

from __future__ import annotations

from datetime import date
from typing import Any

from accounting.models import Journal, LedgerImport, LedgerSource
from accounting.selectors.accounts import shared_section
from accounting.services.ledger_applying import start_applying, undo_ledger
from accounting.services.ledger_imports import LedgerFile, bring_ledger
from accounting.services.ledger_sources import declare_source
from cae.core.periods import Span
from people.models import User

MARCH = Span(date(2026, 3, 1), date(2026, 3, 31))
YEAR = Span(date(2026, 1, 1), date(2026, 12, 31))
HEADER = "Journal;Numéro;Date;Compte;Libellé;Pièce;Débit;Crédit;Section"
PREMIUM = ("OD;1;05/03/2026;616000;Prime;L-03;900,00;;", "OD;1;05/03/2026;512000;Prime;L-03;;900,00;")
FEES = ("ZZ;2;20/03/2026;627000;Frais;F-1;12,50;;", "ZZ;2;20/03/2026;512000;Frais;F-1;;12,50;")


def make_source(label: str = "Cabinet Durand", **details: Any) -> LedgerSource:
    known = {"journal": Journal.objects.get(code="OD"), "section": shared_section(), "actor": None}
    return declare_source(label=label, **(known | details))


def sheet(*lines: str, header: str = HEADER) -> bytes:
    return "\r\n".join([header, *lines, ""]).encode()


def make_brought(
    source: LedgerSource, content: bytes, *, span: Span = MARCH, name: str = "livres.csv", actor: Any = None
) -> LedgerImport:
    row = bring_ledger(LedgerFile(source, span, content, name), actor=actor)
    row.refresh_from_db()
    return row


def make_applied(source: LedgerSource, content: bytes, **details: Any) -> LedgerImport:
    row = make_brought(source, content, **details)
    start_applying(row, actor=details.get("actor"))
    row.refresh_from_db()
    return row


def imported_by(users: dict[str, User]) -> dict[str, Any]:
    """What the walk visits of ledgers kept elsewhere: one applied, one on trial, one at fault, one undone,
    one whose columns are not known."""
    actor = users["accountant"]
    source = make_source("Cabinet Durand")
    applied = make_applied(source, sheet(*PREMIUM, *FEES), actor=actor)
    trial = make_brought(source, sheet(*FEES), actor=actor)
    wrong = make_brought(source, sheet(PREMIUM[0], *FEES, "OD;9;hier;699999;;;1;;Lune"), actor=actor)
    other = make_applied(make_source("Cabinet Autre"), sheet(*PREMIUM), actor=actor)
    undone = undo_ledger(other, reason="Mauvais cabinet", actor=actor)
    unread = make_brought(source, sheet("1;2", header="A;B"), actor=actor)
    return {
        "ledger_source": source,
        "ledger_applied": applied,
        "ledger_trial": trial,
        "ledger_wrong": wrong,
        "ledger_undone": undone,
        "ledger_unread": unread,
    }
