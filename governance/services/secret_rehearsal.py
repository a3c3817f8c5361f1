"""The rehearsal of a secret ballot: the sealed boxes verified as anybody may, then mock ballots on the same
questions, with keys made for it and thrown away, counted by the same engine (GOV-26)."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.utils.translation import gettext as _

from cae.core.errors import Code, Refused
from cae.core.workflow import performs
from governance.engines.ballots.audit import Expected, verify_archive
from governance.engines.ballots.rehearsing import Rehearsal
from governance.engines.ballots.rehearsing import rehearse as play
from governance.models import SecretVote
from governance.selectors.box_archive import archive_of, election_of, head_of
from governance.services.pulse import beat
from governance.services.secret_journal import note
from governance.states.secret import SECRET_FLOW
from people.models import User


@performs(SECRET_FLOW, "rehearse")
def rehearse(vote: SecretVote, *, actor: User, at: datetime) -> None:
    """Does: verifies each sealed box, then casts, counts and verifies mock ballots on the same questions,
    with as many scrutineers as the true ones. Refuses: a box that is not what was sealed, a count that is not
    what was cast. Leaves behind: what was cast and found; its ballots and keys exist nowhere any more;
    audit."""
    boxes = list(vote.boxes.order_by("pk"))
    for box in boxes:
        expected = Expected(uuid=box.uuid, head=head_of(box), fingerprint=box.fingerprint)
        if not verify_archive(archive_of(box), expected=expected, unfinished=True).sound:
            raise Refused(Code.VERDICT_REFUSED, _("L’urne « %(box)s » ne se vérifie pas.") % {"box": box})
    found = play(election_of(boxes[0]).questions, size=vote.trustees.count(), threshold=vote.threshold)
    if not found.succeeded:
        raise Refused(
            Code.VERDICT_REFUSED, _("L’essai ne rend pas ce qui a été voté : n’ouvrez pas ce scrutin.")
        )
    vote.rehearsal = _kept(found)
    note(vote, "rehearse", actor=actor, at=at, facts=vote.rehearsal)
    beat(vote.assembly_id)


def _kept(found: Rehearsal) -> dict[str, object]:
    """What is written of it before it is destroyed."""
    return {
        "voters": found.voters,
        "ballots": found.ballots,
        "counts": [list(counts) for counts in found.counted],
        "archive_sha256": hashlib.sha256(found.archive).hexdigest(),
    }
