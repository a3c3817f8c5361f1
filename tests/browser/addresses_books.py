"""The addresses of the books, and how the walk reaches them: lists a subject, in the order of the room.
Objects are those of tests/browser/books.py."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.browser.house import House
from tests.browser.stops import Stop


def of(name: str, *more: str) -> Callable[[House], Any]:
    """An object of the house by the name it has in `house.booked`, then the words that its address adds."""
    return lambda house: (house.booked[name].pk, *more)


def _c(name: str, of_what: Callable[[House], Any] | None = None, state: str = "", query: str = "") -> Stop:
    """Seen by the accountant."""
    return Stop(f"accounting:{name}", "accountant", of_what, state, query)


def _s(name: str, of_what: Callable[[House], Any] | None = None, state: str = "", query: str = "") -> Stop:
    """Seen by the entrepreneur."""
    return Stop(f"accounting:{name}", "seller", of_what, state, query)


# -- ledger
LEDGER_NO_PAGE: dict[str, str] = {}
LEDGER: tuple[Stop, ...] = ()

# -- lettering
LETTERING_NO_PAGE: dict[str, str] = {}
LETTERING: tuple[Stop, ...] = ()

# -- layouts
LAYOUTS_NO_PAGE: dict[str, str] = {}
LAYOUTS: tuple[Stop, ...] = ()

# -- levies
LEVIES_NO_PAGE: dict[str, str] = {}
LEVIES: tuple[Stop, ...] = ()

# -- simulation
SIMULATION_NO_PAGE: dict[str, str] = {}
SIMULATION: tuple[Stop, ...] = ()

# -- payroll
PAYROLL_NO_PAGE: dict[str, str] = {}
PAYROLL: tuple[Stop, ...] = ()

# -- bank
BANK_NO_PAGE: dict[str, str] = {}
BANK: tuple[Stop, ...] = ()

# -- reconciliation
RECONCILIATION_NO_PAGE: dict[str, str] = {}
RECONCILIATION: tuple[Stop, ...] = ()

# -- treasury
TREASURY_NO_PAGE: dict[str, str] = {}
TREASURY: tuple[Stop, ...] = ()

# -- vat
VAT_NO_PAGE: dict[str, str] = {}
VAT: tuple[Stop, ...] = ()

# -- funds
FUNDS_NO_PAGE: dict[str, str] = {}
FUNDS: tuple[Stop, ...] = ()

# -- year_end
YEAR_END_NO_PAGE: dict[str, str] = {}
YEAR_END: tuple[Stop, ...] = ()

# -- exports
EXPORTS_NO_PAGE: dict[str, str] = {}
EXPORTS: tuple[Stop, ...] = ()

# -- audit
AUDIT_NO_PAGE: dict[str, str] = {}
AUDIT: tuple[Stop, ...] = ()

NO_PAGE: dict[str, str] = {
    **LEDGER_NO_PAGE,
    **LETTERING_NO_PAGE,
    **LAYOUTS_NO_PAGE,
    **LEVIES_NO_PAGE,
    **SIMULATION_NO_PAGE,
    **PAYROLL_NO_PAGE,
    **BANK_NO_PAGE,
    **RECONCILIATION_NO_PAGE,
    **TREASURY_NO_PAGE,
    **VAT_NO_PAGE,
    **FUNDS_NO_PAGE,
    **YEAR_END_NO_PAGE,
    **EXPORTS_NO_PAGE,
    **AUDIT_NO_PAGE,
}

STOPS: tuple[Stop, ...] = (
    *LEDGER,
    *LETTERING,
    *LAYOUTS,
    *LEVIES,
    *SIMULATION,
    *PAYROLL,
    *BANK,
    *RECONCILIATION,
    *TREASURY,
    *VAT,
    *FUNDS,
    *YEAR_END,
    *EXPORTS,
    *AUDIT,
)
