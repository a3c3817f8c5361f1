"""What the acts of disbursements are called in the journal."""

from typing import Any

from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Any] = {
    "invoicing.add_proof": _("Preuve de débours ajoutée"),
}
