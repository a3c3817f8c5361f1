"""What a customer types on the page of their link: an acceptance, a refusal, a question."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from cae.core.models import MAX_TEXT
from cae.core.models.signatures import MAX_NAME
from cae.core.signing import Hand
from cae.core.signing_forms import SignatureForm
from invoicing.forms.taking import TakingForm

_NAME = {"autocomplete": "name"}


class AcceptForm(SignatureForm, TakingForm):
    """What is taken, name, function, terms, signature."""

    name = forms.CharField(
        label=gettext_lazy("Votre nom"), max_length=MAX_NAME, widget=forms.TextInput(attrs=_NAME)
    )
    function = forms.CharField(
        label=gettext_lazy("Votre fonction"),
        max_length=MAX_NAME,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("Votre adresse e-mail"),
        help_text=gettext_lazy("La preuve de votre accord y est envoyée."),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    terms = forms.BooleanField(
        label=gettext_lazy("J’ai lu ce devis et j’en accepte les conditions"),
        error_messages={"required": gettext_lazy("Cochez que vous acceptez les conditions.")},
    )
    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    def hand(self) -> Hand:
        """The signer and their mark. Raises Refused for a drawing that is no PNG."""
        return self.hand_of(self.cleaned_data["name"], self.cleaned_data["function"])


class RefuseForm(forms.Form):
    """Who declines, and why."""

    name = forms.CharField(
        label=gettext_lazy("Votre nom"), max_length=MAX_NAME, widget=forms.TextInput(attrs=_NAME)
    )
    reason = forms.CharField(
        label=gettext_lazy("Pourquoi ?"),
        help_text=gettext_lazy("Quelques mots aident à mieux vous répondre une autre fois."),
        max_length=MAX_TEXT,
        widget=forms.Textarea,
    )


class QuestionForm(forms.Form):
    """Who asks, and what."""

    name = forms.CharField(
        label=gettext_lazy("Votre nom"), max_length=MAX_NAME, widget=forms.TextInput(attrs=_NAME)
    )
    text = forms.CharField(label=gettext_lazy("Votre question"), max_length=MAX_TEXT, widget=forms.Textarea)
