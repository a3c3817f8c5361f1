"""Days on which a resident leaves their desk to others (COW-19)."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coworking.models.free_time import STILL_FREE
from coworking.models.subscriptions import Subscription
from people.models.periods import Dated, DatedQuerySet, DateSpan


class DeskAbsence(Dated):
    """The desk or office of a subscription may be booked by others on these days, both included. It says when
    somebody is away, never why."""

    subscription = models.ForeignKey(
        Subscription, models.PROTECT, related_name="absences", verbose_name=_("abonnement")
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("par")
    )

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("absence à un poste")
        verbose_name_plural = _("absences à un poste")
        ordering = ["subscription", "starts_on"]
        constraints = [
            models.CheckConstraint(
                name="deskabsence_has_an_end",
                condition=Q(ends_on__isnull=False, ends_on__gte=F("starts_on")),
            ),
            ExclusionConstraint(
                name="deskabsence_once_at_a_time",
                expressions=[
                    ("subscription", RangeOperators.EQUAL),
                    (DateSpan("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        triggers = [STILL_FREE]

    def __str__(self) -> str:
        return f"{self.subscription} · {self.starts_on}"
