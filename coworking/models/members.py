"""Who works in a place and who pays for it (COW-09, COW-13)."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coworking.models.places import Place
from coworking.states.members import MemberOrigin
from people.models.periods import Dated, DatedQuerySet, DateSpan, coherent_dates


class Payer(models.Model):
    """Who pays: an activity of the cooperative by internal invoices, else a customer of the place."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="payers", verbose_name=_("lieu"))
    activity = models.ForeignKey(
        "entrepreneurs.Activity",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="place_payers",
        verbose_name=_("activité"),
    )
    customer = models.ForeignKey(
        "invoicing.Customer",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="place_payers",
        verbose_name=_("client"),
    )

    class Meta:
        verbose_name = _("payeur")
        verbose_name_plural = _("payeurs")
        ordering = ["place", "pk"]
        constraints = [
            models.CheckConstraint(
                name="payer_is_one",
                condition=Q(activity__isnull=False, customer__isnull=True)
                | Q(activity__isnull=True, customer__isnull=False),
            ),
            models.UniqueConstraint(name="payer_activity_once", fields=["place", "activity"]),
            models.UniqueConstraint(name="payer_customer_once", fields=["place", "customer"]),
        ]
        triggers = [
            pgtrigger.Protect(name="payer_kept", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="payer_is_who_it_is", fields=["place", "activity", "customer"]),
        ]

    def __str__(self) -> str:
        return str(self.activity or self.customer)

    @property
    def is_inside(self) -> bool:
        """Of the cooperative: an internal invoice, without tax."""
        return self.activity_id is not None


class Member(Dated):
    """A person who works in a place, from a day on: for the cooperative, for oneself, for an organisation."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="members", verbose_name=_("lieu"))
    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="place_members", verbose_name=_("personne")
    )
    origin = models.CharField(_("origine"), max_length=12, choices=MemberOrigin)
    # Of several users under one plan, or of a remote worker: whom they come for.
    organisation = models.ForeignKey(
        "people.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="place_members",
        verbose_name=_("organisme"),
    )
    payer = models.ForeignKey(
        Payer, models.PROTECT, null=True, blank=True, related_name="members", verbose_name=_("payeur")
    )
    # Books and reads for all those of the organisation.
    leads = models.BooleanField(_("gère les autres de l’organisme"), default=False)
    trade = models.CharField(_("métier"), max_length=120, blank=True)
    # First name on the screen of the place and in « qui est là ».
    is_shown = models.BooleanField(_("prénom affiché dans le lieu"), default=False)
    charter_on = models.DateField(_("règles acceptées le"), null=True, blank=True)
    note = models.TextField(_("note de l’équipe"), max_length=2000, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("coworker")
        verbose_name_plural = _("coworkers")
        ordering = ["place", "person", "-starts_on"]
        constraints = [
            coherent_dates("member_dates_coherent"),
            models.CheckConstraint(name="member_origin_known", condition=Q(origin__in=MemberOrigin.values)),
            models.CheckConstraint(
                name="member_of_its_organisation",
                condition=Q(organisation__isnull=False)
                | ~Q(origin__in=[MemberOrigin.ORGANISATION, MemberOrigin.REMOTE]),
            ),
            ExclusionConstraint(
                name="member_once_at_a_time",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("place", RangeOperators.EQUAL),
                    (DateSpan("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="member_kept", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="member_is_who_it_is", fields=["place", "person"]),
        ]

    def __str__(self) -> str:
        return str(self.person)

    def get_absolute_url(self) -> str:
        return reverse("coworking:member", args=[self.pk])

    @property
    def scope_id(self) -> int:
        return self.place.scope_id

    @property
    def standing(self) -> tuple[str, str, Any]:
        """Tone, shape and word of a membership today."""
        today = timezone.localdate()
        if self.starts_on > today:
            return "info", "◇", _("À venir")
        if self.ends_on is not None and self.ends_on < today:
            return "neutral", "✕", _("Parti")
        return "success", "●", _("Coworker")
