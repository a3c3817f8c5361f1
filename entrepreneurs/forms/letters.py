"""What is typed about letters: their texts, whom they are made for (ENT-22)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cae.core.finding import FoundField
from cae.core.forms import DayField
from entrepreneurs.selectors.templates import TextInForce
from people.models import Person


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
    """One text, one person or many."""

    code = forms.ChoiceField(label=_("Modèle"), widget=forms.RadioSelect)
    people = forms.ModelMultipleChoiceField(label=_("Personnes"), queryset=Person.objects.none())

    def __init__(self, *args: Any, persons: Any, texts: Sequence[TextInForce], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = self.fields["code"]
        choices.choices = [(text.code, text.label) for text in texts]
        chooser: Any = self.fields["people"]
        chooser.queryset = persons
