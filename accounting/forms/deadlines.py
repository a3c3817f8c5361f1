"""What is typed about the tax calendar."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from accounting.selectors.tax_deadlines import owners_offered
from accounting.services.tax_deadlines import MOST_LABEL, MOST_REASON, MOST_REFERENCE, DeadlineContent, Sent
from cae.core.forms import AmountField, DayField
from people.models import User


class OwnerField(forms.ModelChoiceField):
    """Who follows it, by name."""

    def label_from_instance(self, obj: Any) -> str:
        name: str = obj.get_full_name()
        return name


class FollowForm(forms.Form):
    """Who follows a deadline, by which day, for how much."""

    owner = OwnerField(
        label=_("Suivie par"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("Toute la comptabilité"),
    )
    due_on = DayField(label=_("À faire avant le"))
    amount = AmountField(label=_("Montant prévu"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["owner"].queryset = owners_offered()


class DeadlineForm(FollowForm):
    """A deadline that no rule makes."""

    label = forms.CharField(label=_("Ce qui est à déclarer"), max_length=MOST_LABEL)
    starts_on = DayField(label=_("Période du"))
    ends_on = DayField(label=_("Au"))
    is_paid = forms.BooleanField(label=_("Donne lieu à paiement"), required=False, initial=True)
    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    field_order = ("label", "starts_on", "ends_on", "due_on", "is_paid", "amount", "owner")

    def content(self) -> DeadlineContent:
        """What the service takes; call it on a valid form only."""
        return DeadlineContent(
            **{key: value for key, value in self.cleaned_data.items() if key != "form_key"}
        )


class ProofForm(forms.Form):
    """The day, the amount, the paper that proves it."""

    on = DayField(label=_("Le"))
    amount = AmountField(label=_("Montant"), required=False)
    proof = forms.FileField(label=_("Preuve"), required=False, help_text=_("PDF ou image, 10 Mo au plus."))

    def told(self) -> dict[str, Any]:
        """What the service takes; call it on a valid form only."""
        sent = self.cleaned_data["proof"]
        proof: Sent | None = (sent.name, sent.read()) if sent else None
        return self.cleaned_data | {"proof": proof}


class DeclaredForm(ProofForm):
    """The same with what the administration answered."""

    reference = forms.CharField(label=_("Référence"), max_length=MOST_REFERENCE, required=False)

    field_order = ("on", "amount", "reference", "proof")


class DropForm(forms.Form):
    """Why nothing is to be declared this time."""

    reason = forms.CharField(label=_("Motif"), max_length=MOST_REASON)
