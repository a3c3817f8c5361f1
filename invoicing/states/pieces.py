"""Closed lists and moves of delivery notes; the series of these and of proforma invoices (INV-26)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from cae.core.workflow import Move, Workflow


class DeliveryState(TextChoices):
    DRAFT = "draft", _("Brouillon")
    ISSUED = "issued", _("À signer")
    SIGNED = "signed", _("Signé")
    CANCELLED = "cancelled", _("Annulé")


DELIVERY_SERIES, PROFORMA_SERIES = "delivery_note", "proforma"
# What they hand over counts against the order: a draft only proposes, a cancelled note gives back.
STANDING: tuple[str, ...] = (DeliveryState.ISSUED, DeliveryState.SIGNED)

DELIVERY_FLOW = Workflow(
    "invoicing.DeliveryNote",
    field="state",
    moves=[
        Move(
            "issue",
            (DeliveryState.DRAFT,),
            DeliveryState.ISSUED,
            right="invoicing.edit_delivery",
            label=_("Émettre le bon"),
        ),
        Move(
            "sign",
            (DeliveryState.ISSUED,),
            DeliveryState.SIGNED,
            right="invoicing.edit_delivery",
            label=_("Noter la signature"),
        ),
        Move(
            "cancel",
            (DeliveryState.DRAFT, DeliveryState.ISSUED),
            DeliveryState.CANCELLED,
            right="invoicing.edit_delivery",
            label=_("Annuler le bon"),
        ),
    ],
)
