"""Bookings, those who wait, and what is due of them (COW-16 to 19)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from cae.core.workflow import Move, Workflow


class BookingState(models.TextChoices):
    ASKED = "asked", _("À valider")
    BOOKED = "booked", _("Réservée")
    PRESENT = "present", _("En cours")
    DONE = "done", _("Passée")
    REFUSED = "refused", _("Refusée")
    CANCELLED = "cancelled", _("Annulée")
    MISSED = "missed", _("Non honorée")


class WaitingState(models.TextChoices):
    WAITING = "waiting", _("En attente")
    OFFERED = "offered", _("Place proposée")
    TAKEN = "taken", _("Place prise")
    LAPSED = "lapsed", _("Proposition expirée")
    LEFT = "left", _("Retirée")


# Their unit is taken: what the exclusion constraint counts.
HOLDING: tuple[str, ...] = (
    BookingState.ASKED,
    BookingState.BOOKED,
    BookingState.PRESENT,
    BookingState.DONE,
)
COMING: tuple[str, ...] = (BookingState.ASKED, BookingState.BOOKED)

BOOKING_SHAPES: dict[str, tuple[str, str]] = {
    BookingState.ASKED: ("warning", "▲"),
    BookingState.BOOKED: ("info", "●"),
    BookingState.PRESENT: ("success", "●"),
    BookingState.DONE: ("neutral", "✔"),
    BookingState.REFUSED: ("danger", "✕"),
    BookingState.CANCELLED: ("neutral", "✕"),
    BookingState.MISSED: ("danger", "◇"),
}

_ASKED, _BOOKED, _PRESENT = (
    BookingState.ASKED.value,
    BookingState.BOOKED.value,
    BookingState.PRESENT.value,
)
_RUNS = "coworking.run_day"
BOOKING_FLOW = Workflow(
    "coworking.Booking",
    (
        Move("approve", (_ASKED,), _BOOKED, "coworking.approve_booking", _("Valider")),
        Move("refuse", (_ASKED,), BookingState.REFUSED.value, "coworking.approve_booking", _("Refuser")),
        Move(
            "cancel",
            (_ASKED, _BOOKED),
            BookingState.CANCELLED.value,
            "coworking.cancel_booking",
            _("Annuler"),
        ),
        Move("arrive", (_BOOKED,), _PRESENT, "coworking.arrive", _("Noter l’arrivée")),
        Move("end", (_BOOKED, _PRESENT), BookingState.DONE.value, _RUNS, _("Terminer")),
        Move("miss", (_BOOKED,), BookingState.MISSED.value, _RUNS, _("Libérer")),
    ),
)
