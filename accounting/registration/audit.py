"""What the room declares of the proofs of the books when it starts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounting.selectors.audit import AUDIT_FILE
from cae.core import menu
from cae.core.documents import register_document_kind


def register_audit() -> None:
    """Called once, when models are ready."""
    register_document_kind(AUDIT_FILE, right="accounting.view_audit", label=_("Dossier de preuve"))
    menu.register_entry(
        group="accounting",
        label=_("Preuves"),
        url_name="accounting:audit_home",
        right="accounting.view_audit",
        icon="shield-check",
        order=90,
    )
