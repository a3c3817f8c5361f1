"""Takes classes 6 and 7 of a year to its result, and undoes it (ACC-46; docs/year-end.md)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounting.calculations.year_end import LOSS, PROFIT, Held, closing_entry
from accounting.models import AnalyticAccount, Entry, FiscalYear, ResultAllocation
from accounting.selectors.accounts import accounts_named
from accounting.selectors.year_end import carried, held_at_end, standing_closings
from accounting.services.periods import require_open
from accounting.services.posting import Desk, write_entry
from accounting.services.reversing import reverse_entry
from accounting.states.allocation import BOOKED
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
    last month that is closed; a result already allocated; nothing that changed since it was done. Leaves
    behind: one entry a section in journal RA, audit."""
    # Alone: what is read is what is taken.
    take_turn(POSTING_TURN)
    require_open(year.ends_on, field="year")
    require_unallocated(year)
    held, before = held_at_end(year), carried(year)
    if not held:
        raise nothing_to_carry()
    desk = _desk(held)
    each = (_carry(year, section, held[section], before, desk=desk, actor=actor) for section in held)
    made = [one for one in each if one is not None]
    audit.record(actor, "accounting.carry_result", year, detail={"count": len(made)})
    return made


def nothing_to_carry() -> Refused:
    return Refused(
        Code.ALREADY_DONE, _("Rien à porter au résultat : les charges et les produits sont soldés.")
    )


@transaction.atomic
def carry_section(section: AnalyticAccount, *, year: FiscalYear, actor: Any) -> Entry | None:
    """Does: the same of one section alone, in a transaction of its own; nothing when there is nothing left to
    take. Refuses: a last month that is closed, a result already allocated. Leaves behind: its entry."""
    take_turn(POSTING_TURN)
    require_open(year.ends_on, field="year")
    require_unallocated(year)
    held = held_at_end(year, only=section)
    if not held:
        return None
    return _carry(year, section.pk, held[section.pk], carried(year), desk=_desk(held), actor=actor)


def _desk(held: Mapping[int, Sequence[Held]]) -> Desk:
    names = {row.account for rows in held.values() for row in rows} | {PROFIT, LOSS}
    return Desk(accounts_named(names), AnalyticAccount.objects.in_bulk(held))


def _carry(
    year: FiscalYear,
    section: int,
    rows: Sequence[Held],
    before: Mapping[int, Decimal],
    *,
    desk: Desk,
    actor: Any,
) -> Entry | None:
    label = _("Clôture des charges et des produits : %(section)s") % {"section": desk.sections[section]}
    piece = f"CLOTURE {year.ends_on:%Y-%m-%d}"
    draft = closing_entry(rows, before, on=year.ends_on, label=label, piece=piece)
    if draft is None:
        return None
    return write_entry(draft, actor=actor, source=year, reverses=None, desk=desk)


@transaction.atomic
def undo_result(year: FiscalYear, *, reason: str, actor: Any) -> list[Entry]:
    """Does: reverses the closing entries of a year. Refuses: none that stands, no reason, a last month that
    is closed, a result already allocated. Leaves behind: expenses and income as they were, audit."""
    take_turn(POSTING_TURN)
    require_open(year.ends_on, field="year")
    require_unallocated(year)
    why = one_line(reason, "reason", _("Dites pourquoi cette clôture est défaite."), most=MOST_REASON)
    standing = list(standing_closings(year))
    if not standing:
        raise IllegalMove(_("Le résultat de l’%(year)s n’a pas été porté.") % {"year": year})
    made = [reverse_entry(one, on=year.ends_on, reason=why, actor=actor) for one in standing]
    audit.record(actor, "accounting.undo_result", year, detail={"count": len(made), "reason": why})
    return made


def require_unallocated(year: FiscalYear) -> None:
    """Does: nothing. Refuses: a result that the assembly allocated and that was posted, which does not move
    under it. Leaves behind: nothing."""
    if ResultAllocation.objects.filter(year=year, state__in=BOOKED).exists():
        raise IllegalMove(_("Le résultat de cet exercice est affecté : contre-passez d’abord l’affectation."))
