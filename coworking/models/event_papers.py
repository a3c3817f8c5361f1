"""The papers of an event: its programme, the kit of a workshop, a report (COW-28, COW-38)."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from coworking.models.events import Event, EventPart
from coworking.states.events import PaperFor


class EventPaper(models.Model):
    """A document of an event, or of a part of it, and for whom it is."""

    event = models.ForeignKey(Event, models.PROTECT, related_name="papers", verbose_name=_("événement"))
    # A kit of a part is for who leads that part; without part, for all those who lead one.
    part = models.ForeignKey(
        EventPart, models.PROTECT, null=True, blank=True, related_name="papers", verbose_name=_("partie")
    )
    document = models.OneToOneField(
        "core.Document", models.PROTECT, related_name="+", verbose_name=_("fichier")
    )
    title = models.CharField(_("intitulé"), max_length=120)
    audience = models.CharField(_("pour qui"), max_length=10, choices=PaperFor, default=PaperFor.REGISTERED)
    position = models.PositiveSmallIntegerField(_("ordre"), default=0)

    class Meta:
        verbose_name = _("document d’un événement")
        verbose_name_plural = _("documents d’un événement")
        ordering = ["event", "position", "pk"]
        constraints = [
            models.CheckConstraint(name="eventpaper_titled", condition=~Q(title="")),
            models.CheckConstraint(
                name="eventpaper_audience_known", condition=Q(audience__in=PaperFor.values)
            ),
            models.UniqueConstraint("event", Lower("title"), name="eventpaper_once"),
        ]
        triggers = [pgtrigger.ReadOnly(name="eventpaper_kept", fields=["event", "document"])]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Where who may read it opens it, signed in or not."""
        return reverse("coworking:agenda_paper", args=[self.event.slug, self.pk])
