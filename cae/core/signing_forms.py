"""The fields by which somebody signs, a name typed or a drawing: one way for every paper of the house."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core.drawings import decode_drawing
from cae.core.errors import Refused
from cae.core.models.signatures import MAX_NAME, SigningWay
from cae.core.signing import Hand


class SignatureForm(forms.Form):
    """The way of signing and the mark it asks for; what else is asked, a form adds."""

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
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    # Filled by the canvas (signature.js); empty without JavaScript, where typing is the way.
    drawing = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["typed"].required = self.data.get("way") != SigningWay.DRAWN

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("way") == SigningWay.DRAWN and not found.get("drawing"):
            self.add_error("way", _("Dessinez votre signature dans le cadre, ou tapez votre nom."))
        return found

    def hand_of(self, name: str, function: str) -> Hand:
        """The signer and their mark. Raises Refused for a drawing that is no PNG."""
        found = self.cleaned_data
        if found["way"] == SigningWay.DRAWN:
            return Hand(name, function, drawing=decode_drawing(found["drawing"], field="way"))
        return Hand(name, function, typed=found["typed"])

    def refuse(self, refusal: Refused) -> None:
        """Writes a refusal where the signer can put it right."""
        field = {"drawing": "way"}.get(refusal.field or "", refusal.field)
        self.add_error(field if field in self.fields else None, str(refusal))


class ShownPaperForm(SignatureForm):
    """The mark on a paper that was shown, known by its hash, and the code where one is asked; the agreement
    is that of each paper, whose form declares `accepted`."""

    code = forms.CharField(
        label=gettext_lazy("Code reçu par e-mail"),
        max_length=10,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
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
