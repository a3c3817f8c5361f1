"""Declares what the pages of places need: menu, tabs, notices, search, awaited, personal data."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cae.core import facts, menu
from cae.core.documents import register_document_kind
from cae.core.notices import register_notice
from cae.core.search import provide_search
from coworking.selectors.place_bar import THE_PLACE, register_place_tab
from coworking.selectors.place_data import held_of_places
from coworking.selectors.place_search import find_places
from coworking.selectors.place_todo import PLACES_AWAITED
from coworking.services.agreements import AGREEMENT_FILE
from coworking.services.faults import FAULT_TOLD
from coworking.services.photos import PHOTO_FILE

_SET_ONCE = (
    (_("Horaires"), "coworking:hours", "coworking.read_places", 10),
    (_("Ressources"), "coworking:resources", "coworking.read_places", 20),
    (_("Conventions"), "coworking:agreements", "coworking.read_agreement", 60),
)


def register_places() -> None:
    """Called once, when models are ready."""
    register_place_tab(label=_("Le lieu"), url_name=THE_PLACE, right="coworking.read_places", order=0)
    for label, url_name, right, order in _SET_ONCE:
        register_place_tab(label=label, url_name=url_name, right=right, order=order, is_set=True)
    register_document_kind(
        AGREEMENT_FILE, right="coworking.read_agreement", label=_("Convention d’accueil d’un lieu")
    )
    register_document_kind(PHOTO_FILE, right="coworking.open_photo", label=_("Photo d’un lieu"))
    register_notice(FAULT_TOLD, label=_("Une panne est signalée dans un lieu que j’anime"))
    facts.provide_awaited(PLACES_AWAITED)
    facts.provide_personal_data(
        facts.PersonalData("coworking.places", _("Lieux : habilitations, clés"), held=held_of_places)
    )
    provide_search(find_places)
    menu.register_site_page(label=_("Nos lieux"), url_name="coworking:public_places", order=10)
    menu.register_entry(
        group="governance",
        label=_("Lieux"),
        url_name="coworking:place_list",
        right="coworking.read_places",
        icon="geo-alt",
        order=60,
    )
