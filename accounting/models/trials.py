"""A proposed scale played over past years for all activities, kept as it was found (ACC-22)."""

from __future__ import annotations

from functools import cached_property

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounting.calculations.contribution.reading import read_scale
from accounting.calculations.contribution.scales import Scale


class ScaleTrial(models.Model):
    """The rules proposed, the years played, and what each activity gave and would have given.

    Written in two times: what is asked, then the figures, once; nothing changes after."""

    title = models.CharField(_("intitulé"), max_length=120)
    rules = models.JSONField(_("règles"), encoder=DjangoJSONEncoder)
    years = ArrayField(models.PositiveSmallIntegerField(), verbose_name=_("années"))
    # [{year, rows: [[activity, name, now, then]]}]: names as they were that day.
    figures = models.JSONField(_("chiffres"), encoder=DjangoJSONEncoder, null=True, editable=False)
    done_at = models.DateTimeField(_("calculé le"), null=True, editable=False)
    document = models.OneToOneField(
        "core.Document", models.PROTECT, null=True, related_name="+", verbose_name=_("PDF"), editable=False
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("demandé par")
    )
    created_at = models.DateTimeField(_("demandé le"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("essai de barème")
        verbose_name_plural = _("essais de barème")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="trial_titled", condition=~Q(title="")),
            models.CheckConstraint(name="trial_some_years", condition=Q(years__len__range=(1, 10))),
            models.CheckConstraint(
                name="trial_figures_dated",
                condition=Q(figures__isnull=True, done_at__isnull=True)
                | Q(figures__isnull=False, done_at__isnull=False),
            ),
            models.CheckConstraint(
                name="trial_printed_once_done", condition=Q(document__isnull=True) | Q(done_at__isnull=False)
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="trial_frozen", fields=["title", "rules", "years", "created_by", "created_at"]
            ),
            pgtrigger.Protect(
                name="trial_figures_kept",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.done_at IS NOT NULL AND (OLD.figures, OLD.done_at) IS DISTINCT FROM"
                    " (NEW.figures, NEW.done_at)"
                ),
            ),
            pgtrigger.Protect(name="trial_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("accounting:trial_detail", args=[self.pk])

    @cached_property
    def rule(self) -> Scale:
        """The rules, as values that compute."""
        return read_scale(self.rules)
