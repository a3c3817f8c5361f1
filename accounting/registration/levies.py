"""What the room declares of levies of the cooperative’s own, trial of a scheme when it starts."""

from django.utils.translation import gettext_lazy as _

from accounting.services.scale_trials import FILE_KIND
from cae.core import menu
from cae.core.documents import register_document_kind


def register_levies() -> None:
    """Called once, when models are ready."""
    register_document_kind(FILE_KIND, right="accounting.view_ledger", label=_("Essai de barème"))
    menu.register_pages("accounting:my_statement", "/prelevements/", "/compta/prelevements/")
