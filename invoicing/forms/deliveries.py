"""What is typed of delivery notes: quantities, the signature on paper, that of the receiver by the link."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from cae.core.forms import AmountField, DayField
from cae.core.models.signatures import MAX_NAME
from cae.core.signing import Hand
from cae.core.signing_forms import SignatureForm
from invoicing.forms.fields import typed
from invoicing.models import DeliveryNote
from invoicing.selectors.deliveries import OrderLine, lines_of
from invoicing.services.deliveries import DeliveryContent
from invoicing.services.delivery_signing import Scan

_ROWS = {"rows": 3}
_NAME = {"autocomplete": "name"}


class DeliveryForm(forms.Form):
    """How many are handed over of each line; what is left stands as a proposal."""

    delivered_on = DayField(label=_("Livré le"))
    address = forms.CharField(
        label=_("Lieu de livraison"),
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs=_ROWS),
        help_text=_("Vide : à l’adresse du client."),
    )
    message = forms.CharField(
        label=_("Message au destinataire"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs=_ROWS),
    )
    with_prices = forms.BooleanField(label=_("Montrer les prix"), required=False)
    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, lines: Sequence[OrderLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = list(lines)
        for line in self.lines:
            self.fields[f"line_{line.key}"] = AmountField(
                label=line.sold.label,
                required=False,
                max_digits=12,
                decimal_places=4,
                initial=typed(line.left),
            )

    @property
    def rows(self) -> list[tuple[OrderLine, forms.BoundField]]:
        return [(line, self[f"line_{line.key}"]) for line in self.lines]

    @property
    def key(self) -> UUID:
        key: UUID = self.cleaned_data["form_key"]
        return key

    def content(self) -> DeliveryContent:
        found = self.cleaned_data
        quantities = {line.key: found.get(f"line_{line.key}") or Decimal(0) for line in self.lines}
        return DeliveryContent(
            delivered_on=found["delivered_on"],
            quantities=quantities,
            address=found["address"],
            message=found["message"],
            with_prices=found["with_prices"],
        )


def delivery_typed(note: DeliveryNote) -> dict[str, Any]:
    """The initial values that show a stored note."""
    names = ("delivered_on", "address", "message", "with_prices", "form_key", "version")
    quantities = {f"line_{line.sold.pk}": typed(line.quantity) for line in lines_of(note)}
    return {name: getattr(note, name) for name in names} | quantities


class PaperSignatureForm(forms.Form):
    """What a note signed on paper says."""

    name = forms.CharField(label=_("Signé par"), max_length=MAX_NAME)
    function = forms.CharField(label=_("Fonction"), max_length=MAX_NAME, required=False)
    on = DayField(label=_("Le"))
    reserves = forms.CharField(
        label=_("Réserves du destinataire"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs=_ROWS),
        help_text=_("Ce qui manque ou arrive abîmé, tel qu’écrit sur le bon."),
    )
    scan = forms.FileField(
        label=_("Le bon signé"),
        required=False,
        help_text=_("PDF ou photo."),
        widget=forms.FileInput(attrs={"accept": ".pdf,image/jpeg,image/png"}),
    )

    def scanned(self) -> Scan | None:
        file = self.cleaned_data.get("scan")
        return Scan(file.read(), file.name) if file else None


class ReceiveForm(SignatureForm):
    """Who receives, what they note, their signature."""

    name = forms.CharField(label=_("Votre nom"), max_length=MAX_NAME, widget=forms.TextInput(attrs=_NAME))
    function = forms.CharField(
        label=_("Votre fonction"),
        max_length=MAX_NAME,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )
    reserves = forms.CharField(
        label=_("Vos réserves"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs=_ROWS),
        help_text=_("Ce qui manque ou arrive abîmé. Vide si tout est conforme."),
    )
    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    def hand(self) -> Hand:
        """The signer and their mark. Raises Refused for a drawing that is no PNG."""
        return self.hand_of(self.cleaned_data["name"], self.cleaned_data["function"])


class ProformaForm(forms.Form):
    """Nothing to type: the page says what will be frozen."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
