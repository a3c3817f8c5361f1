"""What is typed of dated statuses, and of the day that figures are read on."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.forms import DayField
from people.models import StatusPeriod
from people.states.statuses import BY_HAND, StatusKind

REASON = _("Motif")


class RecordForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("Statut"),
        choices=[(kind, StatusKind(kind).label) for kind in BY_HAND],
        widget=forms.RadioSelect,
    )
    starts_on = DayField(label=_("À partir du"), initial=timezone.localdate)
    ends_on = DayField(label=_("Jusqu’au, compris"), required=False)
    reason = forms.CharField(label=REASON, max_length=300)

    sections: tuple[Any, ...] = (("", ("kind", ("starts_on", "ends_on"), "reason")),)


class EndForm(forms.Form):
    last_day = DayField(label=_("Dernier jour"), initial=timezone.localdate)
    reason = forms.CharField(label=REASON, max_length=300)


class ProlongForm(forms.Form):
    ends_on = DayField(label=_("Jusqu’au, compris"))
    reason = forms.CharField(label=REASON, max_length=300)


class CorrectForm(forms.Form):
    starts_on = DayField(label=_("À partir du"))
    ends_on = DayField(label=_("Jusqu’au, compris"), required=False)
    reason = forms.CharField(label=_("Ce qui était faux"), max_length=300)

    sections: tuple[Any, ...] = (("", (("starts_on", "ends_on"), "reason")),)


class WithdrawForm(forms.Form):
    reason = forms.CharField(label=_("Pourquoi il n’a jamais été vrai"), max_length=300)


def initial_of(status: StatusPeriod) -> dict[str, Any]:
    """The days that the status bears now."""
    return {"starts_on": status.starts_on, "ends_on": status.ends_on}


class ReadingForm(forms.Form):
    """The day counted, and what was known of it on which day."""

    au = DayField(label=_("Effectifs au"), required=False)
    su = DayField(
        label=_("Tels qu’on les savait le"),
        required=False,
        help_text=_("Vide : ce que l’on sait aujourd’hui, corrections comprises."),
    )
