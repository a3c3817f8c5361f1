"""How money of a deposit moves, and at which VAT rate what is kept is sold."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.forms import DayField
from invoicing.models import VatRate
from invoicing.states.sales import PaymentMode

_USUAL_RATE = "normal"


class MeansField(forms.ChoiceField):
    """A means of payment; the usual one when nothing is said."""

    def __init__(self, *, usual: str = PaymentMode.TRANSFER, **kwargs: Any) -> None:
        super().__init__(choices=PaymentMode.choices, initial=usual, required=False, **kwargs)

    def clean(self, value: Any) -> str:
        return super().clean(value) or str(self.initial)


class RateField(forms.ChoiceField):
    """A VAT rate in force today; the usual one when nothing is said."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=_rates, initial=_USUAL_RATE, required=False, **kwargs)

    def clean(self, value: Any) -> str:
        return super().clean(value) or _USUAL_RATE


def _rates() -> list[tuple[str, str]]:
    return [(rate.code, rate.said) for rate in VatRate.objects.in_force(timezone.localdate())]


class RefundForm(forms.Form):
    """What was kept is given back after all."""

    on = DayField(label=_("Rendu le"), initial=timezone.localdate)
    mode = MeansField(label=_("Moyen de paiement"))
