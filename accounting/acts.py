"""What the acts of the room are called in the journal."""

from typing import Any

from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Any] = {
    "accounting.add_account": _("Compte ajouté au plan"),
    "accounting.assign_scale": _("Barème affecté"),
    "accounting.change_account": _("Compte du plan modifié"),
    "accounting.check_books": _("Livres contrôlés"),
    "accounting.create_scale": _("Barème voté"),
    "accounting.open_section": _("Section analytique ouverte"),
    "accounting.reverse_entry": _("Écriture contre-passée"),
}
