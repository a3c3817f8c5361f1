"""What is typed in the room: an incident, somebody who raises a hand, the closing of the sitting."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cae.core.finding import FoundField
from cae.core.forms import MomentField
from governance.models import Associate
from governance.states.assemblies import Turn


class IncidentForm(forms.Form):
    """What happened, and when."""

    text = forms.CharField(
        label=_("Ce qui s’est passé"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Repris mot pour mot dans le procès-verbal."),
    )
    happened_at = MomentField(label=_("Quand"))


class SpeakerForm(forms.Form):
    """Who raises a hand in the room."""

    associate = FoundField(label=_("Qui"), queryset=Associate.objects.none())
    kind = forms.ChoiceField(label=_("Demande"), choices=Turn.choices, initial=Turn.SPEECH)

    def __init__(self, *args: Any, there: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["associate"].queryset = there  # type: ignore[attr-defined]


class OpenForm(forms.Form):
    """The sitting opens; before its hour, one says that it is meant."""

    confirmed = forms.BooleanField(
        label=_("Ouvrir quand même avant l’heure de la convocation"), required=False
    )

    def __init__(self, *args: Any, is_early: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_early:
            del self.fields["confirmed"]


class CloseForm(forms.Form):
    """The sitting ends all the same."""

    confirmed = forms.BooleanField(
        label=_("Lever la séance même si des résolutions n’ont pas de résultat"), required=False
    )
