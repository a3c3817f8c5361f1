"""What a sitting still has to do, and which assembly one's phone is about."""

from __future__ import annotations

from django.db.models import Exists, OuterRef

from governance.models import Assembly, NamedVote, Resolution
from governance.states.assemblies import ResolutionState
from governance.states.votes import VoteState


def resolutions_left(assembly: Assembly) -> list[Resolution]:
    """Gives the resolutions of the agenda without any proclaimed vote, in order."""
    proclaimed = NamedVote.objects.filter(
        resolution=OuterRef("pk"), amendment__isnull=True, state=VoteState.PROCLAIMED
    )
    rows = assembly.resolutions.filter(state=ResolutionState.ON_AGENDA)
    return list(rows.filter(~Exists(proclaimed)))
