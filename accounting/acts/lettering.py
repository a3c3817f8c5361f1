"""What the acts over lettering and aged balances are called in the journal."""

from typing import Any

from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Any] = {
    "accounting.letter_lines": _("Lignes lettrées"),
    "accounting.restore_journals": _("Journaux comptables rétablis"),
    "accounting.unletter": _("Lettrage défait"),
    "accounting.letter_proposals": _("Propositions de lettrage appliquées"),
}
