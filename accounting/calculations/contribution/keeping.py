"""A working and the facts behind it, as the data that a run keeps and that a control reads again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from accounting.calculations.contribution.presence import Presence
from accounting.calculations.contribution.replay import Played
from accounting.calculations.contribution.windows import Before, Held
from accounting.calculations.contribution.working import Fact, PartWorking, Working
from accounting.calculations.contribution.year_end import YearEnd
from cae.core.periods import Month

Data = dict[str, Any]


def inputs_of(fact: Fact, before: Before) -> Data:
    """All that the calculation reads beside the rules."""
    return {
        "on": fact.on.isoformat(),
        "name": fact.name,
        "presence": _presence(fact.presence),
        "sales": _sums(fact.sales),
        "costs": _sums(fact.costs),
        "curve_months": fact.curve_months,
        "closes": fact.closes,
        "windows": {
            category: [str(held.base), str(held.paid), str(held.elsewhere)]
            for category, held in sorted(before.windows.items())
        },
        "taken": str(before.taken),
        "uncapped": str(before.uncapped),
    }


def read_inputs(data: Mapping[str, Any]) -> tuple[Fact, Before]:
    fact = Fact(
        on=date.fromisoformat(data["on"]),
        name=data["name"],
        presence=_read_presence(data["presence"]),
        sales=_read_sums(data["sales"]),
        costs=_read_sums(data["costs"]),
        curve_months=data["curve_months"],
        closes=data["closes"],
    )
    windows = {category: Held(*map(Decimal, held)) for category, held in data["windows"].items()}
    return fact, Before(windows, Decimal(data["taken"]), Decimal(data["uncapped"]))


def working_of(working: Working) -> Data:
    """The figures of each step, in the order in which they are read."""
    return {
        "base": str(working.base),
        "proportional": str(working.proportional),
        "fixed": str(working.fixed),
        "floor": _maybe(working.floor),
        "uncapped": str(working.uncapped),
        "cap": _maybe(working.cap),
        "cap_left": _maybe(working.cap_left),
        "due": str(working.due),
        "waived": sorted(working.waived),
        "parts": [_part(part) for part in working.parts],
    }


def year_inputs_of(months: Sequence[tuple[Month, Presence]], taken: Decimal) -> Data:
    return {"months": [[str(month), _presence(presence)] for month, presence in months], "taken": str(taken)}


def read_year_inputs(data: Mapping[str, Any]) -> tuple[list[tuple[Month, Presence]], Decimal]:
    months = [(Month.parse(text), _read_presence(presence)) for text, presence in data["months"]]
    return months, Decimal(data["taken"])


def year_working_of(end: YearEnd) -> Data:
    return {
        "floor": str(end.floor),
        "taken": str(end.taken),
        "cap_left": _maybe(end.cap_left),
        "due": str(end.top_up),
    }


def kept(played: Played) -> tuple[Data, Data]:
    return inputs_of(played.fact, played.before), working_of(played.working)


def _part(part: PartWorking) -> Data:
    return {
        "category": part.category,
        "window": part.window,
        "sales": str(part.sales),
        "costs": [[kind, str(amount)] for kind, amount in part.costs],
        "base": str(part.base),
        "base_before": str(part.base_before),
        "paid_before": str(part.paid_before),
        "proportional": str(part.proportional),
        "steps": [[str(step.base), _maybe(step.rate), str(step.amount)] for step in part.steps],
    }


def _presence(presence: Presence) -> Data:
    return {
        "entered_on": presence.entered_on.isoformat(),
        "left_on": presence.left_on.isoformat() if presence.left_on else None,
        "contract": presence.contract,
        "associate": presence.associate,
        "people": presence.people,
        "situations": sorted(presence.situations),
        "granted": sorted(presence.granted),
    }


def _read_presence(data: Mapping[str, Any]) -> Presence:
    return Presence(
        entered_on=date.fromisoformat(data["entered_on"]),
        left_on=date.fromisoformat(data["left_on"]) if data["left_on"] else None,
        contract=data["contract"],
        associate=data["associate"],
        people=data["people"],
        situations=frozenset(data["situations"]),
        granted=frozenset(data["granted"]),
    )


def _sums(sums: Mapping[str, Decimal]) -> dict[str, str]:
    return {name: str(amount) for name, amount in sorted(sums.items())}


def _read_sums(data: Mapping[str, str]) -> dict[str, Decimal]:
    return {name: Decimal(amount) for name, amount in data.items()}


def _maybe(amount: Decimal | None) -> str | None:
    return None if amount is None else str(amount)
