"""Premises shared by several: tenants by dates with their key, what they cost together (COW-06)."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.fields import MoneyField
from coworking.models.billing import Charge
from coworking.models.members import Payer
from coworking.models.places import Place
from people.models.periods import Dated, DatedQuerySet, DateSpan, coherent_dates


class Tenancy(Dated):
    """Who shares the premises, from a day to a day: an activity of ours, an organisation, or a person."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="tenancies", verbose_name=_("lieu"))
    activity = models.ForeignKey(
        "entrepreneurs.Activity",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="tenancies",
        verbose_name=_("activité"),
    )
    organisation = models.ForeignKey(
        "people.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="tenancies",
        verbose_name=_("organisme"),
    )
    person = models.ForeignKey(
        "people.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="tenancies",
        verbose_name=_("personne"),
    )
    # Whose account of the place bears the shares; nothing: they are told, and billed by nobody.
    payer = models.ForeignKey(
        Payer,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="tenancies",
        verbose_name=_("payeur"),
    )
    # Square metres, thousandths, people: what the tenants chose to share by; only the ratio counts.
    weight = models.PositiveIntegerField(
        _("clé de répartition"),
        validators=[MinValueValidator(1)],
        help_text=_("Surface, millièmes ou nombre de personnes : seule la proportion compte."),
    )
    rooms = models.CharField(_("ce qui est occupé"), max_length=200, blank=True)
    lease = models.OneToOneField(
        "core.Document", models.PROTECT, null=True, related_name="+", verbose_name=_("bail ou convention")
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("occupation de locaux")
        verbose_name_plural = _("occupations de locaux")
        ordering = ["place", "-starts_on", "pk"]
        constraints = [
            coherent_dates("tenancy_dates_coherent"),
            models.CheckConstraint(name="tenancy_weighs", condition=Q(weight__gte=1)),
            models.CheckConstraint(
                name="tenancy_of_one",
                condition=Q(activity__isnull=False, organisation__isnull=True, person__isnull=True)
                | Q(activity__isnull=True, organisation__isnull=False, person__isnull=True)
                | Q(activity__isnull=True, organisation__isnull=True, person__isnull=False),
            ),
            ExclusionConstraint(
                name="tenancy_once_at_a_time",
                expressions=[
                    ("place", RangeOperators.EQUAL),
                    (Coalesce("activity", 0), RangeOperators.EQUAL),
                    (Coalesce("organisation", 0), RangeOperators.EQUAL),
                    (Coalesce("person", 0), RangeOperators.EQUAL),
                    (DateSpan("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        triggers = [pgtrigger.Protect(name="tenancy_kept", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return str(self.tenant)

    @property
    def tenant(self) -> Any:
        return self.activity or self.organisation or self.person

    def get_absolute_url(self) -> str:
        """It is read among the tenants of its place."""
        return reverse("coworking:premises", args=[self.place_id])


class PremisesCost(Dated):
    """What the premises cost together over some days: rent, energy, cleaning; shared once, for ever."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="costs", verbose_name=_("lieu"))
    label = models.CharField(_("dépense"), max_length=120)
    amount = MoneyField(_("montant HT"))
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("par")
    )

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("coût de locaux")
        verbose_name_plural = _("coûts de locaux")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="cost_over_days", condition=Q(ends_on__isnull=False, ends_on__gte=F("starts_on"))
            ),
            models.CheckConstraint(name="cost_of_something", condition=Q(amount__gt=0) & ~Q(label="")),
        ]
        triggers = [pgtrigger.ReadOnly(name="cost_kept", fields=["place", "amount", "starts_on", "ends_on"])]

    def __str__(self) -> str:
        return self.label


class CostShare(models.Model):
    """What one tenant bears of a cost: its key by its days there; the shares add up to the cost."""

    cost = models.ForeignKey(PremisesCost, models.CASCADE, related_name="shares", verbose_name=_("coût"))
    tenancy = models.ForeignKey(
        Tenancy, models.PROTECT, related_name="shares", verbose_name=_("occupation de locaux")
    )
    days = models.PositiveSmallIntegerField(_("jours"))
    weight = models.PositiveIntegerField(_("clé de répartition"))
    amount = MoneyField(_("part HT"))
    charge = models.OneToOneField(
        Charge, models.PROTECT, null=True, related_name="share", verbose_name=_("dû"), editable=False
    )

    class Meta:
        verbose_name = _("part d’un coût")
        verbose_name_plural = _("parts d’un coût")
        ordering = ["cost", "pk"]
        constraints = [models.UniqueConstraint(name="share_once_a_tenant", fields=["cost", "tenancy"])]
        triggers = [pgtrigger.Protect(name="share_kept", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"{self.tenancy} · {self.cost}"
