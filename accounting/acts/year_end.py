"""What the acts over closing of a year and allocation of the result are called in the journal."""

from typing import Any

from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Any] = {
    "accounting.carry_result": _("Charges et produits d’un exercice portés au résultat"),
    "accounting.undo_result": _("Clôture des charges et des produits défaite"),
}
