"""What is typed about an item of the catalogue; its rules stand in the service."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cae.core.forms import AmountField
from entrepreneurs.states.trades import Unit
from invoicing.forms.fields import typed
from invoicing.models import CatalogueItem, VatRate
from invoicing.services.catalogue import MAX_PHOTO
from invoicing.services.inputs import ItemContent
from invoicing.states.sales import MAX_DESCRIPTION, MAX_LABEL, SaleNature


class ItemForm(forms.Form):
    """One item: what it is called, its price, what it costs."""

    label = forms.CharField(
        label=_("Désignation"),
        max_length=MAX_LABEL,
        help_text=_("Comme elle figurera sur les devis et les factures."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    reference = forms.CharField(
        label=_("Référence"),
        max_length=40,
        required=False,
        help_text=_("Tapée dans l’éditeur, elle remplit la ligne."),
    )
    category = forms.CharField(
        label=_("Famille"),
        max_length=80,
        required=False,
        help_text=_("Pour ranger vos articles."),
        widget=forms.TextInput(attrs={"list": "families", "autocomplete": "off"}),
    )
    description = forms.CharField(
        label=_("Description"),
        max_length=MAX_DESCRIPTION,
        required=False,
        help_text=_("Imprimée sous la désignation."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    unit_price = AmountField(label=_("Prix unitaire (€)"), decimal_places=4, min_value=0)
    price_includes_tax = forms.BooleanField(
        label=_("Ce prix comprend la TVA (TTC)"),
        required=False,
        help_text=_("Le prix annoncé à un particulier ; l’éditeur en retire la taxe."),
    )
    unit = forms.ChoiceField(label=_("Unité"), choices=Unit.choices, initial=Unit.ONE)
    vat_code = forms.ChoiceField(label=_("TVA"))
    nature = forms.ChoiceField(
        label=_("Nature de vente"), choices=SaleNature.choices, initial=SaleNature.SERVICES
    )
    cost = AmountField(
        label=_("Coût de revient (€)"),
        required=False,
        min_value=0,
        help_text=_("Facultatif : ce que l’unité vous coûte. Jamais imprimé."),
    )
    photo = forms.FileField(
        label=_("Photo"),
        required=False,
        help_text=_("Image PNG ou JPEG, 8 Mo au plus ; sur les devis, si leur présentation le dit."),
        widget=forms.FileInput(attrs={"accept": ".png,.jpg,.jpeg"}),
    )
    without_photo = forms.BooleanField(label=_("Retirer la photo"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    sections = (
        (_("Article"), ("label", ("reference", "category"), "description", "photo", "without_photo")),
        (_("Prix"), (("unit_price", "unit"), "price_includes_tax", ("vat_code", "nature"), "cost")),
    )

    def __init__(
        self,
        *args: Any,
        rates: Sequence[VatRate],
        families: Sequence[str] = (),
        has_photo: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if not has_photo:
            del self.fields["without_photo"]
        self.families = families
        choices = [(one.code, one.said) for one in rates]
        stored = self.initial.get("vat_code")
        if stored and stored not in dict(choices):
            # Shown, then refused in words: the rate has ended since.
            choices.append((stored, stored))
        self.fields["vat_code"].choices = choices

    def content(self) -> ItemContent:
        """What the services take; call it on a valid form only."""
        return ItemContent(**{name: self.cleaned_data[name] for name in ItemContent.__dataclass_fields__})

    @property
    def photo_sent(self) -> bytes | None:
        """The file, read no further than what is accepted and one byte more."""
        sent = self.cleaned_data.get("photo")
        return sent.read(MAX_PHOTO + 1) if sent else None


def item_typed(item: CatalogueItem) -> dict[str, Any]:
    """The initial values that show a stored item."""
    plain = ("label", "reference", "category", "description", "unit", "vat_code", "nature", "version")
    return {name: getattr(item, name) for name in (*plain, "price_includes_tax")} | {
        "unit_price": typed(item.unit_price, least=2),
        "cost": typed(item.cost, least=2),
    }
