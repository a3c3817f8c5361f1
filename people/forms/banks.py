"""What people type about their bank account."""

from django import forms
from django.utils.translation import gettext_lazy as _

from people.models.banks import LONGEST_HOLDER, LONGEST_REASON


class BankForm(forms.Form):
    """An account, as the relevé d’identité bancaire says it."""

    holder = forms.CharField(
        label=_("Titulaire du compte"),
        max_length=LONGEST_HOLDER,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    # Spaces of four by four signs, as it is printed.
    iban = forms.CharField(
        label=_("IBAN"),
        max_length=50,
        help_text=_("Tel qu’il est écrit sur votre relevé, espaces compris ou non."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class BankRefusalForm(forms.Form):
    reason = forms.CharField(
        label=_("Pourquoi ?"), max_length=LONGEST_REASON, help_text=_("La personne lira cette phrase.")
    )
