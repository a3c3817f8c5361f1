"""Reads the rules of a scale from the data they are kept as, and refuses what would not compute."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from itertools import pairwise
from typing import Any, TypeVar

from accounting.calculations.contribution.faults import Fault, ScaleFault
from accounting.calculations.contribution.scales import (
    CATEGORIES,
    Amounts,
    Cap,
    Contract,
    Edge,
    Floor,
    Franchise,
    Kind,
    Part,
    Point,
    Scale,
    Shape,
    Spread,
    TakenOn,
    Tier,
    Turnover,
    Window,
)
from accounting.calculations.contribution.tariffs import YEAR_MONTHS
from cae.core.money import CENT, ZERO

Word = TypeVar("Word", bound=StrEnum)

_KEYS = {
    "base",
    "shape",
    "per_category",
    "fixed_per_month",
    "floor",
    "cap",
    "franchise",
    "exemptions",
    "taken_on",
    "year_starts",
}
_SHAPE_KEYS = {
    "kind",
    "window",
    "rate",
    "slices",
    "levels",
    "points",
    "below_first",
    "above_last",
    "spread",
}
_WINDOWS = {
    Kind.FLAT: set(Window),
    Kind.SLICES: set(Window),
    Kind.WHOLE_BASE: {Window.DOCUMENT, Window.MONTH, Window.YEAR},
    Kind.CUMULATIVE: {Window.ENTRY},
    Kind.CURVE: {Window.YEAR},
}
_HIGHEST_RATE = Decimal(1)
_FINEST_RATE = Decimal("0.0001")
_MOST = Decimal("9999999999.99")


def read_scale(
    data: Mapping[str, Any],
    *,
    costs: Container[str] | None = None,
    situations: Container[str] | None = None,
) -> Scale:
    """Gives the scale that these data describe. `costs` and `situations`: the words known; None trusts them.

    Raises ScaleFault at the first thing that is wrong."""
    _known_keys(data, _KEYS, "")
    base = _part(data, "base", {"turnover", "minus"}, "base")
    scale = Scale(
        turnover=_word(Turnover, _needed(base, "turnover", "base"), "base"),
        taken_on=_word(TakenOn, _needed(data, "taken_on", ""), "taken_on"),
        shape=_shape(_needed(data, "shape", ""), "shape"),
        minus=tuple(_cost(kind, costs) for kind in base.get("minus") or ()),
        per_category=tuple(
            (_category(name), _shape(shape, name)) for name, shape in (data.get("per_category") or {}).items()
        ),
        fixed=_amounts(data.get("fixed_per_month") or "0.00", "fixed_per_month"),
        floor=_floor(data["floor"]) if data.get("floor") else None,
        cap=_cap(data["cap"]) if data.get("cap") else None,
        franchise=_franchise(data["franchise"]) if data.get("franchise") else None,
        exemptions=_exemptions(data.get("exemptions") or {}, situations),
        year_starts=_months(data.get("year_starts", 1), "year_starts", YEAR_MONTHS),
    )
    _check_whole(scale)
    return scale


def _check_whole(scale: Scale) -> None:
    """What each part bears alone and the whole does not."""
    shapes = [("shape", scale.shape), *scale.per_category]
    if scale.is_monthly:
        for where, shape in shapes:
            if shape.window == Window.DOCUMENT:
                raise ScaleFault(Fault.WINDOW_UNFIT, where, shape.window)
    else:
        for where, shape in shapes:
            if shape.kind == Kind.CURVE:
                raise ScaleFault(Fault.MONTHLY_ONLY, where)
        if scale.fixed != Amounts():
            raise ScaleFault(Fault.MONTHLY_ONLY, "fixed_per_month")
        if scale.floor and scale.floor.per == Window.MONTH:
            raise ScaleFault(Fault.MONTHLY_ONLY, "floor")
    if scale.floor and scale.cap:
        times = 1 if scale.floor.per == Window.YEAR else YEAR_MONTHS
        least = min(filter(None, (scale.cap.amount, scale.cap.associate_amount)), default=ZERO)
        if scale.floor.amounts.highest * times > least:
            raise ScaleFault(Fault.FLOOR_ABOVE_CAP, "floor", least)


def _shape(data: Any, where: str) -> Shape:
    _known_keys(data, _SHAPE_KEYS, where)
    kind = _word(Kind, _needed(data, "kind", where), where)
    window = _word(Window, _needed(data, "window", where), where)
    if window not in _WINDOWS[kind]:
        raise ScaleFault(Fault.WINDOW_UNFIT, where, window)
    if kind == Kind.FLAT:
        return Shape(kind, window, rate=_rate(_needed(data, "rate", where), where))
    if kind == Kind.CURVE:
        _word(Edge, data.get("below_first", Edge.KEEP), where)
        return Shape(
            kind,
            window,
            points=_points(data.get("points") or (), where),
            above_last=_word(Edge, data.get("above_last", Edge.KEEP), where),
            spread=_word(Spread, data.get("spread", Spread.MONTHLY), where),
        )
    key = "levels" if kind == Kind.WHOLE_BASE else "slices"
    return Shape(kind, window, tiers=_tiers(data.get(key) or (), where))


def _tiers(rows: Iterable[Mapping[str, Any]], where: str) -> tuple[Tier, ...]:
    tiers = tuple(_tier(data, where, row) for row, data in enumerate(rows))
    if not tiers:
        raise ScaleFault(Fault.TIERS_MISSING, where, row=0)
    start = ZERO
    for row, tier in enumerate(tiers[:-1]):
        if tier.up_to is None:
            raise ScaleFault(Fault.TIER_ENDLESS, where, row=row)
        if tier.up_to <= start:
            raise ScaleFault(Fault.TIERS_OVERLAP, where, start, row=row)
        start = tier.up_to
    if tiers[-1].up_to is not None:
        raise ScaleFault(Fault.LAST_TIER_LIMITED, where, row=len(tiers) - 1)
    return tiers


def _tier(data: Mapping[str, Any], where: str, row: int) -> Tier:
    limit = data.get("up_to")
    return Tier(
        None if limit in (None, "") else _amount(limit, where, row=row),
        _rate(_needed(data, "rate", where), where, row=row),
    )


def _points(rows: Iterable[Any], where: str) -> tuple[Point, ...]:
    points = tuple(
        Point(_amount(base, where, row=row), _amount(amount, where, row=row))
        for row, (base, amount) in enumerate(rows)
    )
    if len(points) < 2:
        raise ScaleFault(Fault.POINTS_MISSING, where, row=len(points))
    for row, (left, right) in enumerate(pairwise(points), start=1):
        if right.base <= left.base:
            raise ScaleFault(Fault.POINTS_DISORDERED, where, left.base, row=row)
    return points


def _amounts(data: Any, where: str) -> Amounts:
    """An amount, {contract: amount}, or [{up_to_month, amount}]."""
    if isinstance(data, Mapping):
        return Amounts(
            by_contract=tuple((_contract(key), _amount(value, where)) for key, value in data.items())
        )
    if isinstance(data, list | tuple):
        return Amounts(by_month=_ladder(data, where))
    return Amounts(everyone=_amount(data, where))


def _ladder(rows: Iterable[Mapping[str, Any]], where: str) -> tuple[tuple[int | None, Decimal], ...]:
    ladder: list[tuple[int | None, Decimal]] = []
    start = 0
    for row in rows:
        amount = _amount(_needed(row, "amount", where), where)
        up_to = None if row.get("up_to_month") is None else _months(row["up_to_month"], where, 1200)
        if (ladder and ladder[-1][0] is None) or (up_to is not None and up_to <= start):
            raise ScaleFault(Fault.TIERS_OVERLAP, where, start)
        start = up_to or start
        ladder.append((up_to, amount))
    if not ladder or ladder[-1][0] is not None:
        raise ScaleFault(Fault.LAST_TIER_LIMITED, where)
    return tuple(ladder)


def _floor(data: Any) -> Floor:
    _known_keys(data, {"per", "amount", "per_person", "advance_months"}, "floor")
    per = _word(Window, _needed(data, "per", "floor"), "floor")
    if per not in (Window.MONTH, Window.YEAR):
        raise ScaleFault(Fault.WINDOW_UNFIT, "floor", per)
    advance = tuple(
        (_contract(key), _months(value, "floor", YEAR_MONTHS))
        for key, value in (data.get("advance_months") or {}).items()
    )
    return Floor(
        per=per,
        amounts=_amounts(_needed(data, "amount", "floor"), "floor"),
        per_person=bool(data.get("per_person")),
        advance_months=advance,
    )


def _cap(data: Any) -> Cap:
    _known_keys(data, {"per", "amount", "associate_amount", "pro_rata"}, "cap")
    if data.get("per", Window.YEAR) != Window.YEAR:
        raise ScaleFault(Fault.WINDOW_UNFIT, "cap", data["per"])
    own = data.get("associate_amount")
    return Cap(
        amount=_amount(_needed(data, "amount", "cap"), "cap"),
        associate_amount=None if own in (None, "") else _amount(own, "cap"),
        pro_rata=bool(data.get("pro_rata")),
    )


def _franchise(data: Any) -> Franchise:
    _known_keys(data, {"months", "waives"}, "franchise")
    return Franchise(
        months=_months(_needed(data, "months", "franchise"), "franchise", 120),
        waives=_parts(data.get("waives") or (), "franchise"),
    )


def _exemptions(
    data: Mapping[str, Any], situations: Container[str] | None
) -> tuple[tuple[str, frozenset[str]], ...]:
    for situation in data:
        if situations is not None and situation not in situations:
            raise ScaleFault(Fault.VALUE_UNKNOWN, "exemptions", situation)
    return tuple((situation, _parts(parts, "exemptions")) for situation, parts in data.items())


def _parts(words: Iterable[str], where: str) -> frozenset[str]:
    found = list(words)
    if not found:
        raise ScaleFault(Fault.PART_UNKNOWN, where)
    for word in found:
        if word not in set(Part):
            raise ScaleFault(Fault.PART_UNKNOWN, where, word)
    return frozenset(found)


def _known_keys(data: Any, known: set[str], where: str) -> None:
    if not isinstance(data, Mapping):
        raise ScaleFault(Fault.KEY_MISSING, where)
    for key in data:
        if key not in known:
            raise ScaleFault(Fault.KEY_UNKNOWN, where, key)


def _part(data: Mapping[str, Any], name: str, known: set[str], where: str) -> Mapping[str, Any]:
    part: Mapping[str, Any] = _needed(data, name, "")
    _known_keys(part, known, where)
    return part


def _needed(data: Mapping[str, Any], key: str, where: str) -> Any:
    if data.get(key) is None:
        raise ScaleFault(Fault.KEY_MISSING, where or key, key)
    return data[key]


def _word(words: type[Word], value: Any, where: str) -> Word:
    try:
        return words(value)
    except ValueError:
        raise ScaleFault(Fault.VALUE_UNKNOWN, where, value) from None


def _cost(kind: str, costs: Container[str] | None) -> str:
    if costs is not None and kind not in costs:
        raise ScaleFault(Fault.COST_UNKNOWN, "base", kind)
    return kind


def _category(name: str) -> str:
    if name not in CATEGORIES:
        raise ScaleFault(Fault.CATEGORY_UNKNOWN, "per_category", name)
    return name


def _contract(name: str) -> str:
    if name not in set(Contract):
        raise ScaleFault(Fault.CONTRACT_UNKNOWN, "contract", name)
    return name


def _months(value: Any, where: str, most: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= most:
        raise ScaleFault(Fault.MONTHS_INVALID, where, value)
    return value


def _rate(value: Any, where: str, *, row: int | None = None) -> Decimal:
    rate = _decimal(value, Fault.RATE_INVALID, where, row)
    if not 0 <= rate <= _HIGHEST_RATE or rate % _FINEST_RATE:
        raise ScaleFault(Fault.RATE_INVALID, where, value, row=row)
    return rate


def _amount(value: Any, where: str, *, row: int | None = None) -> Decimal:
    amount = _decimal(value, Fault.AMOUNT_INVALID, where, row)
    if not 0 <= amount <= _MOST or amount % CENT:
        raise ScaleFault(Fault.AMOUNT_INVALID, where, value, row=row)
    return amount


def _decimal(value: Any, code: Fault, where: str, row: int | None) -> Decimal:
    try:
        found = Decimal(value) if isinstance(value, str | int | Decimal) else None
    except InvalidOperation:
        found = None
    if found is None or not found.is_finite() or isinstance(value, bool):
        raise ScaleFault(code, where, value, row=row)
    return found
