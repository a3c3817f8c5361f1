"""The roll of a vote: whose voices, cast by whom, and what forms and blank proxies say from the start."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.errors import Code, Refused
from governance.calculations import counting
from governance.models import Associate, NamedBallot, Voice, Vote
from governance.selectors.rules import rules_of
from governance.selectors.standing import Standing, forms_at
from governance.selectors.vote_papers import method_of, paper_of
from governance.selectors.vote_rules import WEIGHTED
from governance.states.bodies import Electorate
from governance.states.votes import BallotWay
from people.selectors.statuses import holders_on
from people.states.statuses import StatusKind

# Neither 0 nor O, 1 nor I nor L: what people copy by hand.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def new_receipt() -> str:
    """Gives a code like « K7PQ-2M9X-4TBV »."""
    parts = ("".join(secrets.choice(ALPHABET) for _sign in range(4)) for _part in range(3))
    return "-".join(parts)


@dataclass
class Roll:
    """The voices to write; `electors` counts, by college, those who had the right to vote."""

    voices: list[Voice]
    electors: Counter[int | None]
    is_of_associates: bool = True
    forms: dict[int, Any] = field(default_factory=dict)

    def write(self, vote: Vote, at: datetime) -> None:
        """Writes the roll, then what it says from the start."""
        Voice.objects.bulk_create(self.voices)
        self.write_ballots(vote, at)

    def write_ballots(self, vote: Vote, at: datetime) -> None:
        """Writes the ballots of the forms and of the proxies left blank."""
        NamedBallot.objects.bulk_create(
            ballot for voice in self.voices if (ballot := self._ballot(vote, voice, at)) is not None
        )

    def _ballot(self, vote: Vote, voice: Voice, at: datetime) -> NamedBallot | None:
        choice, way = None, BallotWay.CORRESPONDENCE
        if voice.is_blank_proxy:
            # What the management does not support, amendments among it, is refused (C. com. L225-106).
            supported = vote.resolution.supported and vote.amendment_id is None
            choice = counting.of_blank_proxy(method_of(vote), supported=supported)
            way = BallotWay.BLANK_PROXY
        elif voice.is_by_correspondence:
            choice = _said_by_form(vote, self.forms.get(voice.associate_id or 0, {}))
        if choice is None:
            return None
        return NamedBallot(voice=voice, choice=choice, way=way, at=at, receipt=new_receipt())


def _said_by_form(vote: Vote, answers: Mapping[str, Any]) -> dict[str, Any] | None:
    """What a form says of this vote: nothing of an amendment nor of a second round, unknown when it left."""
    if vote.amendment_id is not None or vote.round != 1:
        return None
    said = answers.get(str(vote.resolution_id))
    try:
        return counting.checked(paper_of(vote), {"answer": said} if isinstance(said, str) else said)
    except counting.Unfit:
        return None


def call_roll(vote: Vote, standing: Standing) -> Roll:
    """Gives the voices of this instant. Raises Refused when nobody has one, or when the voices of somebody
    belong to no college of the weights."""
    electorate = vote.resolution.electorate if vote.amendment_id is None else Electorate.ASSOCIATES
    members = standing.members
    persons: list[int] = []
    if electorate != Electorate.ASSOCIATES:
        today = timezone.localdate(standing.at)
        entrepreneurs = set(holders_on([StatusKind.ENTREPRENEUR], today).values_list("person_id", flat=True))
        known = dict(Associate.objects.on(today).values_list("pk", "person_id"))
        # An associate whose right is suspended does not vote by another door.
        persons = sorted(entrepreneurs - {person for person in known.values() if person})
        if electorate == Electorate.ENTREPRENEURS:
            members = {key: college for key, college in members.items() if known.get(key) in entrepreneurs}
    voices = [*_voices(vote, standing, members), *(Voice(vote=vote, person_id=pk) for pk in persons)]
    if not voices:
        raise Refused(Code.EMPTY_DOCUMENT, _("Personne n’est présent ni représenté : il n’y a aucune voix."))
    _refuse_outside_colleges(vote, voices)
    electors = Counter(members.values())
    electors[None] += len(persons)
    return Roll(voices, electors, electorate == Electorate.ASSOCIATES, _forms(vote, standing.at))


def kept_roll(vote: Vote, at: datetime) -> Roll:
    """Gives the voices of a secret vote that speak by name, kept since its scrutin froze the roll."""
    return Roll(list(vote.voices.order_by("pk")), Counter(), forms=_forms(vote, at))


def _forms(vote: Vote, at: datetime) -> dict[int, Any]:
    return dict(forms_at(vote.assembly, at).values_list("associate_id", "answers"))


def _voices(vote: Vote, standing: Standing, members: Mapping[int, int | None]) -> list[Voice]:
    found = []
    for key, college in sorted(members.items()):
        holder = standing.holder_of.get(key)
        blank, form = key in standing.blank, key in standing.correspondence
        if holder is None and not blank and not form:
            continue
        found.append(
            Voice(
                vote=vote,
                associate_id=key,
                holder_id=holder if holder != key else None,
                is_blank_proxy=blank,
                is_by_correspondence=form,
                college_id=college,
            )
        )
    return found


def _refuse_outside_colleges(vote: Vote, voices: list[Voice]) -> None:
    """Where colleges are weighted, a voice without college would count for nothing."""
    weights = rules_of(vote.assembly).weights()
    if not weights or method_of(vote) not in WEIGHTED:
        return
    outside = [voice for voice in voices if voice.college_id not in weights]
    if outside:
        raise Refused(
            Code.VALUE_MISSING,
            _("Leur collège n’a pas de poids dans les règles, leur voix ne compterait pas : %(names)s.")
            % {"names": ", ".join(str(voice) for voice in outside[:3])},
        )
