"""The rooms of an event: booked with it, moved with it (COW-28)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from coworking.models.bookings import Booking
from coworking.models.events import Event
from coworking.models.resources import Resource


class EventRoom(models.Model):
    """A room taken for an event, by a booking of the house: no price, nobody pays."""

    event = models.ForeignKey(Event, models.PROTECT, related_name="rooms", verbose_name=_("événement"))
    resource = models.ForeignKey(
        Resource, models.PROTECT, related_name="event_rooms", verbose_name=_("salle")
    )
    booking = models.OneToOneField(
        Booking, models.PROTECT, related_name="event_room", verbose_name=_("réservation")
    )

    class Meta:
        verbose_name = _("salle d’un événement")
        verbose_name_plural = _("salles d’un événement")
        ordering = ["event", "resource"]
        constraints = [models.UniqueConstraint(name="eventroom_once", fields=["event", "resource"])]

    def __str__(self) -> str:
        return f"{self.resource} · {self.event}"
