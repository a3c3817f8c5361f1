"""Posts an entry: the only place that writes in the books, in the transaction of what causes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounting.calculations.entries import (
    NO_COST,
    EntryDraft,
    LineDraft,
    gaps,
    has_valid_amounts,
    merged,
    total,
)
from accounting.calculations.seals import canonical
from accounting.models import Account, AnalyticAccount, Entry, EntryLine, Journal
from accounting.models.triggers import MONTH_OPEN
from accounting.selectors.accounts import accounts_named, cost_kinds_named
from accounting.selectors.periods import first_open_day
from accounting.selectors.seals import sealed_facts
from accounting.services.fund_spending import spend, take_back_entry
from accounting.services.lettering import letter_reversal
from accounting.states.books import JournalCode, series_of
from cae.core import numbering
from cae.core.errors import Code, Refused
from cae.core.inserting import insert
from cae.core.templatetags.formats import amount

_LABEL = 200
_PIECE = 60


@dataclass(frozen=True)
class Desk:
    """What a great many entries share, read once for all of them; what it lacks is read again."""

    accounts: dict[str, Account] = field(default_factory=dict)
    sections: dict[int, AnalyticAccount] = field(default_factory=dict)
    journals: dict[str, Journal] = field(default_factory=dict)
    # The first day that receives entries, once asked.
    opens: list[date] = field(default_factory=list)

    @property
    def opens_on(self) -> date:
        if not self.opens:
            self.opens.append(first_open_day())
        return self.opens[0]


@transaction.atomic
def post_entry(
    draft: EntryDraft, *, actor: Any, source: models.Model | None, reverses: Entry | None = None
) -> Entry:
    """Does: numbers, seals and writes the entry. Refuses: unbalanced, amount invalid, account missing, a date
    in a month that is closed.
    Leaves behind: the entry and its lines, never to change; the journal's counter moved."""
    return write_entry(draft, actor=actor, source=source, reverses=reverses, desk=Desk())


def write_entry(
    draft: EntryDraft, *, actor: Any, source: models.Model | None, reverses: Entry | None, desk: Desk
) -> Entry:
    """Does, refuses, leaves behind: as `post_entry`, inside a transaction that the caller has opened."""
    lines = merged(draft.lines)
    keys = {line.analytic_id for line in lines}
    sections = desk.sections if keys <= desk.sections.keys() else AnalyticAccount.objects.in_bulk(keys)
    _check(lines, sections)
    if draft.on < desk.opens_on:
        raise month_closed(draft.on)
    names = {line.account for line in lines}
    accounts = desk.accounts if names <= desk.accounts.keys() else accounts_named(names)
    journal = desk.journals.get(draft.journal) or Journal.objects.get(code=draft.journal)
    turn = numbering.take_turn(series_of(journal.code), draft.on)
    entry = Entry(
        journal=journal,
        number=int(turn.number),
        source_type=ContentType.objects.get_for_model(source) if source else None,
        source_id=source.pk if source else None,
        reverses=reverses,
        previous_seal=turn.previous_seal,
        created_by=actor,
        created_at=timezone.now(),
    )
    rows = compose(entry, draft, lines, Desk(accounts, sections))
    _name_costs(rows, lines)
    entry.seal = turn.seal(sealed_text(entry, rows))
    _insert(entry, rows)
    named = [(line.fund_id, row) for row, line in zip(rows, lines, strict=True) if line.fund_id is not None]
    if named:
        spend(named, actor=actor)
    if reverses is not None:
        letter_reversal(entry, actor=actor)
        take_back_entry(reverses, reason=entry.label, actor=actor)
    return entry


def _insert(entry: Entry, rows: Sequence[EntryLine]) -> None:
    try:
        insert(entry, *rows, named="entry")
    except IntegrityError as error:
        if getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") == MONTH_OPEN:
            # Closed since it was read: nothing more can be asked in this transaction.
            raise month_closed(entry.on) from error
        raise


def month_closed(on: date, *, field: str = "on") -> Refused:
    """What is said of a date that receives no entry any more."""
    return Refused(
        Code.PERIOD_CLOSED,
        _(
            "Le mois de %(month)s est clos : choisissez une date dans un mois ouvert, ou faites rouvrir ce"
            " mois par la comptabilité."
        )
        % {"month": date_format(on, "F Y")},
        field=field,
    )


def compose(entry: Entry, draft: EntryDraft, lines: Sequence[LineDraft], desk: Desk) -> list[EntryLine]:
    """Fills an entry with what its draft says, and gives its lines; nothing is written."""
    entry.on = draft.on
    entry.label, entry.piece = draft.label[:_LABEL], draft.piece[:_PIECE]
    entry.total, entry.line_count = total(lines), len(lines)
    return [
        _row(entry, position, line, desk.accounts, desk.sections)
        for position, line in enumerate(lines, start=1)
    ]


def sealed_text(entry: Entry, rows: Sequence[EntryLine]) -> str:
    """What the seal of an entry covers."""
    return canonical(sealed_facts(entry, rows))


def _check(lines: tuple[LineDraft, ...], sections: dict[int, AnalyticAccount]) -> None:
    if len(lines) < 2:
        raise Refused(Code.ENTRY_UNBALANCED, _("Une écriture compte au moins deux lignes."))
    if not all(has_valid_amounts(line) for line in lines):
        raise Refused(Code.AMOUNT_INVALID, _("Un montant d’écriture est positif et s’arrête au centime."))
    for section_id, gap in gaps(lines).items():
        raise Refused(Code.ENTRY_UNBALANCED, _unbalanced(sections[section_id], gap))


def _unbalanced(section: AnalyticAccount, gap: Decimal) -> str:
    return _("L’écriture n’est pas équilibrée dans « %(section)s » : débit − crédit = %(gap)s €.") % {
        "section": section.label,
        "gap": amount(gap),
    }


def _row(
    entry: Entry,
    position: int,
    line: LineDraft,
    accounts: dict[str, Account],
    sections: dict[int, AnalyticAccount],
) -> EntryLine:
    account = accounts[line.account]
    return EntryLine(
        entry=entry,
        position=position,
        on=entry.on,
        account=account,
        # What closes a year is the cost of nothing: it enters no base.
        cost_kind=None if entry.journal.code == JournalCode.OPENING else account.cost_kind,
        analytic=sections[line.analytic_id],
        debit=line.debit,
        credit=line.credit,
        vat_rate=line.vat_rate,
        due_on=line.due_on,
        party=line.party[:_LABEL],
        label=line.label[:_LABEL],
        vat_kind=line.vat_kind,
        vat_base=line.vat_base,
    )


def _name_costs(rows: list[EntryLine], lines: tuple[LineDraft, ...]) -> None:
    """A line that says its nature of cost has it, or has none when it says so; another has that of its
    account."""
    kinds = cost_kinds_named(line.cost for line in lines if line.cost != NO_COST)
    for row, line in zip(rows, lines, strict=True):
        if line.cost:
            row.cost_kind = None if line.cost == NO_COST else kinds[line.cost]
