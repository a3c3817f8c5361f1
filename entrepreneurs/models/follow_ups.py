"""The goals of a test phase, what the person counts, what the advisor says of each period (ENT-32)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from entrepreneurs.states.follow_ups import TYPED, Measure, Rhythm


class FollowGoal(models.Model):
    """What is aimed at, for a measure, over the period that begins on a day."""

    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="follow_goals", verbose_name=_("personne")
    )
    measure = models.CharField(_("mesure"), max_length=10, choices=Measure)
    rhythm = models.CharField(_("période"), max_length=8, choices=Rhythm)
    starts_on = models.DateField(_("début de la période"))
    amount = models.DecimalField(_("objectif"), max_digits=12, decimal_places=2)
    set_by = models.ForeignKey(
        "people.User", models.PROTECT, null=True, related_name="+", verbose_name=_("posé par")
    )
    set_at = models.DateTimeField(_("posé le"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("objectif de suivi")
        verbose_name_plural = _("objectifs de suivi")
        ordering = ["starts_on", "measure"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "measure", "rhythm", "starts_on"], name="followgoal_once_a_period"
            ),
            models.CheckConstraint(name="followgoal_measure_known", condition=Q(measure__in=Measure.values)),
            models.CheckConstraint(name="followgoal_rhythm_known", condition=Q(rhythm__in=Rhythm.values)),
            models.CheckConstraint(name="followgoal_first_of_month", condition=Q(starts_on__day=1)),
        ]

    def __str__(self) -> str:
        return f"{self.get_measure_display()} · {self.starts_on:%m/%Y}"


class FollowFigure(models.Model):
    """What the person counted in a month, and the books do not know."""

    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="follow_figures", verbose_name=_("personne")
    )
    measure = models.CharField(_("mesure"), max_length=10, choices=Measure)
    month = models.DateField(_("mois"))
    amount = models.DecimalField(_("compté"), max_digits=12, decimal_places=2)
    typed_by = models.ForeignKey(
        "people.User", models.PROTECT, null=True, related_name="+", verbose_name=_("saisi par")
    )
    typed_at = models.DateTimeField(_("saisi le"), default=timezone.now)

    class Meta:
        verbose_name = _("chiffre de suivi")
        verbose_name_plural = _("chiffres de suivi")
        ordering = ["month", "measure"]
        constraints = [
            models.UniqueConstraint(fields=["person", "measure", "month"], name="followfigure_once_a_month"),
            models.CheckConstraint(name="followfigure_is_typed", condition=Q(measure__in=TYPED)),
            models.CheckConstraint(name="followfigure_first_of_month", condition=Q(month__day=1)),
            models.CheckConstraint(name="followfigure_positive", condition=Q(amount__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.get_measure_display()} · {self.month:%m/%Y}"


class FollowNote(models.Model):
    """What the advisor says of a period, read by the person."""

    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="follow_notes", verbose_name=_("personne")
    )
    rhythm = models.CharField(_("période"), max_length=8, choices=Rhythm)
    starts_on = models.DateField(_("début de la période"))
    text = models.TextField(_("avis"))
    author = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name=_("par"))
    written_at = models.DateTimeField(_("écrit le"), default=timezone.now)

    class Meta:
        verbose_name = _("avis sur une période")
        verbose_name_plural = _("avis sur les périodes")
        ordering = ["-starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "rhythm", "starts_on"], name="follownote_once_a_period"
            ),
            models.CheckConstraint(name="follownote_rhythm_known", condition=Q(rhythm__in=Rhythm.values)),
            models.CheckConstraint(name="follownote_says_something", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on:%m/%Y}"
