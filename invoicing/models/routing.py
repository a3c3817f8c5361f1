"""Where platforms bring what is for one activity, and under which name it writes (INV-36, INV-44)."""

from __future__ import annotations

from datetime import date
from typing import Self

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.permanence import no_truncate
from invoicing.states.exchange import MAX_SENDER, MAX_SUFFIX


class RoutingAddressQuerySet(models.QuerySet["RoutingAddress"]):
    def in_force(self, on: date) -> Self:
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=on), starts_on__lte=on)


class RoutingAddress(models.Model):
    """`SIREN_SUFFIX`, scheme 0225: all activities share the SIREN of the cooperative, the suffix is theirs.

    A suffix is given once, for ever: what comes late to a former address still finds its activity."""

    activity = models.ForeignKey(
        "entrepreneurs.Activity",
        models.PROTECT,
        related_name="routing_addresses",
        verbose_name=_("activité"),
    )
    suffix = models.CharField(_("suffixe"), max_length=MAX_SUFFIX, unique=True)
    starts_on = models.DateField(_("du"))
    ends_on = models.DateField(_("au"), null=True, blank=True)

    objects = RoutingAddressQuerySet.as_manager()

    class Meta:
        verbose_name = _("adresse de facturation électronique")
        verbose_name_plural = _("adresses de facturation électronique")
        ordering = ["activity__sort_name", "-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="routing_suffix_plain", condition=Q(suffix__regex=r"^[A-Z0-9][A-Z0-9+/_-]*$")
            ),
            models.CheckConstraint(
                name="routing_period_in_order",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            ),
            models.UniqueConstraint(
                name="routing_one_current", fields=["activity"], condition=Q(ends_on__isnull=True)
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="routing_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="routing_frozen",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("activity", "suffix", "starts_on"),
            ),
            no_truncate("routingaddress"),
        ]

    def __str__(self) -> str:
        return self.suffix


class SenderIdentity(models.Model):
    """Name and reply address of an activity on its mails to customers; without a row, its own name and mail.

    `asked` waits until whoever reads that letter box confirms it; `reply_to` was confirmed."""

    activity = models.OneToOneField(
        "entrepreneurs.Activity", models.PROTECT, related_name="sender", verbose_name=_("activité")
    )
    name = models.CharField(_("nom affiché"), max_length=MAX_SENDER, blank=True)
    reply_to = models.EmailField(_("adresse de réponse"), max_length=254, blank=True)
    confirmed_at = models.DateTimeField(_("confirmée le"), null=True)
    asked = models.EmailField(_("adresse à confirmer"), max_length=254, blank=True)
    asked_at = models.DateTimeField(_("demandée le"), null=True)
    link = models.OneToOneField(
        "core.PersonalLink", models.PROTECT, null=True, related_name="+", verbose_name=_("lien personnel")
    )
    changed_at = models.DateTimeField(_("modifié le"), default=timezone.now)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("expéditeur")
        verbose_name_plural = _("expéditeurs")
        constraints = [
            models.CheckConstraint(
                name="sender_confirmed_when_dated",
                condition=Q(reply_to="", confirmed_at__isnull=True)
                | (~Q(reply_to="") & Q(confirmed_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="sender_asked_by_link",
                condition=Q(asked="", asked_at__isnull=True, link__isnull=True)
                | (~Q(asked="") & Q(asked_at__isnull=False, link__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return str(self.activity)
