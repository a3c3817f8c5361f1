"""Demands to join a collective, and what its members think of them (ENT-45, ENT-03)."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from entrepreneurs.models.activities import Activity
from entrepreneurs.states.agreements import JoinState
from people.states import ScopePart


class JoinRequestQuerySet(models.QuerySet["JoinRequest"]):
    def visible_to(self, user: Any) -> JoinRequestQuerySet:
        """One's own, and those of the activities that this person sees."""
        seen = Activity.objects.visible_to(user).order_by().values("pk")
        return self.filter(Q(activity__in=seen) | Q(person__isnull=False, person=user.person_id))


class JoinRequest(models.Model):
    """Somebody asks to be of a collective, or its members ask them: the other side answers."""

    activity = models.ForeignKey(
        "entrepreneurs.Activity", models.PROTECT, related_name="join_requests", verbose_name=_("activité")
    )
    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="join_requests", verbose_name=_("personne")
    )
    by_members = models.BooleanField(_("proposée par les membres"), default=False)
    part = models.CharField(
        _("rôle dans l’activité"), max_length=8, choices=ScopePart, default=ScopePart.MEMBER
    )
    message = models.TextField(_("message"), max_length=2000, blank=True)
    state = models.CharField(_("état"), max_length=10, choices=JoinState, default=JoinState.ASKED)
    state_since = models.DateTimeField(_("dans cet état depuis"), default=timezone.now, editable=False)
    asked_at = models.DateTimeField(_("demandée le"), default=timezone.now, editable=False)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("demandée par")
    )
    reason = models.CharField(_("motif"), max_length=300, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("répondue par")
    )

    objects = JoinRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("demande d’entrée")
        verbose_name_plural = _("demandes d’entrée")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=JoinState.values), name="joinrequest_state_known"),
            models.CheckConstraint(condition=Q(part__in=ScopePart.values), name="joinrequest_part_known"),
            models.UniqueConstraint(
                fields=["activity", "person"],
                condition=Q(state=JoinState.ASKED),
                name="joinrequest_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state=JoinState.REFUSED) | ~Q(reason=""), name="joinrequest_refused_for_a_reason"
            ),
        ]
        triggers = [pgtrigger.Protect(name="joinrequest_kept", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.person} → {self.activity}"

    def get_absolute_url(self) -> str:
        return reverse("entrepreneurs:join_detail", args=[self.pk])
