"""Reverses an entry by hand, now or on a day to come."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounting.models import Entry, PlannedReversal
from accounting.selectors.corrections import correction_of
from accounting.services.reversing import reverse_entry
from accounting.states.manual import PLANNED_FLOW, PlannedState
from cae.core import audit
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.workflow import performs
from people.services.changes import one_line

# With the reference of the entry, what a label holds.
MOST_REASON = 150
MOST_FAILURE = 500


@transaction.atomic
def reverse_by_hand(
    entry: Entry, *, on: date, reason: str, actor: Any, today: date
) -> Entry | PlannedReversal:
    """Does: reverses a posted entry; on a day to come, plans it. Refuses: an entry already reversed or whose
    reversal is planned, one that its document corrects, a day before it, no reason, a closed month. Leaves
    behind: the reversing entry, or its plan; audit."""
    row = Entry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
    _require_by_hand(row)
    why = one_line(reason, "reason", _("Dites pourquoi cette écriture est contre-passée."), most=MOST_REASON)
    planned = PlannedReversal.objects.filter(entry=row, state=PlannedState.PLANNED).first()
    if planned is not None:
        raise Refused(
            Code.ALREADY_DONE,
            _("La contre-passation de cette écriture est déjà prévue le %(day)s.")
            % {"day": planned.on.strftime("%d/%m/%Y")},
        )
    if on <= today:
        return reverse_entry(row, on=on, reason=why, actor=actor)
    if on < row.on:
        raise Refused(
            Code.DATE_INVALID, _("Une contre-passation ne précède pas l’écriture qu’elle annule."), field="on"
        )
    plan = PlannedReversal.objects.create(entry=row, on=on, reason=why, created_by=actor)
    audit.record(actor, "accounting.plan_reversal", plan)
    return plan


def _require_by_hand(row: Entry) -> None:
    sentence = correction_of(row)
    if sentence:
        raise IllegalMove(sentence)


@performs(PLANNED_FLOW, "perform")
def perform_reversal(row: PlannedReversal, *, actor: Any, today: date) -> None:
    """Does: reverses the entry on the day that was planned. Refuses: a day to come, an entry reversed
    meanwhile, a closed month. Leaves behind: the reversing entry; audit."""
    if row.on > today:
        raise IllegalMove(_("Cette contre-passation est prévue pour un jour à venir."))
    _require_by_hand(row.entry)
    reverse_entry(row.entry, on=row.on, reason=row.reason, actor=actor)
    row.failure = ""


@performs(PLANNED_FLOW, "drop")
def drop_reversal(row: PlannedReversal, *, actor: Any) -> None:
    """Does: gives up a reversal planned. Refuses: nothing more than its state. Leaves behind: the entry as it
    is; audit."""
    row.failure = ""


def reverse_due(*, today: date) -> int:
    """Does: performs the reversals whose day has come, each in a transaction of its own; one that cannot be
    done stops no other. Refuses: nothing. Leaves behind: the entries, in the name of whoever planned; what
    prevented the others. Gives how many were done."""
    done = 0
    due = PlannedReversal.objects.filter(state=PlannedState.PLANNED, on__lte=today).order_by("on", "pk")
    for row in due.select_related("created_by"):
        try:
            perform_reversal(row, actor=row.created_by, today=today)
            done += 1
        except Refused as refusal:
            PlannedReversal.objects.filter(pk=row.pk, state=PlannedState.PLANNED).update(
                failure=str(refusal)[:MOST_FAILURE]
            )
    return done
