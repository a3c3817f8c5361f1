"""The text of an entry that its seal covers: always the same for the same facts."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal


@dataclass(frozen=True)
class SealedLine:
    position: int
    account: str
    analytic: str
    debit: Decimal
    credit: Decimal
    vat_rate: Decimal | None
    due_on: date | None
    party: str
    label: str
    cost: str = ""
    vat_kind: str = ""
    vat_base: Decimal | None = None


@dataclass(frozen=True)
class SealedEntry:
    journal: str
    number: int
    on: date
    label: str
    piece: str
    source: str
    reverses: str
    total: Decimal
    author: int | None
    at: datetime
    lines: tuple[SealedLine, ...]


def canonical(entry: SealedEntry) -> str:
    """Compact JSON with sorted keys, amounts with two decimals, dates in ISO form, instants in UTC."""
    facts = {
        "journal": entry.journal,
        "number": entry.number,
        "on": entry.on.isoformat(),
        "label": entry.label,
        "piece": entry.piece,
        "source": entry.source,
        "reverses": entry.reverses,
        "total": f"{entry.total:.2f}",
        "author": entry.author,
        "at": entry.at.isoformat(timespec="microseconds"),
        "lines": [_line(line) for line in sorted(entry.lines, key=lambda line: line.position)],
    }
    return json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _line(line: SealedLine) -> list[str | int]:
    """A cost says its nature, a tax its kind and base; what has none keeps the text it always had."""
    nature = [line.cost] if line.cost else []
    if line.vat_kind or line.vat_base is not None:
        base = "" if line.vat_base is None else f"{line.vat_base:.2f}"
        nature = [line.cost, line.vat_kind, base]
    return [
        line.position,
        line.account,
        line.analytic,
        f"{line.debit:.2f}",
        f"{line.credit:.2f}",
        "" if line.vat_rate is None else f"{line.vat_rate:.2f}",
        "" if line.due_on is None else line.due_on.isoformat(),
        line.party,
        line.label,
        *nature,
    ]
