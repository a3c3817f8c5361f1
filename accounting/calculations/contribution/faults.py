"""Why a scale cannot be read: a code, where it stands, and what the sentence needs."""

from __future__ import annotations

from enum import StrEnum


class Fault(StrEnum):
    """Everything that may be wrong in the rules of a scale."""

    AMOUNT_INVALID = "amount_invalid"
    CATEGORY_UNKNOWN = "category_unknown"
    CONTRACT_UNKNOWN = "contract_unknown"
    COST_UNKNOWN = "cost_unknown"
    FLOOR_ABOVE_CAP = "floor_above_cap"
    KEY_MISSING = "key_missing"
    KEY_UNKNOWN = "key_unknown"
    LAST_TIER_LIMITED = "last_tier_limited"
    MONTHLY_ONLY = "monthly_only"
    MONTHS_INVALID = "months_invalid"
    PART_UNKNOWN = "part_unknown"
    POINTS_DISORDERED = "points_disordered"
    POINTS_MISSING = "points_missing"
    RATE_INVALID = "rate_invalid"
    TIER_ENDLESS = "tier_endless"
    TIERS_MISSING = "tiers_missing"
    TIERS_OVERLAP = "tiers_overlap"
    VALUE_UNKNOWN = "value_unknown"
    WINDOW_UNFIT = "window_unfit"


class ScaleFault(ValueError):
    """The first thing that is wrong. `where` is the part of the scale, `row` the tier or point of that part,
    `word` what was read there or what it should be compared with."""

    def __init__(self, code: Fault, where: str, word: object = "", *, row: int | None = None) -> None:
        super().__init__(f"{code} at {where}: {word!r}")
        self.code = code
        self.where = where
        self.word = word
        self.row = row
