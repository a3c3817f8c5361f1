"""What is typed about associates: who enters, what they are, the right to vote, who leaves."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.finding import FoundField
from cae.core.forms import DayField, ask_later
from cae.core.signing import Hand
from governance.calculations.membership import category_fits, cause_fits
from governance.models import College
from governance.services.associates import Entry
from governance.states.register import Category, LossCause
from people.models import Organisation, Person


def offer_colleges(form: forms.Form) -> None:
    """Asks the college where the cooperative has some, and says nothing of it elsewhere."""
    colleges = list(College.objects.filter(is_active=True))
    field: Any = form.fields["college"]
    field.queryset = College.objects.filter(is_active=True)
    if not colleges:
        del form.fields["college"]


class WithCollege(forms.Form):
    """A category, and a college where there are some."""

    category = forms.ChoiceField(label=_("Catégorie"), choices=Category.choices)
    college = forms.ModelChoiceField(label=_("Collège"), queryset=College.objects.none(), required=False)

    def __init__(self, *args: Any, is_body: bool | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_colleges(self)
        if is_body is not None:
            field: Any = self.fields["category"]
            field.choices = [
                choice for choice in Category.choices if category_fits(choice[0], is_body=is_body)
            ]


class EnterForm(WithCollege):
    """An associate of before the register was kept here."""

    person = FoundField(label=_("Personne"), queryset=Person.objects.none(), required=False)
    organisation = FoundField(
        label=_("Ou personne morale"), queryset=Organisation.objects.none(), required=False
    )
    representative = FoundField(label=_("Représentée par"), queryset=Person.objects.none(), required=False)
    admitted_on = DayField(label=_("Admis·e le"))
    decision = forms.CharField(
        label=_("Décision d’admission"),
        max_length=200,
        help_text=_("« AG du 12/06/2020, 4e résolution », « de plein droit, art. 14 des statuts »."),
    )
    number = forms.IntegerField(
        label=_("Numéro"),
        required=False,
        min_value=1,
        max_value=999_999,
        help_text=_("Vide : il est donné quand les premières parts sont entièrement libérées."),
    )
    field_order = (
        *("person", "organisation", "representative", "category", "college"),
        *("admitted_on", "decision", "number"),
    )

    def __init__(self, *args: Any, persons: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = persons  # type: ignore[attr-defined]
        self.fields["representative"].queryset = persons  # type: ignore[attr-defined]
        self.fields["organisation"].queryset = Organisation.objects.filter(is_archived=False)  # type: ignore[attr-defined]
        ask_later(self, "person", "organisation", "representative")

    def typed(self) -> Entry:
        said: dict[str, Any] = {name: self.cleaned_data.get(name) for name in Entry.__dataclass_fields__}
        return Entry(**said)


class CategoryForm(WithCollege):
    """What an associate is from a day on."""

    on = DayField(label=_("À partir du"), initial=timezone.localdate)
    reason = forms.CharField(label=_("Motif"), max_length=200)
    field_order = ("category", "college", "on", "reason")

    def typed(self) -> dict[str, Any]:
        return {"college": None} | self.cleaned_data


class RepresentativeForm(forms.Form):
    person = FoundField(label=_("Représentant·e"), queryset=Person.objects.none())
    function = forms.CharField(label=_("Fonction"), max_length=120, required=False)
    on = DayField(label=_("À partir du"), initial=timezone.localdate)

    def __init__(self, *args: Any, persons: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = persons  # type: ignore[attr-defined]


class EndRepresentationForm(forms.Form):
    on = DayField(label=_("Ne représente plus à partir du"), initial=timezone.localdate)


class LossForm(forms.Form):
    """Why and from which day one is no associate any more."""

    cause = forms.ChoiceField(
        label=_("Cause"),
        choices=LossCause.choices,
        help_text=_(
            "La retraite, le licenciement économique et l’invalidité ne font pas perdre la qualité"
            " d’associé·e par eux-mêmes (loi 78-763, art. 11)."
        ),
    )
    on = DayField(
        label=_("N’est plus associé·e à partir du"),
        initial=timezone.localdate,
        help_text=_("Ce jour est le premier sans voix à l’assemblée."),
    )
    decision = forms.CharField(
        label=_("Décision"),
        max_length=200,
        required=False,
        help_text=_("Obligatoire pour une exclusion et une démission réputée."),
    )

    def __init__(self, *args: Any, is_body: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["cause"]
        field.choices = [choice for choice in LossCause.choices if cause_fits(choice[0], is_body=is_body)]
        ask_later(self, "decision")


class RestoreForm(forms.Form):
    """Why a loss is taken back."""

    reason = forms.CharField(label=_("Motif"), max_length=200)


class RightsForm(forms.Form):
    """A fact about the right to vote takes effect now."""

    reason = forms.CharField(label=_("Motif"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class CollegeForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = College
        fields = ("name", "rank", "is_active")
        labels = {"rank": _("Rang d’affichage")}

    def validate_unique(self) -> None:
        """The service says it in its own words."""


class DateForm(forms.Form):
    """The day on which the register is read."""

    au = DayField(label=_("Au"), required=False)


class CertifyForm(forms.Form):
    """The day of the register, and who certifies it by typing their name."""

    on = DayField(label=_("Registre au"), initial=timezone.localdate)
    name = forms.CharField(label=_("Votre nom"), max_length=120)
    function = forms.CharField(label=_("En qualité de"), max_length=120, required=False)
    typed = forms.CharField(
        label=_("Signature"), max_length=120, help_text=_("Tapez votre nom : il vaut signature.")
    )

    def hand(self) -> Hand:
        return Hand(**{name: self.cleaned_data[name] for name in ("name", "function", "typed")})


class CertificateForm(forms.Form):
    on = DayField(label=_("Attestation au"), initial=timezone.localdate)
