"""Keys that share a common purchase over sections: weights that last from a day to a day (INV-49)."""

from __future__ import annotations

import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from invoicing.states.purchases import SplitKind
from people.models.periods import Dated, DatedQuerySet, DateSpan, coherent_dates


class SplitKey(models.Model):
    """What is shared the same way month after month: rent by square metres, electricity by use…"""

    name = models.CharField(_("nom"), max_length=80, unique=True)
    kind = models.CharField(_("selon"), max_length=10, choices=SplitKind, default=SplitKind.AREA)
    note = models.CharField(_("remarque"), max_length=250, blank=True)
    archived_at = models.DateTimeField(_("archivée le"), null=True, editable=False)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        verbose_name = _("clé de répartition")
        verbose_name_plural = _("clés de répartition")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(name="splitkey_kind_known", condition=Q(kind__in=SplitKind.values)),
            models.CheckConstraint(name="splitkey_named", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("invoicing:split_key_detail", args=[self.pk])


class SplitKeyPart(Dated):
    """The weight of one section in a key, between two days."""

    key = models.ForeignKey(SplitKey, models.PROTECT, related_name="parts", verbose_name=_("clé"))
    section = models.ForeignKey(
        "accounting.AnalyticAccount", models.PROTECT, related_name="+", verbose_name=_("section analytique")
    )
    weight = models.DecimalField(_("poids"), max_digits=12, decimal_places=4)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("part d’une clé de répartition")
        verbose_name_plural = _("parts des clés de répartition")
        ordering = ["key", "section", "-starts_on"]
        constraints = [
            coherent_dates("splitkeypart_dates_coherent"),
            models.CheckConstraint(name="splitkeypart_weighs", condition=Q(weight__gt=0)),
            ExclusionConstraint(
                name="splitkeypart_one_at_a_date",
                expressions=[
                    ("key", RangeOperators.EQUAL),
                    ("section", RangeOperators.EQUAL),
                    (DateSpan("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.section} · {self.weight.normalize():f}"
