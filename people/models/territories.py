"""Territories as a tree, from country to town: places, activities and people hang on it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from people.states import TerritoryKind


class Territory(models.Model):
    name = models.CharField(_("nom"), max_length=120)
    code = models.CharField(_("code"), max_length=20, unique=True)
    kind = models.CharField(_("niveau"), max_length=12, choices=TerritoryKind)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("rattaché à"),
    )

    class Meta:
        verbose_name = _("territoire")
        verbose_name_plural = _("territoires")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=TerritoryKind.values), name="territory_kind_known"),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="territory_not_its_own_parent"
            ),
        ]

    def __str__(self) -> str:
        return self.name
