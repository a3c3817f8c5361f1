"""Why a layout cannot be read: a code, the row and the box where it stands, the word that is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Wrong(StrEnum):
    """Everything that may be wrong in the lines of a layout."""

    ACCOUNTS_INVALID = "accounts_invalid"
    CODE_INVALID = "code_invalid"
    CODE_TWICE = "code_twice"
    CONTENT_BOTH = "content_both"
    CONTENT_MISSING = "content_missing"
    FORMULA_CIRCLE = "formula_circle"
    FORMULA_INVALID = "formula_invalid"
    FORMULA_NAME_UNKNOWN = "formula_name_unknown"
    HEADING_COUNTED = "heading_counted"
    PERCENT_OF_ACCOUNTS = "percent_of_accounts"
    RESULT_IN_INCOME = "result_in_income"


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong. `row` counts the lines from zero; `box` is code, accounts or formula."""

    row: int
    box: str
    code: Wrong
    word: str = ""


class Unreadable(ValueError):
    """What was read is neither accounts nor a formula."""

    def __init__(self, code: Wrong, word: str = "") -> None:
        super().__init__(f"{code}: {word!r}")
        self.code = code
        self.word = word
