"""What the workshops of a congress came to, written by those who lead them (COW-38)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, Refused
from coworking.models import EventPart
from coworking.states.events import EventState
from people.services.changes import refuse_long, refuse_stale, require_text


@transaction.atomic
def write_results(part: EventPart, *, text: str, seen: int | None, now: datetime, actor: Any) -> EventPart:
    """Does: writes what a workshop came to, as often as it takes. Refuses: nothing written, too long a text,
    a workshop that has not begun, an event that is no more than a draft or was called off, a form opened
    before somebody else’s change. Leaves behind: the text, when and by whom, audit."""
    row = EventPart.objects.select_for_update(of=("self",)).select_related("event").get(pk=part.pk)
    refuse_stale(row, seen)
    require_text(text, "text", _("Écrivez ce que l’atelier a donné."))
    refuse_long(text, "text", 8000)
    if row.event.state not in (EventState.PUBLISHED, EventState.HELD):
        raise Refused(
            Code.ILLEGAL_MOVE,
            _("Cet événement est « %(state)s » : rien ne s’y écrit.")
            % {"state": row.event.get_state_display()},
        )
    if row.starts_at > now:
        raise Refused(Code.DATE_INVALID, _("Cet atelier n’a pas commencé."))
    row.results, row.results_at, row.results_by = text.strip(), now, actor
    row.version += 1
    row.save(update_fields=["results", "results_at", "results_by", "version"])
    audit.record(actor, "coworking.eventpart.results", row)
    return row
