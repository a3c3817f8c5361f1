"""What the acts of parts of a quote are called in the journal."""

from typing import Any

from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Any] = {
    "invoicing.add_amendment": _("Avenant ajouté au devis"),
    "invoicing.prepare_part": _("Partie du devis préparée"),
    "invoicing.release_retention": _("Retenue de garantie libérée"),
    "invoicing.remove_amendment": _("Avenant retiré du devis"),
}
