"""Declares what the exchange with an approved platform needs when the room starts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cae.core import documents, events, facts, menu, notices
from entrepreneurs.events import ActivityOpened
from invoicing.parameters import register_exchange_parameters
from invoicing.selectors.exchange_waiting import AWAITED
from invoicing.services.arriving import FILE_KIND
from invoicing.services.senders import DISOWNED
from invoicing.services.turning_down import CAME_BACK, DISPUTED
from invoicing.subscribers import on_activity_opened


def register_exchange() -> None:
    """Called once, when models are ready."""
    register_exchange_parameters()
    notices.register_notice(CAME_BACK, label=_("Facture refusée ou rejetée"), mutable=False)
    notices.register_notice(DISPUTED, label=_("Facture contestée par le client"), mutable=False)
    notices.register_notice(DISOWNED, label=_("Adresse de réponse refusée"), mutable=True)
    documents.register_document_kind(
        FILE_KIND, right="invoicing.open_exchange_file", label=_("Fichier de la plateforme")
    )
    facts.provide_awaited(AWAITED)
    events.subscribe(ActivityOpened, on_activity_opened)
    menu.register_entry(
        group="sales",
        label=_("Échanges"),
        url_name="invoicing:exchange_list",
        right="invoicing.view_exchange",
        icon="arrow-left-right",
        order=50,
    )
    menu.register_entry(
        group="settings",
        label=_("Adresses électroniques"),
        url_name="invoicing:address_list",
        right="invoicing.view_routing",
        icon="link-45deg",
        order=46,
    )
    menu.register_pages("invoicing:look_edit", "/ventes/expediteur/")
