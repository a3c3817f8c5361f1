"""What a checker types: the filters of the queue, what is to be put right, a right of self-validation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.forms import AmountField, DayField
from cae.core.search import plain
from invoicing.selectors.queue import Wanted
from invoicing.states.sales import MAX_DESCRIPTION, CheckedKind
from people.models import Person


class QueueFilters(forms.Form):
    """The filters stay in the address; one that means nothing is no filter."""

    nature = forms.ChoiceField(
        label=_("Documents"), choices=[("", _("Tous")), *CheckedKind.choices], required=False
    )
    activite = forms.TypedChoiceField(label=_("Activité"), coerce=int, empty_value=None, required=False)
    a_moi = forms.BooleanField(label=_("Attribués à moi"), required=False)
    en_regle = forms.BooleanField(label=_("Tout en règle"), required=False)

    def __init__(self, *args: Any, activities: Mapping[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = sorted(activities.items(), key=lambda one: (plain(one[1]), one[0]))
        self.fields["activite"].choices = [("", _("Toutes")), *named]  # type: ignore[attr-defined]

    @property
    def is_narrowed(self) -> bool:
        return self.wanted() != Wanted()

    def wanted(self) -> Wanted:
        """What the address asks."""
        self.is_valid()
        given = self.cleaned_data
        return Wanted(
            kind=given.get("nature", ""),
            activity=given.get("activite"),
            mine=bool(given.get("a_moi")),
            right=bool(given.get("en_regle")),
        )


class CorrectionForm(forms.Form):
    """What the author will read."""

    reason = forms.CharField(
        label=_("Ce qui est à corriger"),
        max_length=MAX_DESCRIPTION,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Dites ce qui est à corriger : l’auteur lira cette phrase.")},
        help_text=_("L’auteur lit cette phrase et la retrouve dans les messages du document."),
    )


class ReadVersion(forms.Form):
    """What the person has read: version of the draft, hash of all that it said (its customer included)."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    shown = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)


class SelfValidationForm(forms.Form):
    person = forms.ModelChoiceField(label=_("Personne"), queryset=Person.objects.none())
    kind = forms.ChoiceField(label=_("Documents"), choices=CheckedKind.choices, widget=forms.RadioSelect)
    ceiling = AmountField(
        label=_("Jusqu’à (€ HT)"),
        required=False,
        help_text=_("Ce montant compris. Vide : sans limite."),
    )
    starts_on = DayField(label=_("À partir du"))
    ends_on = DayField(label=_("Jusqu’au"), required=False)
    reason = forms.CharField(label=_("Motif"), max_length=250)

    def __init__(self, *args: Any, persons: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = persons  # type: ignore[attr-defined]


class EndForm(forms.Form):
    """The last day of a right, and why."""

    last_day = DayField(label=_("Dernier jour"), help_text=_("Hier : le droit s’arrête tout de suite."))
    reason = forms.CharField(label=_("Motif"), max_length=250)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["last_day"].initial = timezone.localdate()
