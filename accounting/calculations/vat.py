"""The VAT statement: where a line is counted, what each box is worth, the entry that settles it.

Source: notice 3310-NOT-CA3-SD (2026); CGI art. 287, 271 (deduction), 283 (reverse charge), 1724 (euros).
Boxes are data: what is gathered has a name (« sale », « bought/eu_goods », « deducted/assets »), and each box
says which names it gathers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from accounting.calculations.entries import LineDraft, credit, debit, merged
from cae.core.money import ZERO, cents, euros

COLLECTED, REVERSE = "vat_collected", "vat_reverse"
DEDUCTIBLE, ASSETS = "vat_deductible", "vat_assets"
DUE, CREDIT, NOT_DEDUCTED = "vat_due", "vat_credit", "vat_not_deducted"
# What a final coefficient changes, told apart from the deductions of the period.
ADJUSTMENT = "adjustment"
ROUNDING_CHARGE, ROUNDING_INCOME = "rounding_charge", "rounding_income"
DUE_ROLES, DEDUCTED_ROLES = (COLLECTED, REVERSE), (DEDUCTIBLE, ASSETS)
CARRIED = "carried"
# A VAT account that the house does not know.
UNKNOWN = "unknown"
# An exempt sale says so by its account where its line does not.
_EXEMPT_ROLES = ("revenue_training",)
# Above this, tax forgotten wants a corrective return (BOI-TVA-DECLA-20-20-20-10 § 245).
CORRECTIVE_ABOVE = Decimal(4000)


@dataclass(frozen=True, slots=True)
class TaxLine:
    """A line of the books that a return has to place. `tax` and `base`: positive when due (of a sale, of a
    reverse charge) or deducted; `base` is None when the line does not say it."""

    key: int
    on: date
    role: str
    rate: Decimal | None
    kind: str
    tax: Decimal
    base: Decimal | None = None
    # What the coefficient of its section leaves of a deduction.
    share: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Counted:
    """Where a line goes: the name of its operation, its rate or its deduction; « why »: what is missing."""

    line: TaxLine
    operation: str = ""
    rate: Decimal | None = None
    deduction: str = ""
    base: Decimal = ZERO
    tax: Decimal = ZERO
    why: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    """A box of the form."""

    code: str
    rate: Decimal | None = None
    gathers: tuple[str, ...] = ()
    formula: str = ""
    overflow: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """What a box says: exact sums, and whole euros."""

    exact_base: Decimal = ZERO
    exact_tax: Decimal = ZERO
    base: Decimal = ZERO
    tax: Decimal = ZERO


def place(line: TaxLine, *, starts_on: date, rates: Iterable[Decimal]) -> Counted:
    """Where a line is counted in a return whose period begins that day; an earlier one comes late."""
    late = line.on < starts_on
    if line.role in DEDUCTED_ROLES:
        return _deducted(line, late=late)
    if line.role == UNKNOWN or line.rate is None:
        return Counted(line, why="account" if line.role == UNKNOWN else "rate")
    if line.role in DUE_ROLES:
        return _due(line, late=late, rates=rates)
    kind = line.kind or ("exempt" if line.role in _EXEMPT_ROLES else "")
    if not kind:
        return Counted(line, why="kind")
    return Counted(line, operation="late/untaxed" if late else f"sale/{kind}", base=line.base or ZERO)


def _deducted(line: TaxLine, *, late: bool) -> Counted:
    if line.kind == ADJUSTMENT:
        return Counted(line, deduction="deducted/late", tax=line.tax)
    usual = "deducted/assets" if line.role == ASSETS else "deducted/other"
    return Counted(line, deduction="deducted/late" if late else usual, tax=cents(line.tax * line.share))


def _due(line: TaxLine, *, late: bool, rates: Iterable[Decimal]) -> Counted:
    if line.role == REVERSE and not line.kind:
        return Counted(line, why="kind")
    if not line.rate or line.rate not in rates:
        return Counted(line, why="box")
    name = "bought" if line.role == REVERSE else "sale"
    operation = f"{name}/{line.kind}" if line.kind else name
    base = line.base if line.base is not None else base_of(line.tax, line.rate)
    return Counted(
        line, operation="late/taxed" if late else operation, rate=line.rate, base=base, tax=line.tax
    )


def base_of(tax: Decimal, rate: Decimal) -> Decimal:
    """The base that a tax is of, for a line that does not say it, to the cent."""
    return cents(tax * 100 / rate)


def gathered(boxes: Sequence[Box], name: str) -> str:
    """The box that gathers what has this name; nothing when the form has none."""
    return next((box.code for box in boxes if name in box.gathers), "")


def box_of_rate(boxes: Sequence[Box], rate: Decimal | None) -> str:
    return next((box.code for box in boxes if rate is not None and box.rate == rate), "")


def figures(
    boxes: Sequence[Box], counted: Iterable[Counted], *, carried: Decimal = ZERO
) -> dict[str, Figure]:
    """What each box says of the lines counted and of the credit carried from the former return."""
    bases = dict.fromkeys((box.code for box in boxes), ZERO)
    taxes = dict(bases)
    for one in counted:
        operation, box = gathered(boxes, one.operation), box_of_rate(boxes, one.rate)
        box = box or gathered(boxes, one.deduction)
        for code, sums, amount in (
            (operation, bases, one.base),
            (box, taxes, one.tax),
            (box if one.rate else "", bases, one.base),
            (gathered(boxes, f"tax_of/{operation}"), taxes, one.tax),
        ):
            if code:
                sums[code] += amount
    if carried:
        taxes[gathered(boxes, CARRIED)] += carried
    return _told(boxes, bases, taxes)


def _told(
    boxes: Sequence[Box], bases: Mapping[str, Decimal], taxes: Mapping[str, Decimal]
) -> dict[str, Figure]:
    """Exact sums, then what is declared: nothing below zero, whole euros, totals of whole euros."""
    shown_bases, shown_taxes = dict(bases), dict(taxes)
    for box in boxes:
        # Below zero, a tax goes to a line that deducts it; a base has one of regularisations.
        for shown, goes in ((shown_bases, box.rate is None), (shown_taxes, True)):
            if shown[box.code] < ZERO and box.overflow and goes:
                shown[box.overflow] -= shown[box.code]
                shown[box.code] = ZERO
    for box in boxes:
        shown_bases[box.code] = euros(max(shown_bases[box.code], ZERO))
        shown_taxes[box.code] = euros(max(shown_taxes[box.code], ZERO))
    for box in boxes:
        if box.formula:
            shown_taxes[box.code] = _computed(box.formula, shown_taxes)
    return {
        box.code: Figure(bases[box.code], taxes[box.code], shown_bases[box.code], shown_taxes[box.code])
        for box in boxes
    }


def _computed(formula: str, taxes: Mapping[str, Decimal]) -> Decimal:
    """« 16-23 »: lines added and taken off, never below zero."""
    total = ZERO
    for sign, code in re.findall(r"([+-]?)([0-9A-Z]+)", formula):
        total += -taxes[code] if sign == "-" else taxes[code]
    return max(total, ZERO)


@dataclass(frozen=True, slots=True)
class Standing:
    """What an account holds in a section for a return, debit less credit."""

    role: str
    section: int
    signed: Decimal


def settlement(standings: Iterable[Standing], *, result: Decimal, shared: int) -> list[LineDraft]:
    """Empties the VAT accounts, section by section, into what is due (`result` above zero) or carried; what
    rounding changes goes to the shared section."""
    lines: list[LineDraft] = []
    nets: dict[int, Decimal] = {}
    for one in standings:
        lines.append(credit(one.role, one.section, one.signed))
        nets[one.section] = nets.get(one.section, ZERO) - one.signed
    rounding = result - sum(nets.values(), ZERO)
    if rounding:
        lines.append(debit(ROUNDING_CHARGE if rounding > ZERO else ROUNDING_INCOME, shared, rounding))
        nets[shared] = nets.get(shared, ZERO) + rounding
    goes_to = DUE if result > ZERO else CREDIT
    lines.extend(credit(goes_to, section, net) for section, net in nets.items())
    return list(merged(lines))


def deduction_coefficient(taxed: Decimal, whole: Decimal) -> Decimal:
    """The share of the VAT of mixed costs that is deducted: sales that give the right over all sales, rounded
    up to two decimals (CGI ann. II art. 206-III). ValueError without any sale, or beyond the whole."""
    if whole <= ZERO or not ZERO <= taxed <= whole:
        raise ValueError("the sales that give the right are a part of all sales")
    hundredths, rest = divmod(taxed * 100, whole)
    return (hundredths + (1 if rest else 0)) / 100
