"""What a customer types on the page of their link: an acceptance, a refusal, a question."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core.drawings import decode_drawing
from cae.core.errors import Refused
from cae.core.models import MAX_TEXT
from cae.core.models.signatures import MAX_NAME, SigningWay
from cae.core.signing import Hand
from invoicing.forms.taking import TakingForm

_NAME = {"autocomplete": "name"}


class AcceptForm(TakingForm):
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
    way = forms.ChoiceField(
        label=gettext_lazy("Comment signez-vous ?"),
        choices=(
            (SigningWay.TYPED.value, gettext_lazy("Je tape mon nom")),
            (SigningWay.DRAWN.value, gettext_lazy("Je dessine ma signature")),
        ),
        initial=SigningWay.TYPED.value,
        widget=forms.RadioSelect,
    )
    typed = forms.CharField(
        label=gettext_lazy("Tapez votre nom, qui vaut signature"),
        max_length=MAX_NAME,
        error_messages={
            "required": gettext_lazy("Tapez votre nom pour signer, ou dessinez votre signature.")
        },
    )
    # Filled by the canvas (signature.js); empty without JavaScript, where typing is the way.
    drawing = forms.CharField(required=False, widget=forms.HiddenInput)
    terms = forms.BooleanField(
        label=gettext_lazy("J’ai lu ce devis et j’en accepte les conditions"),
        error_messages={"required": gettext_lazy("Cochez que vous acceptez les conditions.")},
    )
    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["typed"].required = self.data.get("way") != SigningWay.DRAWN

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        if found.get("way") == SigningWay.DRAWN and not found.get("drawing"):
            self.add_error("way", _("Dessinez votre signature dans le cadre, ou tapez votre nom."))
        return found

    def hand(self) -> Hand:
        """The signer and their mark. Raises Refused for a drawing that is no PNG."""
        found = self.cleaned_data
        if found["way"] == SigningWay.DRAWN:
            return Hand(
                found["name"], found["function"], drawing=decode_drawing(found["drawing"], field="way")
            )
        return Hand(found["name"], found["function"], typed=found["typed"])

    def refuse(self, refusal: Refused) -> None:
        """Writes a refusal where the customer can put it right."""
        field = {"drawing": "way"}.get(refusal.field or "", refusal.field)
        self.add_error(field if field in self.fields else None, str(refusal))


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
