"""What a checker of claims types: a line accepted, corrected or refused, a claim sent back or taken back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cae.core.forms import AmountField
from invoicing.forms.fields import typed
from invoicing.models import ExpenseKind, ExpenseLine
from invoicing.services.claim_lines import Correction
from invoicing.states.expenses import MAX_REASON

# The ready phrases that the reasons offer (`_phrases.html`).
PHRASES_ID = "claim-phrases"


def _reason() -> forms.CharField:
    return forms.CharField(
        label=_("Pourquoi ?"),
        max_length=MAX_REASON,
        widget=forms.TextInput(attrs={"list": PHRASES_ID, "autocomplete": "off"}),
        error_messages={"required": _("Dites pourquoi : l’auteur lira cette phrase.")},
    )


class SeenForm(forms.Form):
    """The tick of whoever opened the receipt."""

    seen = forms.BooleanField(label=_("Justificatif vu"), required=False)

    def __init__(self, *args: Any, several: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if several:
            self.fields["seen"].label = _("Justificatifs vus")

    @property
    def is_seen(self) -> bool:
        return bool(self.is_valid() and self.cleaned_data["seen"])


class CorrectLineForm(forms.Form):
    """What replaces what was claimed; a trip is corrected by its kilometres."""

    kind = forms.ModelChoiceField(label=_("Nature de dépense"), queryset=ExpenseKind.objects.none())
    gross = AmountField(label=_("Montant TTC retenu (€)"))
    tax = AmountField(label=_("Dont TVA (€)"))
    km = AmountField(label=_("Kilomètres retenus (aller)"), max_digits=5, decimal_places=1)
    reason = _reason()

    def __init__(self, *args: Any, line: ExpenseLine, **kwargs: Any) -> None:
        trip = getattr(line, "trip", None)
        shown = {
            "kind": line.kind_id,
            "gross": typed(line.gross, least=2),
            "tax": typed(line.tax, least=2),
            "km": typed(trip.km) if trip else "",
        }
        super().__init__(*args, prefix=f"c{line.pk}", initial=shown, **kwargs)
        for name in ("kind", "gross", "tax") if line.kind.is_mileage else ("km",):
            del self.fields[name]
        if "kind" in self.fields:
            kinds = ExpenseKind.objects.offered_on(line.on).filter(way=line.kind.way)
            self.fields["kind"].queryset = kinds  # type: ignore[attr-defined]

    def correction(self) -> Correction:
        """What the service takes; call it on a valid form only."""
        said = self.cleaned_data
        return Correction(
            reason=said["reason"],
            kind=said.get("kind"),
            gross=said.get("gross"),
            tax=said.get("tax"),
            km=said.get("km"),
        )


class RefuseLineForm(forms.Form):
    """Why an expense is left out."""

    reason = _reason()


class SendBackForm(forms.Form):
    """What the author is to put right."""

    reason = forms.CharField(
        label=_("Ce qui est à corriger"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Dites ce qui est à corriger : l’auteur lira cette phrase.")},
        help_text=_("L’auteur lit cette phrase, avec le motif des dépenses refusées."),
    )


class ApproveForm(forms.Form):
    """How a claim is paid."""

    deduct = forms.BooleanField(
        label=_("Déduire l’avance que la personne détient encore"), required=False, initial=True
    )


class ReverseForm(forms.Form):
    """Why an approval is taken back."""

    reason = forms.CharField(label=_("Pourquoi ?"), max_length=250)
