"""Who may be in which category, why one leaves, how long one has been employed, when one may ask again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from cae.core.periods import after_months

DAY = timedelta(days=1)
# Codes of governance.states.register, which these rules speak of without knowing their words.
OF_PERSONS = frozenset({"employee", "former_employee", "volunteer"})
OF_BODIES = frozenset({"public_body", "cooperative"})
CAUSES_OF_PERSONS = frozenset(
    {"employment_ended", "retirement", "redundancy", "disability", "death", "deemed_resigned"}
)
CAUSES_OF_BODIES = frozenset({"dissolution"})
# Somebody decides them; the others happen.
DECIDED_CAUSES = frozenset({"exclusion", "deemed_resigned"})
# Loi 78-763 art. 7 to 9: the assembly rules on the request of who was employed a year without break.
ASKING_MONTHS = 12
# Same articles: a request that was refused may come back each year.
RETURN_MONTHS = 12


def category_fits(category: str, *, is_body: bool) -> bool:
    """Tells whether a person, or a legal person, may be in a category."""
    return category not in (OF_PERSONS if is_body else OF_BODIES)


def cause_fits(cause: str, *, is_body: bool) -> bool:
    """Tells whether a person, or a legal person, may leave for a cause."""
    return cause not in (CAUSES_OF_PERSONS if is_body else CAUSES_OF_BODIES)


def employed_since(periods: Iterable[tuple[date, date | None]], on: date) -> date | None:
    """Gives the first day of the employment without break that holds on a day, out of (first, last) days;
    periods that touch or overlap are one. None for who is not employed that day."""
    began: date | None = None
    covered: date | None = None
    for first, last in sorted(periods, key=lambda period: period[0]):
        if first > on:
            break
        if began is None or covered is None or first > covered + DAY:
            began, covered = first, _reach(last)
        else:
            covered = max(covered, _reach(last))
    return began if covered is not None and covered >= on else None


def _reach(last: date | None) -> date:
    return date.max - DAY if last is None else last


def may_ask_from(since: date) -> date:
    """Gives the day from which the assembly has to rule on the request of who is employed since a day."""
    return after_months(since, ASKING_MONTHS)


def may_return_on(refused_on: date) -> date:
    """Gives the day from which a refused request may come back."""
    return after_months(refused_on, RETURN_MONTHS)
