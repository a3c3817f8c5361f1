"""What people type about requests on data, incidents and the register of processing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cae.core.finding import FoundField
from cae.core.forms import DayField, MomentField
from people.models import DataIncident, Person, Processing, in_use
from people.services.incidents import IncidentData
from people.services.processings import ProcessingData
from people.states.data_requests import DataRequestKind


class OwnRequestForm(forms.Form):
    """What one asks about one's own data."""

    kind = forms.ChoiceField(
        label=_("Ce que vous demandez"), choices=DataRequestKind.choices, initial=DataRequestKind.CORRECTION
    )
    text = forms.CharField(
        label=_("Votre demande"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Dites ce qui est faux et ce qu’il faut écrire à la place, ou ce que vous voulez."),
    )


class DataRequestForm(OwnRequestForm):
    """A request that came by letter, by mail or by word of mouth."""

    person = FoundField(
        label=_("Personne"),
        queryset=in_use(Person.objects.all()),
        required=False,
        help_text=_("Laissez vide si elle n’a pas de fiche ici."),
    )
    asker = forms.CharField(label=_("Qui demande, sans fiche"), max_length=160, required=False)
    received_on = DayField(label=_("Reçue le"))

    field_order = ("person", "asker", "received_on", "kind", "text")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].label = _("Nature")
        self.fields["text"].label = _("Demande")
        self.fields["text"].help_text = ""


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label=_("Ce qui est répondu"), max_length=4000, widget=forms.Textarea(attrs={"rows": 6})
    )


class LongerForm(forms.Form):
    """Why the answer takes longer, as it is told to the person."""

    reason = forms.CharField(label=_("Pourquoi la réponse prend plus de temps"), max_length=300)


class IncidentForm(forms.ModelForm):
    known_at = MomentField(
        label=_("Connu le"), help_text=_("Les 72 heures de l’article 33 du RGPD comptent d’ici.")
    )
    told_people_on = DayField(label=_("Personnes prévenues le"), required=False)

    class Meta:
        model = DataIncident
        fields = [
            *("title", "known_at", "facts", "data", "people_count"),
            *("risks", "measures", "told_people_on"),
        ]
        widgets = {name: forms.Textarea(attrs={"rows": 4}) for name in ("facts", "risks", "measures")}

    def data_typed(self) -> IncidentData:
        return IncidentData(**{name: self.cleaned_data[name] for name in self.Meta.fields})


class NotifyForm(forms.Form):
    notified_at = MomentField(label=_("CNIL prévenue le"))
    late_because = forms.CharField(
        label=_("Motif du retard"),
        max_length=300,
        required=False,
        help_text=_("Seulement si les 72 heures sont passées."),
    )


class ConclusionForm(forms.Form):
    conclusion = forms.CharField(
        label=_("Conclusion"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Sans notification, dites pourquoi il n’y a pas de risque pour les personnes."),
    )


class ProcessingForm(forms.ModelForm):
    ended_on = DayField(label=_("Arrêté le"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Processing
        fields = [
            *("name", "purpose", "basis", "people", "data"),
            *("recipients", "retention", "security", "ended_on"),
        ]

        widgets = {
            name: forms.Textarea(attrs={"rows": 3}) for name in ("purpose", "data", "recipients", "security")
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version

    def data_typed(self) -> ProcessingData:
        return ProcessingData(**{name: self.cleaned_data[name] for name in self.Meta.fields})

    def validate_constraints(self) -> None:
        """The service says in a sentence what the constraint would."""
