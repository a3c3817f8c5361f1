"""What is typed about the exchange, the addresses and the sender; the rules are those of the services."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.forms import DayField
from entrepreneurs.models import Activity
from invoicing.services.exchanging import MAX_REASON
from invoicing.states.exchange import (
    MAX_COMMENT,
    MAX_SENDER,
    MAX_SUFFIX,
    WITH_AMOUNT,
    EInvoiceCode,
)
from invoicing.states.reasons import REASONS

# A payment writes its own status; the rest may be read on the platform's page, and noted here.
NOTED_BY_HAND = [code for code in EInvoiceCode if code not in WITH_AMOUNT]


class StatusForm(forms.Form):
    """A status read elsewhere."""

    code = forms.ChoiceField(
        label=_("Statut"), choices=[("", _("Choisir…")), *((one.value, one.label) for one in NOTED_BY_HAND)]
    )
    reason = forms.ChoiceField(
        label=_("Motif"),
        required=False,
        help_text=_("Demandé pour un refus, un rejet, un litige ou une suspension."),
    )
    comment = forms.CharField(
        label=_("Précision"),
        required=False,
        max_length=MAX_COMMENT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    on = DayField(label=_("Le"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        offered = [one for one in REASONS if one.serves(today)]
        field: Any = self.fields["reason"]
        field.choices = [("", _("Aucun")), *((one.code, one.label) for one in offered)]

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on > self.today:
            raise forms.ValidationError(_("Un statut ne porte pas une date à venir."))
        return on

    def at(self) -> datetime:
        """Now for today, noon for a day past."""
        on: date = self.cleaned_data["on"]
        return timezone.now() if on == self.today else timezone.make_aware(datetime.combine(on, time(12)))


class AsideForm(forms.Form):
    reason = forms.CharField(
        label=_("Pourquoi le classer"), max_length=MAX_REASON, widget=forms.Textarea(attrs={"rows": 3})
    )


class AddressForm(forms.Form):
    """Another suffix for an activity."""

    activity = forms.ModelChoiceField(
        label=_("Activité"), queryset=Activity.objects.none(), empty_label=_("Choisir…")
    )
    suffix = forms.CharField(
        label=_("Suffixe"),
        max_length=MAX_SUFFIX,
        help_text=_("Lettres capitales sans accent, chiffres et + - _ / ; il ne se donne qu’une fois."),
    )
    starts_on = DayField(label=_("À partir du"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["activity"]
        field.queryset = Activity.objects.open_on(today)
        field.label_from_instance = lambda one: one.name


class SenderForm(forms.Form):
    name = forms.CharField(
        label=_("Nom affiché"),
        max_length=MAX_SENDER,
        required=False,
        help_text=_("Vide : « votre activité – votre coopérative »."),
    )
    reply_to = forms.EmailField(
        label=_("Adresse de réponse"),
        required=False,
        help_text=_("Vide : l’adresse de l’activité. Une autre se confirme par un lien qu’elle reçoit."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
