"""What a sitting still has to do before it may close."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from governance.models import Assembly, Resolution, Vote, VoteResult
from governance.states.assemblies import ResolutionState
from governance.states.votes import Outcome, VoteState


def resolutions_left(assembly: Assembly) -> list[Resolution]:
    """Gives the resolutions of the agenda that no proclaimed vote ended, in order: those without any, and the
    elections whose first round calls for a second one."""
    last = VoteResult.objects.filter(vote=OuterRef("pk")).order_by("-number").values("verdict")[:1]
    ended = (
        Vote.objects.filter(resolution=OuterRef("pk"), amendment__isnull=True, state=VoteState.PROCLAIMED)
        .annotate(verdict=Coalesce(Subquery(last), Value("")))
        .exclude(verdict=Outcome.SECOND_ROUND)
    )
    rows = assembly.resolutions.filter(state=ResolutionState.ON_AGENDA)
    return list(rows.filter(~Exists(ended)))
