"""What a machine can say of a document before anybody reads it: rules on plain values, no words (INV-16).

Each rule gives one outcome at least: in order, to look at, or wrong. « Wrong » is what issuing refuses or
the law forbids; « to look at » is for a person to judge. Words: selectors/checks.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import IntEnum
from typing import Any

from invoicing.calculations.terms import latest_due_on

# A price this far from the catalogue deserves a word: usual rebates of the trade stay below.
FAR = Decimal("0.20")

# Customs union and VAT territory: member States by their code, Northern Ireland left out.
EUROPEAN_UNION = frozenset(
    {"AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU"}
    | {"IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"}
)


class Level(IntEnum):
    """In the order of the page: what to look at, then what is wrong, then what is right."""

    LOOK = 0
    WRONG = 1
    RIGHT = 2


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a rule found: a code for its sentence, the values of it, the field to put right."""

    code: str
    level: Level
    values: dict[str, Any] = field(default_factory=dict)
    field: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedLine:
    position: int
    unit_price: Decimal
    net: Decimal
    category: str
    vat_code: str
    rate_in_force: bool
    nature: str
    optional: bool = False
    # What the catalogue asks, before tax; None when the line comes from nowhere.
    catalogue_price: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedSale:
    kind: str  # quote, invoice, credit_note
    on: date
    lines: tuple[CheckedLine, ...]
    net: Decimal
    gross: Decimal
    # The sale and the disbursements.
    to_pay: Decimal
    totals_true: bool
    customer_kind: str  # firm, public_body, private_person
    country: str
    has_siren: bool
    has_address: bool
    has_email: bool
    has_vat_number: bool
    order_required: bool
    has_order: bool
    threshold: Decimal
    overdue_count: int = 0
    overdue_amount: Decimal = Decimal("0.00")
    # What the customer owes already, and how much they may owe at once; None: no limit.
    owed: Decimal = Decimal("0.00")
    credit_limit: Decimal | None = None
    valid_until: date | None = None
    starts_on: date | None = None
    delivered_on: date | None = None
    due_on: date | None = None
    pays_end_of_month: bool = False
    missing_mentions: tuple[str, ...] = ()
    # What insurance says: nothing asked, « covered », « waived », or why not (ENT-42).
    cover: str = ""
    cover_since: date | None = None
    cover_limit: Decimal | None = None

    @property
    def is_abroad(self) -> bool:
        return self.country != "FR"

    @property
    def in_union(self) -> bool:
        return self.country in EUROPEAN_UNION

    @property
    def is_private(self) -> bool:
        return self.customer_kind == "private_person"


def outcomes_of(sale: CheckedSale) -> list[Outcome]:
    """Everything the rules say, warnings before errors, then what is in order."""
    rules: list[Callable[[CheckedSale], Iterator[Outcome]]] = [_content, _amount]
    if sale.kind != "credit_note":
        rules[1:1] = [_prices, _customer, _overdue, _limit, _vat, _dates, _order, _mentions, _cover]
    found = [outcome for rule in rules for outcome in rule(sale)]
    return sorted(found, key=lambda outcome: outcome.level)


def _content(sale: CheckedSale) -> Iterator[Outcome]:
    if not sale.lines:
        yield Outcome("no_line", Level.WRONG, field="lines")
    elif sale.gross <= 0 and not any(line.optional and line.net > 0 for line in sale.lines):
        yield Outcome("no_amount", Level.WRONG, field="lines")
    elif not sale.totals_true:
        yield Outcome("old_totals", Level.WRONG, field="lines")
    else:
        yield Outcome("content", Level.RIGHT, {"count": len(sale.lines)})


def _prices(sale: CheckedSale) -> Iterator[Outcome]:
    right = True
    for index, line in enumerate(sale.lines):
        place = f"lines-{index}-unit_price"
        if not line.net:
            right = False
            yield Outcome("zero_line", Level.LOOK, {"position": line.position}, place)
        asked = line.catalogue_price
        if asked and abs(line.unit_price - asked) > asked * FAR:
            right = False
            values = {"position": line.position, "price": line.unit_price, "asked": asked}
            yield Outcome("far_price", Level.LOOK, values, place)
    if right and sale.lines:
        yield Outcome("prices", Level.RIGHT)


def _customer(sale: CheckedSale) -> Iterator[Outcome]:
    right = True
    if not sale.has_address:
        right = False
        yield Outcome("no_address", Level.WRONG, field="customer")
    if not (sale.is_private or sale.is_abroad or sale.has_siren):
        right = False
        yield Outcome("no_siren", Level.WRONG, field="customer")
    if not sale.has_email:
        right = False
        yield Outcome("no_email", Level.LOOK, field="customer")
    if right:
        yield Outcome("customer", Level.RIGHT)


def _overdue(sale: CheckedSale) -> Iterator[Outcome]:
    if sale.overdue_count:
        yield Outcome("overdue", Level.LOOK, {"count": sale.overdue_count, "amount": sale.overdue_amount})
    else:
        yield Outcome("no_overdue", Level.RIGHT)


