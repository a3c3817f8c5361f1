"""The words of the steps of an application, and the list that leads to them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext

from entrepreneurs.calculations.steps import StepCode
from entrepreneurs.selectors.answers import STEP_LABELS
from entrepreneurs.selectors.applications import StepAt
from entrepreneurs.states.applications import Door

DOOR_HELPS: dict[str, Any] = {
    Door.ACTIVITY: gettext_lazy("Vous vendez déjà, ou vous savez à qui vous allez vendre."),
    Door.IDEA: gettext_lazy("Vous voulez la mettre au clair et la tester, entouré·e."),
    Door.COLLECTIVE: gettext_lazy("Vous n’apportez pas d’activité : vous rejoignez celle d’un collectif."),
}
STEP_LEADS: dict[StepCode, Any] = {
    StepCode.YOU: gettext_lazy("Pour savoir qui vous êtes et comment vous joindre."),
    StepCode.PROJECT: gettext_lazy("Avec vos mots : personne n’attend un dossier fini."),
    StepCode.SKILLS: gettext_lazy("Ce que vous apportez, d’où que cela vienne."),
    StepCode.TESTED: gettext_lazy("Une activité déjà testée n’est pas exigée : dites où vous en êtes."),
    StepCode.MEANING: gettext_lazy(
        "La coopérative se partage : voici ce qui la tient, et ce qui vous tient."
    ),
    StepCode.PLACE: gettext_lazy("Pour que l’équipe la plus proche vous réponde."),
    StepCode.DOCUMENTS: gettext_lazy("Une photo de téléphone suffit. Rien de plus n’est demandé à ce stade."),
    StepCode.CHECK: "",
}


def step_label(code: StepCode) -> str:
    return str(STEP_LABELS[code])


def step_items(key: str, steps: Iterable[StepAt]) -> list[dict[str, Any]]:
    """The task list, as `components/steps.html` draws it."""
    return [
        {
            "label": step_label(step.code),
            "state": step.state.value,
            "url": _address(key, step.code),
            "hint": _hint(step),
        }
        for step in steps
    ]


def _address(key: str, code: StepCode) -> str:
    if code is StepCode.CHECK:
        return reverse("entrepreneurs:application_check", args=[key])
    return reverse("entrepreneurs:application_step", args=[key, code.value])


def _hint(step: StepAt) -> str:
    if step.state.value != "partial":
        return ""
    count = len(step.missing)
    words = ngettext("Il manque encore %(count)d réponse.", "Il manque encore %(count)d réponses.", count)
    return words % {"count": count}
