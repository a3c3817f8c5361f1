"""What is typed of a paper of an event."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coworking.models import Event, EventPart
from coworking.services.agreements import Paper
from coworking.services.event_papers import PaperData
from coworking.states.events import PaperFor


class PaperForm(forms.Form):
    """A paper and for whom it is; `file` is brought once."""

    title = forms.CharField(
        label=_("Intitulé"), max_length=120, help_text=_("« Programme détaillé », « Kit d’animation ».")
    )
    audience = forms.ChoiceField(
        label=_("Pour qui"),
        choices=PaperFor.choices,
        widget=forms.RadioSelect,
        initial=PaperFor.REGISTERED,
    )
    part = forms.ModelChoiceField(
        label=_("Partie"),
        queryset=EventPart.objects.none(),
        required=False,
        empty_label=_("Tout l’événement"),
        help_text=_("Le kit d’une partie s’ouvre à qui l’anime ; sans partie, à qui en anime une."),
    )
    file = forms.FileField(
        label=_("Fichier"),
        help_text=_("PDF ou image, 10 Mo au plus."),
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/png,image/jpeg"}),
    )

    def __init__(self, *args: Any, event: Event, is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["part"].queryset = event.parts.all()  # type: ignore[attr-defined]
        if not event.parts.exists():
            del self.fields["part"]
        if not is_new:
            del self.fields["file"]

    def typed(self) -> PaperData:
        known = self.cleaned_data
        return PaperData(known["title"], known["audience"], known.get("part"))

    def brought(self) -> Paper:
        file = self.cleaned_data["file"]
        return Paper(file.read(), file.name)
