"""What people type about an organisation and its contacts."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from people.forms.addresses import ADDRESS, country_choices
from people.models import Organisation
from people.services.organisations import ContactData, OrganisationData
from people.states import RelationKind


class OrganisationForm(forms.ModelForm):
    # Checked by the service, whose sentence names the organisation that already bears the number.
    NUMBERS = ("siren", "siret")

    relations = forms.MultipleChoiceField(
        label=_("Pour nous, c’est"),
        choices=RelationKind.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    siren = forms.CharField(
        label=_("SIREN"), max_length=20, required=False, help_text=_("Neuf chiffres ; une fiche par SIREN.")
    )
    siret = forms.CharField(
        label=_("SIRET"), max_length=25, required=False, help_text=_("Quatorze chiffres.")
    )
    country = forms.ChoiceField(label=_("Pays"), choices=country_choices, initial="FR")
    social_links = forms.CharField(
        label=_("Réseaux sociaux"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=2000,
        help_text=_("Une adresse par ligne."),
    )
    website = forms.URLField(label=_("Site web"), required=False, assume_scheme="https")
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid.uuid4)

    class Meta:
        model = Organisation
        fields = [
            *("name", "kind", "relations", "vat_number", "email", "phone"),
            *("website", "social_links", "note", *ADDRESS),
        ]
        widgets = {"note": forms.Textarea(attrs={"rows": 4})}

    sections = (
        (_("Identité"), ("name", "kind", "relations", ("siren", "siret"), "vat_number")),
        (_("Adresse"), ("address_line", "address_line2", ("postcode", "city"), "country")),
        (_("Joindre"), (("email", "phone"), "website", "social_links")),
        (_("Remarques"), ("note",)),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["social_links"] = "\n".join(self.instance.social_links)
        self.initial["version"] = self.instance.version if self.instance.pk else None
        self.initial.update({name: getattr(self.instance, name) for name in self.NUMBERS})

    def clean_social_links(self) -> list[str]:
        links = self.cleaned_data["social_links"].split()
        for link in links:
            URLValidator(schemes=["http", "https"])(link)
        return links

    def siren_typed(self) -> str:
        """The nine digits that say which firm it is, read from the SIRET if it stands alone."""
        return "".join((self.data.get("siren") or self.data.get("siret", "")).split())[:9]

    def data_typed(self) -> OrganisationData:
        return OrganisationData(
            **{name: self.cleaned_data[name] for name in (*self.Meta.fields, *self.NUMBERS)}
        )


class ContactForm(forms.Form):
    name = forms.CharField(label=_("Nom"), max_length=160, required=False)
    function = forms.CharField(label=_("Fonction"), max_length=120, required=False)
    email = forms.EmailField(label=_("Adresse e-mail"), max_length=254, required=False)
    phone = forms.CharField(label=_("Téléphone"), max_length=20, required=False)

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        if any(typed.values()) and not typed.get("name"):
            self.add_error("name", _("Indiquez le nom du contact, ou videz la ligne."))
        return typed


ContactFormSet = forms.formset_factory(ContactForm, extra=2, max_num=40)


def contacts_typed(formset: Any) -> list[ContactData]:
    """The lines that name somebody; an emptied line takes the contact away."""
    return [ContactData(**form.cleaned_data) for form in formset.forms if form.cleaned_data.get("name")]
