"""Territories as a tree, from country to town: places, activities and people hang on it."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cae.core.periods import covers
from cae.core.permanence import append_only
from people.states import TerritoryKind
from people.states.situations import ZoneKind


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

    # Towns merge and split: outside its days a territory keeps its people and its past figures.
    opened_on = models.DateField(_("existe depuis le"), null=True, blank=True)
    closed_on = models.DateField(
        _("jusqu’au"), null=True, blank=True, help_text=_("Vide : le territoire existe toujours.")
    )

    class Meta:
        verbose_name = _("territoire")
        verbose_name_plural = _("territoires")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=TerritoryKind.values), name="territory_kind_known"),
            models.CheckConstraint(
                condition=Q(opened_on__isnull=True)
                | Q(closed_on__isnull=True)
                | Q(closed_on__gte=F("opened_on")),
                name="territory_dates_coherent",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="territory_not_its_own_parent"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def exists_on(self, day: date) -> bool:
        return covers(self.opened_on or day, self.closed_on, day)


class TerritoryFigure(models.Model):
    """How many live there and in what kind of zone, from a date on: a census, a new grid (PEO-30)."""

    territory = models.ForeignKey(
        Territory, on_delete=models.PROTECT, related_name="figures", verbose_name=_("territoire")
    )
    valid_from = models.DateField(_("à partir du"))
    population = models.PositiveIntegerField(_("population"))
    zone = models.CharField(_("zone"), max_length=5, choices=ZoneKind)
    source = models.CharField(_("source"), max_length=160, help_text=_("INSEE, recensement de…"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("noté par")
    )
    created_at = models.DateTimeField(_("noté le"), auto_now_add=True)

    class Meta:
        verbose_name = _("population d’un territoire")
        verbose_name_plural = _("populations d’un territoire")
        ordering = ["-valid_from", "-pk"]
        indexes = [models.Index(fields=["territory", "valid_from"], name="figure_of_territory")]
        constraints = [
            models.CheckConstraint(condition=Q(zone__in=ZoneKind.values), name="figure_zone_known"),
            models.CheckConstraint(condition=~Q(source=""), name="figure_has_source"),
        ]
        triggers = append_only("territory_figure")

    def __str__(self) -> str:
        return f"{self.territory} · {self.population}"
