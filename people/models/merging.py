"""Two files that were one person: which was kept, and the keys of what moved, to undo it (PEO-17)."""

from __future__ import annotations

from datetime import datetime

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.states.merging import UNDO_WITHIN


class MergeRecord(models.Model):
    kept = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="merges", verbose_name=_("fiche gardée")
    )
    merged = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="merged_by", verbose_name=_("fiche fusionnée")
    )
    reason = models.CharField(_("motif"), max_length=300)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("fusionnées par")
    )
    at = models.DateTimeField(_("fusionnées le"), default=timezone.now, editable=False)
    # {"people.role.person": [keys]}: what undoing gives back, and nothing else.
    moved = models.JSONField(_("ce qui a changé de fiche"), default=dict)
    undone_at = models.DateTimeField(_("annulée le"), null=True, editable=False)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("annulée par"),
    )

    class Meta:
        verbose_name = _("fusion de fiches")
        verbose_name_plural = _("fusions de fiches")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(kept=F("merged")), name="merge_of_two_files"),
            models.CheckConstraint(condition=~Q(reason=""), name="merge_has_reason"),
            models.UniqueConstraint(
                fields=["merged"], condition=Q(undone_at__isnull=True), name="merge_once_at_a_time"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="merge_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="merge_frozen",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["undone_at", "undone_by"]),
            ),
            pgtrigger.Protect(
                name="merge_undone_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__undone_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.merged} → {self.kept}"

    def can_be_undone(self, now: datetime) -> bool:
        return self.undone_at is None and now < self.at + UNDO_WITHIN
