"""Closed lists of mileage and of advances on expenses, and what may be done to an advance in which state."""

from decimal import Decimal

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from cae.core.workflow import Move, Workflow


class VehicleKind(TextChoices):
    CAR = "car", _("Voiture")
    MOTORCYCLE = "motorcycle", _("Moto")
    MOPED = "moped", _("Cyclomoteur, scooter jusqu’à 50 cm³")


class VehiclePaperKind(TextChoices):
    REGISTRATION = "registration", _("Carte grise")
    INSURANCE = "insurance", _("Attestation d’assurance")


class AdvanceState(TextChoices):
    ASKED = "asked", _("Demandée")
    ORDERED = "ordered", _("Virement prévu")
    GIVEN = "given", _("Versée, à justifier")
    SETTLED = "settled", _("Soldée")
    REFUSED = "refused", _("Refusée")


class AdvanceOrigin(TextChoices):
    ASKED = "asked", _("Demandée d’avance")
    # A claim whose corrections took back more than it gave: what the person owes is settled like an advance.
    OVERPAID = "overpaid", _("Trop-perçu d’une note")


# Money that the person holds and has not justified yet.
OPEN_ADVANCES: tuple[str, ...] = (AdvanceState.GIVEN,)

MAX_PLACE = 120
MAX_PURPOSE = 200
MAX_POWER = 99
# One way; a longer drive is two trips.
MAX_TRIP_KM = Decimal("3000.0")

ADVANCE_FLOW = Workflow(
    "invoicing.ExpenseAdvance",
    field="state",
    moves=[
        Move(
            "grant",
            (AdvanceState.ASKED,),
            AdvanceState.ORDERED,
            right="invoicing.answer_advance",
            label=_("Accorder l’avance"),
        ),
        Move(
            "refuse",
            (AdvanceState.ASKED,),
            AdvanceState.REFUSED,
            right="invoicing.answer_advance",
            label=_("Refuser l’avance"),
        ),
        Move(
            "give",
            (AdvanceState.ORDERED,),
            AdvanceState.GIVEN,
            right="invoicing.answer_advance",
            label=_("Noter le virement"),
        ),
        Move(
            "settle",
            (AdvanceState.GIVEN,),
            AdvanceState.SETTLED,
            right="invoicing.answer_advance",
            label=_("Solder"),
        ),
        Move(
            "reopen",
            (AdvanceState.SETTLED,),
            AdvanceState.GIVEN,
            right="invoicing.answer_advance",
            label=_("Rouvrir"),
        ),
    ],
)
