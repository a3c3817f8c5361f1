"""What an activity gives to the shared services: the voted scale, who has it, and each amount taken."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Round
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounting.models.entries import Entry
from accounting.models.sight import seen_activity_ids, sees_all_books
from cae.core.fields import MoneyField, RateField
from cae.core.permanence import append_only
from people.models.periods import Dated, DatedQuerySet, DateSpan, coherent_dates


class ContributionScale(models.Model):
    """One version of a contribution scale (barème), as a vote decided it: flat rate on each document.

    Versions of one scale share their code; a fact is computed under the version in force on its own date.
    """

    code = models.SlugField(_("code"), max_length=30)
    label = models.CharField(_("libellé"), max_length=120)
    rate = RateField(_("taux"))
    valid_from = models.DateField(_("en vigueur depuis"))
    valid_to = models.DateField(_("jusqu’au"), null=True, blank=True)
    decided_by = models.CharField(_("décidé par"), max_length=200)
    is_default = models.BooleanField(_("donné aux nouvelles activités"), default=False)

    class Meta:
        verbose_name = _("barème de contribution")
        verbose_name_plural = _("barèmes de contribution")
        ordering = ["code", "-valid_from"]
        constraints = [
            models.CheckConstraint(name="scale_rate_share", condition=Q(rate__gte=0, rate__lte=1)),
            models.CheckConstraint(
                name="scale_period", condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from"))
            ),
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


class ContributionQuerySet(models.QuerySet["Contribution"]):
    def visible_to(self, user: Any) -> ContributionQuerySet:
        if sees_all_books(user):
            return self
        return self.filter(activity__in=seen_activity_ids(user))


class Contribution(models.Model):
    """What one document gave to the shared services, with its working: base × rate = due."""

    activity = models.ForeignKey(
        "entrepreneurs.Activity", models.PROTECT, related_name="contributions", verbose_name=_("activité")
    )
    scale = models.ForeignKey(ContributionScale, models.PROTECT, related_name="+", verbose_name=_("barème"))
    on = models.DateField(_("date"), db_index=True)
    document = models.CharField(_("document"), max_length=60)
    base = MoneyField(_("base"))
    rate = RateField(_("taux"))
    due = MoneyField(_("contribution"))
    entry = models.OneToOneField(
        Entry, models.PROTECT, null=True, related_name="contribution", verbose_name=_("écriture")
    )
    # The working of the invoice that a credit note gives back.
    corrects = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        related_name="corrections",
        verbose_name=_("rend la contribution de"),
    )

    objects = ContributionQuerySet.as_manager()

    class Meta:
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        ordering = ["on", "pk"]
        constraints = [
            # PostgreSQL rounds numeric half away from zero, as the rule says.
            models.CheckConstraint(
                name="contribution_working_true",
                condition=Q(corrects__isnull=False) | Q(due=Round(F("base") * F("rate"), precision=2)),
            ),
            models.CheckConstraint(
                name="contribution_posted_unless_nothing",
                condition=Q(due=0, entry__isnull=True) | (~Q(due=0) & Q(entry__isnull=False)),
            ),
        ]
        triggers = append_only("contribution")

    def __str__(self) -> str:
        return self.document
