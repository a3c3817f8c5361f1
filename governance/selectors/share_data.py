"""What the register of shares holds of a person, given back to them in « Mes données » (PEO-15, PEO-38)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from cae.core.facts import Held
from governance.models import Associate, Refund, ShareMovement, SharePayment, Subscription
from governance.selectors.shares import holdings_on
from governance.states.register import RefundState
from people.models import Person
from people.selectors.merging import file_keys


def held_shares(person: Person, reader: Any) -> Iterator[Held]:
    """Gives a person’s subscriptions, payments, movements of shares and requests for refund."""
    kept = _("Aussi longtemps que les comptes où figurent les parts (Code de commerce, L123-22).")
    rows = Subscription.objects.filter(associate__person=person).select_related("share_class")
    files = [file for row in rows for file in (row.bulletin, row.certificate) if file is not None]
    yield Held(
        _("Souscriptions de parts"),
        (_("parts"), _("nombre"), _("montant"), _("libération"), _("signée le"), _("état"), _("motif")),
        [
            (
                row.share_class.name,
                row.quantity,
                row.amount,
                row.get_plan_display(),
                row.signed_on,
                row.get_state_display(),
                row.cancel_reason,
            )
            for row in rows
        ],
        files=files,
        kept=kept,
    )
    yield from _moved(person, kept)
    yield from _refunded(person, kept)


def _moved(person: Person, kept: str) -> Iterator[Held]:
    payments = SharePayment.objects.filter(subscription__associate__person=person)
    yield Held(
        _("Versements sur des parts"),
        (_("le"), _("montant"), _("moyen"), _("précision")),
        [(row.on, row.amount, row.get_way_display(), row.note) for row in payments],
        kept=kept,
    )
    own = Q(giver__person=person) | Q(receiver__person=person)
    yield Held(
        _("Mouvements de parts"),
        (_("le"), _("nature"), _("parts"), _("nombre"), _("décision ou acte")),
        [
            (row.on, row.get_kind_display(), row.share_class.name, row.quantity, row.decision)
            for row in ShareMovement.objects.filter(own).select_related("share_class")
        ],
        kept=kept,
    )


def _refunded(person: Person, kept: str) -> Iterator[Held]:
    yield Held(
        _("Remboursements de parts"),
        (_("demandé le"), _("parts"), _("nombre"), _("état"), _("payé le"), _("montant"), _("motif")),
        [
            (
                row.asked_at,
                row.share_class.name,
                row.quantity,
                row.get_state_display(),
                row.paid_on,
                row.paid_amount,
                row.cancel_reason,
            )
            for row in Refund.objects.filter(associate__person=person).select_related("share_class")
        ],
        kept=kept,
    )


def hinders_shares(person: Person, on: date) -> str:
    """Gives why nothing of a person may be erased yet: shares held, or money owed for them."""
    keys = file_keys(person)
    waiting = Refund.objects.filter(
        associate__person__in=keys, state__in=[RefundState.ASKED, RefundState.WITHDRAWN]
    )
    if waiting.exists():
        return _("Des parts de cette personne sont encore à rembourser.")
    if Associate.objects.filter(person__in=keys, pk__in=list(holdings_on(on))).exists():
        return _("Cette personne détient encore des parts sociales.")
    return ""
