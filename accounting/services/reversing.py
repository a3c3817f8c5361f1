"""Reverses an entry: the only way to correct one."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from accounting.calculations.entries import NO_COST, EntryDraft, LineDraft, reversal
from accounting.models import Entry
from accounting.services.posting import post_entry
from cae.core import audit
from cae.core.errors import Code, Refused


@transaction.atomic
def reverse_entry(
    entry: Entry, *, on: date, reason: str, actor: Any, source: models.Model | None = None
) -> Entry:
    """Does: posts the same lines with their sides swapped, naming the entry. Refuses: an entry already
    reversed, a date before its own, no reason. Leaves behind: the new entry, audit."""
    entry = Entry.objects.select_for_update(of=("self",)).select_related("journal").get(pk=entry.pk)
    if Entry.objects.filter(reverses=entry).exists():
        raise Refused(Code.ALREADY_DONE, _("L’écriture %(entry)s est déjà contre-passée.") % {"entry": entry})
    if on < entry.on:
        raise Refused(
            Code.DATE_INVALID, _("Une contre-passation ne précède pas l’écriture qu’elle annule."), field="on"
        )
    if not reason.strip():
        raise Refused(
            Code.VALUE_MISSING, _("Dites pourquoi cette écriture est contre-passée."), field="reason"
        )
    draft = reversal(draft_of(entry), on=on, label=f"{reason.strip()} ({entry})")
    reversing = post_entry(draft, actor=actor, source=source or entry.source, reverses=entry)
    audit.record(
        actor, "accounting.reverse_entry", entry, detail={"by": str(reversing), "reason": reason.strip()}
    )
    return reversing


def draft_of(entry: Entry) -> EntryDraft:
    """An entry as it would be posted again."""
    lines = tuple(
        LineDraft(
            account=line.account.number,
            analytic_id=line.analytic_id,
            debit=line.debit,
            credit=line.credit,
            vat_rate=line.vat_rate,
            due_on=line.due_on,
            party=line.party,
            label=line.label,
            cost=line.cost_kind.code if line.cost_kind else NO_COST,
            vat_kind=line.vat_kind,
            vat_base=line.vat_base,
        )
        for line in entry.lines.select_related("account", "cost_kind").order_by("position")
    )
    return EntryDraft(
        journal=entry.journal.code, on=entry.on, label=entry.label, piece=entry.piece, lines=lines
    )
