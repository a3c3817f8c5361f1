"""How many proxies an associate may hold, and why one more is refused (governance.md §2.3, lines 6 and 7)."""

from __future__ import annotations

from collections.abc import Mapping

# Loi 78-763, assemblies (domain.md 1.3): below this number of associates, one voice besides one's own…
SMALL_BELOW = 20
SMALL_CAP = 1
# … from it on, a twentieth of the associates at most.
SHARE = 20

LEGAL = "legal"
REPLACES = "replaces"

ONESELF, NOT_HOLDER, OTHER_COLLEGE, ABOVE_CAP, ALREADY_GIVEN, BLANK_REFUSED = (
    "oneself",
    "not_holder",
    "other_college",
    "above_cap",
    "already_given",
    "blank_refused",
)


def legal_cap(associates: int) -> int:
    """Gives the voices that an associate may hold besides one's own, by the law, rounded down."""
    return SMALL_CAP if associates < SMALL_BELOW else associates // SHARE


def cap(associates: int, setting: str, *, law_binds: bool = True) -> int:
    """Gives the cap in force: that of the law, or that of the statutes. Where the law binds (SCOP), the
    statutes may only ask for less."""
    if setting == LEGAL:
        return legal_cap(associates)
    return min(int(setting), legal_cap(associates)) if law_binds else int(setting)


def held(given: Mapping[int, int | None], holder: int, *, besides: int | None = None) -> int:
    """Gives how many proxies somebody holds of `given` {principal: holder, None when blank}, that of
    `besides` left out: a sleeping one counts, it may wake."""
    return sum(1 for principal, who in given.items() if who == holder and principal != besides)


def refusal(
    given: Mapping[int, int | None],
    principal: int,
    holder: int | None,
    *,
    most: int,
    later: str = REPLACES,
    blank_allowed: bool = True,
) -> str:
    """Gives why a proxy may not be given, "" when it may. A blank one has no cap; a later one replaces the
    earlier one of the same principal, or is refused, as `later` says."""
    if principal in given and later != REPLACES:
        return ALREADY_GIVEN
    if holder is None:
        return "" if blank_allowed else BLANK_REFUSED
    if holder == principal:
        return ONESELF
    return "" if held(given, holder, besides=principal) < most else ABOVE_CAP
