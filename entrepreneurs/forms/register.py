"""What is typed about hirings and their declarations."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.finding import FoundField
from cae.core.forms import DayField
from entrepreneurs.models import RegisterEntry
from entrepreneurs.models.register import COMPLETED, Sex
from people.models import Person


class EnterForm(forms.Form):
    """A hiring that no contract of the path makes: the support staff."""

    person = FoundField(label=_("Personne"), queryset=Person.objects.none())
    job = forms.CharField(label=_("Emploi"), max_length=120)
    contract_kind = forms.CharField(
        label=_("Nature du contrat"), max_length=80, help_text=_("CDI, CDD jusqu’au…, apprentissage…")
    )
    is_part_time = forms.BooleanField(label=_("À temps partiel"), required=False)
    hired_on = DayField(label=_("Entrée le"))
    declared = forms.BooleanField(
        label=_("La déclaration préalable à l’embauche est déjà faite et gardée ailleurs"), required=False
    )

    def __init__(self, *args: Any, persons: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = persons  # type: ignore[attr-defined]


class CompleteForm(forms.Form):
    """What the register asks and that is not written yet."""

    birth_date = DayField(label=_("Date de naissance"), required=False)
    sex = forms.ChoiceField(label=_("Sexe"), choices=[("", _("Non renseigné")), *Sex.choices], required=False)
    nationality = forms.CharField(label=_("Nationalité"), max_length=60, required=False)
    qualification = forms.CharField(label=_("Qualification"), max_length=120, required=False)
    permit = forms.CharField(
        label=_("Titre autorisant à travailler"),
        max_length=120,
        required=False,
        help_text=_("Type et numéro, pour une personne étrangère qui en a besoin."),
    )

    def __init__(self, *args: Any, entry: RegisterEntry, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in COMPLETED:
            if getattr(entry, name):
                del self.fields[name]


def receipt_field(**more: Any) -> forms.FileField:
    return forms.FileField(
        label=_("Fichier de l’accusé de réception"), help_text=_("PDF ou image, 10 Mo au plus."), **more
    )


class DeclareForm(forms.Form):
    """The receipt of a declaration, or why there is none to make."""

    receipt = forms.CharField(
        label=_("Numéro d’accusé de réception"),
        help_text=_("Demandé pour noter l’accusé ; vide si la déclaration est sans objet."),
        max_length=60,
        required=False,
    )
    made_on = DayField(label=_("Faite le"), initial=timezone.localdate, required=False)
    proof = receipt_field(required=False)
    note = forms.CharField(
        label=_("Précision"),
        help_text=_("Demandée si la déclaration est sans objet : pourquoi."),
        max_length=300,
        required=False,
    )


class ReceiptForm(forms.Form):
    """The file of a receipt noted without it."""

    proof = receipt_field()
