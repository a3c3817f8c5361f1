"""Refunds of shares: value at the closing of the year of the loss, five years, later losses, queue (GOV-06).

Statutes after loi 47-1775 art. 18: nominal less the losses, paid at the earliest after the delay, in the
order of requests, the capital never under a part of the highest one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from cae.core.money import ZERO, cents
from cae.core.periods import after_months


def closing_of(lost_on: date) -> date:
    """The closing of the year in which the status was lost: the civil year, until the house has another."""
    return date(lost_on.year, 12, 31)


def payable_from(lost_on: date, years: int) -> date:
    """The first day on which it may be paid: so many years after the loss."""
    return after_months(lost_on, 12 * years)


def last_losses(lost_on: date, years: int) -> date:
    """The last closing whose losses the shares still bear: that of the loss and those of the delay."""
    return date(lost_on.year + years, 12, 31)


def borne(loss: Decimal, value: Decimal, whole: Decimal) -> Decimal:
    """Gives the part of a loss that shares of this value bear out of those that bear it, in euros."""
    return min(cents(loss * value / whole), value) if whole else ZERO


@dataclass(frozen=True)
class YearLoss:
    """What the shares bear of a year: the loss left after the reserves, and the value of all the shares that
    bear it, in euros."""

    closed_on: date
    amount: Decimal
    whole: Decimal


def losses_of(value: Decimal, years: Iterable[YearLoss], lost_on: date, delay: int) -> dict[date, Decimal]:
    """Gives {closing: euros borne} by shares of a nominal value, never more than it in all."""
    left, found = value, {}
    for year in sorted(years, key=lambda one: one.closed_on):
        if closing_of(lost_on) <= year.closed_on <= last_losses(lost_on, delay):
            found[year.closed_on] = part = min(borne(year.amount, value, year.whole), left)
            left -= part
    return found


class Place(StrEnum):
    """Where a request stands in the queue."""

    TO_WITHDRAW = "to_withdraw"
    # Capital at its floor: one holds capital without a vote until others come in.
    AT_FLOOR = "at_floor"
    # An earlier request goes first.
    BEHIND = "behind"
    WAITING_YEARS = "waiting_years"
    PAYABLE = "payable"


@dataclass(frozen=True)
class Request:
    """A request in the queue, in the order of requests: nominal value, whether its shares are gone, when it
    may be paid."""

    key: int
    nominal: Decimal
    is_withdrawn: bool
    payable_from: date | None = None
    # Payable by a decision only: its own delay still runs.
    is_early: bool = False


def queue(requests: Iterable[Request], *, on: date, capital: Decimal, floor: Decimal) -> Mapping[int, Place]:
    """Gives the place of each request on a day, in their order: shares go while the capital stays at or above
    its floor, money goes once the delay is over, and nobody overtakes. A decision to pay early brings a day
    forward: it passes nobody who asked before, even who still waits for the delay; nor does it hold up who
    asked after and is due."""
    found: dict[int, Place] = {}
    left, blocked, unpaid = capital, False, False
    for one in requests:
        if one.is_withdrawn:
            is_due = one.payable_from is not None and one.payable_from <= on
            if not is_due:
                found[one.key] = Place.WAITING_YEARS
            elif one.is_early and found:
                found[one.key] = Place.BEHIND
            else:
                found[one.key] = Place.BEHIND if unpaid else Place.PAYABLE
                unpaid = True
        elif blocked:
            found[one.key] = Place.BEHIND
        elif left - one.nominal < floor:
            found[one.key], blocked = Place.AT_FLOOR, True
        else:
            found[one.key] = Place.BEHIND if left != capital else Place.TO_WITHDRAW
            left -= one.nominal
    return found
