"""What is typed about refunds of shares: the request, the shares that go, the money, the losses."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.finding import FoundField
from cae.core.forms import AmountField, DayField
from governance.forms.shares import AcceptedForm
from governance.models import Associate, ShareClass
from governance.services.refunds import RefundData


class OwnRefundForm(forms.Form):
    """What an associate asks back."""

    share_class = forms.ModelChoiceField(label=_("Catégorie de parts"), queryset=ShareClass.objects.all())
    quantity = forms.IntegerField(label=_("Nombre de parts"), min_value=1, max_value=1_000_000)

    def typed(self, now: datetime) -> RefundData:
        return RefundData(self.cleaned_data["share_class"], self.cleaned_data["quantity"], now)


class RefundForm(OwnRefundForm):
    """Whose request it is, and the day it came."""

    associate = FoundField(label=_("Associé·e ou ancien·ne associé·e"), queryset=Associate.objects.none())
    asked_on = DayField(label=_("Demande reçue le"), help_text=_("La file suit l’ordre des demandes."))
    field_order = ("associate", "share_class", "quantity", "asked_on")

    def __init__(self, *args: Any, holders: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["associate"].queryset = holders  # type: ignore[attr-defined]

    def typed(self, now: datetime) -> RefundData:
        """A request of today has its minute; one of before stands at noon, after those of its morning."""
        found, on = super().typed(now), self.cleaned_data["asked_on"]
        if on == timezone.localdate(now):
            return found
        noon = datetime.combine(on, time(12), timezone.get_current_timezone())
        return RefundData(found.share_class, found.quantity, noon)


class WithdrawForm(AcceptedForm):
    """The day on which the shares go."""

    on = DayField(label=_("Parts annulées le"))
    field_order = ("on", "accepted")


class PayForm(forms.Form):
    """The day on which the money goes."""

    on = DayField(label=_("Payé le"))


class EarlyForm(forms.Form):
    """The assembly decides to pay before the delay."""

    payable_on = DayField(label=_("Payable à partir du"))
    decision = forms.CharField(
        label=_("Décision de l’assemblée"),
        max_length=200,
        help_text=_("Elle avance le jour, pas le rang : une demande plus ancienne se paie d’abord."),
    )


class ReasonForm(forms.Form):
    """Why a request is given up."""

    reason = forms.CharField(label=_("Motif de l’abandon"), max_length=300)


class LossForm(forms.Form):
    """The part of the loss of a year that the capital bears."""

    closed_on = DayField(label=_("Exercice clos le"))
    amount = AmountField(
        label=_("Perte supportée par le capital (€)"),
        help_text=_("Après imputation sur les réserves. Un montant négatif corrige une perte déjà notée."),
    )
    decision = forms.CharField(label=_("Décision de l’assemblée"), max_length=200)
