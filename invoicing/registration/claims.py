"""Declares what the check of claims and mileage need when the room starts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounting.events import PaymentSettled
from cae.core import documents, events, facts, menu, notices
from invoicing.parameters import register_claim_parameters
from invoicing.selectors.claim_todo import AWAITED, held_of_mileage
from invoicing.services import claim_telling
from invoicing.services.mileage import forget_favourite_trips
from invoicing.services.mileage_files import LOG_FILE
from invoicing.services.vehicles import VEHICLE_PAPER
from invoicing.subscribers import on_expenses_paid

_NOTICES = (
    (claim_telling.CLAIM_CORRECTION, _("Correction demandée sur ma note de frais"), False),
    (claim_telling.CLAIM_APPROVED, _("Note de frais approuvée"), True),
    (claim_telling.CLAIM_REFUNDED, _("Note de frais remboursée"), True),
    (claim_telling.BANK_MISSING, _("Coordonnées bancaires à donner"), False),
    (claim_telling.ADVANCE_ASKED, _("Avance sur frais demandée"), True),
    (claim_telling.ADVANCE_ANSWERED, _("Réponse à une avance sur frais"), True),
)


def register_claims() -> None:
    """Called once, when models are ready."""
    documents.register_document_kind(
        VEHICLE_PAPER, right="invoicing.open_vehicle_paper", label=_("Papier d’un véhicule")
    )
    documents.register_document_kind(
        LOG_FILE, right="invoicing.open_mileage_log", label=_("Registre des déplacements")
    )
    facts.provide_awaited(AWAITED)
    facts.provide_personal_data(
        facts.PersonalData(
            "invoicing.mileage",
            _("Trajets et avances"),
            held=held_of_mileage,
            erase=forget_favourite_trips,
        )
    )
    menu.register_entry(
        group="settings",
        label=_("Barèmes kilométriques"),
        url_name="invoicing:mileage_scale_list",
        right="invoicing.keep_mileage_scales",
        icon="car-front",
        order=47,
    )
    for code, label, mutable in _NOTICES:
        notices.register_notice(code, label=label, mutable=mutable)
    register_claim_parameters()
    menu.register_entry(
        group="spending",
        label=_("Notes à vérifier"),
        url_name="invoicing:claim_queue",
        right="invoicing.read_claim_queue",
        icon="clipboard-check",
        order=20,
    )
    events.subscribe(PaymentSettled, on_expenses_paid)
