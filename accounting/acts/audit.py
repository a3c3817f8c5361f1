"""What the acts over the proofs of the books are called in the journal."""

from typing import Any

from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Any] = {
    "accounting.make_audit_file": _("Dossier de preuve produit"),
}
