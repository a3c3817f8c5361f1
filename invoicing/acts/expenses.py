"""What the acts of receipts and expense claims of the entrepreneur are called in the journal."""

from typing import Any

from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Any] = {
    "invoicing.ExpenseClaim.submit": _("Note de frais soumise"),
    "invoicing.ExpenseClaim.take_back": _("Note de frais reprise pour modification"),
    "invoicing.keep_voucher": _("Justificatif gardé"),
    "invoicing.set_voucher_aside": _("Justificatif écarté"),
    "invoicing.take_voucher_up": _("Justificatif repris"),
    "invoicing.add_expense": _("Dépense ajoutée"),
    "invoicing.save_expense": _("Dépense modifiée"),
    "invoicing.remove_expense": _("Dépense retirée"),
    "invoicing.copy_expenses": _("Dépenses recopiées"),
    "invoicing.keep_favourite": _("Dépense favorite gardée"),
    "invoicing.forget_favourite": _("Dépense favorite retirée"),
    "invoicing.save_expense_kind": _("Nature de dépense modifiée"),
    "invoicing.add_expense_rule": _("Règle de dépense ajoutée"),
    "invoicing.confirm_expense_rule": _("Règle de dépense confirmée"),
}
