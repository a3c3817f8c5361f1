"""Who may validate alone their own documents, up to which amount (PEO-24)."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.fields import MoneyField
from invoicing.states.sales import CheckedKind
from people.models.periods import Dated, DatedQuerySet, DateSpan, coherent_dates


class SelfValidation(Dated):
    """A named person validates alone a kind of document inside their own activities, between two dates."""

    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="self_validations", verbose_name=_("personne")
    )
    kind = models.CharField(_("documents"), max_length=11, choices=CheckedKind)
    # Before tax; nothing means without limit.
    ceiling = MoneyField(_("jusqu’à (€ HT)"), null=True, blank=True)
    reason = models.CharField(_("motif"), max_length=250)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("donné par")
    )
    given_at = models.DateTimeField(_("donné le"), default=timezone.now)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("droit d’autovalidation")
        verbose_name_plural = _("droits d’autovalidation")
        ordering = ["person", "kind", "-starts_on"]
        constraints = [
            coherent_dates("selfvalidation_dates_coherent"),
            models.CheckConstraint(
                name="selfvalidation_kind_known", condition=Q(kind__in=CheckedKind.values)
            ),
            models.CheckConstraint(
                name="selfvalidation_ceiling_positive", condition=Q(ceiling__isnull=True) | Q(ceiling__gt=0)
            ),
            ExclusionConstraint(
                name="selfvalidation_one_at_a_date",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    (DateSpan("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.get_kind_display()}"

    @property
    def end_url(self) -> str:
        return reverse("invoicing:self_validation_end", args=[self.pk])
