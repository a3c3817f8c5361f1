"""Takes classes 6 and 7 of a year to its result, and undoes it (ACC-46; docs/year-end.md)."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounting.calculations.year_end import LOSS, PROFIT, closing_entry
from accounting.models import AnalyticAccount, Entry, FiscalYear
from accounting.selectors.accounts import accounts_named
from accounting.selectors.year_end import carried, closing_entries, held_at_end
from accounting.services.periods import require_open
from accounting.services.posting import Desk, write_entry
from accounting.services.reversing import reverse_entry
from accounting.states.periods import POSTING_TURN
from cae.core import audit
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.turns import take_turn
from people.services.changes import one_line

# With the reference of the entry, what a label holds.
MOST_REASON = 150


@transaction.atomic
def carry_result(year: FiscalYear, *, actor: Any) -> list[Entry]:
    """Does: takes what expenses and income hold on the last day to the result of each section. Refuses: a
    last month that is closed; nothing that changed since it was done. Leaves behind: one entry a section in
    journal RA, audit."""
    # Alone: what is read is what is taken.
    take_turn(POSTING_TURN)
    require_open(year.ends_on, field="year")
    held, before = held_at_end(year), carried(year)
    if not held:
        raise Refused(
            Code.ALREADY_DONE, _("Rien à porter au résultat : les charges et les produits sont soldés.")
        )
    names = {row.account for rows in held.values() for row in rows} | {PROFIT, LOSS}
    desk = Desk(accounts_named(names), AnalyticAccount.objects.in_bulk(held))
    made = []
    for section, rows in held.items():
        label = _("Clôture des charges et des produits : %(section)s") % {"section": desk.sections[section]}
        piece = f"CLOTURE {year.ends_on:%Y-%m-%d}"
        draft = closing_entry(rows, before, on=year.ends_on, label=label, piece=piece)
        if draft is not None:
            made.append(write_entry(draft, actor=actor, source=year, reverses=None, desk=desk))
    audit.record(actor, "accounting.carry_result", year, detail={"count": len(made)})
    return made


@transaction.atomic
def undo_result(year: FiscalYear, *, reason: str, actor: Any) -> list[Entry]:
    """Does: reverses the closing entries of a year. Refuses: none that stands, no reason, a last month that
    is closed. Leaves behind: expenses and income as they were, audit."""
    take_turn(POSTING_TURN)
    require_open(year.ends_on, field="year")
    why = one_line(reason, "reason", _("Dites pourquoi cette clôture est défaite."), most=MOST_REASON)
    standing = list(closing_entries(year).filter(reverses=None, reversed_by=None))
    if not standing:
        raise IllegalMove(_("Le résultat de l’%(year)s n’a pas été porté.") % {"year": year})
    made = [reverse_entry(one, on=year.ends_on, reason=why, actor=actor) for one in standing]
    audit.record(actor, "accounting.undo_result", year, detail={"count": len(made), "reason": why})
    return made
