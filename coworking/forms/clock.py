"""A day and an hour typed as a clock shows them: an hour that does not come is refused in one sentence."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.forms import MomentField, refuse_far
from coworking.calculations.stretches import NoSuchHour, moment


class ClockField(MomentField):
    """An instant by the clock of the house: of an hour that comes twice, the first."""

    def to_python(self, value: Any) -> datetime | None:
        if value in self.empty_values:
            return None
        if isinstance(value, datetime):
            return value
        wall = self._wall(str(value).strip())
        refuse_far(wall.date())
        try:
            return moment(wall.date(), wall.time(), timezone.get_current_timezone())
        except NoSuchHour:
            raise forms.ValidationError(
                _("Cette heure n’existe pas ce jour-là : l’heure d’été commence, la montre saute une heure."),
                code="no_such_hour",
            ) from None

    def _wall(self, text: str) -> datetime:
        for pattern in self.input_formats or ():
            try:
                return datetime.strptime(text, str(pattern))  # noqa: DTZ007  (what the clock shows)
            except ValueError:
                continue
        raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
