"""The floor of an assembly: who speaks, who waits in which order, how the time was shared (GOV-35)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from cae.core.questions import Given, Question
from governance.calculations import speaking
from governance.calculations.speaking import Asked, Balance, Spoken
from governance.models import Assembly, Associate, SpeakingTurn
from governance.selectors.representation import BY_NAME, places_of
from governance.selectors.standing import Standing
from governance.states.assemblies import Turn, TurnState


@dataclass(frozen=True)
class Waiting:
    """Somebody in the queue, and how often they had the floor before."""

    turn: SpeakingTurn
    balance: Balance

    @property
    def is_first(self) -> bool:
        return self.balance.times == 0

    @property
    def is_order(self) -> bool:
        return self.turn.kind == Turn.ORDER

    @property
    def spoken(self) -> str:
        return speaking.clock(self.balance.seconds)


@dataclass(frozen=True)
class Floor:
    """Who speaks now, who speaks next, how many have spoken and for how long."""

    speaking: SpeakingTurn | None
    waiting: Sequence[Waiting]
    speakers: int
    seconds: int

    @property
    def total(self) -> str:
        return speaking.clock(self.seconds)

    def own(self, associate: Associate) -> SpeakingTurn | None:
        """The turn of somebody that is not over: they speak, or wait."""
        turns = [one.turn for one in self.waiting] + ([self.speaking] if self.speaking else [])
        return next((turn for turn in turns if turn.associate_id == associate.pk), None)

    def before(self, turn: SpeakingTurn) -> int:
        """How many speak before this one who waits."""
        keys = [one.turn.pk for one in self.waiting]
        return keys.index(turn.pk) if turn.pk in keys else 0


def floor_of(assembly: Assembly) -> Floor:
    """Gives the floor as it stands, in one query."""
    turns = _TURNS(assembly=assembly.pk)
    for turn in turns:
        turn.assembly = assembly
    over = [_spoken(turn) for turn in turns if turn.state == TurnState.DONE]
    balances = speaking.balances(over)
    by_key = {turn.pk: turn for turn in turns if turn.state == TurnState.WAITING}
    asked = [Asked(turn.pk, turn.associate_id, turn.kind, turn.asked_at) for turn in by_key.values()]
    return Floor(
        next((turn for turn in turns if turn.state == TurnState.SPEAKING), None),
        [
            Waiting(by_key[one.key], balances.get(one.associate, Balance()))
            for one in speaking.queue(asked, over)
        ],
        len(balances),
        sum(balance.seconds for balance in balances.values()),
    )


def next_turn(assembly: Assembly) -> SpeakingTurn | None:
    """Gives who speaks next."""
    return next((one.turn for one in floor_of(assembly).waiting), None)


def _spoken(turn: SpeakingTurn) -> Spoken:
    seconds = 0
    if turn.started_at is not None and turn.ended_at is not None:
        seconds = speaking.seconds_between(turn.started_at, turn.ended_at)
    return Spoken(turn.associate_id, turn.kind, seconds)


def is_there(assembly: Assembly, associate: Associate, at: datetime) -> bool:
    """Tells whether somebody is in the room or connected at an instant."""
    return associate.pk in places_of(assembly, at, [associate.pk])


def there_now(assembly: Assembly, at: datetime, standing: Standing | None = None) -> QuerySet[Associate]:
    """Gives those who are in the room or connected, by name: whom the bureau may put into the queue.
    `standing`: that of the instant, where it is known already."""
    there = places_of(assembly, at) if standing is None else standing.told.anywhere(at)
    rows = Associate.objects.filter(pk__in=there)
    return rows.select_related("person", "organisation").order_by(BY_NAME, "pk")


_TURNS = Question(
    lambda: (
        SpeakingTurn.objects.filter(assembly=Given("assembly"))
        .exclude(state=TurnState.WITHDRAWN)
        .select_related("associate__person", "associate__organisation")
    )
)
