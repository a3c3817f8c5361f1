"""A formula on the codes of other lines: numbers, names, + − × ÷ and parentheses; read once, then counted."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext
from operator import add, mul, sub, truediv

from accounting.calculations.layouts.faults import Unreadable, Wrong

Value = Decimal | None
_SIGNS = str.maketrans({"\u2212": "-", "\u2013": "-", "×": "*", "÷": "/", "\u00a0": " ", "\u202f": " "})
_TOKEN = re.compile(
    r"\s*(?:(?P<number>[0-9]+(?:[.,][0-9]+)?)|(?P<name>[A-Za-z][A-Za-z0-9_]*)|(?P<sign>[-+*/()]))"
)
# Parentheses deeper than this are a slip, and would exhaust the reader.
_DEEPEST = 20
_OPERATIONS: dict[str, Callable[[Decimal, Decimal], Decimal]] = {"+": add, "-": sub, "*": mul, "/": truediv}
# More than any sum of euros needs, so that nothing is lost before the figure is shown.
_DIGITS = 40


@dataclass(frozen=True)
class Number:
    value: Decimal


@dataclass(frozen=True)
class Name:
    code: str


@dataclass(frozen=True)
class Operation:
    sign: str
    left: Formula
    right: Formula


Formula = Number | Name | Operation


def read_formula(text: str) -> Formula:
    """Reads a formula. Raises Unreadable, which says what was found where it could not be."""
    reader = _Reader(_tokens(text))
    formula = reader.sum()
    if reader.next is not None:
        raise Unreadable(Wrong.FORMULA_INVALID, reader.next)
    return formula


def names_of(formula: Formula) -> tuple[str, ...]:
    """The codes that a formula reads, each once, in their order."""
    if isinstance(formula, Name):
        return (formula.code,)
    if isinstance(formula, Operation):
        return tuple(dict.fromkeys(names_of(formula.left) + names_of(formula.right)))
    return ()


def counted(formula: Formula, values: Mapping[str, Value]) -> Value:
    """What it comes to; None when it divides by zero, or reads what has no value."""
    with localcontext(prec=_DIGITS):
        return _counted(formula, values)


def _counted(formula: Formula, values: Mapping[str, Value]) -> Value:
    if isinstance(formula, Number):
        return formula.value
    if isinstance(formula, Name):
        return values[formula.code]
    left, right = _counted(formula.left, values), _counted(formula.right, values)
    if left is None or right is None or (formula.sign == "/" and not right):
        return None
    return _OPERATIONS[formula.sign](left, right)


def _tokens(text: str) -> list[str]:
    told, tokens, at = text.translate(_SIGNS).rstrip(), [], 0
    while at < len(told):
        found = _TOKEN.match(told, at)
        if found is None:
            raise Unreadable(Wrong.FORMULA_INVALID, told[at:].strip())
        tokens.append(found.group().strip())
        at = found.end()
    return tokens


class _Reader:
    """Reads products before sums, from the left; one token ahead."""

    def __init__(self, tokens: list[str]) -> None:
        self.tokens = iter(tokens)
        self.depth = 0
        self.next = next(self.tokens, None)

    def take(self) -> str:
        """The token that comes, which then is the one after."""
        if self.next is None:
            raise Unreadable(Wrong.FORMULA_INVALID)
        token, self.next = self.next, next(self.tokens, None)
        return token

    def sum(self) -> Formula:
        found = self.product()
        while self.next in {"+", "-"}:
            found = Operation(self.take(), found, self.product())
        return found

    def product(self) -> Formula:
        found = self.term()
        while self.next in {"*", "/"}:
            found = Operation(self.take(), found, self.term())
        return found

    def term(self) -> Formula:
        read = self.take()
        if read == "-":
            return Operation("-", Number(Decimal(0)), self.within(self.term, read))
        if read == "(":
            found = self.within(self.sum, read)
            if self.next != ")":
                raise Unreadable(Wrong.FORMULA_INVALID, self.next or "")
            self.take()
            return found
        if read[0].isdigit():
            return Number(Decimal(read.replace(",", ".")))
        if read[0].isalpha():
            return Name(read.upper())
        raise Unreadable(Wrong.FORMULA_INVALID, read)

    def within(self, step: Callable[[], Formula], word: str) -> Formula:
        """Reads one step deeper."""
        self.depth += 1
        if self.depth > _DEEPEST:
            raise Unreadable(Wrong.FORMULA_INVALID, word)
        found = step()
        self.depth -= 1
        return found
