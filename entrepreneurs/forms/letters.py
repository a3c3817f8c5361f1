"""What is typed about letters: their texts, whom they are made for (ENT-22)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cae.core.finding import FoundField, FoundManyField
from cae.core.forms import DayField
from entrepreneurs.selectors.templates import TextInForce
from people.models import Person
from people.states.statuses import StatusKind


class LetterTextForm(forms.Form):
    label = forms.CharField(label=_("Nom du modèle"), max_length=120)
    body = forms.CharField(
        label=_("Texte"),
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "true"}),
        help_text=_("« # » ouvre le titre, « ## » un article, « - » une liste ; une ligne vide sépare."),
    )
    valid_from = DayField(
        label=_("En vigueur à partir du"), help_text=_("Les versions d’avant restent lisibles.")
    )


class PreviewForm(forms.Form):
    """Whom the text is shown for."""

    personne = FoundField(label=_("Avec les données de"), queryset=Person.objects.none())

    def __init__(self, *args: Any, persons: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chooser: Any = self.fields["personne"]
        chooser.queryset = persons


class MakeLettersForm(forms.Form):
    """One text, for everybody who is something today, for people by name, or for both."""

    code = forms.ChoiceField(label=_("Modèle"), widget=forms.RadioSelect)
    statuses = forms.MultipleChoiceField(
        label=_("Toutes les personnes qui sont aujourd’hui"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    people = FoundManyField(
        label=_("Personnes, par leur nom"),
        required=False,
        queryset=Person.objects.none(),
        help_text=_("Quelques lettres suffisent : un nom par case."),
    )

    def __init__(
        self, *args: Any, persons: Any, groups: Mapping[str, int], texts: Sequence[TextInForce], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        codes: Any = self.fields["code"]
        codes.choices = [(text.code, text.label) for text in texts]
        statuses: Any = self.fields["statuses"]
        statuses.choices = [(kind, f"{StatusKind(kind).label} ({count})") for kind, count in groups.items()]
        chooser: Any = self.fields["people"]
        chooser.queryset = persons
