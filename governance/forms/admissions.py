"""What is typed of a request to become an associate, of the opinion on it and of its decision."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.finding import FoundField
from cae.core.forms import DayField, ask_later
from cae.core.templatetags.formats import money
from governance.forms.register import WithCollege
from governance.models import Associate, Resolution, ShareClass
from governance.selectors.admissions import resolutions_offered, sponsors_offered
from governance.services.admissions import Asked
from governance.states.register import Category, PaymentPlan
from people.models import Organisation, Person


class AskForm(forms.Form):
    """What one asks for oneself: why, who vouches, how many shares, how they are paid."""

    letter = forms.CharField(
        label=_("Ce qui vous amène"),
        max_length=3000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Quelques lignes, lues par celles et ceux qui décident."),
    )
    sponsor = FoundField(
        label=_("Parrain ou marraine"),
        queryset=Associate.objects.none(),
        required=False,
        help_text=_("Un·e associé·e qui vous connaît, si vous en avez parlé ensemble."),
    )
    share_class = forms.ModelChoiceField(label=_("Parts"), queryset=ShareClass.objects.none())
    share_count = forms.IntegerField(label=_("Nombre de parts"), min_value=1, max_value=1_000_000, initial=1)
    payment_plan = forms.ChoiceField(
        label=_("Libération"),
        choices=PaymentPlan.choices,
        initial=PaymentPlan.AT_ONCE,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, on: date, but: Person | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        classes = ShareClass.objects.filter(is_active=True)
        field: Any = self.fields["share_class"]
        field.queryset = classes
        field.label_from_instance = lambda one: f"{one} · {money(one.nominal)}"
        if classes.count() == 1:
            field.initial = classes.first()
        # Asked when the request is sent: a draft may wait for its words.
        ask_later(self, "letter")
        sponsors = sponsors_offered(on)
        sponsors = sponsors.exclude(person=but) if but is not None else sponsors
        self.fields["sponsor"].queryset = sponsors  # type: ignore[attr-defined]

    def typed(self, **kept: Any) -> Asked:
        """What was typed, with what another form keeps."""
        names = [name for name in Asked.__dataclass_fields__ if name in self.fields]
        return Asked(**(kept | {name: self.cleaned_data[name] for name in names}))


class ForSomebodyForm(WithCollege, AskForm):
    """A request written by the cooperative for somebody, or for a legal person."""

    person = FoundField(label=_("Personne"), queryset=Person.objects.none(), required=False)
    organisation = FoundField(
        label=_("Ou personne morale"), queryset=Organisation.objects.none(), required=False
    )
    representative = FoundField(label=_("Représentée par"), queryset=Person.objects.none(), required=False)
    field_order = (
        "person", "organisation", "representative", "category", "college", "letter", "sponsor", "share_class",
        "share_count", "payment_plan",
    )  # fmt: skip

    def __init__(self, *args: Any, persons: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].initial = Category.EMPLOYEE
        for name in ("person", "representative"):
            self.fields[name].queryset = persons  # type: ignore[attr-defined]
        self.fields["organisation"].queryset = Organisation.objects.filter(is_archived=False)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if not self.errors and bool(found.get("person")) == bool(found.get("organisation")):
            self.add_error("person", _("Choisissez une personne, ou un organisme : l’un des deux."))
        return found


class OpinionForm(WithCollege):
    """The opinion, and as what the associate would enter."""

    opinion = forms.CharField(label=_("Avis"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
    field_order = ("opinion", "category", "college")

    def typed(self) -> dict[str, Any]:
        return {"college": None} | self.cleaned_data


class ToVoteForm(forms.Form):
    resolution = forms.ModelChoiceField(
        label=_("Résolution"),
        queryset=Resolution.objects.none(),
        required=False,
        help_text=_("Si elle est déjà écrite à l’ordre du jour d’une assemblée."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["resolution"]
        field.queryset = resolutions_offered()
        field.label_from_instance = lambda one: f"{one.assembly} · {one}"


class AdmitForm(forms.Form):
    decided_on = DayField(label=_("Décidée le"), initial=timezone.localdate)
    decision = forms.CharField(
        label=_("Décision"),
        max_length=200,
        help_text=_("« AG du 12/06/2026, 4e résolution », « de plein droit, art. 14 des statuts »."),
    )


class RefuseForm(AdmitForm):
    reason = forms.CharField(
        label=_("Motif"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Écrit à la personne. La demande peut revenir un an plus tard."),
    )
