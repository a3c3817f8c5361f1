"""What the secretary writes, what the bureau types to sign, what an extract draws."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core.signing import Hand
from cae.core.signing_forms import ShownPaperForm, SignatureForm
from governance.models import AgendaItem, Minutes
from governance.services.extracts import CERTIFICATION, MAX_PURPOSE
from governance.services.minutes import MAX_TEXT
from governance.services.minutes_signing import AGREEMENT, MAX_REASON


def _words(label: Any, rows: int = 4, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=MAX_TEXT,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class MinutesForm(forms.Form):
    """The words of the opening and of the close, and the debate on each point of the agenda."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    opening = _words(gettext_lazy("Ouverture de la séance"))

    def __init__(self, *args: Any, minutes: Minutes, items: Iterable[AgendaItem], **kwargs: Any) -> None:
        notes = dict(minutes.notes.values_list("item_id", "text"))
        self.items = {f"item_{item.pk}": item.pk for item in items}
        initial = {"version": minutes.version, "opening": minutes.opening, "closing": minutes.closing}
        initial |= {name: notes.get(key, "") for name, key in self.items.items()}
        super().__init__(*args, initial=initial, **kwargs)
        for number, item in enumerate(items, 1):
            label = _("%(number)d. %(title)s") % {"number": number, "title": item.title}
            self.fields[f"item_{item.pk}"] = _words(label)
        self.fields["closing"] = _words(_("Clôture de la séance"))

    def typed(self) -> dict[str, Any]:
        found = self.cleaned_data
        return {
            "opening": found["opening"],
            "closing": found["closing"],
            "version": found["version"],
            "notes": {key: found[name] for name, key in self.items.items()},
        }


class SignMinutesForm(ShownPaperForm):
    """The agreement beside the mark."""

    accepted = forms.BooleanField(
        label=AGREEMENT,
        error_messages={
            "required": gettext_lazy("Cochez que vous avez lu le procès-verbal et que vous le signez.")
        },
    )


class UnsignedForm(forms.Form):
    """Why one of the bureau will not sign."""

    reason = forms.CharField(
        label=gettext_lazy("Pourquoi cette personne ne signe-t-elle pas ?"),
        max_length=MAX_REASON,
        help_text=gettext_lazy(
            "Décès, refus, empêchement : le procès-verbal reprend ces mots et la personne est prévenue."
            " Dès que tous les autres ont signé, il est inscrit au registre."
        ),
    )


class ExtractForm(SignatureForm):
    """The resolutions of an extract, whom it is for, the signature of who certifies it."""

    resolutions = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Résolutions"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choisissez au moins une résolution.")},
    )
    purpose = forms.CharField(
        label=gettext_lazy("Établi pour"),
        required=False,
        max_length=MAX_PURPOSE,
        help_text=gettext_lazy("Par exemple : la banque, le greffe."),
    )
    accepted = forms.BooleanField(
        label=CERTIFICATION,
        error_messages={"required": gettext_lazy("Cochez que vous certifiez cet extrait.")},
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    field_order = ("resolutions", "purpose", "way", "typed", "drawing", "accepted", "form_key")

    def __init__(self, *args: Any, offered: Iterable[tuple[int, str]], signer: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.signer = signer
        chooser: Any = self.fields["resolutions"]
        chooser.choices = list(offered)

    def hand(self) -> Hand:
        """The certifier and their mark. Raises Refused for a drawing that is no PNG."""
        return self.hand_of(self.signer, _("Cogérant·e"))
