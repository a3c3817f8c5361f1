"""What the accountant types about the chart of accounts."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from accounting.states.books import AccountKind, AccountRole

_ROLES = [("", _("Aucun")), *AccountRole.choices]


class AccountForm(forms.Form):
    """Label, nature and role of an account that exists."""

    label = forms.CharField(label=_("Libellé"), max_length=120)
    kind = forms.ChoiceField(label=_("Nature"), choices=AccountKind.choices, widget=forms.RadioSelect)
    role = forms.ChoiceField(
        label=_("Rôle"),
        choices=_ROLES,
        required=False,
        help_text=_(
            "Ce que l’application cherche dans ce compte. Un rôle n’a qu’un compte : le précédent le perd."
        ),
    )
    is_lettered = forms.BooleanField(
        label=_("Lettrable"),
        required=False,
        help_text=_("Ses lignes se répondent une à une : une facture et son règlement, par exemple."),
    )

    def clean_role(self) -> str | None:
        return self.cleaned_data["role"] or None


class NewAccountForm(AccountForm):
    """An account to come, with its number."""

    number = forms.CharField(
        label=_("Numéro"),
        max_length=12,
        help_text=_("De 3 à 12 chiffres, selon le plan comptable général. Il ne changera plus."),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    # What the number says, until the accountant says otherwise.
    is_lettered = None  # type: ignore[assignment]
    field_order = ["number", "label", "kind", "role"]
