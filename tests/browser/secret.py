"""The secret ballots that the walk visits: one sitting, a scrutin at each stage that shows another page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from governance.models import Associate
from governance.services.secret_votes import cancel_secret_vote
from governance.states.assemblies import BureauRole
from governance.states.secret import CodeMode, SecretState, TrusteeStep
from governance.states.votes import Method
from people.models import User
from tests.factories.governance import call, make_resolution
from tests.factories.governance_room import seat
from tests.factories.governance_secret import Scrutin, make_scrutin
from tests.factories.governance_votes import Sitting, arrive, make_election, make_sitting
from tests.factories.kernel import BEGINNING
from tests.factories.people import make_user

LONG = "Renouvellement du bail emphytéotique de la halle intercommunale des métiers d’art du Haut-Pays"


def balloted(associate: Associate, manager: User) -> dict[str, Any]:
    """Scrutins by their stage, in one sitting where the associate of the house has a voice and a key."""
    keepers = [User.objects.get(person=associate.person), make_user(), make_user()]
    sitting = make_sitting(5, absent=1, valid_from=BEGINNING - timedelta(days=3))
    assembly = sitting.assembly
    assembly.title, assembly.room_key, assembly.screen_key = LONG, "salle-secret", "ecran-secret"
    assembly.save(update_fields=["title", "room_key", "screen_key"])
    sitting.actor = manager
    call(assembly, associate)
    arrive(assembly, associate)
    seat(assembly, BureauRole.CHAIR, manager.person)
    seat(assembly, BureauRole.SCRUTINEER, sitting.users[0].person)
    make_election(sitting, method=Method.TRANSFERABLE, title="Commission de contrôle")
    make_resolution(assembly, title="Une question que rien n’empêche")
    scrutins = {state: _at(state, sitting, keepers) for state in _STATES}
    cancelled = scrutins["cancelled"] = _at(SecretState.DRAFT, sitting, keepers)
    cancelled.vote = cancel_secret_vote(cancelled.vote, reason=LONG, **cancelled.by())
    return {"balloting": assembly, "scrutins": scrutins}


_STATES = (
    SecretState.DRAFT,
    SecretState.ROLL_FROZEN,
    SecretState.TESTED,
    SecretState.OPEN,
    SecretState.TALLIED,
    SecretState.VERIFIED,
    SecretState.RECORDED,
)


def _at(state: str, sitting: Sitting, keepers: Sequence[User]) -> Scrutin:
    """Two questions with three keepers; codes on cards where they are being handed over."""
    asked = [
        make_resolution(sitting.assembly, title=LONG, text="Le bail est renouvelé pour neuf ans."),
        make_election(sitting, method=Method.NAMES, seats=2, title="Conseil coopératif"),
    ]
    made = make_scrutin(state, sitting=sitting, resolutions=asked, keepers=keepers, mode=CodeMode.CARDS)
    if state == SecretState.ROLL_FROZEN:
        made.make_keys(until=TrusteeStep.CERTIFICATE)
    elif state == SecretState.OPEN:
        for rank in (0, 1):
            entry = made.entry_of(rank)
            made.cast(entry, [[1, 0, 0], [0, 1, 0, 0]])
    elif state == SecretState.TALLIED:
        made.give_share(2)
    return made
