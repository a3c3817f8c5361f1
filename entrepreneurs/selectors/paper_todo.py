"""What papers and entries put on « À faire »: those to bring, one’s own entry, those to check."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cae.core.facts import Awaited, Todo
from cae.core.questions import Given, Pile, Tally
from entrepreneurs.models import DocumentRequest, EntryChecklist
from entrepreneurs.models.papers import CHECKER_KINDS
from entrepreneurs.states.papers import PaperState
from people.selectors import held_kinds
from people.selectors.persons import reach_of, within_reach


def _of_person(user: Any, today: date) -> dict[str, Any] | None:
    return {"person": user.person_id} if user.person_id is not None else None


def _missing(person: int | Given) -> QuerySet[DocumentRequest]:
    return DocumentRequest.objects.missing().filter(person=person)


def _to_bring(user: Any, today: date, missing: Tally) -> Iterator[Todo]:
    days = _missing(user.person_id).filter(due_on__isnull=False).order_by("due_on")
    label = ngettext("Déposer %(count)d document", "Déposer %(count)d documents", missing.count)
    yield Todo(
        label % {"count": missing.count},
        reverse("entrepreneurs:my_papers"),
        since=missing.since,
        due=days.values_list("due_on", flat=True).first(),
        count=missing.count,
    )


def _entries(person: int | Given) -> QuerySet[EntryChecklist]:
    return EntryChecklist.objects.filter(person=person, closed_on__isnull=True)


def _entry(user: Any, today: date, _tally: Tally) -> Iterator[Todo]:
    for entry in _entries(user.person_id)[:1]:
        yield Todo(
            _("Terminer mon entrée dans la coopérative"), entry.get_absolute_url(), since=entry.opened_on
        )


def _of_checker(user: Any, today: date) -> dict[str, Any] | None:
    kinds = held_kinds(user, today)
    return None if kinds.isdisjoint(CHECKER_KINDS) else reach_of(user, CHECKER_KINDS, today)


def _received() -> QuerySet[DocumentRequest]:
    return DocumentRequest.objects.to_check().filter(within_reach(), person__isnull=False)


def _to_check(user: Any, today: date, waiting: Tally) -> Iterator[Todo]:
    label = ngettext("Vérifier %(count)d document", "Vérifier %(count)d documents", waiting.count)
    url = f"{reverse('entrepreneurs:paper_list')}?state={PaperState.RECEIVED}"
    yield Todo(label % {"count": waiting.count}, url, since=waiting.since, count=waiting.count)


AWAITED = (
    Awaited(
        Pile("entrepreneurs.papers", lambda: (_missing(Given("person")), "asked_on")), _of_person, _to_bring
    ),
    Awaited(
        Pile("entrepreneurs.entry", lambda: (_entries(Given("person")), "opened_on")), _of_person, _entry
    ),
    Awaited(Pile("entrepreneurs.received", lambda: (_received(), "state_since")), _of_checker, _to_check),
)
