"""What the acts over FEC, exports to accounting programs, imported ledgers are called in the journal."""

from typing import Any

from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Any] = {
    "accounting.LedgerImport.apply": _("Écritures tenues ailleurs reprises"),
    "accounting.LedgerImport.discard": _("Reprise d’écritures abandonnée"),
    "accounting.LedgerImport.undo": _("Reprise d’écritures annulée"),
    "accounting.change_ledger_source": _("Comptabilité tenue ailleurs modifiée"),
    "accounting.declare_ledger_source": _("Comptabilité tenue ailleurs déclarée"),
    "accounting.open_ledger_import": _("Fichier d’écritures tenues ailleurs apporté"),
    "accounting.export_entries": _("Écritures exportées"),
    "accounting.make_fec": _("FEC produit"),
    "accounting.undo_export": _("Export d’écritures défait"),
}
