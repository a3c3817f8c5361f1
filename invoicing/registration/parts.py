"""Declares what parts of a quote need when the room starts."""

from django.utils.translation import gettext_lazy as _

from cae.core import facts, menu, notices
from invoicing.parameters import register_part_parameters
from invoicing.selectors.instalments import AWAITED
from invoicing.services.deposits import PREPARED


def register_parts() -> None:
    """Called once, when models are ready."""
    register_part_parameters()
    notices.register_notice(PREPARED, label=_("Facture d’acompte préparée"), mutable=True)
    facts.provide_awaited(AWAITED)
    menu.register_pages("invoicing:invoice_list", "/ventes/retenues/")
