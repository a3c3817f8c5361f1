"""Acting for a person who asks for it: who did, for whom, why, from when to when (PEO-04)."""

from __future__ import annotations

from datetime import datetime

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Assistance(models.Model):
    """One spell under another’s name; it ends by its button, or alone when its time is over."""

    helper = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("qui agit")
    )
    helped = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="assistances",
        verbose_name=_("pour qui"),
    )
    reason = models.CharField(_("motif"), max_length=300)
    started_at = models.DateTimeField(_("commencée le"))
    ends_at = models.DateTimeField(_("dure jusqu’à"))
    ended_at = models.DateTimeField(_("arrêtée le"), null=True, editable=False)

    class Meta:
        verbose_name = _("intervention")
        verbose_name_plural = _("interventions")
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(helper=F("helped")), name="assistance_of_somebody_else"),
            models.CheckConstraint(condition=~Q(reason=""), name="assistance_has_reason"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("started_at")), name="assistance_has_an_end"),
        ]
        triggers = [
            pgtrigger.Protect(name="assistance_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="assistance_frozen",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["ended_at"]),
            ),
            pgtrigger.Protect(
                name="assistance_ended_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__ended_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.helper} · {self.helped}"

    def is_open(self, now: datetime) -> bool:
        return self.ended_at is None and now < self.ends_at

    @property
    def over_at(self) -> datetime:
        """When it was over, or will be at the latest."""
        return min(self.ended_at, self.ends_at) if self.ended_at else self.ends_at
