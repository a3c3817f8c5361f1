"""The project sheet in dated versions, each written once (ENT-56)."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.permanence import append_only
from entrepreneurs.models.referents import coached_persons

# The sections of a sheet, in the order in which they are read.
SECTIONS: tuple[str, ...] = ("idea", "targets", "costs", "prices", "communication", "model")


class ProjectVersionQuerySet(models.QuerySet["ProjectVersion"]):
    def visible_to(self, user: Any) -> ProjectVersionQuerySet:
        own = getattr(user, "person_id", None)
        mine = Q(person=own) if own else Q(pk__in=[])
        return self.filter(mine | Q(person__in=coached_persons(user)))


class ProjectVersion(models.Model):
    """What the project was on a day: a change is a new version."""

    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="project_versions", verbose_name=_("personne")
    )
    application = models.ForeignKey(
        "entrepreneurs.Application",
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("candidature d’où elle vient"),
    )
    number = models.PositiveSmallIntegerField(_("version"))
    label = models.CharField(_("ce qui change"), max_length=160, blank=True)
    idea = models.TextField(_("idée"), blank=True)
    targets = models.TextField(_("clientèle et marché"), blank=True)
    costs = models.TextField(_("coûts"), blank=True)
    prices = models.TextField(_("prix"), blank=True)
    communication = models.TextField(_("plan de communication"), blank=True)
    model = models.TextField(_("modèle économique"), blank=True)
    author = models.ForeignKey(
        "people.User", models.PROTECT, null=True, related_name="+", verbose_name=_("par")
    )
    made_at = models.DateTimeField(_("écrite le"), default=timezone.now, editable=False)

    objects = ProjectVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version de fiche projet")
        verbose_name_plural = _("versions de fiche projet")
        ordering = ["person", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["person", "number"], name="projectversion_once_a_number")
        ]
        triggers = append_only("projectversion", words=(*SECTIONS, "label"))

    def __str__(self) -> str:
        return str(_("Version %(number)d") % {"number": self.number})

    @property
    def sections(self) -> list[tuple[str, Any, str]]:
        """Name, words and text of each section."""
        return [
            (name, self._meta.get_field(name).verbose_name, getattr(self, name))  # type: ignore[union-attr]
            for name in SECTIONS
        ]
