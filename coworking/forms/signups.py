"""What somebody types to join a place."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.forms import DayField, ask_later
from coworking.forms.keyed import KeyedForm
from coworking.forms.members import weekday_choices
from coworking.models import Place, Plan
from coworking.services.signups import SignUpData
from coworking.states.members import PlanKind
from invoicing.states.sales import PaymentMode

# Money is not handed over on a page.
_MODES = [(mode.value, mode.label) for mode in PaymentMode if mode != PaymentMode.OTHER]


def _text(label: Any, length: int, autocomplete: str, **more: Any) -> forms.CharField:
    widget = forms.TextInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(**({"label": label, "max_length": length, "widget": widget} | more))


class SignUpForm(KeyedForm):
    """Plan, date, who one is, the rules, how one pays."""

    plan = forms.ModelChoiceField(label=_("Formule"), queryset=Plan.objects.none(), widget=forms.RadioSelect)
    weekdays = forms.MultipleChoiceField(
        label=_("Jours choisis"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("D’une formule par jours de la semaine."),
    )
    starts_on = DayField(label=_("À partir du"))
    first_name = _text(_("Prénom"), 80, "given-name")
    last_name = _text(_("Nom"), 80, "family-name")
    email = forms.EmailField(
        label=_("Adresse e-mail"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    phone = _text(_("Téléphone"), 20, "tel", required=False)
    address_line = _text(_("Adresse"), 200, "street-address", help_text=_("Elle figure sur vos factures."))
    postcode = _text(_("Code postal"), 12, "postal-code")
    city = _text(_("Ville"), 120, "address-level2")
    organisation_name = _text(
        _("Organisme ou employeur"), 160, "organization", required=False, help_text=_("S’il paie pour vous.")
    )
    siren = forms.CharField(label=_("Son SIREN"), max_length=20, required=False)
    trade = _text(_("Métier"), 120, "organization-title", required=False)
    payment = forms.ChoiceField(label=_("Moyen de paiement"), choices=_MODES)
    message = forms.CharField(
        label=_("Message à l’équipe"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    has_charter = forms.BooleanField(label=_("J’ai lu les règles du lieu et je les accepte"), required=False)
    sections = (
        (_("Ce que vous choisissez"), ("plan", "weekdays", "starts_on")),
        (
            _("Qui vous êtes"),
            (
                ("first_name", "last_name"),
                ("email", "phone"),
                "address_line",
                ("postcode", "city"),
                "trade",
                ("organisation_name", "siren"),
            ),
        ),
        (_("Pour finir"), ("payment", "message", "has_charter")),
    )

    def __init__(self, *args: Any, place: Place, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plans = Plan.objects.on_sale().filter(place=place, is_public=True)
        self.fields["plan"].queryset = plans  # type: ignore[attr-defined]
        self.fields["plan"].empty_label = None  # type: ignore[attr-defined]
        self.fields["weekdays"].choices = weekday_choices()  # type: ignore[attr-defined]
        self.initial.setdefault("starts_on", timezone.localdate())
        if not plans.filter(kind=PlanKind.WEEK).exists():
            self.fields["weekdays"].widget = forms.MultipleHiddenInput()
        if place.charter:
            ask_later(self, "has_charter")
        else:
            del self.fields["has_charter"]

    def typed(self) -> SignUpData:
        values: dict[str, Any] = {
            name: self.cleaned_data.get(name) for name in SignUpData.__dataclass_fields__
        }
        days = tuple(int(day) for day in values["weekdays"] or ())
        return SignUpData(**values | {"weekdays": days, "has_charter": bool(values["has_charter"])})
