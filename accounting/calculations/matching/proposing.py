"""What a line may be, the best first: one item, several at once, or what a rule says."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from accounting.calculations.matching.items import (
    SUMMED,
    Item,
    ItemKind,
    Part,
    Proposal,
    Reason,
    Rule,
    Seen,
    Why,
)
from accounting.calculations.matching.scoring import (
    AHEAD,
    LEAST,
    PROOFS,
    SURE,
    may_settle,
    of_money,
    of_rule,
    penalty,
    points_of,
    when,
    who_and_what,
)
from accounting.calculations.matching.sums import subset
from accounting.calculations.matching.texts import compact, number_tail
from cae.core.money import ZERO

MOST_SHOWN = 5
# A word that so many items share finds none of them.
_COMMON = 40
# A deposit groups what was received in the days before it.
_DEPOSIT_DAYS = 15
_DEPOSIT = re.compile(r"\bREMISE\b.*\b(?:CHEQUES?|CHQ)\b|\bREM CHQ\b")
_HOW_MANY = re.compile(r"\b(\d{1,3}) (?:CHQ|CHEQUES?)\b")
_NO_DAY = date.max


@dataclass
class Pool:
    """The items, found again by amount, number, reference, IBAN, name or group."""

    items: dict[str, Item] = field(default_factory=dict)
    rules: list[Rule] = field(default_factory=list)
    by_amount: dict[Decimal, list[Item]] = field(default_factory=lambda: defaultdict(list))
    by_word: dict[str, list[Item]] = field(default_factory=lambda: defaultdict(list))
    by_iban: dict[str, list[Item]] = field(default_factory=lambda: defaultdict(list))
    by_group: dict[str, list[Item]] = field(default_factory=lambda: defaultdict(list))
    by_deposit: dict[str, list[Item]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, items: Iterable[Item], rules: Iterable[Rule] = ()) -> Pool:
        pool = cls(rules=list(rules))
        for item in items:
            pool._add(item)
        return pool

    def _add(self, item: Item) -> None:
        self.items[item.key] = item
        self.by_amount[item.amount].append(item)
        words = {*item.names, *(compact(number) for number in (*item.numbers, *item.references))}
        words |= {tail for number in item.numbers if (tail := number_tail(number))}
        for word in words:
            self.by_word[word].append(item)
        for iban in item.ibans:
            self.by_iban[iban].append(item)
        if item.group:
            self.by_group[item.group].append(item)
        if item.deposit:
            self.by_deposit[item.deposit].append(item)

    def near(self, line: Seen) -> list[Item]:
        """The items that share something with a line, each once, in a steady order."""
        found = {item.key: item for item in self.by_amount.get(line.amount, ())}
        for word in self._said(line):
            shared = self.by_word.get(word, ())
            if len(shared) <= _COMMON:
                found |= {item.key: item for item in shared}
        found |= {item.key: item for item in self.by_iban.get(line.iban, ())}
        return [item for item in found.values() if may_settle(line, item)]

    def _said(self, line: Seen) -> Iterator[str]:
        yield from (compact(reference) for reference in line.references)
        words = line.words
        for start in range(len(words)):
            yield words[start]
            yield words[start].lstrip("0")
            # A number in two or three pieces: « 2026 0339 », « F 2026 12 ».
            yield "".join(words[start : start + 2])
            yield "".join(words[start : start + 3])


def propose(line: Seen, pool: Pool, *, but: frozenset[str] = frozenset()) -> list[Proposal]:
    """The best proposals of a line; `but`: items that other lines have taken."""
    near = [item for item in pool.near(line) if item.key not in but]
    signs = {item.key: who_and_what(line, item) for item in near}
    found = [one for item in near if (one := _single(line, item, signs[item.key])) is not None]
    found += _together(line, pool, near, signs, but)
    found += _deposits(line, pool, but)
    found += [_ruled(rule) for rule in pool.rules if rule.holds(line)]
    ranked = sorted((one for one in found if one.score >= LEAST), key=lambda one: (-one.score, *one.order))
    return _marked(ranked[:MOST_SHOWN])


def propose_all(lines: Sequence[Seen], pool: Pool) -> dict[str, list[Proposal]]:
    """The proposals of many lines: the surest line is served first, and what it takes whole is offered to no
    other."""
    open_lines = {line.key: propose(line, pool) for line in lines}
    seen = {line.key: line for line in lines}
    taken: frozenset[str] = frozenset()
    done: dict[str, list[Proposal]] = {}
    waiting = sorted(open_lines, key=lambda key: _strength(open_lines[key]))
    for key in waiting:
        proposals = open_lines[key]
        if proposals and proposals[0].item_keys & taken:
            proposals = propose(seen[key], pool, but=taken)
        done[key] = proposals
        if proposals:
            first = proposals[0]
            taken |= {part.item.key for part in first.parts if part.amount == part.item.amount}
    return done


def _strength(proposals: list[Proposal]) -> int:
    return -proposals[0].score if proposals else 0


def _single(line: Seen, item: Item, signs: tuple[Reason, ...]) -> Proposal | None:
    money = of_money(line, item, is_proved=_is_proved(signs))
    if money is None:
        return None
    reason, amount = money
    reasons = (reason, *signs, *when(line, item))
    score = points_of(reasons) + penalty(line, item)
    return Proposal(item.kind, score, reasons, (Part(item, amount),), order=_order(line, (item,)))


def _is_proved(signs: tuple[Reason, ...]) -> bool:
    """Enough to think of a part: a number, an IBAN, a whole name."""
    return any(sign.why in (*PROOFS, Why.NAME) for sign in signs)


def _together(
    line: Seen,
    pool: Pool,
    near: Sequence[Item],
    signs: dict[str, tuple[Reason, ...]],
    but: frozenset[str],
) -> Iterator[Proposal]:
    """Several items of one group whose sum is the line: those that the label names, else any of them."""
    groups = {item.group: item for item in near if item.group and item.kind in SUMMED and signs[item.key]}
    for group in groups:
        members = [
            item
            for item in pool.by_group[group]
            if item.key not in but and item.kind in SUMMED and may_settle(line, item)
        ]
        members.sort(key=lambda item: (not _is_named(signs.get(item.key, ())), _day(item), item.key))
        ranks = subset([abs(item.amount) for item in members], abs(line.amount))
        chosen = tuple(members[rank] for rank in ranks)
        if chosen:
            yield _summed(line, chosen, signs)


def _summed(line: Seen, chosen: tuple[Item, ...], signs: dict[str, tuple[Reason, ...]]) -> Proposal:
    best: dict[Why, Reason] = {}
    for item in chosen:
        for reason in signs.get(item.key) or who_and_what(line, item):
            best.setdefault(reason.why, reason)
    reasons = (Reason(Why.SUM, str(len(chosen))), *best.values())
    parts = tuple(Part(item, item.amount) for item in chosen)
    score = points_of(reasons) + min(penalty(line, item) for item in chosen)
    return Proposal(chosen[0].kind, score, reasons, parts, order=_order(line, chosen))


def _deposits(line: Seen, pool: Pool, but: frozenset[str]) -> Iterator[Proposal]:
    """Cheques brought to the bank together: what was received in the days before, of this sum."""
    text = " ".join(line.words)
    if line.amount <= ZERO or not _DEPOSIT.search(text):
        return
    told = _HOW_MANY.search(text)
    for items in pool.by_deposit.values():
        members = sorted(
            (item for item in items if item.key not in but and _is_just_before(line, item)),
            key=lambda item: (abs((line.on - _day(item)).days), item.key),
        )
        ranks = subset([item.amount for item in members], line.amount, count=int(told[1]) if told else 0)
        if ranks:
            chosen = tuple(members[rank] for rank in ranks)
            reasons = (Reason(Why.SUM, str(len(chosen))), Reason(Why.DEPOSIT))
            parts = tuple(Part(item, item.amount) for item in chosen)
            yield Proposal(ItemKind.LEDGER, points_of(reasons), reasons, parts, order=_order(line, chosen))


def _is_just_before(line: Seen, item: Item) -> bool:
    return item.amount > ZERO and -2 <= (line.on - _day(item)).days <= _DEPOSIT_DAYS


def _is_named(signs: tuple[Reason, ...]) -> bool:
    return any(sign.why in (Why.NUMBER, Why.NUMBER_END, Why.REFERENCE) for sign in signs)


def _ruled(rule: Rule) -> Proposal:
    reasons = of_rule(rule)
    order = (-len(rule.words), 0, rule.key)
    return Proposal(ItemKind.RULE, points_of(reasons), reasons, rule=rule, order=order)


def _order(line: Seen, items: tuple[Item, ...]) -> tuple[object, ...]:
    """Between equals: fewer items, then the one whose day is nearest for what is noted, the oldest due."""
    first = items[0]
    if first.kind in (ItemKind.LEDGER, ItemKind.TRANSFER, ItemKind.LOT):
        return (len(items), abs((line.on - _day(first)).days), first.key)
    return (len(items) + 1, (_day(first) - date.min).days, first.key)


def _day(item: Item) -> date:
    return (item.on if item.kind == ItemKind.LEDGER else item.due_on) or item.on or item.due_on or _NO_DAY


def _marked(ranked: list[Proposal]) -> list[Proposal]:
    """The first is sure when its amount is whole, something proves it, and nothing comes near."""
    if not ranked:
        return []
    first, second = ranked[0], ranked[1].score if len(ranked) > 1 else 0
    whys = {reason.why for reason in first.reasons}
    whole = first.rule is not None or bool(whys & {Why.AMOUNT, Why.SUM})
    is_far_ahead = first.score - second >= AHEAD
    least = SURE if first.rule is None else POINTS_OF_RULE
    sure = whole and is_far_ahead and bool(whys & PROOFS) and first.score >= least
    return [replace(first, is_sure=sure), *ranked[1:]]


# A rule has no amount to answer: confirmed twice, it is enough.
POINTS_OF_RULE = 75
