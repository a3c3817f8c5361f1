"""What the cooperative decided about contributions: voted scales, who has which, who is exempt of what."""

from __future__ import annotations

from functools import cached_property

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.db.models.fields.json import KT
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounting.calculations.contribution.reading import read_scale
from accounting.calculations.contribution.scales import Scale
from accounting.states.contributions import ScaleTaking, ScaleTurnover, Situation, WaivedPart
from people.models.periods import Dated, DatedQuerySet, DateSpan, coherent_dates


class ContributionScale(models.Model):
    """One version of a contribution scale (barème), as an assembly voted it.

    Versions of one scale share their code; a fact is computed under the version in force on its own date.
    `rules` holds every part of the rule; the columns repeat what lists and constraints need.
    """

    code = models.SlugField(_("code"), max_length=30)
    version = models.PositiveSmallIntegerField(_("version"))
    label = models.CharField(_("libellé"), max_length=120)
    rules = models.JSONField(_("règles"), encoder=DjangoJSONEncoder)
    turnover = models.CharField(_("base"), max_length=10, choices=ScaleTurnover)
    taken_on = models.CharField(_("prélevé"), max_length=10, choices=ScaleTaking)
    valid_from = models.DateField(_("en vigueur depuis"))
    valid_to = models.DateField(_("jusqu’au"), null=True, blank=True)
    assembly = models.CharField(_("assemblée"), max_length=120)
    decided_on = models.DateField(_("date de la décision"))
    resolution = models.CharField(_("résolution"), max_length=60, blank=True)
    is_default = models.BooleanField(_("donné aux nouvelles activités"), default=False)

    class Meta:
        verbose_name = _("barème de contribution")
        verbose_name_plural = _("barèmes de contribution")
        ordering = ["code", "-valid_from"]
        constraints = [
            models.CheckConstraint(
                name="scale_period", condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from"))
            ),
            models.CheckConstraint(
                name="scale_columns_are_its_rules",
                condition=Q(taken_on=KT("rules__taken_on"), turnover=KT("rules__base__turnover")),
            ),
            models.CheckConstraint(name="scale_taken_known", condition=Q(taken_on__in=ScaleTaking.values)),
            models.CheckConstraint(
                name="scale_turnover_known", condition=Q(turnover__in=ScaleTurnover.values)
            ),
            models.UniqueConstraint(name="scale_version_once", fields=["code", "version"]),
            ExclusionConstraint(
                name="scale_one_version_at_a_date",
                expressions=[
                    ("code", RangeOperators.EQUAL),
                    (DateSpan("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        # A vote is not rewritten: a version may only be given its end.
        triggers = [
            pgtrigger.ReadOnly(name="scale_frozen", exclude=["valid_to"]),
            pgtrigger.Protect(name="scale_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        return reverse("accounting:scale_detail", args=[self.pk])

    @cached_property
    def rule(self) -> Scale:
        """The rules, as values that compute."""
        return read_scale(self.rules)

    @property
    def decided_by(self) -> str:
        """« Assemblée générale du 12/06/2026, résolution 5 »."""
        said = gettext("%(assembly)s du %(day)s") % {
            "assembly": self.assembly,
            "day": f"{self.decided_on:%d/%m/%Y}",
        }
        if not self.resolution:
            return said
        return gettext("%(decision)s, résolution %(resolution)s") % {
            "decision": said,
            "resolution": self.resolution,
        }


class ScaleAssignment(Dated):
    """The scale of an activity between two dates, and why."""

    activity = models.ForeignKey(
        "entrepreneurs.Activity", models.PROTECT, related_name="scale_assignments", verbose_name=_("activité")
    )
    scale = models.ForeignKey(
        ContributionScale, models.PROTECT, related_name="assignments", verbose_name=_("barème")
    )
    reason = models.CharField(_("motif"), max_length=200)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("barème d’une activité")
        verbose_name_plural = _("barèmes des activités")
        ordering = ["activity", "-starts_on"]
        constraints = [
            coherent_dates("assignment_dates_coherent"),
            ExclusionConstraint(
                name="assignment_one_at_a_date",
                expressions=[
                    ("activity", RangeOperators.EQUAL),
                    (DateSpan("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.scale_id}"

    def get_absolute_url(self) -> str:
        return reverse("accounting:activity_statement", args=[self.activity_id])


class Exemption(Dated):
    """Why an activity gives less for a time: a situation that its scale knows, or parts waived."""

    activity = models.ForeignKey(
        "entrepreneurs.Activity", models.PROTECT, related_name="exemptions", verbose_name=_("activité")
    )
    situation = models.CharField(_("situation"), max_length=20, choices=Situation)
    # Beside what the scale of the activity gives to this situation.
    waives = ArrayField(
        models.CharField(max_length=12, choices=WaivedPart),
        verbose_name=_("parts dispensées"),
        default=list,
        blank=True,
    )
    decided_by = models.CharField(_("décidé par"), max_length=200)
    reason = models.CharField(_("motif"), max_length=300)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("exonération")
        verbose_name_plural = _("exonérations")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            coherent_dates("exemption_dates_coherent"),
            models.CheckConstraint(
                name="exemption_situation_known", condition=Q(situation__in=Situation.values)
            ),
            models.CheckConstraint(
                name="exemption_parts_known", condition=Q(waives__contained_by=list(WaivedPart.values))
            ),
            ExclusionConstraint(
                name="exemption_once_at_a_date",
                expressions=[
                    ("activity", RangeOperators.EQUAL),
                    ("situation", RangeOperators.EQUAL),
                    (DateSpan("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="exemption_frozen", exclude=["ends_on"]),
            pgtrigger.Protect(name="exemption_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.get_situation_display()

    def get_absolute_url(self) -> str:
        return reverse("accounting:exemption_detail", args=[self.pk])
