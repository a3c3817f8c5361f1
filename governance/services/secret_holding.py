"""How what a secret ballot writes keeps its scrutin still: a ballot must not cross a close."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from cae.core.errors import IllegalMove
from governance.models import SecretVote
from governance.states.secret import HAS_BOX, SecretState


def held_vote(vote_id: int) -> SecretVote:
    """The scrutin as it is now, which nobody moves before the end of the transaction. Who moves it locks the
    row alone; those who only hold it do not wait for one another."""
    held = SecretVote.objects.raw("SELECT * FROM governance_secretvote WHERE id = %s FOR SHARE", [vote_id])
    return held[0]


def refuse_not_open(vote: SecretVote, at: datetime) -> None:
    """Raises Refused unless this scrutin takes ballots at this instant."""
    if vote.state == SecretState.PAUSED:
        raise IllegalMove(_("Le scrutin est suspendu : votez quand le bureau l’aura repris."))
    if vote.state not in HAS_BOX:
        raise IllegalMove(_("Ce scrutin n’est pas ouvert."))
    if vote.state != SecretState.OPEN or (vote.closes_at is not None and at >= vote.closes_at):
        raise IllegalMove(_("Ce scrutin est clos : l’urne ne reçoit plus rien."))
