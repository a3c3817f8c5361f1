"""Which notices a document bears: the conditions of the library against the facts of one sale (INV-27)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

# « {nda} » in a text stands for a parameter of the cooperative.
_BLANK = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class SaleFacts:
    """What the conditions look at. `vat` holds (category, code) of each line, options included."""

    is_quote: bool
    is_private: bool
    natures: frozenset[str]
    vat: frozenset[tuple[str, str]]
    trade: str = ""
    activity: int | None = None
    on_debits: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """When a notice of the library applies; what is left empty holds always."""

    code: str
    place: str = "both"  # quotes, invoices, both
    trade: str = ""
    nature: str = ""
    vat_category: str = ""
    vat_code: str = ""
    audience: str = ""  # professionals, private_persons
    activity: int | None = None
    on_debits: bool = False
    compulsory: bool = True


@dataclass(frozen=True, slots=True)
class Called:
    """A notice that applies: put by itself, or offered to the author."""

    code: str
    compulsory: bool


def mentions_for(facts: SaleFacts, library: Iterable[Condition]) -> tuple[Called, ...]:
    """The notices that apply to a sale, in the order of the library."""
    return tuple(Called(one.code, one.compulsory) for one in library if applies(one, facts))


def applies(one: Condition, facts: SaleFacts) -> bool:
    """Whether every condition of a notice holds."""
    places = ("both", "quotes" if facts.is_quote else "invoices")
    audiences = ("", "private_persons" if facts.is_private else "professionals")
    return (
        one.place in places
        and one.audience in audiences
        and one.activity in (None, facts.activity)
        and (not one.on_debits or facts.on_debits)
        and (not one.nature or one.nature in facts.natures)
        and (not one.vat_category or one.vat_category in {category for category, _code in facts.vat})
        and (not one.vat_code or one.vat_code in {code for _category, code in facts.vat})
        and same_trade(one.trade, facts.trade)
    )


def same_trade(wanted: str, trade: str) -> bool:
    """A trade written alike, whatever its capitals; a notice without trade is for all."""
    return not wanted or wanted.strip().casefold() in trade.casefold()


def blanks_of(text: str) -> frozenset[str]:
    """The parameters that a text asks for."""
    return frozenset(_BLANK.findall(text))


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with its parameters, or nothing while the cooperative has not given one of them."""
    if not all(values.get(name) for name in blanks_of(text)):
        return ""
    return _BLANK.sub(lambda found: values[found[1]], text)
