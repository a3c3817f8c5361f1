"""The neighbouring pages of the books: the desks of the menu, each with its own few."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cae.core.tables import Tab

_DESKS = (
    (
        ("home", _("À traiter")),
        ("overview", _("État des livres")),
        ("lack_list", _("Manques")),
        ("control_list", _("Contrôles")),
    ),
    (
        ("entry_list", _("Journaux")),
        ("manual_list", _("Saisie")),
        ("general_ledger", _("Grand livre")),
        ("trial_balance", _("Balance")),
        ("lettering_accounts", _("Lettrage")),
        ("aged_balance", _("Balance âgée")),
        ("account_list", _("Plan comptable")),
    ),
    (
        ("cooperative_home", _("États")),
        ("shared_services", _("Services communs")),
        ("sales_by_axis", _("Ventes")),
        ("layout_list", _("Présentations")),
    ),
    (
        ("month_list", _("Mois comptables")),
        ("allocation_list", _("Affectation du résultat")),
    ),
    (
        ("run_list", _("Contributions")),
        ("scale_list", _("Barèmes")),
        ("exemption_list", _("Exonérations")),
        ("levy_list", _("Prélèvements")),
    ),
    # What leaves the books and what comes into them.
    (
        ("fec_list", _("FEC")),
        ("export_list", _("Exports")),
        ("ledger_import_list", _("Livres tenus ailleurs")),
        ("ledger_source_list", _("Sources")),
    ),
)


def books_tabs(current: str) -> list[Tab]:
    """The pages of the desk that holds this one; none for a page that is a desk by itself."""
    desk = next((desk for desk in _DESKS if any(name == current for name, _label in desk)), ())
    return [Tab(label, reverse(f"accounting:{name}"), name == current) for name, label in desk]
