"""States and moves as a table; the decorator that makes a service out of one move.

`@performs` opens the transaction, re-reads the row under lock, refuses an illegal move, runs the
body, sets the state (and `state_since`, where the model keeps it), saves and records: nobody can
forget the lock, and a double click is refused.
"""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import audit, permissions
from cae.core.errors import IllegalMove

Row = TypeVar("Row", bound=models.Model)
Args = ParamSpec("Args")


@dataclass(frozen=True)
class Move:
    """One legal move: its verb, where it starts, where it ends, the right it asks, its word on a button."""

    name: str
    sources: tuple[str, ...]
    target: str
    right: str
    label: Any


@dataclass
class Workflow:
    """The moves of one model. `services` is filled by `@performs`: exactly one service a move (tested)."""

    model: str
    moves: Sequence[Move]
    field: str = "state"
    services: dict[str, Callable[..., Any]] = dataclasses.field(default_factory=dict)

    def __post_init__(self) -> None:
        WORKFLOWS.append(self)

    def move(self, name: str) -> Move:
        return next(move for move in self.moves if move.name == name)

    def moves_open_to(self, user: Any, obj: models.Model) -> list[Move]:
        """Gives the moves that this person may do on this row now, for the buttons of a page."""
        state = getattr(obj, self.field)
        return [
            move for move in self.moves if state in move.sources and permissions.can(user, move.right, obj)
        ]


WORKFLOWS: list[Workflow] = []


def performs(
    flow: Workflow, name: str
) -> Callable[[Callable[Concatenate[Row, Args], None]], Callable[Concatenate[Row, Args], Row]]:
    """Makes the service of the move `name`; the body gets the locked row and may refuse."""
    move = flow.move(name)

    def decorate(body: Callable[Concatenate[Row, Args], None]) -> Callable[Concatenate[Row, Args], Row]:
        @functools.wraps(body)
        def service(obj: Row, /, *args: Args.args, **kwargs: Args.kwargs) -> Row:
            with transaction.atomic():
                row: Row = type(obj)._base_manager.select_for_update(of=("self",)).get(pk=obj.pk)
                if getattr(row, flow.field) not in move.sources:
                    raise IllegalMove(_already(flow, move, row))
                body(row, *args, **kwargs)
                setattr(row, flow.field, move.target)
                if hasattr(row, f"{flow.field}_since"):
                    setattr(row, f"{flow.field}_since", timezone.now())
                row.save()
                audit.record(kwargs.get("actor"), f"{flow.model}.{name}", row)
                return row

        if name in flow.services:
            raise RuntimeError(f"two services perform {flow.model}.{name}")
        flow.services[name] = service
        return service

    return decorate


def _already(flow: Workflow, move: Move, row: models.Model) -> str:
    state = getattr(row, f"get_{flow.field}_display", lambda: getattr(row, flow.field))()
    return _("« %(verb)s » n’est plus possible : l’état est déjà « %(state)s ».") % {
        "verb": move.label,
        "state": state,
    }
