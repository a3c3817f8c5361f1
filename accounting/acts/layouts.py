"""What the acts of layouts are called in the journal."""

from typing import Any

from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Any] = {
    "accounting.create_layout": _("Présentation d’état enregistrée"),
}
