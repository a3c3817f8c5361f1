"""How many points a reason is worth, and what one item has for it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from accounting.calculations.matching.items import IN_PARTS, Item, ItemKind, Reason, Rule, Seen, Why
from accounting.calculations.matching.texts import named_share, says_number, says_tail
from cae.core.money import ZERO

POINTS: dict[Why, int] = {
    Why.AMOUNT: 40,
    Why.SUM: 30,
    Why.PART: 0,
    Why.SURPLUS: -10,
    Why.REFERENCE: 60,
    Why.NUMBER: 45,
    Why.NUMBER_END: 20,
    Why.IBAN: 30,
    Why.NAME: 25,
    Why.NAME_PART: 12,
    Why.NEAR: 10,
    Why.DUE: 5,
    Why.DEPOSIT: 25,
    Why.RULE: 60,
    Why.RULE_OFTEN: 15,
}
# What proves who pays or what is paid, beside the amount.
PROOFS = frozenset({Why.REFERENCE, Why.NUMBER, Why.IBAN, Why.RULE_OFTEN})
LEAST, SURE, AHEAD = 45, 85, 15
_NEAR_DAYS, _FAR_DAYS, _DUE_DAYS = 5, 45, 7
# What is already in the books is ticked rather than paid again.
_POSTED = frozenset({ItemKind.LEDGER, ItemKind.TRANSFER, ItemKind.LOT})
_FAR, _EARLY = -25, 10


def points_of(reasons: tuple[Reason, ...]) -> int:
    return sum(POINTS[reason.why] for reason in reasons)


def who_and_what(line: Seen, item: Item) -> tuple[Reason, ...]:
    """The reasons that do not count money: references, numbers, IBAN, name."""
    return tuple(_signs(line, item))


def _signs(line: Seen, item: Item) -> Iterator[Reason]:
    named = next(
        (ref for ref in item.references if ref in line.references or says_number(ref, line.words)), ""
    )
    if named:
        yield Reason(Why.REFERENCE, named)
    whole = next((number for number in item.numbers if says_number(number, line.words)), "")
    if whole:
        yield Reason(Why.NUMBER, whole)
    else:
        end = next((number for number in item.numbers if says_tail(number, line.words)), "")
        if end:
            yield Reason(Why.NUMBER_END, end)
    if line.iban and line.iban in item.ibans:
        yield Reason(Why.IBAN, item.party)
    if item.names:
        found, wanted = named_share(item.names, line.words)
        if found == wanted:
            yield Reason(Why.NAME, item.party)
        elif found * 2 >= wanted:
            yield Reason(Why.NAME_PART, item.party)


def when(line: Seen, item: Item) -> tuple[Reason, ...]:
    """How near the day of the line is to that of the books, or to the day when it is due."""
    if item.kind in _POSTED and item.on is not None:
        apart = abs((line.on - item.on).days)
        return (Reason(Why.NEAR, str(apart)),) if apart <= _NEAR_DAYS else ()
    if item.due_on is not None and abs((line.on - item.due_on).days) <= _DUE_DAYS:
        return (Reason(Why.DUE, str(abs((line.on - item.due_on).days))),)
    return ()


def penalty(line: Seen, item: Item) -> int:
    """A movement of the books far from the line is probably another."""
    if item.kind in _POSTED and item.on is not None and abs((line.on - item.on).days) > _FAR_DAYS:
        return _FAR
    return 0


def may_settle(line: Seen, item: Item) -> bool:
    """On the same side; an invoice is not paid before it exists, nor noted long before the bank moves."""
    if (line.amount > ZERO) != (item.amount > ZERO):
        return False
    if item.on is None:
        return True
    before = (item.on - line.on).days
    return before <= (_EARLY if item.kind in _POSTED else 0)


def of_money(line: Seen, item: Item, *, is_proved: bool) -> tuple[Reason, Decimal] | None:
    """How the amount answers: whole, in part, with too much; None when it does not, and for a part or a
    surplus that nothing else proves."""
    if line.amount == item.amount:
        return Reason(Why.AMOUNT), item.amount
    if item.kind not in IN_PARTS or not is_proved:
        return None
    if abs(line.amount) < abs(item.amount):
        return Reason(Why.PART), line.amount
    return (Reason(Why.SURPLUS), line.amount) if item.kind == ItemKind.INVOICE else None


def of_rule(rule: Rule) -> tuple[Reason, ...]:
    reasons = (Reason(Why.RULE, rule.label),)
    return (*reasons, Reason(Why.RULE_OFTEN, str(rule.seen))) if rule.seen > 1 else reasons
