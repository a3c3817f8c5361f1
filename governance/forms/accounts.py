"""What is chosen to put the accounts of a year to the vote, or to say what an assembly ruled of them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounting.models import ResultAllocation
from governance.models import AgendaItem, Resolution
from governance.services.accounts_agenda import Ruled


class _AllocationForm(forms.Form):
    allocation = forms.ModelChoiceField(
        label=_("Affectation proposée"), queryset=ResultAllocation.objects.none()
    )

    def __init__(self, *args: Any, allocations: QuerySet[ResultAllocation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["allocation"]
        field.queryset = allocations


class PutForm(_AllocationForm):
    """An assembly that is prepared: the books draft its resolutions."""

    item = forms.ModelChoiceField(
        label=_("Point de l’ordre du jour"),
        queryset=AgendaItem.objects.none(),
        help_text=_("Les deux résolutions et le tableau par personne s’y ajoutent."),
    )

    def __init__(self, *args: Any, items: QuerySet[AgendaItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["item"]
        field.queryset = items


class RuledForm(_AllocationForm):
    """An assembly that was held: its texts were typed by hand."""

    allocating = forms.ModelChoiceField(
        label=_("Résolution qui affecte le résultat"), queryset=Resolution.objects.none()
    )
    approving = forms.ModelChoiceField(
        label=_("Résolution qui approuve les comptes"),
        queryset=Resolution.objects.none(),
        required=False,
        help_text=_("Les soldes de paie de l’exercice sont dus un mois après."),
    )

    def __init__(self, *args: Any, resolutions: QuerySet[Resolution], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("allocating", "approving"):
            field: Any = self.fields[name]
            field.queryset = resolutions

    def ruled(self) -> Ruled:
        return Ruled(self.cleaned_data["allocating"], self.cleaned_data["approving"])
