"""What people type about protected records, consents, merging and retention."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cae.core.forms import AmountField, DayField
from cae.core.options import OptionField
from people.states.sensitive import SensitiveField, fields_of

YES_NO = [("", _("Non renseigné")), ("yes", _("Oui")), ("no", _("Non"))]
FLAG_OF = {"yes": True, "no": False}


def _field_for(one: SensitiveField) -> forms.Field:
    if one.kind == "date":
        return DayField(label=one.label, required=False)
    if one.kind == "amount":
        return AmountField(label=one.label, required=False, min_value=0)
    if one.kind == "flag":
        return forms.ChoiceField(label=one.label, required=False, choices=YES_NO)
    if one.options:
        return OptionField(one.options, label=one.label, required=False)
    if one.kind == "choice":
        choices = [("", _("Non renseigné")), *one.choices]
        return forms.ChoiceField(label=one.label, required=False, choices=choices)
    longest = 30 if one.kind == "nir" else 300
    return forms.CharField(label=one.label, required=False, max_length=longest)


class SensitiveForm(forms.Form):
    """The fields that one purpose opens, and no other."""

    def __init__(self, *args: Any, purpose: str, values: dict[str, Any], **kwargs: Any) -> None:
        shown = {code: self._shown(value) for code, value in values.items()}
        super().__init__(*args, initial=shown, **kwargs)
        self.opened = fields_of(purpose)
        for one in self.opened:
            self.fields[one.code] = _field_for(one)
            self.fields[one.code].widget.attrs["autocomplete"] = "off"

    @staticmethod
    def _shown(value: Any) -> Any:
        if isinstance(value, bool):
            return "yes" if value else "no"
        return value

    def values_typed(self) -> dict[str, Any]:
        return {one.code: self._read(one, self.cleaned_data[one.code]) for one in self.opened}

    @staticmethod
    def _read(one: SensitiveField, typed: Any) -> Any:
        if one.kind == "flag":
            return FLAG_OF.get(typed)
        # Nought is an amount, not a field left empty.
        return typed if one.kind == "amount" else typed or None


class ProofForm(forms.Form):
    """Where a consent, or its withdrawal, is written, when the person does not do it here."""

    proof = forms.CharField(
        label=_("Où est-ce écrit ?"),
        max_length=300,
        help_text=_("« Formulaire signé le 3 mars, dossier papier », « e-mail du 3 mars »."),
    )


class MergeForm(forms.Form):
    reason = forms.CharField(
        label=_("Motif"), max_length=300, help_text=_("Comment vous savez que c’est la même personne.")
    )


class KeepForm(forms.Form):
    reason = forms.CharField(label=_("Pourquoi la garder"), max_length=300)
    keep_until = DayField(label=_("Ne plus la proposer avant le"))
