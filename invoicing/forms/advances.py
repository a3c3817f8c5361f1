"""What is typed about an advance on expenses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cae.core.forms import AmountField, DayField
from cae.core.signing_forms import SignatureForm
from entrepreneurs.models import Activity
from invoicing.services.advances import AdvanceContent
from invoicing.states.claims import MAX_PURPOSE


class AdvanceForm(forms.Form):
    """How much, for what, for when."""

    activity = forms.ModelChoiceField(
        label=_("Activité"), queryset=Activity.objects.none(), empty_label=_("Choisir…")
    )
    amount = AmountField(label=_("Montant (€)"))
    purpose = forms.CharField(
        label=_("Pour quoi"), max_length=MAX_PURPOSE, help_text=_("« Salon de Vienne : train et hôtel ».")
    )
    needed_on = DayField(label=_("Utile pour le"))
    form_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, activities: Sequence[Activity], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.activities = list(activities)
        if len(self.activities) == 1:
            del self.fields["activity"]
        else:
            rows = Activity.objects.filter(pk__in=[one.pk for one in self.activities])
            self.fields["activity"].queryset = rows  # type: ignore[attr-defined]

    @property
    def chosen_activity(self) -> Activity:
        """Call it on a valid form only."""
        return self.cleaned_data.get("activity") or self.activities[0]

    def content(self) -> AdvanceContent:
        """What the services take; call it on a valid form only."""
        said = self.cleaned_data
        return AdvanceContent(said["amount"], said["purpose"], said["needed_on"])


class WhyForm(forms.Form):
    """A reason that the person reads."""

    reason = forms.CharField(
        label=_("Pourquoi ?"), max_length=250, help_text=_("La personne lit cette phrase.")
    )


class ReturnForm(forms.Form):
    """Money that came back."""

    amount = AmountField(label=_("Montant rendu (€)"))
    on = DayField(label=_("Reçu le"))
    form_key = forms.UUIDField(widget=forms.HiddenInput)


class WaiverForm(SignatureForm):
    """The signature of a refund given up; the sentence stands above."""

    field_order = ("way", "typed", "drawing")
