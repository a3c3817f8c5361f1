"""Action plans: what a goal is about, how an action moves (ENT-55)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from cae.core.workflow import Move, Workflow


class GoalKind(models.TextChoices):
    PROJECT = "project", _("Démarrage du projet")
    DEVELOPMENT = "development", _("Développement de l’activité")
    SKILLS = "skills", _("Compétences")
    COOPERATIVE = "cooperative", _("Place dans la coopérative")


class GoalState(models.TextChoices):
    OPEN = "open", _("En cours")
    REACHED = "reached", _("Atteint")
    DROPPED = "dropped", _("Abandonné")


class ActionState(models.TextChoices):
    TODO = "todo", _("À faire")
    DOING = "doing", _("En cours")
    DONE = "done", _("Faite")
    DROPPED = "dropped", _("Abandonnée")


# What still waits for somebody.
WAITING: tuple[str, ...] = (ActionState.TODO, ActionState.DOING)

_RIGHT = "entrepreneurs.write_plan"

GOAL_FLOW = Workflow(
    "entrepreneurs.goal",
    [
        Move("reach", (GoalState.OPEN,), GoalState.REACHED, _RIGHT, _("Atteint")),
        Move("drop", (GoalState.OPEN,), GoalState.DROPPED, _RIGHT, _("Abandonner")),
        Move("reopen", (GoalState.REACHED, GoalState.DROPPED), GoalState.OPEN, _RIGHT, _("Rouvrir")),
    ],
)

ACTION_FLOW = Workflow(
    "entrepreneurs.action",
    [
        Move("start", (ActionState.TODO,), ActionState.DOING, _RIGHT, _("Commencer")),
        Move("finish", WAITING, ActionState.DONE, _RIGHT, _("C’est fait")),
        Move("drop", WAITING, ActionState.DROPPED, _RIGHT, _("Abandonner")),
        Move("reopen", (ActionState.DONE, ActionState.DROPPED), ActionState.TODO, _RIGHT, _("Rouvrir")),
    ],
)

ACTION_SHAPES: dict[str, tuple[str, str]] = {
    ActionState.TODO: ("neutral", "◇"),
    ActionState.DOING: ("info", "■"),
    ActionState.DONE: ("success", "✔"),
    ActionState.DROPPED: ("neutral", "✕"),
}
GOAL_SHAPES: dict[str, tuple[str, str]] = {
    GoalState.OPEN: ("info", "◇"),
    GoalState.REACHED: ("success", "✔"),
    GoalState.DROPPED: ("neutral", "✕"),
}
