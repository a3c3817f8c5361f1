"""Writes the register of what is done with data (PEO-39, GDPR art. 30)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.turns import take_turn
from people.models import Processing, User
from people.services.changes import refuse_stale, require_text, write


@dataclass(frozen=True)
class ProcessingData:
    """A line of the register, as read from its form."""

    name: str
    purpose: str
    basis: str
    people: str
    data: str
    recipients: str
    retention: str
    security: str = ""
    ended_on: date | None = None


@transaction.atomic
def save_processing(
    processing: Processing | None, *, data: ProcessingData, actor: User, version: int | None = None
) -> Processing:
    """Does: writes a line of the register, or changes it. Refuses: no name, a name that stands already, a
    form opened before another change. Leaves behind: audit."""
    require_text(data.name, "name", _("Donnez un nom au traitement."))
    take_turn("people.processing")
    row = Processing.objects.select_for_update().get(pk=processing.pk) if processing else Processing()
    refuse_stale(row, version if processing else None)
    same = Processing.objects.filter(name=data.name, ended_on__isnull=True).exclude(pk=row.pk)
    if data.ended_on is None and same.exists():
        raise Refused(Code.DUPLICATE, _("Un traitement porte déjà ce nom."), field="name")
    changed = write(row, data)
    if changed or processing is None:
        row.version += 1 if processing else 0
        row.save()
        audit.record(actor, "people.processing.save", row, detail=changed if processing else None)
    return row
