"""What of an agenda a secret ballot may ask, the rest with its reason; who may keep a key of it (GOV-26)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from governance.models import Amendment, Assembly, Resolution, Vote
from governance.selectors.assembly_people import people_of
from governance.selectors.secret_questions import why_not_secret
from governance.selectors.vote_lists import needs_second_round
from governance.selectors.votes import first_round
from governance.states.assemblies import AmendmentState, ResolutionState
from governance.states.votes import VoteState
from people.models import Person


@dataclass(frozen=True)
class Offered:
    """A resolution of the agenda; why it cannot be asked in secret, or what is to know before it is."""

    resolution: Resolution
    why_not: str = ""
    note: str = ""

    @property
    def label(self) -> str:
        """What the box to tick says: its number, its title, how it is counted."""
        number = f"{self.resolution.number}. " if self.resolution.number else ""
        told = f"{number}{self.resolution.title} · {self.resolution.get_method_display()}"
        return f"{told} · {self.note}" if self.note else told


def offered(assembly: Assembly) -> list[Offered]:
    """Gives every resolution of the agenda in its order."""
    asked = Vote.objects.filter(resolution=OuterRef("pk"), amendment=None).exclude(state=VoteState.CANCELLED)
    waiting = Amendment.objects.filter(resolution=OuterRef("pk"), state=AmendmentState.PROPOSED)
    rows = (
        assembly.resolutions.filter(state=ResolutionState.ON_AGENDA)
        .annotate(
            is_asked=Exists(asked),
            is_amended=Exists(waiting),
        )
        .order_by("number", "pk")
    )
    return [_offered(row) for row in rows]


def _offered(row: Any) -> Offered:
    first = first_round(row) if row.is_asked else None
    is_second = first is not None and needs_second_round(first)
    if row.is_asked and not is_second:
        return Offered(row, _("Cette question a déjà son vote."))
    notes = {
        _("second tour"): is_second,
        _("un amendement se vote avant l’ouverture"): row.is_amended,
    }
    return Offered(row, why_not_secret(row), " · ".join(note for note, told in notes.items() if told))


def trustees_offered(assembly: Assembly) -> QuerySet[Person]:
    """Gives those who may sit in the bureau and have an account: a key is made in its keeper’s browser."""
    return people_of(assembly).filter(user__is_active=True).order_by("sort_name", "pk")
