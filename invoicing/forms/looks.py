"""What is chosen of the look of documents; what a colour or a logo must be, the service says."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from invoicing.models import DocumentLook
from invoicing.services.inputs import LookContent
from invoicing.services.looks import MAX_LOGO, MAX_TERMS
from invoicing.states.sales import DocumentLayout


class LookForm(forms.Form):
    """Layout, colour, logo, own words."""

    layout = forms.ChoiceField(
        label=_("Mise en page"), choices=DocumentLayout.choices, widget=forms.RadioSelect
    )
    colour = forms.CharField(
        label=_("Couleur"),
        max_length=7,
        help_text=_("Assez foncée pour être lue sur du blanc."),
        widget=forms.TextInput(attrs={"type": "color"}),
    )
    photos = forms.BooleanField(
        label=_("Photos des articles sur les devis"),
        required=False,
        help_text=_("Celles du catalogue, à côté de chaque ligne."),
    )
    logo = forms.FileField(
        label=_("Logo"),
        required=False,
        help_text=_("Image PNG ou JPEG, ou dessin SVG ; 1 Mo au plus."),
        widget=forms.FileInput(attrs={"accept": ".png,.jpg,.jpeg,.svg"}),
    )
    without_logo = forms.BooleanField(label=_("Retirer le logo"), required=False)
    header = forms.CharField(
        label=_("Sous le nom"), max_length=250, required=False, help_text=_("Un métier, une devise.")
    )
    footer = forms.CharField(
        label=_("Pied de page"),
        max_length=250,
        required=False,
        help_text=_("Au-dessus des mentions de la coopérative, toujours imprimées."),
    )
    terms_of_sale = forms.CharField(
        label=_("Conditions générales de vente"),
        max_length=MAX_TERMS,
        required=False,
        help_text=_("Imprimées en dernière page ; le client les lit avant d’accepter."),
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    sections = (
        (_("Allure"), ("layout", "colour", "logo", "without_logo", "photos")),
        (_("Textes"), ("header", "footer", "terms_of_sale")),
    )

    def __init__(self, *args: Any, has_logo: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_logo:
            del self.fields["without_logo"]

    def clean_colour(self) -> str:
        return str(self.cleaned_data["colour"]).lower()

    def content(self) -> LookContent:
        """What the services take; call it on a valid form only."""
        names = ("colour", "layout", "header", "footer", "terms_of_sale")
        texts = {name: self.cleaned_data.get(name, "") for name in names}
        return LookContent(**texts, photos=bool(self.cleaned_data.get("photos")))

    @property
    def logo_sent(self) -> bytes | None:
        """The file, read no further than what is accepted and one byte more."""
        sent = self.cleaned_data.get("logo")
        return sent.read(MAX_LOGO + 1) if sent else None


def look_typed(row: DocumentLook) -> dict[str, Any]:
    """The initial values that show a stored look, or that of the house."""
    names = ("colour", "layout", "photos", "header", "footer", "terms_of_sale")
    return {name: getattr(row, name) for name in names} | {"version": row.version if row.pk else 0}
