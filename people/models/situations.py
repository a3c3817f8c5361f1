"""The social situation of a person at entry and later, side by side (PEO-12)."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cae.core.fields import MoneyField
from people.states.situations import Moment


class SocialSituation(models.Model):
    """What one is outside the cooperative: at entry, then as it stands. Allowances, income before entry and
    health are in the protected record."""

    person = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="situations", verbose_name=_("personne")
    )
    moment = models.CharField(_("moment"), max_length=5, choices=Moment)
    described_on = models.DateField(_("situation au"))
    statuses = ArrayField(
        models.CharField(max_length=40), verbose_name=_("situation"), default=list, blank=True
    )
    family_status = models.CharField(_("situation familiale"), max_length=40, blank=True)
    children = models.PositiveSmallIntegerField(
        _("enfants à charge"), null=True, blank=True, validators=[MaxValueValidator(20)]
    )
    study_level = models.CharField(_("niveau d’études"), max_length=40, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("situation sociale")
        verbose_name_plural = _("situations sociales")
        ordering = ["person", "moment"]
        constraints = [
            models.CheckConstraint(condition=Q(moment__in=Moment.values), name="situation_moment_known"),
            models.UniqueConstraint(fields=["person", "moment"], name="situation_once_a_moment"),
        ]

    def __str__(self) -> str:
        return str(self.get_moment_display())


class OutsideJob(models.Model):
    """Work outside the cooperative: its hours count for the CAPE, which refuses a full time."""

    situation = models.ForeignKey(
        SocialSituation, on_delete=models.CASCADE, related_name="jobs", verbose_name=_("situation")
    )
    kind = models.CharField(_("nature"), max_length=40)
    employer = models.CharField(_("chez"), max_length=120, blank=True)
    weekly_hours = models.DecimalField(
        _("heures par semaine"),
        max_digits=4,
        decimal_places=1,
        validators=[MinValueValidator(0), MaxValueValidator(60)],
    )
    gross_monthly = MoneyField(_("brut mensuel"), null=True, blank=True)

    class Meta:
        verbose_name = _("emploi hors de la coopérative")
        verbose_name_plural = _("emplois hors de la coopérative")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(weekly_hours__gte=0, weekly_hours__lte=60), name="job_hours_possible"
            ),
            models.CheckConstraint(
                condition=Q(gross_monthly__isnull=True) | Q(gross_monthly__gte=0), name="job_gross_positive"
            ),
        ]

    def __str__(self) -> str:
        return self.employer or self.kind