def _limit(sale: CheckedSale) -> Iterator[Outcome]:
    """Said of whom a limit was given to: what they owe, and this on top."""
    if sale.credit_limit is None:
        return
    after = sale.owed + sale.to_pay
    values = {"amount": after, "limit": sale.credit_limit}
    if after > sale.credit_limit:
        yield Outcome("above_limit", Level.LOOK, values)
    else:
        yield Outcome("within_limit", Level.RIGHT, values)


def _vat(sale: CheckedSale) -> Iterator[Outcome]:
    seen = {_vat_fault(sale, line): (index, line) for index, line in reversed(list(enumerate(sale.lines)))}
    faults = sorted((place[0], code, place[1]) for code, place in seen.items() if code)
    for index, code, line in faults:
        level = Level.LOOK if code in _TO_JUDGE else Level.WRONG
        at = "customer" if code in _OF_CUSTOMER else f"lines-{index}-vat_rate"
        yield Outcome(code, level, {"position": line.position}, at)
    if sale.lines and not faults:
        yield Outcome("vat", Level.RIGHT)


# A person has to know more than the document says: where a service is used, what a training is.
_TO_JUDGE = frozenset({"taxed_in_union", "taxed_abroad", "training_taxed", "reverse_elsewhere"})
_OF_CUSTOMER = frozenset({"no_vat_number"})


def _vat_fault(sale: CheckedSale, line: CheckedLine) -> str:
    """The first thing wrong with the tax of a line, or nothing (CGI art. 259 to 262, 283, 261-4-4°)."""
    if not line.rate_in_force:
        return "old_rate"
    if line.category in ("AE", "K", "G"):
        return _not_taxed_fault(sale, line)
    if line.category == "E":
        return "" if line.nature == "training" else "exempt_not_training"
    if line.nature == "training" and line.category == "S":
        return "training_taxed"
    if sale.is_abroad and not sale.is_private and line.category == "S":
        return "taxed_in_union" if sale.in_union else "taxed_abroad"
    return ""


def _not_taxed_fault(sale: CheckedSale, line: CheckedLine) -> str:
    if line.category == "G":
        return "" if not sale.in_union else "export_inside"
    if sale.is_private:
        return "private_not_taxed"
    of_building = line.vat_code == "reverse-building"
    if not sale.is_abroad and (line.category == "K" or line.vat_code == "reverse-eu"):
        return "reverse_at_home"
    if sale.is_abroad and (of_building or not sale.in_union):
        return "reverse_elsewhere"
    return "" if sale.has_vat_number else "no_vat_number"


def _dates(sale: CheckedSale) -> Iterator[Outcome]:
    faults: list[Outcome] = []
    if sale.valid_until is not None and sale.valid_until < sale.on:
        faults.append(Outcome("validity_over", Level.WRONG, {"day": sale.valid_until}, "valid_until"))
    if sale.starts_on is not None and sale.starts_on < sale.on:
        faults.append(Outcome("starts_before", Level.LOOK, {"day": sale.starts_on}, "starts_on"))
    if sale.due_on is not None and sale.due_on < sale.on:
        faults.append(Outcome("due_before", Level.WRONG, {"day": sale.due_on}, "due_on"))
    latest = latest_due_on(sale.on, end_of_month=sale.pays_end_of_month)
    if sale.due_on is not None and not sale.is_private and sale.due_on > latest:
        faults.append(Outcome("due_late", Level.LOOK, {"day": sale.due_on}, "due_on"))
    if sale.delivered_on is not None and sale.delivered_on > sale.on:
        faults.append(Outcome("delivered_later", Level.LOOK, {"day": sale.delivered_on}, "delivered_on"))
    yield from faults or [Outcome("dates", Level.RIGHT)]


def _order(sale: CheckedSale) -> Iterator[Outcome]:
    """The customer gives the number of its order when it accepts: a quote has none yet."""
    if not sale.order_required or sale.kind == "quote":
        return
    if sale.has_order:
        yield Outcome("order", Level.RIGHT)
    else:
        yield Outcome("no_order", Level.WRONG, field="order_reference")


def _mentions(sale: CheckedSale) -> Iterator[Outcome]:
    for title in sale.missing_mentions:
        yield Outcome("no_mention", Level.WRONG, {"title": title})
    if not sale.missing_mentions:
        yield Outcome("mentions", Level.RIGHT)


def _cover(sale: CheckedSale) -> Iterator[Outcome]:
    """A quote without insurance is stopped; an invoice, whose work is done, is only signalled."""
    if not sale.cover:
        return
    if sale.cover in ("covered", "waived"):
        yield Outcome("covered" if sale.cover == "covered" else "cover_waived", Level.RIGHT)
        return
    values = {"day": sale.cover_since, "amount": sale.cover_limit}
    level = Level.WRONG if sale.kind == "quote" else Level.LOOK
    yield Outcome(f"cover_{sale.cover}", level, values, "cover" if sale.kind == "quote" else "")


def _amount(sale: CheckedSale) -> Iterator[Outcome]:
    if abs(sale.net) > sale.threshold:
        yield Outcome("above", Level.LOOK, {"amount": abs(sale.net), "threshold": sale.threshold})
    else:
        yield Outcome("below", Level.RIGHT, {"threshold": sale.threshold})
