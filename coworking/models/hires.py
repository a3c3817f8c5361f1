"""Somebody without account hires a room: who they are, where they are invoiced, on which quote (COW-20)."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coworking.models.billed_once import NO_QUOTE_ON_DUE
from coworking.models.bookings import Booking
from invoicing.states.sales import CustomerKind
from people.models.addresses import Address


class Hire(Address):
    """What was said by who hires: the customer is made of it once the team says yes."""

    booking = models.OneToOneField(
        Booking, models.PROTECT, related_name="hire", verbose_name=_("réservation")
    )
    kind = models.CharField(
        _("nature"), max_length=14, choices=CustomerKind, default=CustomerKind.PRIVATE_PERSON
    )
    firm = models.CharField(_("organisme"), max_length=160, blank=True)
    siren = models.CharField(_("SIREN"), max_length=9, blank=True)
    message = models.TextField(_("message"), max_length=2000, blank=True)
    rules_accepted = models.BooleanField(_("règles du lieu acceptées"), default=False)
    # The rules as they were accepted: the place may change its own.
    rules = models.TextField(_("conditions acceptées"), max_length=8000, blank=True)
    # What the team adds to the mail of its quote.
    words = models.TextField(_("mot joint au devis"), max_length=2000, blank=True, editable=False)
    # The team answered by it; withdrawn or declined, it makes room for another.
    quote = models.OneToOneField(
        "invoicing.Quote",
        models.PROTECT,
        null=True,
        related_name="place_hire",
        verbose_name=_("devis"),
        editable=False,
    )

    class Meta:
        verbose_name = _("location demandée")
        verbose_name_plural = _("locations demandées")
        constraints = [
            models.CheckConstraint(name="hire_kind_known", condition=Q(kind__in=CustomerKind.values)),
            models.CheckConstraint(
                name="hire_of_a_firm_named", condition=Q(kind=CustomerKind.PRIVATE_PERSON) | ~Q(firm="")
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="hire_kept", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="hire_rules_kept", fields=["booking", "rules", "rules_accepted"]),
            NO_QUOTE_ON_DUE,
        ]

    def __str__(self) -> str:
        return self.firm or self.booking.name
