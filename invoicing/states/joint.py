"""Closed lists and moves of what activities do together, or for each other."""

from decimal import Decimal

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from cae.core.workflow import Move, Workflow
from invoicing.states.sales import QuoteState


class Sharing(TextChoices):
    """How a quote is shared between the activities that make it together."""

    NONE = "none", _("Une seule activité")
    WHOLE = "whole", _("En parts du total")
    LINES = "lines", _("Ligne par ligne")


class InternalState(TextChoices):
    DRAFT = "draft", _("Brouillon")
    OFFERED = "offered", _("Devis interne proposé")
    ORDERED = "ordered", _("Commande interne")
    INVOICED = "invoiced", _("Facture interne")
    DECLINED = "declined", _("Refusé")
    DISCARDED = "discarded", _("Abandonné")


# Agreements come while the quote is prepared or checked.
AGREEMENTS_OPEN: tuple[str, ...] = (QuoteState.DRAFT, QuoteState.SUBMITTED)
# Rows of the page of shares.
MOST_SHARES = 6
INTERNAL_SERIES, INTERNAL_CREDIT_SERIES = "internal", "internal_credit"
MOST_INTERNAL = Decimal("9999999.99")
# What the buyer has seen: a draft is its seller's.
SHOWN_TO_BUYER: tuple[str, ...] = (
    InternalState.OFFERED,
    InternalState.ORDERED,
    InternalState.INVOICED,
    InternalState.DECLINED,
)

AGREED: tuple[str, ...] = (InternalState.ORDERED, InternalState.INVOICED)

INTERNAL_FLOW = Workflow(
    "invoicing.InternalSale",
    field="state",
    moves=[
        Move(
            "offer",
            (InternalState.DRAFT,),
            InternalState.OFFERED,
            right="invoicing.edit_internal",
            label=_("Proposer à l’acheteur"),
        ),
        Move(
            "take_back",
            (InternalState.OFFERED,),
            InternalState.DRAFT,
            right="invoicing.edit_internal",
            label=_("Reprendre"),
        ),
        Move(
            "accept",
            (InternalState.OFFERED,),
            InternalState.ORDERED,
            right="invoicing.answer_internal",
            label=_("Accepter"),
        ),
        Move(
            "decline",
            (InternalState.OFFERED,),
            InternalState.DECLINED,
            right="invoicing.answer_internal",
            label=_("Refuser"),
        ),
        Move(
            "invoice",
            (InternalState.ORDERED,),
            InternalState.INVOICED,
            right="invoicing.edit_internal",
            label=_("Facturer"),
        ),
        Move(
            "discard",
            (InternalState.DRAFT,),
            InternalState.DISCARDED,
            right="invoicing.edit_internal",
            label=_("Abandonner"),
        ),
    ],
)
