"""What the path announces to the rooms above."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class ActivityOpened:
    """An activity begins: the books open its analytic account."""

    activity_id: int
    on: date
    actor_id: int | None


@dataclass(frozen=True)
class ContractSigned:
    """Both parties signed a contract: it takes effect on `on`, which may be to come."""

    contract_id: int
    on: date
    actor_id: int | None


@dataclass(frozen=True)
class ContractEnded:
    """A contract is over; `last_day` was its last."""

    contract_id: int
    last_day: date
    actor_id: int | None


@dataclass(frozen=True)
class MemberJoined:
    """Somebody is of an activity from `on`: without one of their own, the books open a section to them."""

    activity_id: int
    person_id: int
    on: date
    actor_id: int | None
