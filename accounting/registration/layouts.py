"""What the room declares of statements by layout when it starts."""

from django.utils.translation import gettext as _

from accounting.selectors.totals import total_faults
from cae.core import controls, menu
from cae.core.controls import Control


def register_layouts() -> None:
    """Called once, when models are ready."""
    controls.provide_controls(total_controls)
    menu.register_pages("accounting:my_statement", "/etats/")


def total_controls() -> list[Control]:
    """What statements read must be what the lines say."""
    return [Control(_("Totaux mensuels et lignes d’écriture"), total_faults)]
