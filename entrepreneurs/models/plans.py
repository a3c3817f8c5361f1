"""The action plan of a person, written by both sides, for as long as they stay (ENT-55)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from entrepreneurs.models.referents import coached_persons
from entrepreneurs.states.plans import (
    ACTION_SHAPES,
    GOAL_SHAPES,
    WAITING,
    ActionState,
    GoalKind,
    GoalState,
)


class PlanQuerySet(models.QuerySet[Any]):
    """Questions about goals and actions alike."""

    def visible_to(self, user: Any) -> PlanQuerySet:
        own = getattr(user, "person_id", None)
        mine = Q(person=own) if own else Q(pk__in=[])
        return self.filter(mine | Q(person__in=coached_persons(user)))


class PlanGoal(models.Model):
    """What the person wants to reach."""

    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="plan_goals", verbose_name=_("personne")
    )
    activity = models.ForeignKey(
        "entrepreneurs.Activity",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="plan_goals",
        verbose_name=_("activité"),
    )
    kind = models.CharField(_("sorte"), max_length=12, choices=GoalKind)
    label = models.CharField(_("objectif"), max_length=200)
    due_on = models.DateField(_("pour le"), null=True, blank=True)
    state = models.CharField(
        _("état"), max_length=8, choices=GoalState, default=GoalState.OPEN, editable=False
    )
    state_since = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        "people.User", models.PROTECT, null=True, related_name="+", verbose_name=_("posé par")
    )
    created_at = models.DateTimeField(_("posé le"), default=timezone.now, editable=False)

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("objectif")
        verbose_name_plural = _("objectifs")
        ordering = ["state", "due_on", "pk"]
        constraints = [
            models.CheckConstraint(name="plangoal_kind_known", condition=Q(kind__in=GoalKind.values)),
            models.CheckConstraint(name="plangoal_state_known", condition=Q(state__in=GoalState.values)),
            models.CheckConstraint(name="plangoal_says_something", condition=~Q(label="")),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def status(self) -> tuple[str, str, Any]:
        return (*GOAL_SHAPES[self.state], self.get_state_display())


class PlanAction(models.Model):
    """One thing that somebody will do, for a goal or for none."""

    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="plan_actions", verbose_name=_("personne")
    )
    goal = models.ForeignKey(
        PlanGoal,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="actions",
        verbose_name=_("objectif"),
    )
    label = models.CharField(_("action"), max_length=200)
    owner = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="actions_to_do", verbose_name=_("par")
    )
    due_on = models.DateField(_("pour le"), null=True, blank=True)
    state = models.CharField(
        _("état"), max_length=8, choices=ActionState, default=ActionState.TODO, editable=False
    )
    state_since = models.DateTimeField(default=timezone.now, editable=False)
    report = models.ForeignKey(
        "entrepreneurs.MeetingReport",
        models.PROTECT,
        null=True,
        related_name="actions",
        verbose_name=_("décidée au compte rendu"),
    )
    interview = models.ForeignKey(
        "entrepreneurs.Interview",
        models.PROTECT,
        null=True,
        related_name="plan_actions",
        verbose_name=_("décidée à l’entretien"),
    )
    created_by = models.ForeignKey(
        "people.User", models.PROTECT, null=True, related_name="+", verbose_name=_("posée par")
    )
    created_at = models.DateTimeField(_("posée le"), default=timezone.now, editable=False)

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("action du plan")
        verbose_name_plural = _("actions du plan")
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["owner", "state", "due_on"], name="planaction_owner")]
        constraints = [
            models.CheckConstraint(name="planaction_state_known", condition=Q(state__in=ActionState.values)),
            models.CheckConstraint(name="planaction_says_something", condition=~Q(label="")),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def status(self) -> tuple[str, str, Any]:
        return (*ACTION_SHAPES[self.state], self.get_state_display())

    def is_late(self, on: date) -> bool:
        return self.state in WAITING and self.due_on is not None and self.due_on < on
