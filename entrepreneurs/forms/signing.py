"""What whoever signs a contract types or draws (ENT-23)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from cae.core.signing import Hand
from cae.core.signing_forms import SignatureForm
from entrepreneurs.services.signing import AGREEMENT


class SignForm(SignatureForm):
    """The agreement, the mark, and the code where one is asked."""

    code = forms.CharField(
        label=gettext_lazy("Code reçu par e-mail"),
        max_length=10,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )
    accepted = forms.BooleanField(
        label=AGREEMENT,
        error_messages={
            "required": gettext_lazy("Cochez que vous avez lu le document et que vous le signez.")
        },
    )
    shown = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, signer: str, function: str, asks_code: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.signer, self.function = signer, function
        if not asks_code:
            del self.fields["code"]

    def hand(self) -> Hand:
        """The signer and their mark. Raises Refused for a drawing that is no PNG."""
        return self.hand_of(self.signer, self.function)
