"""Questions about papers: what is asked of somebody, what waits to be checked, what « À faire » says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cae.core.facts import Todo
from cae.core.options import options_on
from cae.core.questions import Given, Question
from entrepreneurs.models import DocumentRequest, EntryChecklist
from entrepreneurs.models.papers import CHECKER_KINDS
from entrepreneurs.states.papers import PAPER_KIND, PaperState
from people.models import Person
from people.selectors import held_kinds


@dataclass(frozen=True)
class PaperShown:
    """A paper in the words of a page."""

    paper: DocumentRequest
    label: str
    look: tuple[str, str, str]


def shown_papers(papers: Iterable[DocumentRequest], on: date) -> list[PaperShown]:
    """Gives papers with their words, in one question of words."""
    words = options_on(PAPER_KIND, on=on)
    return [PaperShown(paper, _label(paper, words), paper.status) for paper in papers]


def _label(paper: DocumentRequest, words: Any) -> str:
    label = words.label_of(paper.kind)
    return f"{label} ({paper.precision})" if paper.precision else label


def papers_asked_of(person: Person) -> QuerySet[DocumentRequest]:
    """Gives every paper asked of a person, those missing first."""
    return DocumentRequest.objects.filter(person=person).select_related("document").order_by("due_on", "pk")


def papers_listed(user: Any) -> QuerySet[DocumentRequest]:
    """Gives the papers that this person may check, in one query."""
    return DocumentRequest.objects.checked_by(user).select_related("person", "document")


_OPEN_ENTRY = Question(
    lambda: EntryChecklist.objects.filter(person=Given("person"), closed_on__isnull=True)[:1]
)


def todos(user: Any, today: date) -> list[Todo]:
    """Papers missing and lines of one's entry; for those who check, the papers that came."""
    found: list[Todo] = []
    if user.person_id is not None:
        found += _own(user)
    if not held_kinds(user, today).isdisjoint(CHECKER_KINDS):
        found += _to_check(user)
    return found


def _own(user: Any) -> list[Todo]:
    missing = DocumentRequest.objects.missing().filter(person=user.person_id)
    papers = list(missing.order_by("due_on").values_list("due_on", "asked_on"))
    found = []
    if papers:
        label = ngettext("Déposer %(count)d document", "Déposer %(count)d documents", len(papers))
        due = min((day for day, _asked in papers if day is not None), default=None)
        since = min(asked for _due, asked in papers)
        found.append(
            Todo(
                label % {"count": len(papers)},
                reverse("entrepreneurs:my_papers"),
                since=since,
                due=due,
                count=len(papers),
            )
        )
    entry = _OPEN_ENTRY.first(person=user.person_id)
    if entry is not None:
        found.append(
            Todo(
                _("Terminer mon entrée dans la coopérative"), entry.get_absolute_url(), since=entry.opened_on
            )
        )
    return found


def _to_check(user: Any) -> list[Todo]:
    waiting = list(
        DocumentRequest.objects.checked_by(user)
        .to_check()
        .order_by("state_since")
        .values_list("state_since", flat=True)
    )
    if not waiting:
        return []
    label = ngettext("Vérifier %(count)d document", "Vérifier %(count)d documents", len(waiting))
    return [
        Todo(
            label % {"count": len(waiting)},
            f"{reverse('entrepreneurs:paper_list')}?state={PaperState.RECEIVED}",
            since=waiting[0].date(),
            count=len(waiting),
        )
    ]
