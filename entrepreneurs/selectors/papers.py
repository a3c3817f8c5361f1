"""Questions about papers: what is asked of somebody, and what one may check."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from cae.core.options import options_on
from entrepreneurs.models import DocumentRequest
from entrepreneurs.states.papers import PAPER_KIND
from people.models import Person


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
