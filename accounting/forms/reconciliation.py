"""What is typed about deposit slips and reconciliations."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounting.forms.payments import KeysField
from accounting.models import BankAccount
from accounting.selectors.bank import open_accounts
from accounting.services.deposits import MOST_REASON, MOST_TAKEN_BACK
from accounting.states.reconciliation import DepositKind
from cae.core.forms import DayField


class DepositForm(forms.Form):
    """Which receipts go to which account, on which day."""

    bank_account = forms.ModelChoiceField(label=_("Compte bancaire"), queryset=BankAccount.objects.none())
    on = DayField(label=_("Date du bordereau"))
    kind = forms.ChoiceField(choices=DepositKind.choices, widget=forms.HiddenInput)
    entries = KeysField(
        label=_("Encaissements"), error_messages={"required": _("Choisissez au moins un encaissement.")}
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["bank_account"].queryset = open_accounts(today)  # type: ignore[attr-defined]


class DepositedForm(forms.Form):
    on = DayField(label=_("Remis le"))


class CreditedForm(forms.Form):
    on = DayField(label=_("Crédité le"), help_text=_("Le jour que dit le relevé de la banque."))


class CancelDepositForm(forms.Form):
    reason = forms.CharField(label=_("Motif"), max_length=MOST_REASON)


class TakeBackForm(forms.Form):
    reason = forms.CharField(label=_("Motif"), max_length=MOST_TAKEN_BACK)


class ReconciliationFilter(forms.Form):
    """At which date."""

    au = DayField(label=_("Au"), required=False)

    def chosen(self) -> date:
        """The day, today when nothing sound was said."""
        said: dict[str, Any] = self.cleaned_data if self.is_valid() else {}
        return said.get("au") or timezone.localdate()
