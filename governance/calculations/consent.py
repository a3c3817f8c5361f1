"""Decision by consent: one objection blocks, silence is not consent (governance.md §2.3, 14)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

CONSENT, RESERVE, OBJECTION, WITHDRAWN = "consent", "reserve", "objection", "retrait"
ADOPTED, TO_LIFT, TOO_FEW = "adopted", "objection_to_lift", "not_enough_participants"


@dataclass(frozen=True)
class Consented:
    outcome: str
    participants: int
    reservations_to_record: int


def decide(answers: Mapping[str, int], *, minimum: int) -> Consented:
    """Gives the verdict. Who withdraws from the decision takes no part in it."""
    participants = sum(answers.get(answer, 0) for answer in (CONSENT, RESERVE, OBJECTION))
    reserves = answers.get(RESERVE, 0)
    if participants < max(minimum, 1):
        return Consented(TOO_FEW, participants, reserves)
    return Consented(TO_LIFT if answers.get(OBJECTION, 0) else ADOPTED, participants, reserves)
