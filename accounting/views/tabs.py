"""The neighbouring pages of the books, on each of them."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cae.core.tables import Tab

_PAGES = (
    ("home", _("Vue d’ensemble")),
    ("entry_list", _("Journaux")),
    ("manual_list", _("Saisie")),
    ("general_ledger", _("Grand livre")),
    ("trial_balance", _("Balance")),
    ("lettering_accounts", _("Lettrage")),
    ("aged_balance", _("Balance âgée")),
    ("cooperative_home", _("États")),
    ("month_list", _("Mois")),
    ("account_list", _("Plan comptable")),
    ("run_list", _("Contributions")),
    ("scale_list", _("Barèmes")),
    ("exemption_list", _("Exonérations")),
    ("levy_list", _("Prélèvements")),
    ("lack_list", _("Manques")),
    ("control_list", _("Contrôles")),
)


def books_tabs(current: str) -> list[Tab]:
    return [Tab(label, reverse(f"accounting:{name}"), name == current) for name, label in _PAGES]
