"""What matching compares: a line of the bank, the items that it may settle, the rules learnt, a proposal."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from accounting.calculations.matching.texts import naming_words, plain, words_of


class ItemKind(StrEnum):
    """What an item is, which says what accepting it does."""

    LEDGER = "ledger"
    TRANSFER = "transfer"
    LOT = "lot"
    INVOICE = "invoice"
    CREDIT = "credit"
    PURCHASE = "purchase"
    DUE = "due"
    RULE = "rule"


# Several of them may be paid at once, or one in several times.
SUMMED = frozenset({ItemKind.LEDGER, ItemKind.INVOICE, ItemKind.PURCHASE, ItemKind.DUE, ItemKind.CREDIT})
IN_PARTS = frozenset({ItemKind.INVOICE, ItemKind.CREDIT, ItemKind.DUE})


class Why(StrEnum):
    """A reason for a proposal; its words stand in selectors/bank_words."""

    AMOUNT = "amount"
    SUM = "sum"
    PART = "part"
    SURPLUS = "surplus"
    REFERENCE = "reference"
    NUMBER = "number"
    NUMBER_END = "number_end"
    IBAN = "iban"
    NAME = "name"
    NAME_PART = "name_part"
    NEAR = "near"
    DUE = "due"
    DEPOSIT = "deposit"
    RULE = "rule"
    RULE_OFTEN = "rule_often"


@dataclass(frozen=True)
class Reason:
    why: Why
    detail: str = ""


@dataclass(frozen=True)
class Item:
    """Something that money may settle: `amount` is signed as the bank writes it, above zero for money that
    comes in. `group`: those of one customer, supplier or month are paid together; `deposit`: those brought to
    the bank together (« cheque »)."""

    key: str
    kind: ItemKind
    label: str
    amount: Decimal
    party: str = ""
    on: date | None = None
    due_on: date | None = None
    numbers: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    ibans: tuple[str, ...] = ()
    group: str = ""
    deposit: str = ""

    @cached_property
    def names(self) -> tuple[str, ...]:
        return naming_words(self.party)


@dataclass(frozen=True)
class Rule:
    """What was learnt: words that all stand in the label, an IBAN, a side, amounts."""

    key: str
    label: str
    words: tuple[str, ...]
    is_in: bool
    iban: str = ""
    least: Decimal | None = None
    most: Decimal | None = None
    seen: int = 0

    def holds(self, line: Seen) -> bool:
        """Tells whether it speaks of this line."""
        amount = abs(line.amount)
        return (
            (line.amount > 0) == self.is_in
            and (not self.iban or self.iban == line.iban)
            and (self.least is None or amount >= self.least)
            and (self.most is None or amount <= self.most)
            and all(f" {plain(words)} " in line.padded for words in self.words)
        )


@dataclass(frozen=True)
class Seen:
    """A line of the bank as matching reads it."""

    key: str
    on: date
    amount: Decimal
    label: str
    counterparty: str = ""
    iban: str = ""
    references: tuple[str, ...] = ()

    @cached_property
    def words(self) -> list[str]:
        return words_of(f"{self.label} {self.counterparty}")

    @cached_property
    def padded(self) -> str:
        return f" {' '.join(self.words)} "


@dataclass(frozen=True)
class Part:
    """What of an item a line settles."""

    item: Item
    amount: Decimal


@dataclass(frozen=True)
class Proposal:
    """What a line may be, how sure it is and why. A rule has no part."""

    kind: ItemKind
    score: int
    reasons: tuple[Reason, ...]
    parts: tuple[Part, ...] = ()
    rule: Rule | None = None
    is_sure: bool = False
    order: tuple[object, ...] = field(default=(), compare=False)

    @property
    def key(self) -> str:
        """What a page sends back."""
        return self.rule.key if self.rule else "+".join(part.item.key for part in self.parts)

    @property
    def item_keys(self) -> frozenset[str]:
        return frozenset(part.item.key for part in self.parts)
