"""Watches over the boxes of secret ballots, each minute: a box that is no longer what it received is told to
the bureau at once, and in the minutes (GOV-33)."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from cae.core import audit
from governance.models import BallotBox, Incident, SecretVote
from governance.selectors.box_soundness import is_sound
from governance.services.pulse import beat
from governance.services.secret_journal import note
from governance.services.secret_locks import locked_scrutin
from governance.services.secret_notices import tell_unsound
from governance.states.secret import SecretState

# From the first ballot until our verifier has read it all.
WATCHED = (
    SecretState.OPEN,
    SecretState.PAUSED,
    SecretState.CLOSED,
    SecretState.TALLIED,
    SecretState.DECRYPTED,
)


def check_chains() -> int:
    """Does: looks at every box that may be altered unseen. Refuses: nothing. Leaves behind: for each scrutin
    found altered for the first time, what `alert` leaves; gives how many are altered."""
    found = 0
    for vote in SecretVote.objects.filter(state__in=WATCHED).order_by("pk"):
        altered = [box for box in vote.boxes.select_related("college").order_by("pk") if not is_sound(box)]
        if altered:
            found += 1
            alert(vote, altered, at=timezone.now())
    return found


@transaction.atomic
def alert(vote: SecretVote, altered: list[BallotBox], *, at: datetime) -> None:
    """Does: alerts the bureau and the scrutineers that boxes are altered; once. Refuses: nothing. Leaves
    behind: the instant, an incident of the assembly, a line of the journal, notices and mails, audit."""
    row = locked_scrutin(vote)
    if row.unsound_at is not None:
        return
    row.unsound_at = at
    row.save(update_fields=["unsound_at"])
    with override(settings.LANGUAGE_CODE):
        words = _("Scrutin secret « %(title)s » : le contrôle trouve altérée l’urne %(boxes)s.") % {
            "title": row.title,
            "boxes": ", ".join(str(box) for box in altered),
        }
    Incident.objects.create(assembly_id=row.assembly_id, at=at, text=words[:500], created_by=None)
    note(row, "unsound", actor=None, at=at, facts={"boxes": [box.uuid for box in altered]})
    audit.record(None, "governance.secret.unsound", row)
    tell_unsound(row)
    beat(row.assembly_id)
