"""What is said of files that come in; the rules stand in the services."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from entrepreneurs.models import Activity
from invoicing.engines.incoming.containers import MOST_BYTES
from invoicing.forms.vouchers import FilesField, FilesInput
from invoicing.states.incoming import MAX_FILES_AT_ONCE, MAX_NOTE


class DepositForm(forms.Form):
    """Several files at once; the control takes what is dropped on it."""

    files = FilesField(  # type: ignore[assignment]  # bound data of a form has the same name
        label=_("Fichiers"),
        max_length=250,
        # An empty file is refused by the service, in its own words.
        allow_empty_file=True,
        help_text=_("Factur-X, CII, UBL, PDF ou image ; 20 Mo au plus chacun, 50 fichiers à la fois."),
        widget=FilesInput(attrs={"multiple": True, "accept": ".pdf,.xml,image/*", "class": "drop-field"}),
    )
    activity = forms.ChoiceField(
        label=_("Activité"),
        required=False,
        help_text=_("Vide : celle que la facture nomme, par son adresse ou par votre numéro de commande."),
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, activities: Sequence[Activity], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.activities = {str(one.pk): one for one in activities}
        choices = [(key, str(one)) for key, one in self.activities.items()]
        self.fields["activity"].choices = [("", _("Selon la facture")), *choices]

    @property
    def activity_chosen(self) -> Activity | None:
        return self.activities.get(self.cleaned_data["activity"])

    @property
    def contents(self) -> list[tuple[str, bytes]]:
        """Names and bytes, read no further than what is accepted and one byte more."""
        files = self.cleaned_data["files"][: MAX_FILES_AT_ONCE + 1]
        return [(file.name, file.read(MOST_BYTES + 1)) for file in files]


class AssignForm(forms.Form):
    activity = forms.ChoiceField(label=_("Activité"))

    def __init__(self, *args: Any, activities: Sequence[Activity], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.activities = {str(one.pk): one for one in activities}
        choices = [(key, str(one)) for key, one in self.activities.items()]
        self.fields["activity"].choices = [("", _("Choisissez")), *choices]

    def clean_activity(self) -> Activity:
        return self.activities[self.cleaned_data["activity"]]


class AsideForm(forms.Form):
    note = forms.CharField(
        label=_("Pourquoi"),
        max_length=MAX_NOTE,
        required=False,
        help_text=_("Publicité, commande, facture déjà payée… Le fichier reste gardé."),
    )
