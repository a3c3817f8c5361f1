"""What the acts of the room are called in the journal."""

from typing import Any

from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Any] = {
    "entrepreneurs.activity.change": _("Activité modifiée"),
    "entrepreneurs.activity.open": _("Activité ouverte"),
}
