"""What is done to legal dates, as the journal says it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Any] = {
    "people.deadline.close": _("Échéance close"),
    "people.deadline.set": _("Échéance écrite"),
}
