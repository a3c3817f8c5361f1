"""What a stranger types to ask for a seat in a training."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from coworking.services.enrolment_requests import RequestData
from coworking.states.training import Payer

_PAYERS = (
    (Payer.ORGANISATION.value, _("Un organisme : employeur, association, collectivité")),
    (Payer.TRAINEE.value, _("Moi, à mes frais")),
)


class RequestForm(forms.Form):
    """Who, who pays, what they need."""

    first_name = forms.CharField(
        label=_("Prénom"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "given-name"})
    )
    last_name = forms.CharField(
        label=_("Nom"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "family-name"})
    )
    email = forms.EmailField(
        label=_("Adresse e-mail"),
        max_length=254,
        help_text=_("Elle reçoit la confirmation et le lien de votre demande."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    payer = forms.ChoiceField(label=_("Qui paie"), choices=_PAYERS, widget=forms.RadioSelect)
    payer_name = forms.CharField(
        label=_("Nom de l’organisme"),
        max_length=160,
        required=False,
        help_text=_("S’il paie."),
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    needs = forms.CharField(
        label=_("Vos besoins et attentes"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Ce que vous voulez savoir faire après, ce qu’il faut adapter. Pas de détail de santé."),
    )

    def typed(self) -> RequestData:
        return RequestData(**self.cleaned_data)
