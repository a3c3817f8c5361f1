"""What is typed about a departure."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cae.core.finding import FoundField
from cae.core.forms import DayField
from cae.core.options import OptionField
from entrepreneurs.services.exits import ExitData
from entrepreneurs.states.exits import KIND_LIST, Choice
from people.models import Person


class ExitForm(forms.Form):
    """The departure itself."""

    kind = OptionField(KIND_LIST, label=_("Raison du départ"))
    reason = forms.CharField(label=_("Précisions"), max_length=300, required=False)
    notice = forms.CharField(
        label=_("Préavis"), max_length=120, required=False, help_text=_("Un mois, dispensé, sans objet…")
    )
    last_day = DayField(label=_("Dernier jour dans la coopérative"))
    account_closes_on = DayField(
        label=_("Le compte se ferme le"),
        help_text=_(
            "Dès le matin de ce jour, la personne ne se connecte plus. Laissez-lui le temps d’exporter."
        ),
    )
    choice = forms.ChoiceField(label=_("Rester ou partir ?"), choices=Choice.choices, initial=Choice.LEAVES)
    choice_note = forms.CharField(
        label=_("Ce qui a été dit"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Avantages, inconvénients, ce qui ferait changer d’avis."),
    )

    def typed(self) -> ExitData:
        names = ExitData.__dataclass_fields__
        return ExitData(**{name: self.cleaned_data[name] for name in names})


class OpenForm(ExitForm):
    """Whose departure it is, too."""

    person = FoundField(label=_("Personne"), queryset=Person.objects.none())
    field_order = ("person",)

    def __init__(self, *args: Any, persons: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = persons  # type: ignore[attr-defined]


class CloseForm(forms.Form):
    """The departure is done all the same."""

    confirmed = forms.BooleanField(
        label=_("Faire la sortie même si des étapes restent à régler"), required=False
    )


class HandOverForm(forms.Form):
    """Who takes over what the person follows."""

    to = forms.ModelChoiceField(label=_("À qui"), queryset=Person.objects.none())

    def __init__(self, *args: Any, team: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = team  # type: ignore[attr-defined]


class ExitLetterForm(forms.Form):
    """Which letter is made for who leaves."""

    text = forms.ChoiceField(label=_("Modèle"))

    def __init__(self, *args: Any, texts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].choices = [(text.code, text.label) for text in texts]  # type: ignore[attr-defined]


class CancelForm(forms.Form):
    reason = forms.CharField(label=_("Motif de l’abandon"), max_length=300)
