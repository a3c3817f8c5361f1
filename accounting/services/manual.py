"""Entries by hand: written in preparation, then validated, which posts them, or given up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounting.calculations.entries import EntryDraft
from accounting.models import (
    Account,
    AnalyticAccount,
    Entry,
    Journal,
    ManualEntry,
    ManualLine,
    PlannedReversal,
)
from accounting.selectors.manual import PIECE_FILE, line_drafts, lines_of_manual
from accounting.selectors.periods import year_span
from accounting.services.posting import post_entry
from accounting.states.books import JournalCode
from accounting.states.manual import MANUAL_FLOW, MOST_LINES, ManualState
from cae.core import audit
from cae.core.documents import store_document
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.kept_words import house_words
from cae.core.models import Document
from cae.core.money import CENT
from cae.core.turns import take_turn
from cae.core.uploads import plain_name, proof_mime
from cae.core.workflow import performs
from people.services.changes import one_line, refuse_long

MOST_LABEL, MOST_PIECE, MOST_PARTY = 200, 60, 200
# Megabytes of a file brought with an entry.
MOST_FILE = 10
# The books and their supporting papers (C. com. L123-22).
RETENTION_YEARS = 10
# Sales come from documents alone: their journal is not written by hand.
NOT_BY_HAND = (JournalCode.SALES,)


@dataclass(frozen=True)
class ManualLineContent:
    account: Account
    analytic: AnalyticAccount
    debit: Decimal = Decimal(0)
    credit: Decimal = Decimal(0)
    label: str = ""
    due_on: date | None = None
    party: str = ""


@dataclass(frozen=True)
class ManualContent:
    """What is typed of an entry by hand."""

    journal: Journal
    on: date
    label: str
    lines: tuple[ManualLineContent, ...]
    piece: str = ""
    reverse_on: date | None = None


@transaction.atomic
def create_manual(content: ManualContent, *, form_key: UUID, actor: Any, **origin: Any) -> ManualEntry:
    """Does: keeps an entry in preparation; the same form sent twice gives the first. Refuses: no label, no
    line, too many, an amount that is not one, a journal not written by hand, openings of another year than
    the first of the books, a reversal before the entry. Leaves behind: the draft and its lines, nothing in
    the books; audit."""
    take_turn(f"accounting.form.{form_key}")
    already = ManualEntry.objects.filter(form_key=form_key).first()
    if already is not None:
        return already
    row = ManualEntry(form_key=form_key, created_by=actor, **origin)
    _fill(row, content)
    row.save()
    _write_lines(row, content.lines)
    audit.record(actor, "accounting.create_manual", row)
    return row


@transaction.atomic
def save_manual(manual: ManualEntry, content: ManualContent, *, version: int, actor: Any) -> ManualEntry:
    """Does: writes a draft again. Refuses: what `create_manual` refuses; one that is no longer in
    preparation, one that another hand saved since. Leaves behind: the draft as typed; audit."""
    row = ManualEntry.objects.select_for_update(of=("self",)).get(pk=manual.pk)
    if row.state != ManualState.DRAFT:
        raise IllegalMove(_("Cette écriture n’est plus en préparation : elle ne se modifie plus."))
    _require_fresh(row, version)
    _fill(row, content)
    row.version += 1
    row.save()
    row.lines.all().delete()
    _write_lines(row, content.lines)
    audit.record(actor, "accounting.save_manual", row)
    return row


def _require_fresh(row: ManualEntry, version: int) -> None:
    if row.version != version:
        raise Refused(
            Code.STALE_FORM,
            _("Quelqu’un a modifié cette écriture depuis que vous l’avez ouverte : relisez-la d’abord."),
        )


def _fill(row: ManualEntry, content: ManualContent) -> None:
    if content.journal.code in NOT_BY_HAND:
        raise Refused(
            Code.VALUE_INVALID,
            _("Les ventes viennent des factures : choisissez un autre journal."),
            field="journal",
        )
    _require_first_openings(content.journal, content.on)
    if content.reverse_on is not None and content.reverse_on < content.on:
        raise Refused(
            Code.DATE_INVALID,
            _("Une contre-passation ne précède pas l’écriture qu’elle annule."),
            field="reverse_on",
        )
    row.journal, row.on, row.reverse_on = content.journal, content.on, content.reverse_on
    row.label = one_line(content.label, "label", _("Donnez un libellé à cette écriture."), most=MOST_LABEL)
    row.piece = " ".join(content.piece.split())
    refuse_long(row.piece, "piece", MOST_PIECE)
    if not content.lines:
        raise Refused(Code.VALUE_MISSING, _("Saisissez au moins une ligne."))
    if len(content.lines) > MOST_LINES:
        raise Refused(
            Code.VALUE_INVALID,
            _("Une écriture à la main compte au plus %(most)d lignes.") % {"most": MOST_LINES},
        )
    for place, line in enumerate(content.lines):
        _require_amount(line, place)


def _require_first_openings(journal: Journal, on: date) -> None:
    """Openings of a year that others precede are read from the books: written too, they would count twice."""
    starts_on = year_span(on).starts_on
    if journal.code == JournalCode.OPENING and Entry.objects.filter(on__lt=starts_on).exists():
        raise Refused(
            Code.VALUE_INVALID,
            _(
                "Des écritures précèdent cet exercice : ses à-nouveaux se lisent dans les livres."
                " Choisissez un autre journal, ou une date dans le premier exercice tenu."
            ),
            field="journal",
        )


def _require_amount(line: ManualLineContent, place: int) -> None:
    one_side = (line.debit > 0) != (line.credit > 0)
    if not one_side or line.debit < 0 or line.credit < 0 or line.debit % CENT or line.credit % CENT:
        raise Refused(
            Code.AMOUNT_INVALID,
            _("Un montant positif, au débit ou au crédit, et pas les deux."),
            field=f"lines-{place}-debit",
        )
    refuse_long(line.label, f"lines-{place}-label", MOST_LABEL)
    refuse_long(line.party, f"lines-{place}-party", MOST_PARTY)


def _write_lines(row: ManualEntry, lines: Sequence[ManualLineContent]) -> None:
    ManualLine.objects.bulk_create(
        ManualLine(
            manual=row,
            position=position,
            account=line.account,
            analytic=line.analytic,
            debit=line.debit,
            credit=line.credit,
            label=" ".join(line.label.split()),
            due_on=line.due_on,
            party=" ".join(line.party.split()),
        )
        for position, line in enumerate(lines, start=1)
    )


@transaction.atomic
def attach_piece(manual: ManualEntry, content: bytes, *, name: str, actor: Any) -> Document:
    """Does: keeps a file with an entry in preparation. Refuses: a program, a file that is no PDF or picture,
    or too large; an entry given up. Leaves behind: the document; audit."""
    row = ManualEntry.objects.select_for_update(of=("self",)).get(pk=manual.pk)
    if row.state == ManualState.DISCARDED:
        raise IllegalMove(_("Cette écriture est abandonnée : elle ne reçoit plus de pièce."))
    mime = proof_mime(content, most=MOST_FILE, field="file")
    return store_document(
        content,
        kind=PIECE_FILE,
        name=plain_name(name, otherwise="piece"),
        mime=mime,
        about=row,
        actor=actor,
        retention_until=date(row.on.year + RETENTION_YEARS, 12, 31),
    )


@performs(MANUAL_FLOW, "validate")
def validate_manual(row: ManualEntry, *, version: int, actor: Any) -> None:
    """Does: posts an entry in preparation. Refuses: one that another hand saved since; openings of a year
    that entries precede by now; whatever `post_entry` refuses: lines that do not balance, a closed month.
    Leaves behind: the entry in the books, its reversal planned when a day was given; audit."""
    _require_fresh(row, version)
    _require_first_openings(row.journal, row.on)
    lines = line_drafts(lines_of_manual(row))
    draft = EntryDraft(row.journal.code, row.on, row.label, lines, piece=row.piece)
    row.entry = post_entry(draft, actor=actor, source=row)
    if row.reverse_on is not None:
        PlannedReversal.objects.create(
            entry=row.entry,
            on=row.reverse_on,
            reason=house_words(gettext_lazy("Contre-passation prévue à la saisie")),
            created_by=actor,
        )


@performs(MANUAL_FLOW, "discard")
def discard_manual(row: ManualEntry, *, version: int, actor: Any) -> None:
    """Does: gives up an entry in preparation. Refuses: one that another hand saved since. Leaves behind: the
    draft, for the record, out of what waits; audit."""
    _require_fresh(row, version)
