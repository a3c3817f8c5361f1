"""No platform: what should leave waits for somebody to deposit it by hand; nothing comes."""

from __future__ import annotations

from collections.abc import Iterator

from invoicing.engines.exchange.protocol import Arrived, ExchangeDown


class Absent:
    is_there = False

    def submit_invoice(self, name: str, content: bytes) -> None:
        raise ExchangeDown("no platform")

    def submit_status(self, name: str, content: bytes) -> None:
        raise ExchangeDown("no platform")

    def fetch(self, most: int) -> Iterator[Arrived]:
        yield from ()

    def keep(self, arrived: Arrived) -> None:
        raise ExchangeDown("no platform")

    def refuse(self, arrived: Arrived) -> None:
        raise ExchangeDown("no platform")
