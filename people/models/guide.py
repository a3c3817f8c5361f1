"""A page that the cooperative adds to the guide, most often from an answer useful to all (CAE-11, CAE-23)."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.states.guide import GUIDE_SHAPES, MAX_PAGE, GuideState


class GuidePage(models.Model):
    """A question and its answer, in the words of the cooperative."""

    title = models.CharField(_("question"), max_length=120)
    text = models.TextField(_("réponse"), max_length=MAX_PAGE)
    request = models.OneToOneField(
        "people.Request",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="guide_page",
        verbose_name=_("demande d’où elle vient"),
    )
    state = models.CharField(
        _("état"), max_length=10, choices=GuideState, default=GuideState.DRAFT, editable=False
    )
    state_since = models.DateTimeField(_("depuis"), default=timezone.now, editable=False)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("écrite par")
    )
    changed_at = models.DateTimeField(_("modifiée le"), default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("page du guide")
        verbose_name_plural = _("pages du guide")
        ordering = ["title", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=GuideState.values), name="guidepage_state_known"),
            models.CheckConstraint(condition=~Q(title="") & ~Q(text=""), name="guidepage_says_something"),
        ]
        triggers = [pgtrigger.Protect(name="guidepage_kept", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("people:guide_page", args=[self.pk])

    @property
    def status(self) -> tuple[str, str, Any]:
        tone, shape = GUIDE_SHAPES[self.state]
        return tone, shape, self.get_state_display()
