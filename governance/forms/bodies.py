"""What is typed about bodies and mandates."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cae.core.finding import FoundField
from cae.core.forms import DayField
from governance.selectors.elections import elected_of
from governance.services.bodies import BodyData
from governance.services.mandates import ElectedTerm, MandateChange, MandateData, Seating
from governance.states.bodies import BodyKind, Electorate, MandateEnd
from people.models import Person


def _number(label: Any, **more: Any) -> forms.IntegerField:
    return forms.IntegerField(**({"label": label, "min_value": 0, "max_value": 999} | more))


class BodyForm(forms.Form):
    """A body as the statutes set it."""

    name = forms.CharField(label=_("Nom"), max_length=120)
    kind = forms.ChoiceField(label=_("Nature"), choices=BodyKind.choices)
    purpose = forms.CharField(
        label=_("Rôle"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    seats_least = _number(_("Sièges, au moins"), initial=1)
    seats_most = _number(_("Sièges, au plus"), required=False)
    term_months = _number(_("Durée d’un mandat (mois)"), required=False)
    terms_most = _number(
        _("Mandats de suite, au plus"), required=False, help_text=_("Le premier compris. Vide : sans limite.")
    )
    electorate = forms.ChoiceField(
        label=_("Élu par, selon les statuts"), choices=Electorate.choices, widget=forms.RadioSelect
    )
    quorum = forms.CharField(label=_("Quorum de ses réunions"), max_length=120, required=False)
    majority = forms.CharField(label=_("Majorité de ses décisions"), max_length=120, required=False)
    rhythm = forms.CharField(
        label=_("Réunions"), max_length=120, required=False, help_text=_("Une fois par mois…")
    )
    article = forms.CharField(label=_("Article des statuts"), max_length=80, required=False)
    handover_days = _number(
        _("Jours de passation"),
        initial=30,
        help_text=_("Combien de jours avant le terme la passation commence."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("electorate", Electorate.ASSOCIATES)

    def typed(self) -> BodyData:
        return BodyData(**{name: self.cleaned_data[name] for name in BodyData.__dataclass_fields__})


def _despite() -> forms.BooleanField:
    return forms.BooleanField(label=_("Ouvrir ce mandat malgré l’avertissement"), required=False)


class MandateChangeForm(forms.Form):
    """What may be put right while a mandate runs."""

    role = forms.CharField(label=_("Fonction"), max_length=80, help_text=_("Cogérant·e, membre du conseil…"))
    ends_on = DayField(label=_("Terme"), help_text=_("Le dernier jour du mandat."))
    handover_on = DayField(label=_("Passation le"), required=False)
    rotation = forms.IntegerField(
        label=_("Rang de renouvellement"),
        min_value=1,
        max_value=99,
        required=False,
        help_text=_("L’ordre dans lequel les sièges sont renouvelés."),
    )
    powers = forms.CharField(
        label=_("Pouvoirs"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    decision = forms.CharField(
        label=_("Décision"), max_length=200, help_text=_("L’assemblée et la résolution dont vient ce mandat.")
    )

    def typed(self) -> MandateChange:
        return MandateChange(**{name: self.cleaned_data[name] for name in MandateChange.__dataclass_fields__})


class MandateForm(MandateChangeForm):
    """A mandate to open, by a decision that no vote here took."""

    person = FoundField(label=_("Personne"), queryset=Person.objects.none())
    starts_on = DayField(label=_("Début"))
    despite = _despite()
    field_order = ("person", "role", "starts_on", "ends_on")

    def __init__(self, *args: Any, persons: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = persons  # type: ignore[attr-defined]

    def data_typed(self) -> MandateData:
        return MandateData(**{name: self.cleaned_data[name] for name in MandateData.__dataclass_fields__})


class EndForm(forms.Form):
    """How and when a mandate ends."""

    cause = forms.ChoiceField(label=_("Fin"), choices=MandateEnd.choices, widget=forms.RadioSelect)
    on = DayField(label=_("Dernier jour"))
    note = forms.CharField(label=_("Précision"), max_length=300, required=False)


class SeatingForm(forms.Form):
    """The mandates that a proclaimed election opens, in one go."""

    starts_on = DayField(label=_("Début des mandats"))
    ends_on = DayField(label=_("Terme"), help_text=_("Le dernier jour du mandat."))
    handover_on = DayField(label=_("Passation le"), required=False)
    powers = forms.CharField(
        label=_("Pouvoirs"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    role = forms.CharField(label=_("Fonction"), max_length=80)
    seated = forms.MultipleChoiceField(label=_("Personnes élues"), widget=forms.CheckboxSelectMultiple)
    despite = _despite()
    field_order = ("seated", "role", "starts_on", "ends_on")

    def __init__(self, *args: Any, resolution: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        done = set(resolution.mandates.values_list("person", flat=True))
        self.waiting = [one for one in elected_of(resolution) if one.person_id not in done]
        offered = [(str(one.person_id), str(one.person)) for one in self.waiting]
        self.fields["seated"].choices = offered  # type: ignore[attr-defined]
        self.initial.setdefault("seated", [key for key, _name in offered])

    def seats_typed(self) -> list[Seating]:
        people: dict[str, Any] = {str(one.person_id): one.person for one in self.waiting}
        rotates = len(self.cleaned_data["seated"]) > 1
        return [
            Seating(people[key], self.cleaned_data["role"], rank if rotates else None)
            for rank, key in enumerate(self.cleaned_data["seated"], start=1)
        ]

    def term_typed(self) -> ElectedTerm:
        return ElectedTerm(**{name: self.cleaned_data[name] for name in ElectedTerm.__dataclass_fields__})
