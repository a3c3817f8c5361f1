"""What is done to an activity, as the journal says it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Any] = {
    "entrepreneurs.activity.change": _("Activité modifiée"),
    "entrepreneurs.activity.open": _("Activité ouverte"),
}
