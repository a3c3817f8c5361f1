"""What the acts over statements of the bank and their matching are called in the journal."""

from typing import Any

from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Any] = {
    "accounting.BankLine.match": _("Ligne bancaire rapprochée"),
    "accounting.BankLine.undo": _("Rapprochement bancaire défait"),
    "accounting.change_bank_account": _("Compte bancaire modifié"),
    "accounting.import_statement": _("Relevé bancaire importé"),
    "accounting.keep_bank_layout": _("Format de relevé CSV enregistré"),
    "accounting.learn_bank_rule": _("Règle de rapprochement apprise"),
    "accounting.open_bank_account": _("Compte bancaire déclaré"),
    "accounting.remove_statement": _("Relevé bancaire retiré"),
    "accounting.stop_bank_rule": _("Règle de rapprochement arrêtée"),
}
