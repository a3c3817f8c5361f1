"""Facts announced upwards: a room publishes a frozen event, the rooms above react in the same transaction."""

from collections.abc import Callable
from typing import Any, TypeVar

Event = TypeVar("Event")

_subscribers: dict[type, list[Callable[[Any], None]]] = {}


def subscribe(event: type[Event], reaction: Callable[[Event], None]) -> None:
    """Registers a reaction, in the `apps.py` of the room that reacts."""
    _subscribers.setdefault(event, []).append(reaction)


def publish(event: Any) -> None:
    """Does: calls each reaction, in the caller's transaction: if one refuses, nothing happened."""
    for reaction in _subscribers.get(type(event), []):
        reaction(event)


def subscriptions() -> dict[type, list[Callable[[Any], None]]]:
    return dict(_subscribers)
