"""What is typed of the catalogue of support, of what is asked of it, of a funded action (ENT-59)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cae.core.forms import AmountField, DayField
from entrepreneurs.models import SupportKind
from people.models import Organisation
from people.states import RelationKind


class SupportKindForm(forms.ModelForm):
    starts_on = DayField(label=_("Proposé à partir du"))

    class Meta:
        model = SupportKind
        fields = ("name", "what", "audience", "given_by", "where")


class FundedForm(forms.Form):
    name = forms.CharField(label=_("Intitulé"), max_length=120)
    funder = forms.ModelChoiceField(label=_("Financeur"), queryset=Organisation.objects.none())
    reference = forms.CharField(label=_("Référence de la convention"), max_length=80, required=False)
    starts_on = DayField(label=_("Du"))
    ends_on = DayField(label=_("Au"))
    hours = AmountField(label=_("Heures financées"), max_digits=8)
    hours_each = AmountField(label=_("Heures au plus par personne"), max_digits=8, required=False)
    places = forms.IntegerField(label=_("Personnes au plus"), min_value=1, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        funders = Organisation.objects.filter(relations__contains=[RelationKind.FUNDER])
        self.fields["funder"].queryset = funders  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    answer = forms.CharField(label=_("Réponse"), max_length=500, required=False)
