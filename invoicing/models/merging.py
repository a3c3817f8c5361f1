"""Two customers of one activity that were one: which stays, what moved, to undo it (INV-02)."""

from __future__ import annotations

from datetime import datetime

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from invoicing.states.chasing import MAX_REASON, UNDO_WITHIN


class CustomerMerge(models.Model):
    kept = models.ForeignKey(
        "invoicing.Customer", models.PROTECT, related_name="merges", verbose_name=_("client gardé")
    )
    merged = models.ForeignKey(
        "invoicing.Customer", models.PROTECT, related_name="merged_by", verbose_name=_("client fusionné")
    )
    reason = models.CharField(_("motif"), max_length=MAX_REASON)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("fusionnés par")
    )
    at = models.DateTimeField(_("fusionnés le"), default=timezone.now, editable=False)
    # {"invoicing.invoice.customer": [keys]}: what undoing gives back, and nothing else.
    moved = models.JSONField(_("ce qui a changé de fiche"), default=dict)
    was_archived_at = models.DateTimeField(_("archivé auparavant le"), null=True, editable=False)
    undone_at = models.DateTimeField(_("annulée le"), null=True, editable=False)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("annulée par")
    )

    class Meta:
        verbose_name = _("fusion de clients")
        verbose_name_plural = _("fusions de clients")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(name="customermerge_of_two", condition=~Q(kept=F("merged"))),
            models.CheckConstraint(name="customermerge_has_reason", condition=~Q(reason="")),
            models.UniqueConstraint(
                name="customermerge_once_at_a_time",
                fields=["merged"],
                condition=Q(undone_at__isnull=True),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="customermerge_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="customermerge_frozen",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["undone_at", "undone_by"]),
            ),
            pgtrigger.Protect(
                name="customermerge_undone_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__undone_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.merged} → {self.kept}"

    def can_be_undone(self, now: datetime) -> bool:
        return self.undone_at is None and now < self.at + UNDO_WITHIN
