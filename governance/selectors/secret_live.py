"""The secret ballots that the room looks at: how many ballots each box has, the head of its chain, nothing
else (GOV-31, GOV-35)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from governance.models import Assembly, BallotBox, SecretVote
from governance.selectors.secret_boxes import figures_of
from governance.states.secret import IN_COURSE


@dataclass(frozen=True)
class ScrutinShown:
    """A scrutin and its boxes, with the figures that `figures_of` reads."""

    scrutin: SecretVote
    boxes: Sequence[BallotBox]

    @property
    def voices(self) -> int:
        return sum(box.voices for box in self.boxes)  # type: ignore[attr-defined]

    @property
    def ballots(self) -> int:
        """One a voter, though somebody voted again."""
        return sum(box.voters for box in self.boxes)  # type: ignore[attr-defined]


def scrutins_in_focus(assembly: Assembly) -> list[ScrutinShown]:
    """Gives the scrutins that are open, suspended or being counted, in two queries; once proclaimed, results
    are shown as those of any vote."""
    rows = list(SecretVote.objects.filter(assembly=assembly, state__in=IN_COURSE).order_by("opened_at", "pk"))
    found: dict[int, list[BallotBox]] = {row.pk: [] for row in rows}
    for box in figures_of(BallotBox.objects.filter(secret_vote__in=found)) if found else ():
        found[box.secret_vote_id].append(box)
    return [ScrutinShown(row, found[row.pk]) for row in rows]
