"""What the ledger and the contribution declare when the room starts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounting.selectors import ledger, sharing
from accounting.selectors.controls import book_controls
from accounting.selectors.search import find_entries
from accounting.selectors.todo import AWAITED, todos
from cae.core import controls, facts, menu
from cae.core.search import provide_search


def register_books() -> None:
    """Called once, when models are ready."""
    provide_search(find_entries)
    facts.provide("activity.cash", ledger.cash_of)
    facts.provide("activity.receivable", ledger.receivable_of)
    facts.provide("activity.sales", ledger.sales_of_year)
    facts.provide("activity.sales_of_month", ledger.sales_of_month)
    facts.provide("activity.margin_of_month", ledger.margin_of_month)
    facts.provide("activity.contribution_of_month", ledger.contribution_of_month)
    facts.provide("activity.scale", sharing.scales_of)
    facts.provide("activity.sharings", sharing.sharings_told)
    facts.provide_awaited(AWAITED)
    facts.provide_todo(todos)
    facts.provide_source("accounting.entry", ledger.entry_sources)
    facts.provide_source("accounting.entryline", ledger.line_sources)
    controls.provide_controls(book_controls)
    for entry in _MENU:
        menu.register_entry(**entry)
    for url_name, beginnings in _PAGES.items():
        menu.register_pages(url_name, *beginnings)


# In order: what is done each day, then each month, what is read, what ends a year and leaves the books.
# Entries of the other files of this folder stand among these.
_MENU = (
    {
        "group": "activity",
        "label": _("Mon activité"),
        "url_name": "accounting:my_statement",
        "right": "accounting.view_own_statement",
        "icon": "graph-up",
        "order": 5,
    },
    {
        "group": "accounting",
        "label": _("À traiter"),
        "url_name": "accounting:home",
        "right": "accounting.view_ledger",
        "icon": "check2-square",
        "order": 10,
    },
    {
        "group": "accounting",
        "label": _("Écritures"),
        "url_name": "accounting:entry_list",
        "right": "accounting.view_ledger",
        "icon": "journal-text",
        "order": 11,
    },
    {
        "group": "accounting",
        "label": _("États"),
        "url_name": "accounting:cooperative_home",
        "right": "accounting.view_ledger",
        "icon": "columns",
        "order": 30,
    },
    {
        "group": "accounting",
        "label": _("Contributions"),
        "url_name": "accounting:run_list",
        "right": "accounting.view_ledger",
        "icon": "percent",
        "order": 16,
    },
    {
        "group": "accounting",
        "label": _("Clôture"),
        "url_name": "accounting:month_list",
        "right": "accounting.view_ledger",
        "icon": "lock",
        "order": 34,
    },
    {
        "group": "accounting",
        "label": _("Soldes des activités"),
        "url_name": "accounting:activity_balances",
        "right": "accounting.view_balances",
        "icon": "bar-chart",
        "order": 32,
    },
)
# Pages that belong to an entry though their address begins otherwise: the books are read by both.
_PAGES = {
    "accounting:my_statement": (
        "/activites/",
        "/conventions/",
        "/sinistres/",
        "/contributions/",
        "/repartitions/",
        "/ma-part/",
    ),
    "accounting:home": ("/repartitions/", "/actions-financees/"),
    "accounting:entry_list": (
        "/compta/ecritures/",
        "/compta/saisie/",
        "/compta/modeles/",
        "/compta/abonnements/",
        "/compta/contre-passations/",
        "/compta/grand-livre/",
        "/compta/balance/",
        "/compta/balance-agee/",
        "/compta/lettrage/",
        "/compta/plan/",
    ),
    "accounting:cooperative_home": ("/compta/ventes/", "/compta/presentations/", "/etats/"),
    "accounting:run_list": (
        "/contributions/",
        "/prelevements/",
        "/compta/baremes/",
        "/compta/exonerations/",
        "/compta/prelevements/",
        "/compta/essais/",
    ),
    "accounting:month_list": ("/compta/exercices/",),
}
