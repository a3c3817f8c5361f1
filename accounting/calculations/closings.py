"""What the certificate of a closing says, and the text that its seal covers: the same for the same facts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from cae.core.money import ZERO


@dataclass(frozen=True)
class JournalSums:
    """What one journal moved in the period."""

    code: str
    count: int
    total: Decimal
    first: int
    last: int
    # Of its last number.
    seal: str

    def kept(self) -> dict[str, Any]:
        return asdict(self) | {"total": f"{self.total:.2f}"}


@dataclass(frozen=True)
class PeriodSums:
    """What the books hold of a period, and of all that came before it."""

    journals: tuple[JournalSums, ...]
    perpetual_count: int
    perpetual_total: Decimal

    @property
    def count(self) -> int:
        return sum(journal.count for journal in self.journals)

    @property
    def total(self) -> Decimal:
        return sum((journal.total for journal in self.journals), ZERO)


@dataclass(frozen=True)
class Certificate:
    """A closing as it is sealed."""

    number: int
    kind: str
    starts_on: date
    ends_on: date
    sums: PeriodSums
    remarks: Sequence[str]
    author: int | None
    at: datetime

    def canonical(self) -> str:
        """Compact JSON with sorted keys, amounts with two decimals, dates and instants in ISO form."""
        facts = {
            "number": self.number,
            "kind": self.kind,
            "starts_on": self.starts_on.isoformat(),
            "ends_on": self.ends_on.isoformat(),
            "count": self.sums.count,
            "total": f"{self.sums.total:.2f}",
            "perpetual_count": self.sums.perpetual_count,
            "perpetual_total": f"{self.sums.perpetual_total:.2f}",
            "journals": [journal.kept() for journal in self.sums.journals],
            "remarks": list(self.remarks),
            "author": self.author,
            "at": self.at.isoformat(timespec="microseconds"),
        }
        return json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def sums_kept(
    journals: Sequence[dict[str, Any]], *, perpetual_count: int, perpetual_total: Decimal
) -> PeriodSums:
    """Reads the sums back from what a certificate keeps."""
    rows = tuple(JournalSums(**row | {"total": Decimal(row["total"])}) for row in journals)
    return PeriodSums(rows, perpetual_count, perpetual_total)
