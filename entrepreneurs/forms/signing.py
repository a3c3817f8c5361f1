"""What whoever signs a contract types or draws (ENT-23)."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from cae.core.signing_forms import ShownPaperForm
from entrepreneurs.services.signing import AGREEMENT


class SignForm(ShownPaperForm):
    """The agreement beside the mark."""

    accepted = forms.BooleanField(
        label=AGREEMENT,
        error_messages={
            "required": gettext_lazy("Cochez que vous avez lu le document et que vous le signez.")
        },
    )
