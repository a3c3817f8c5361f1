"""The answers of an application in words: for its candidate before sending, for who welcomes, to download."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core.options import lists_on
from cae.core.templatetags.formats import day, money
from entrepreneurs.calculations.steps import StepCode, questions_of
from entrepreneurs.models import Application
from entrepreneurs.selectors.applications import papers_of
from entrepreneurs.selectors.papers import shown_papers
from entrepreneurs.states.applications import ENTRY_STATUS, REFERRAL, TESTED_AS

STEP_LABELS: dict[StepCode, Any] = {
    StepCode.YOU: gettext_lazy("Vous"),
    StepCode.PROJECT: gettext_lazy("Votre projet"),
    StepCode.SKILLS: gettext_lazy("Vos compétences"),
    StepCode.TESTED: gettext_lazy("Votre activité déjà testée"),
    StepCode.MEANING: gettext_lazy("Sens du projet"),
    StepCode.PLACE: gettext_lazy("Territoire et collectif"),
    StepCode.DOCUMENTS: gettext_lazy("Documents"),
    StepCode.CHECK: gettext_lazy("Vérifier et envoyer"),
}
# Asked only when a rule of the day looks at it: not shown when it was not.
NOT_ALWAYS = ("costs_12_months",)
_LISTS = {"entry_status": ENTRY_STATUS, "referral": REFERRAL, "tested_as": TESTED_AS}


@dataclass(frozen=True)
class Answer:
    """A question in words, and what was answered; nothing when it was left."""

    name: str
    question: str
    said: str


@dataclass(frozen=True)
class Section:
    """The answers of one step."""

    code: StepCode
    label: Any
    answers: list[Answer]


def answer_sections(application: Application, on: date) -> list[Section]:
    """Gives what was answered step by step, in words, with the charter and the papers."""
    words = lists_on(_LISTS.values(), on=on)
    sections = []
    for step in StepCode:
        if step is StepCode.CHECK:
            continue
        names = [
            name
            for name in questions_of(step, application.door)
            if name not in NOT_ALWAYS or getattr(application, name) is not None
        ]
        answers = [_answer(application, name, words) for name in names]
        if step is StepCode.YOU:
            answers.insert(2, Answer("email", _("Adresse e-mail"), application.email))
        if step is StepCode.MEANING and application.charter is not None:
            said = _("%(charter)s, signée « %(name)s »") % {
                "charter": application.charter,
                "name": application.charter_typed,
            }
            answers.append(Answer("charter", _("Charte des valeurs"), said))
        if step is StepCode.DOCUMENTS:
            answers += _papers(application, on)
        sections.append(Section(step, STEP_LABELS[step], answers))
    return sections


def _papers(application: Application, on: date) -> list[Answer]:
    return [
        Answer("paper", shown.label, shown.paper.document.name if shown.paper.document else shown.look[2])
        for shown in shown_papers(papers_of(application), on)
    ]


def _answer(application: Application, name: str, words: Mapping[str, Any]) -> Answer:
    field = application._meta.get_field(name)
    label = str(field.verbose_name)  # type: ignore[union-attr]
    value = getattr(application, name)
    if name in _LISTS and value:
        value = words[_LISTS[name]].label_of(value)
    return Answer(name, label[:1].upper() + label[1:], said(value))


def said(value: Any) -> str:
    """An answer as people say it."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("Oui") if value else _("Non")
    if isinstance(value, Decimal):
        return str(money(value))
    return str(day(value)) if isinstance(value, date) else str(value)


def conflicts_of(application: Application, typed: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Gives (question, what is stored) where another window saved something else than what is typed here."""
    found = []
    for name, value in typed.items():
        stored = getattr(application, name)
        if stored != value:
            label = str(application._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
            found.append((label[:1].upper() + label[1:], said(stored) or _("rien")))
    return found


def answers_as_text(application: Application, on: date) -> str:
    """Gives every answer as a plain text that its candidate keeps."""
    lines = [str(application), application.get_door_display()]
    for section in answer_sections(application, on):
        lines += ["", str(section.label), "-" * len(str(section.label))]
        lines += [f"{answer.question} : {answer.said or '—'}" for answer in section.answers]
    return "\n".join(lines) + "\n"
