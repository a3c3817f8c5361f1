"""What is typed to come to an event: only what this event asks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.templatetags.formats import money
from coworking.models import Event, EventField, EventOption, EventPart, Registration
from coworking.selectors.events import is_member
from coworking.services.event_choices import NO, YES
from coworking.services.registrations import RegistrationData
from coworking.states.events import FieldKind, OptionKind


class _PriceField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.label} : {money(obj.amount)} HT"


class RegistrationForm(forms.Form):
    """A registration, new or changed; the address of one that stands does not change."""

    first_name = forms.CharField(
        label=_("Prénom"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "given-name"})
    )
    last_name = forms.CharField(
        label=_("Nom"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "family-name"})
    )
    email = forms.EmailField(
        label=_("Adresse e-mail"),
        max_length=254,
        help_text=_("Elle reçoit la confirmation et le lien pour changer ou annuler."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    phone = forms.CharField(
        label=_("Téléphone"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    organisation = forms.CharField(label=_("Organisme"), max_length=160, required=False)

    def __init__(
        self,
        *args: Any,
        event: Event,
        user: Any = None,
        by_team: bool = False,
        row: Registration | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.event = event
        self.event_fields = list(event.fields.all())
        self.options = list(event.options.all())
        if row is not None:
            del self.fields["email"]
        if event.kind.is_light:
            for name in ("phone", "organisation"):
                del self.fields[name]
        self._add_prices(user, by_team)
        self._add_programme()
        if event.guests_most:
            self.fields["guests"] = forms.IntegerField(
                label=_("Accompagnant·es"),
                min_value=0,
                max_value=event.guests_most,
                initial=0,
                help_text=_("Combien de personnes viennent avec vous."),
            )
        for field in self.event_fields:
            self.fields[f"field-{field.pk}"] = _field_of(field)
        self._add_payer()
        self._add_rest()
        if row is not None:
            self.initial.update(held_of(row))

    def _add_prices(self, user: Any, by_team: bool) -> None:
        prices = [
            price for price in self.event.prices.all() if by_team or not price.members_only or is_member(user)
        ]
        if prices:
            self.fields["price"] = _PriceField(
                label=_("Tarif"),
                queryset=self.event.prices.filter(pk__in=[price.pk for price in prices]),
                widget=forms.RadioSelect,
                empty_label=None,
            )

    def _add_programme(self) -> None:
        parts = list(self.event.parts.select_related("room"))
        if parts:
            self.fields["parts"] = forms.MultipleChoiceField(
                label=_("Ce que vous suivrez"),
                choices=[(str(part.pk), _named(part)) for part in parts],
                required=False,
                widget=forms.CheckboxSelectMultiple,
                help_text=_("Deux parties à la même heure ne se suivent pas ensemble."),
            )
        for option in self.options:
            if not self.event.guests_most:
                self.fields[f"option-{option.pk}"] = forms.BooleanField(label=_priced(option), required=False)
                continue
            self.fields[f"option-{option.pk}"] = forms.IntegerField(
                label=_priced(option),
                min_value=0,
                max_value=1 + self.event.guests_most,
                initial=0,
                required=False,
            )

    def _add_payer(self) -> None:
        """Where the invoice of a paid event goes."""
        event = self.event
        is_paid = event.prices.filter(amount__gt=0).exists() or any(option.amount for option in self.options)
        if not is_paid and not event.costs.exists():
            return
        for name, label, most, tip in (
            ("address_line", _("Adresse à écrire sur la facture"), 200, "street-address"),
            ("postcode", _("Code postal"), 12, "postal-code"),
            ("city", _("Ville"), 120, "address-level2"),
        ):
            widget = forms.TextInput(attrs={"autocomplete": tip})
            self.fields[name] = forms.CharField(label=label, max_length=most, required=False, widget=widget)
        self.fields["siren"] = forms.CharField(
            label=_("SIREN"),
            max_length=11,
            required=False,
            help_text=_("Si une entreprise ou une association paie : la facture est à son nom."),
        )

    def clean_siren(self) -> str:
        return "".join(self.cleaned_data["siren"].split())

    def _add_rest(self) -> None:
        event = self.event
        if event.asks_diet or any(option.kind == OptionKind.MEAL for option in self.options):
            self.fields["diet"] = forms.CharField(
                label=_("Régime alimentaire"), max_length=200, required=False
            )
        if event.shows_names:
            self.fields["shows_name"] = forms.BooleanField(
                label=_("Montrer mon nom à celles et ceux qui viennent"), required=False
            )
            for name, label in (("offers", _("Ce que je propose")), ("needs", _("Ce que je cherche"))):
                self.fields[name] = forms.CharField(label=label, max_length=200, required=False)
        if not event.kind.is_light:
            self.fields["note"] = forms.CharField(
                label=_("Quelque chose à nous dire"),
                max_length=1000,
                required=False,
                widget=forms.Textarea(attrs={"rows": 3}),
            )

    def typed(self) -> RegistrationData:
        known = self.cleaned_data
        plain = {
            name: known[name]
            for name in RegistrationData.__dataclass_fields__
            if name in known and name != "parts"
        }
        return RegistrationData(
            **({"email": ""} | plain),
            parts=tuple(int(pk) for pk in known.get("parts", ())),
            options={one.pk: int(known.get(f"option-{one.pk}") or 0) for one in self.options},
            answers={one.pk: _text(known.get(f"field-{one.pk}")) for one in self.event_fields},
        )


class SignInForm(forms.Form):
    """At the door, without account: the address one registered with."""

    email = forms.EmailField(
        label=_("L’adresse e-mail de votre inscription"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class QuestionForm(forms.Form):
    """A question for the speaker."""

    text = forms.CharField(
        label=_("Votre question"), max_length=500, widget=forms.Textarea(attrs={"rows": 3, "maxlength": 500})
    )
    is_unnamed = forms.BooleanField(label=_("Sans mon nom"), required=False)


class SatisfactionForm(forms.Form):
    """Two questions, one minute."""

    mark = forms.TypedChoiceField(
        label=_("Qu’en avez-vous pensé ?"),
        choices=[(5, _("5, très bien")), (4, "4"), (3, "3"), (2, "2"), (1, _("1, pas du tout"))],
        coerce=int,
        widget=forms.RadioSelect,
    )
    comes_again = forms.TypedChoiceField(
        label=_("Reviendriez-vous ?"),
        choices=[("yes", _("Oui")), ("no", _("Non"))],
        coerce=lambda value: value == "yes",
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("Un mot de plus"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


_HELD = (
    *("first_name", "last_name", "phone", "organisation", "guests", "price", "diet", "note"),
    *("address_line", "postcode", "city", "siren", "shows_name", "offers", "needs"),
)


def held_of(row: Registration) -> dict[str, Any]:
    """What a registration holds, as its form shows it."""
    held: dict[str, Any] = {name: getattr(row, name) for name in _HELD}
    held["parts"] = [str(pk) for pk in row.part_seats.values_list("part", flat=True)]
    held |= {f"option-{one.option_id}": one.quantity for one in row.options_taken.all()}
    return held | {f"field-{one.field_id}": one.text for one in row.answers.all()}


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _field_of(field: EventField) -> forms.Field:
    shared: dict[str, Any] = {"label": field.label, "required": field.is_required}
    if field.kind == FieldKind.CHOICE:
        named = [(choice, choice) for choice in field.choices]
        return forms.ChoiceField(choices=named, widget=forms.RadioSelect, **shared)
    if field.kind == FieldKind.YES_NO:
        return forms.ChoiceField(
            choices=[(YES, _("Oui")), (NO, _("Non"))], widget=forms.RadioSelect, **shared
        )
    if field.kind == FieldKind.NUMBER:
        return forms.IntegerField(min_value=0, max_value=999_999_999, **shared)
    widget = forms.Textarea(attrs={"rows": 3}) if field.kind == FieldKind.LONG else forms.TextInput()
    return forms.CharField(max_length=2000, widget=widget, **shared)


def _named(part: EventPart) -> str:
    starts, ends = timezone.localtime(part.starts_at), timezone.localtime(part.ends_at)
    words = f"{part.title}, {starts:%d/%m %H:%M}–{ends:%H:%M}"
    return f"{words}, {part.where}" if part.where else words


def _priced(option: EventOption) -> str:
    return f"{option.label} ({money(option.amount)} HT)" if option.amount else option.label
