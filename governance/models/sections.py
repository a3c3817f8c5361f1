"""A section meeting before an assembly: where a part of the associates debates its agenda (GOV-19)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from governance.models.assemblies import Assembly


class SectionMeeting(models.Model):
    """A meeting of one section before an assembly: it debates the same agenda, nothing is voted there; once
    told, it is called off and never removed."""

    assembly = models.ForeignKey(
        Assembly, models.CASCADE, related_name="section_meetings", verbose_name=_("assemblée")
    )
    name = models.CharField(_("section"), max_length=120)
    starts_at = models.DateTimeField(_("le"))
    place = models.CharField(_("lieu"), max_length=200, blank=True)
    remote_link = models.URLField(_("lien de visioconférence"), max_length=300, blank=True)
    # Called off once the convocation told it: it stays, crossed out, with its reason.
    cancelled_at = models.DateTimeField(_("annulée le"), null=True, editable=False)
    cancel_reason = models.CharField(_("motif de l’annulation"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("réunion de section")
        verbose_name_plural = _("réunions de section")
        ordering = ["assembly", "starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="section_meeting_has_its_place", condition=~Q(place="") | ~Q(remote_link="")
            ),
            models.UniqueConstraint("assembly", Lower("name"), "starts_at", name="section_meeting_once"),
            models.CheckConstraint(
                name="section_meeting_cancelled_says_why",
                condition=Q(cancelled_at__isnull=True, cancel_reason="")
                | (Q(cancelled_at__isnull=False) & ~Q(cancel_reason="")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_held(self) -> bool:
        """Whether nobody called it off."""
        return self.cancelled_at is None
