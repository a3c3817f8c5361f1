"""What the law wants written in each kind of contract, as a table: the clauses, their article."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Content:
    """One mandatory content: the columns that hold it, and the article that wants it."""

    clauses: tuple[str, ...]
    article: str


# C. com. R127-1 (JO 20-05-2005); what follows its 2° is to be confirmed (domain.md 3.2).
_ACCOMPANIED: tuple[Content, ...] = (
    Content(("programme",), "C. com. R127-1, 1°"),
    Content(("commitments_before", "commitments_after"), "C. com. R127-1, 1°"),
    Content(("means",), "C. com. R127-1, 2°"),
    Content(("contribution_rule",), "C. com. R127-1"),
    Content(("third_parties_clause",), "C. com. R127-1"),
    Content(("accounts_rhythm",), "C. com. R127-1"),
    Content(("early_end_clause",), "C. com. R127-1"),
)

# C. trav. L7331-2, points a to g of domain.md 3.3.
_EMPLOYED: tuple[Content, ...] = (
    Content(("objectives", "minimum_amount", "minimum_period"), "C. trav. L7331-2, a"),
    Content(("means",), "C. trav. L7331-2, b"),
    Content(("contribution_rule",), "C. trav. L7331-2, c"),
    Content(("fixed_part", "variable_method"), "C. trav. L7331-2, d"),
    Content(("statutes_version",), "C. trav. L7331-2, e"),
    Content(("customers_clause", "property_clause"), "C. trav. L7331-2, f"),
    Content(("associate_clause",), "C. trav. R7331-10"),
)

MANDATORY: Mapping[str, tuple[Content, ...]] = {
    # An agreement before the CAPE has no text of its own: the programme and the means, as practised.
    "support_agreement": (Content(("programme",), ""), Content(("means",), "")),
    "cape": _ACCOMPANIED,
    "cesa": _EMPLOYED,
    "other": (Content(("other_clauses",), ""),),
}

# What each kind may hold besides.
_OPTIONAL: Mapping[str, tuple[str, ...]] = {
    "support_agreement": ("commitments_before", "early_end_clause", "other_clauses"),
    "cape": ("contribution_scale", "other_clauses"),
    "cesa": ("contribution_scale", "working_time", "accounts_rhythm", "early_end_clause", "other_clauses"),
    "other": ("means", "fixed_part", "working_time", "early_end_clause"),
}


def mandatory_clauses(kind: str) -> dict[str, str]:
    """Gives the clauses that a contract of this kind must hold, in order, each with its article."""
    return {clause: content.article for content in MANDATORY[kind] for clause in content.clauses}


def clauses_of(kind: str) -> tuple[str, ...]:
    """Gives every clause that a contract of this kind may hold: the mandatory ones first."""
    return (*mandatory_clauses(kind), *_OPTIONAL[kind])


def missing_clauses(kind: str, clauses: Mapping[str, Any]) -> dict[str, str]:
    """Gives the mandatory clauses left empty, each with its article; zero euro is an amount."""
    return {
        name: article
        for name, article in mandatory_clauses(kind).items()
        if clauses[name] is None or clauses[name] == ""
    }


def changed_clauses(
    names: Iterable[str], before: Mapping[str, Any], after: Mapping[str, Any]
) -> tuple[str, ...]:
    """Gives the clauses that differ between two sets."""
    return tuple(name for name in names if before[name] != after[name])
