"""What one person owns of a secret ballot, address by address: a voice in it, and a key of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from governance.models import Assembly, Associate
from governance.states.secret import SecretState
from people.models import User
from tests.factories.governance import call
from tests.factories.governance_secret import make_scrutin
from tests.factories.governance_votes import arrive, make_sitting
from tests.factories.kernel import BEGINNING


def ballots_of(user: User) -> dict[str, Any]:
    """By the beginning of its address: a scrutin that is being counted, its box; by the word of an address
    within one: the voice of this associate."""
    sitting = make_sitting(3, valid_from=BEGINNING - timedelta(days=3))
    # One room, one key: those of the factory are the same for all.
    Assembly.objects.filter(pk=sitting.assembly.pk).update(room_key="", screen_key="")
    associate = Associate.objects.get(person=user.person)
    call(sitting.assembly, associate)
    arrive(sitting.assembly, associate)
    made = make_scrutin(SecretState.TALLIED, sitting=sitting)
    made.vote.trustees.filter(index=1).update(person=user.person)
    return {
        "scrutins/": made.vote.pk,
        "urnes/": made.box.uuid,
        "<str:uuid>": made.box.uuid,
        "<str:word>": "annuler",
        "<uuid:entry>": made.box.entries.get(associate=associate).pk,
    }
