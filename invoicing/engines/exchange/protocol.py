"""What the house asks of an approved platform, whichever it is. E-reporting will be one more verb."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

# A bigger file is left where it is, and said.
MOST_BYTES = 30 * 1024 * 1024


class ExchangeDown(Exception):
    """The platform takes or gives nothing now: what waits is tried again later."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file that came, claimed by this worker alone until it is kept or refused."""

    name: str
    # None: bigger than what is read.
    content: bytes | None
    # Where the platform holds it meanwhile.
    ticket: str


class Platform(Protocol):
    @property
    def is_there(self) -> bool:
        """False when nothing can be handed over but by hand."""

    def submit_invoice(self, name: str, content: bytes) -> None:
        """Hands a Factur-X file over. The same name and bytes again change nothing. Raises ExchangeDown."""

    def submit_status(self, name: str, content: bytes) -> None:
        """Hands a status over (CDAR), as above."""

    def fetch(self, most: int) -> Iterator[Arrived]:
        """Gives what came, at most so many, each to one worker only. Raises ExchangeDown."""

    def keep(self, arrived: Arrived) -> None:
        """What came is taken in: it comes no more."""

    def refuse(self, arrived: Arrived) -> None:
        """What came can't be read: it is put aside, and comes no more."""
