"""Alerts as rows: computed each night, then taken, muted for a reason or closed by somebody (ENT-60)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from entrepreneurs.models.referents import coached_persons
from entrepreneurs.states.signals import SHAPES, AlertState, SignalKind


class AlertQuerySet(models.QuerySet["Alert"]):
    """Questions about alerts."""

    def visible_to(self, user: Any) -> AlertQuerySet:
        """One’s own, and those of the people one follows."""
        own = getattr(user, "person_id", None)
        mine = Q(person=own) if own else Q(pk__in=[])
        return self.filter(mine | Q(person__in=coached_persons(user)))

    def loud(self, on: date) -> AlertQuerySet:
        """To be looked at on a day: open or taken, or muted until an earlier day."""
        return self.filter(
            Q(state__in=[AlertState.OPEN, AlertState.TAKEN]) | Q(state=AlertState.MUTED, muted_until__lt=on)
        )


class Alert(models.Model):
    """One sign about one person; there is one of a kind at a time, until it is closed."""

    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="alerts", verbose_name=_("personne")
    )
    activity = models.ForeignKey(
        "entrepreneurs.Activity",
        models.PROTECT,
        null=True,
        related_name="alerts",
        verbose_name=_("activité"),
    )
    kind = models.CharField(_("signe"), max_length=14, choices=SignalKind)
    # The figure that raised it: euros, days, a share; and the day it speaks of.
    value = models.DecimalField(_("chiffre"), max_digits=12, decimal_places=2, null=True)
    day = models.DateField(_("jour"), null=True)
    raised_on = models.DateField(_("apparue le"))
    state = models.CharField(
        _("état"), max_length=6, choices=AlertState, default=AlertState.OPEN, editable=False
    )
    state_since = models.DateTimeField(default=timezone.now, editable=False)
    taken_by = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, related_name="alerts_taken", verbose_name=_("prise par")
    )
    muted_until = models.DateField(_("en sourdine jusqu’au"), null=True)
    reason = models.CharField(_("motif"), max_length=300, blank=True)

    objects = AlertQuerySet.as_manager()

    class Meta:
        verbose_name = _("alerte de suivi")
        verbose_name_plural = _("alertes de suivi")
        ordering = ["-raised_on", "pk"]
        constraints = [
            models.CheckConstraint(name="alert_kind_known", condition=Q(kind__in=SignalKind.values)),
            models.CheckConstraint(name="alert_state_known", condition=Q(state__in=AlertState.values)),
            models.UniqueConstraint(
                fields=["person", "kind"],
                condition=~Q(state=AlertState.CLOSED),
                name="alert_one_of_a_kind",
            ),
            models.CheckConstraint(
                name="alert_muted_for_a_reason",
                condition=~Q(state=AlertState.MUTED) | Q(muted_until__isnull=False) & ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="alert_closed_for_a_reason", condition=~Q(state=AlertState.CLOSED) | ~Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.person}"

    @property
    def status(self) -> tuple[str, str, Any]:
        return (*SHAPES[self.state], self.get_state_display())
