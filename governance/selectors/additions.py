"""What members add to an assembly: their resolutions with the support they have and need (GOV-20)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from governance.calculations.delays import supporters_needed
from governance.calculations.rules import RuleMissing
from governance.models import Assembly, Resolution
from governance.selectors.assemblies import additions_of, texts_of
from governance.selectors.register import voters_at
from governance.selectors.rules import rules_of
from governance.states.assemblies import AssemblyState, ResolutionState


@dataclass(frozen=True)
class Addition:
    """A resolution of members, its text, how many support it."""

    resolution: Resolution
    text: str
    supports: int


def support_needed(assembly: Assembly) -> int:
    """Gives how many associates must ask for a resolution: the part of the voices that the rules fix, of
    those who have a voice on the day of the assembly; one when they fix none."""
    try:
        threshold = rules_of(assembly).fraction("additions_threshold")
    except RuleMissing:
        return 1
    return supporters_needed(threshold, voters_at(assembly.starts_at).count())


def support_had(resolution: Resolution) -> int:
    """Gives how many of those who support a resolution have a voice on the day of its assembly: who left or
    whose right is suspended is no part of the voices, on either side of the share."""
    voters = voters_at(resolution.assembly.starts_at).order_by().values("pk")
    return resolution.supports.filter(associate__in=voters).count()


def additions_to(assembly: Assembly) -> list[Addition]:
    """Gives the resolutions of members that wait for an answer or had a refusal, the first proposed first."""
    heard = Q(supports__associate__in=voters_at(assembly.starts_at).order_by().values("pk"))
    rows = list(
        assembly.resolutions.filter(state__in=(ResolutionState.PROPOSED, ResolutionState.REFUSED))
        .annotate(support_count=Count("supports", filter=heard))
        .order_by("proposed_at", "pk")
    )
    texts = texts_of(rows)
    return [Addition(row, texts[row.pk], row.support_count) for row in rows]


def takes_additions(assembly: Assembly, today: date) -> bool:
    """Tells whether members may add resolutions today."""
    window = additions_of(assembly)
    return assembly.state == AssemblyState.CONVENED and window is not None and window.holds(today)
