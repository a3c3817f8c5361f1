"""The result of a collective, shared out to its members: once a day, kept, undone by a counter-entry."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounting.models.sight import seen_activity_ids, sees_all_books
from cae.core.fields import MoneyField
from cae.core.permanence import append_only
from people.models.periods import DateSpan


class ResultSharingQuerySet(models.QuerySet["ResultSharing"]):
    def visible_to(self, user: Any) -> ResultSharingQuerySet:
        """Those of the activities whose accounts this person reads, and those that gave them a part."""
        if sees_all_books(user):
            return self
        mine = Q(parts__person__isnull=False, parts__person=user.person_id)
        return self.filter(Q(activity__in=seen_activity_ids(user)) | mine).distinct()


class ResultSharing(models.Model):
    """One sharing of the result of some days. No day is shared twice, unless the first was undone."""

    activity = models.ForeignKey(
        "entrepreneurs.Activity", models.PROTECT, related_name="sharings", verbose_name=_("activité")
    )
    starts_on = models.DateField(_("du"))
    ends_on = models.DateField(_("au"))
    result = MoneyField(_("résultat réparti"))
    contribution = MoneyField(_("dont contribution"))
    entry = models.OneToOneField(
        "accounting.Entry", models.PROTECT, null=True, related_name="sharing", verbose_name=_("écriture")
    )
    reversal = models.OneToOneField(
        "accounting.Entry", models.PROTECT, null=True, related_name="+", verbose_name=_("contre-passée par")
    )
    # How it was found, as it was shown: each segment with its key.
    working = models.JSONField(_("détail du calcul"))
    is_undone = models.BooleanField(_("annulée"), default=False)
    undo_reason = models.CharField(_("motif de l’annulation"), max_length=150, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("décidée par")
    )
    created_at = models.DateTimeField(_("décidée le"), default=timezone.now, editable=False)

    objects = ResultSharingQuerySet.as_manager()

    class Meta:
        verbose_name = _("répartition de résultat")
        verbose_name_plural = _("répartitions de résultat")
        ordering = ["-ends_on", "-pk"]
        constraints = [
            models.CheckConstraint(name="sharing_dates", condition=Q(ends_on__gte=F("starts_on"))),
            models.CheckConstraint(
                name="sharing_undone_by_entry",
                condition=Q(reversal__isnull=True) | Q(is_undone=True),
            ),
            ExclusionConstraint(
                name="sharing_once_a_day",
                expressions=[
                    ("activity", RangeOperators.EQUAL),
                    (DateSpan("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
                condition=Q(is_undone=False),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="sharing_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="sharing_undone_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__is_undone=True),
            ),
            pgtrigger.ReadOnly(
                name="sharing_frozen",
                fields=["activity", "starts_on", "ends_on", "result", "contribution", "working"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity} · {self.starts_on:%d/%m/%Y} – {self.ends_on:%d/%m/%Y}"

    def get_absolute_url(self) -> str:
        return reverse("accounting:sharing_detail", args=[self.pk])


class ResultSharePart(models.Model):
    """What one member received: before contribution, their part of it, and the section it went to."""

    sharing = models.ForeignKey(
        ResultSharing, models.PROTECT, related_name="parts", verbose_name=_("répartition de résultat")
    )
    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="result_parts", verbose_name=_("personne")
    )
    section = models.ForeignKey(
        "accounting.AnalyticAccount", models.PROTECT, related_name="+", verbose_name=_("section analytique")
    )
    result = MoneyField(_("part du résultat avant contribution"))
    contribution = MoneyField(_("part de la contribution"))
    amount = MoneyField(_("part nette"))

    class Meta:
        verbose_name = _("part de résultat")
        verbose_name_plural = _("parts de résultat")
        ordering = ["sharing", "pk"]
        constraints = [
            models.UniqueConstraint(name="resultpart_once", fields=["sharing", "person"]),
            models.CheckConstraint(
                name="resultpart_adds_up", condition=Q(amount=F("result") - F("contribution"))
            ),
        ]
        triggers = append_only("resultpart")

    def __str__(self) -> str:
        return f"{self.person}"
