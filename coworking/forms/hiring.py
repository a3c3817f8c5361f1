"""What is typed by who hires a room from outside, and by the team that answers with a quote."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cae.core.forms import DayField, PercentField
from coworking.forms.bookings import SpanForm
from coworking.models import Resource
from coworking.services.hire_quotes import QuoteTerms
from coworking.services.hiring import HireData
from invoicing.states.sales import CustomerKind


class HireForm(SpanForm):
    """When, which room, who, and where the invoice goes."""

    resource = forms.ModelChoiceField(label=_("Salle"), queryset=Resource.objects.none(), empty_label=None)
    people = forms.IntegerField(label=_("Personnes"), min_value=1, max_value=500, initial=1)
    title = forms.CharField(label=_("Objet"), max_length=160, required=False)
    name = forms.CharField(label=_("Votre nom"), max_length=160)
    email = forms.EmailField(label=_("Adresse e-mail"), max_length=254)
    phone = forms.CharField(label=_("Téléphone"), max_length=30, required=False)
    kind = forms.ChoiceField(label=_("Vous êtes"), choices=CustomerKind.choices)
    firm = forms.CharField(label=_("Organisme"), max_length=160, required=False)
    siren = forms.CharField(
        label=_("SIREN"), max_length=14, required=False, help_text=_("Les neuf chiffres de l’organisme.")
    )
    address_line = forms.CharField(label=_("Adresse"), max_length=200)
    address_line2 = forms.CharField(label=_("Complément d’adresse"), max_length=200, required=False)
    postcode = forms.CharField(label=_("Code postal"), max_length=12)
    city = forms.CharField(label=_("Ville"), max_length=120)
    message = forms.CharField(
        label=_("Message"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    rules_accepted = forms.BooleanField(label=_("J’accepte les règles du lieu"), required=False)
    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    shown = forms.DecimalField(widget=forms.HiddenInput, required=False, max_digits=12, decimal_places=2)

    sections = (
        (_("Quand et quoi"), (("resource", "people"), ("day", "last"), ("starts", "ends"), "title")),
        (_("Qui vous êtes"), ("name", ("email", "phone"), "kind", ("firm", "siren"))),
        (_("Où envoyer la facture"), ("address_line", "address_line2", ("postcode", "city"))),
        ("", ("message", "rules_accepted")),
    )

    def __init__(self, *args: Any, resources: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["resource"].queryset = resources  # type: ignore[attr-defined]
        for name in ("starts", "ends"):
            self.fields[name].required = True

    def typed(self) -> HireData:
        return HireData(**{name: self.cleaned_data[name] for name in HireData.__dataclass_fields__})


class QuoteTermsForm(forms.Form):
    """The quote that answers a hire; its line and its price are those of what was asked."""

    deposit = PercentField(
        label=_("Acompte demandé à l’accord (%)"),
        required=False,
        initial=30,
        help_text=_("Zéro ou vide : aucun. Sa facture est préparée dès que le devis est accepté."),
    )
    valid_until = DayField(
        label=_("À accepter jusqu’au"),
        required=False,
        help_text=_("Vide : la durée habituelle des devis, au plus tard le jour de la location."),
    )
    words = forms.CharField(
        label=_("Quelques mots dans l’e-mail"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def typed(self) -> QuoteTerms:
        found = self.cleaned_data
        return QuoteTerms(found["valid_until"], (found["deposit"] or Decimal(0)) / 100, found["words"])
