"""The days over which the use of an agreement is stated."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cae.core.forms import DayField

# Longer than any agreement is discussed over; each month is a line.
MOST_DAYS = 3 * 366


class UseForm(forms.Form):
    """From a day to another, in the address of the page."""

    du = DayField(label=_("Du"))
    au = DayField(label=_("Au"))

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        first, last = found.get("du"), found.get("au")
        if first and last and last < first:
            self.add_error("au", _("La fin ne peut pas précéder le début."))
        elif first and last and (last - first).days > MOST_DAYS:
            self.add_error("au", _("Demandez trois ans au plus."))
        return found

    def days(self) -> tuple[date, date]:
        return self.cleaned_data["du"], self.cleaned_data["au"]
