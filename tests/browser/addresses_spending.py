"""The addresses of spending, deals, parts of quotes and reminders, and how the walk reaches them: lists a
subject, in the order of their owners. Objects are those of tests/browser/spending.py."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.browser.house import House
from tests.browser.stops import ACTS, FILE, Stop


def of(name: str, *more: str) -> Callable[[House], Any]:
    """An object of the house by the name it has in `house.spent`, then the words that its address adds."""
    return lambda house: (house.spent[name].pk, *more)


def _s(name: str, of_what: Callable[[House], Any] | None = None, state: str = "", query: str = "") -> Stop:
    """Seen by the entrepreneur who spends."""
    return Stop(f"invoicing:{name}", "seller", of_what, state, query)


def _c(name: str, of_what: Callable[[House], Any] | None = None, state: str = "", query: str = "") -> Stop:
    """Seen by the accountant."""
    return Stop(f"invoicing:{name}", "accountant", of_what, state, query)


# -- EXPA: receipts and monthly claims
EXPENSES_NO_PAGE: dict[str, str] = {}
EXPENSES: tuple[Stop, ...] = ()

# -- EXPB: check of claims, mileage
CLAIMS_NO_PAGE: dict[str, str] = {}
CLAIMS: tuple[Stop, ...] = ()

# -- INC: files that come in
INCOMING_NO_PAGE: dict[str, str] = {}
INCOMING: tuple[Stop, ...] = ()

# -- PUR: suppliers, orders, purchases
PURCHASES_NO_PAGE: dict[str, str] = {}
PURCHASES: tuple[Stop, ...] = ()

# -- PAY: payment orders
PAYMENTS_NO_PAGE: dict[str, str] = {}
PAYMENTS: tuple[Stop, ...] = ()

# -- PROG: parts of a quote
PARTS_NO_PAGE: dict[str, str] = {}
PARTS: tuple[Stop, ...] = ()

# -- CHA: reminders, statements, losses
CHASING_NO_PAGE: dict[str, str] = {}
CHASING: tuple[Stop, ...] = ()

# -- EXC: statuses and exchange
EXCHANGE_NO_PAGE: dict[str, str] = {
    "invoicing:exchange_again": ACTS,
    "invoicing:exchange_bulk": ACTS,
    "invoicing:exchange_deposited": ACTS,
    "invoicing:exchange_file": FILE,
    "invoicing:sender_ask_again": ACTS,
}
EXCHANGE: tuple[Stop, ...] = (
    _c("exchange_list"),
    _c("exchange_list", state="in-error", query="?step=failed"),
    _c("exchange_message", of("package")),
    _c("exchange_message", of("told"), state="came"),
    _c("exchange_message", of("broken"), state="broken"),
    _c("exchange_aside", of("broken")),
    _c("invoice_status", of("exchanged")),
    _s("invoice_detail", of("exchanged"), state="disputed"),
    _c("address_list"),
    _c("address_give"),
    _s("sender_edit"),
    Stop("invoicing:reply_address", "visitor", lambda house: (house.spent["reply_token"],)),
)

# -- DEAL: deals, papers, contracts read
DEALS_NO_PAGE: dict[str, str] = {
    **dict.fromkeys(
        (
            "invoicing:piece_detach",
            "invoicing:deal_file_remove",
            "invoicing:deal_file_restore",
            "invoicing:deal_reopen",
            "invoicing:review_withdraw",
            "invoicing:clause_archive",
            "invoicing:clause_restore",
            "invoicing:deal_kind_archive",
            "invoicing:deal_paper_stop",
        ),
        ACTS,
    ),
}
DEALS: tuple[Stop, ...] = (
    _s("deal_list"),
    _s("deal_new"),
    _s("deal_detail", of("deal")),
    _s("deal_detail", of("deal_wanting"), "wanting"),
    _s("deal_detail", of("deal_closed"), "closed"),
    _s("deal_edit", of("deal")),
    _s("piece_attach", of("deal")),
    _s("deal_join", lambda house: ("factures", house.issued.pk)),
    _s("deal_file_add", of("deal")),
    _s("deal_close", of("deal_wanting")),
    _c("deal_detail", of("deal_wanting"), "staff"),
    _c("paper_waive", lambda house: (house.spent["deal_wanting"].pk, house.spent["deal_paper"].pk)),
    _s("review_list"),
    _s("review_new"),
    _s("review_detail", of("review")),
    _s("review_detail", of("review_answered"), "answered"),
    _c("review_answer", of("review")),
    _c("clause_list"),
    _c("clause_new"),
    _c("clause_detail", of("clause")),
    _c("clause_edit", of("clause")),
    _c("deal_kind_list"),
    _c("deal_kind_new"),
    _c("deal_kind_detail", of("deal_kind")),
)

NO_PAGE: dict[str, str] = {
    **EXPENSES_NO_PAGE,
    **CLAIMS_NO_PAGE,
    **INCOMING_NO_PAGE,
    **PURCHASES_NO_PAGE,
    **PAYMENTS_NO_PAGE,
    **PARTS_NO_PAGE,
    **CHASING_NO_PAGE,
    **EXCHANGE_NO_PAGE,
    **DEALS_NO_PAGE,
}

STOPS: tuple[Stop, ...] = (
    *EXPENSES,
    *CLAIMS,
    *INCOMING,
    *PURCHASES,
    *PAYMENTS,
    *PARTS,
    *CHASING,
    *EXCHANGE,
    *DEALS,
)
