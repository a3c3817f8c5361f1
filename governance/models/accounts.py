"""Resolutions that rule on the accounts of a year: they approve them, or allocate the result (ACC-47)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounting.models import ResultAllocation
from governance.models.resolutions import Resolution
from governance.states.accounts import AccountsPurpose


class AccountsResolution(models.Model):
    """What a resolution decides of the accounts; gone when the resolution is withdrawn or rejected."""

    resolution = models.OneToOneField(
        Resolution, models.PROTECT, related_name="accounts", verbose_name=_("résolution")
    )
    allocation = models.ForeignKey(
        ResultAllocation,
        models.PROTECT,
        related_name="resolutions",
        verbose_name=_("affectation du résultat"),
    )
    purpose = models.CharField(_("objet"), max_length=10, choices=AccountsPurpose)

    class Meta:
        verbose_name = _("résolution sur les comptes")
        verbose_name_plural = _("résolutions sur les comptes")
        ordering = ["allocation", "purpose"]
        constraints = [
            models.CheckConstraint(
                name="accounts_purpose_known", condition=Q(purpose__in=AccountsPurpose.values)
            ),
            models.UniqueConstraint(name="accounts_decided_once", fields=["allocation", "purpose"]),
        ]

    def __str__(self) -> str:
        return str(self.resolution)
