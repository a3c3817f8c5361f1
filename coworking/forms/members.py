"""What is typed about those who work in a place, and what they hold there."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from cae.core.finding import FoundField
from cae.core.forms import AmountField, DayField, ask_later
from coworking.forms.keyed import KeyedForm
from coworking.forms.money import MeansField, RateField
from coworking.models import Member, Place, Plan, Unit
from coworking.services.members import MemberData
from coworking.services.newcomers import NewcomerData
from coworking.services.subscriptions import SubscriptionData
from coworking.states.members import MemberOrigin, PlanKind
from entrepreneurs.models import Activity
from people.models import Organisation, Person


def unit_label(unit: Unit) -> str:
    return f"{unit.resource} · {unit.label}"


class MemberForm(forms.Form):
    """Where one comes from, hence who pays; what the place says of one."""

    origin = forms.ChoiceField(label=_("Origine"), choices=MemberOrigin.choices, widget=forms.RadioSelect)
    activity = FoundField(
        label=_("Activité de la coopérative"),
        queryset=Activity.objects.none(),
        required=False,
        help_text=_("Elle paie, en interne. Vide : rien n’est facturé."),
    )
    organisation = FoundField(
        label=_("Organisme ou employeur"),
        queryset=Organisation.objects.filter(is_archived=False),
        required=False,
        help_text=_("Il paie, sauf si la case suivante est cochée."),
    )
    pays_alone = forms.BooleanField(label=_("Paie pour soi"), required=False)
    leads = forms.BooleanField(label=_("Gère les autres de l’organisme"), required=False)
    trade = forms.CharField(label=_("Métier"), max_length=120, required=False)
    is_shown = forms.BooleanField(label=_("Prénom affiché dans le lieu"), required=False)
    note = forms.CharField(
        label=_("Note de l’équipe"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    sections: tuple[Any, ...] = (
        (_("D’où vient cette personne"), ("origin", "activity", "organisation", ("pays_alone", "leads"))),
        (_("Dans le lieu"), ("trade", "is_shown", "note")),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        activities = Activity.objects.open_on(today).order_by("sort_name", "pk")
        self.fields["activity"].queryset = activities  # type: ignore[attr-defined]
        ask_later(self, "activity", "organisation")

    def typed(self) -> MemberData:
        return MemberData(**{name: self.cleaned_data[name] for name in MemberData.__dataclass_fields__})


class EnterForm(KeyedForm, MemberForm):
    """Somebody known, or a newcomer."""

    person = FoundField(label=_("Personne connue"), queryset=Person.objects.none(), required=False)
    first_name = forms.CharField(label=_("Prénom"), max_length=80, required=False)
    last_name = forms.CharField(label=_("Nom"), max_length=80, required=False)
    email = forms.EmailField(label=_("Adresse e-mail"), max_length=254, required=False)
    phone = forms.CharField(label=_("Téléphone"), max_length=20, required=False)
    address_line = forms.CharField(label=_("Adresse"), max_length=200, required=False)
    postcode = forms.CharField(label=_("Code postal"), max_length=12, required=False)
    city = forms.CharField(label=_("Ville"), max_length=120, required=False)
    starts_on = DayField(label=_("À partir du"))
    has_charter = forms.BooleanField(label=_("A accepté les règles du lieu"), required=False)
    sections = (
        (_("Qui"), ("person",)),
        (
            _("Ou une nouvelle personne"),
            (("first_name", "last_name"), ("email", "phone"), "address_line", ("postcode", "city")),
        ),
        *MemberForm.sections,
        (_("Arrivée"), ("starts_on", "has_charter")),
    )

    def __init__(self, *args: Any, persons: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = persons  # type: ignore[attr-defined]
        self.initial.setdefault("starts_on", timezone.localdate())
        ask_later(self, "first_name", "last_name", "person")

    def newcomer(self) -> NewcomerData:
        return NewcomerData(**{name: self.cleaned_data[name] for name in NewcomerData.__dataclass_fields__})


class LeaveForm(forms.Form):
    last_day = DayField(label=_("Dernier jour"))


def weekday_choices() -> list[tuple[str, str]]:
    return [(str(day), str(name).capitalize()) for day, name in WEEKDAYS.items()]


class HoldForm(KeyedForm):
    """A plan to hold from a day on."""

    plan = forms.ModelChoiceField(label=_("Formule"), queryset=Plan.objects.none(), empty_label=_("Choisir…"))
    starts_on = DayField(label=_("À partir du"))
    weekdays = forms.MultipleChoiceField(
        label=_("Jours choisis"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("D’une formule par jours de la semaine seulement."),
    )
    unit = forms.ModelChoiceField(
        label=_("Poste ou bureau"),
        queryset=Unit.objects.none(),
        required=False,
        empty_label=_("Non attribué"),
        help_text=_("D’un poste résident seulement."),
    )
    agreed_price = AmountField(
        label=_("Prix convenu HT"), required=False, help_text=_("Vide : celui de la formule.")
    )
    agreed_because = forms.CharField(label=_("Motif du prix convenu"), max_length=200, required=False)
    sections = (
        (_("Formule"), ("plan", "starts_on", "weekdays", "unit", ("agreed_price", "agreed_because"))),
    )

    def __init__(self, *args: Any, place: Place, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plans = Plan.objects.on_sale().filter(place=place).exclude(kind=PlanKind.PASS)
        self.fields["plan"].queryset = plans  # type: ignore[attr-defined]
        units = Unit.objects.filter(resource__place=place).select_related("resource")
        self.fields["unit"].queryset = units.order_by("resource__name", "label")  # type: ignore[attr-defined]
        self.fields["unit"].label_from_instance = unit_label  # type: ignore[attr-defined]
        self.fields["weekdays"].choices = weekday_choices()  # type: ignore[attr-defined]
        ask_later(self, "agreed_because")

    def typed(self) -> SubscriptionData:
        values = {name: self.cleaned_data[name] for name in SubscriptionData.__dataclass_fields__}
        return SubscriptionData(**values | {"weekdays": tuple(int(day) for day in values["weekdays"])})


class SellForm(KeyedForm):
    plan = forms.ModelChoiceField(label=_("Carnet"), queryset=Plan.objects.none(), empty_label=_("Choisir…"))
    on = DayField(label=_("Vendu le"))

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        passes = Plan.objects.on_sale().filter(place=member.place_id, kind=PlanKind.PASS)
        self.fields["plan"].queryset = passes  # type: ignore[attr-defined]
        self.initial.setdefault("on", timezone.localdate())


class EndForm(forms.Form):
    """When the end was asked; the notice gives the last day unless another was agreed."""

    asked_on = DayField(label=_("Fin demandée le"))
    last_day = DayField(
        label=_("Dernier jour convenu"), required=False, help_text=_("Vide : celui du préavis.")
    )
    reason = forms.CharField(label=_("Motif"), max_length=300, required=False)


class OwnEndForm(forms.Form):
    """Why one leaves a plan, if one says so."""

    reason = forms.CharField(label=_("Motif"), max_length=300, required=False)


class PauseForm(forms.Form):
    starts_on = DayField(label=_("Du"))
    ends_on = DayField(label=_("Au"), help_text=_("Le dernier jour de la pause."))
    reason = forms.CharField(label=_("Motif"), max_length=200, required=False)


class AwayForm(forms.Form):
    """The days on which a desk is left to others."""

    starts_on = DayField(label=_("Du"))
    ends_on = DayField(label=_("Au"), help_text=_("Le dernier jour de l’absence."))


class BackForm(forms.Form):
    on = DayField(label=_("De retour le"))


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Motif"), max_length=300)


class DepositForm(forms.Form):
    """The day a deposit moved and by which means; the reason when it is kept or was not received."""

    on = DayField(label=_("Le"))
    mode = MeansField(label=_("Moyen de paiement"))
    reason = forms.CharField(label=_("Motif"), max_length=300, required=False)
    vat_code = RateField(
        label=_("Taux de TVA"),
        help_text=_("Celui de ce qui est gardé ; son montant TTC est celui du dépôt."),
    )

    def __init__(self, *args: Any, move: str, is_posted: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("on", timezone.localdate())
        if move in ("keep", "take_back"):
            ask_later(self, "reason")
            del self.fields["mode"]
        else:
            del self.fields["reason"]
        if move != "keep" or not is_posted:
            del self.fields["vat_code"]
