"""What waits for the data officer on the first page: requests, incidents, files to erase."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import ngettext

from cae.core import permissions
from cae.core.facts import Awaited, Todo, Told
from cae.core.questions import Given, Pile, Tally
from people.models import DataIncident, DataRequest, RetentionProposal
from people.selectors.banks import banks_to_confirm
from people.states.data_requests import NOTIFY_WITHIN, DataRequestState, IncidentState
from people.states.retention import ProposalState


def _with_right(right: str) -> Told:
    def told(user: Any, today: date) -> dict[str, Any] | None:
        return {} if permissions.can(user, right) else None

    return told


def _requests() -> QuerySet[DataRequest]:
    return DataRequest.objects.filter(state=DataRequestState.RECEIVED)


def _to_answer(user: Any, today: date, waiting: Tally) -> Iterator[Todo]:
    words = ngettext(
        "Répondre à %(count)d demande sur des données",
        "Répondre à %(count)d demandes sur des données",
        waiting.count,
    )
    url = _address(_requests, "people:data_request_list", waiting)
    yield Todo(words % {"count": waiting.count}, url, due=waiting.since, count=waiting.count)


def _incidents() -> QuerySet[DataIncident]:
    return DataIncident.objects.filter(state=IncidentState.OPEN)


def _to_notify(user: Any, today: date, known: Tally) -> Iterator[Todo]:
    words = ngettext(
        "Prévenir la CNIL de %(count)d incident", "Prévenir la CNIL de %(count)d incidents", known.count
    )
    url = _address(_incidents, "people:incident_list", known)
    yield Todo(words % {"count": known.count}, url, due=known.since + NOTIFY_WITHIN, count=known.count)


def _erasures() -> QuerySet[RetentionProposal]:
    return RetentionProposal.objects.filter(state=ProposalState.PROPOSED)


def _to_erase(user: Any, today: date, proposed: Tally) -> Iterator[Todo]:
    words = ngettext("Décider %(count)d effacement", "Décider %(count)d effacements", proposed.count)
    url = reverse("people:retention_list")
    yield Todo(words % {"count": proposed.count}, url, since=proposed.since, count=proposed.count)


def _address(rows: Callable[[], QuerySet[Any]], listed: str, tally: Tally) -> str:
    """The page of the only one, else the list."""
    return rows().get().get_absolute_url() if tally.count == 1 else reverse(listed)


def _of_confirmer(user: Any, _today: date) -> dict[str, Any] | None:
    return {"user": user.pk} if permissions.can(user, "people.confirm_bank") else None


def _banks(_user: Any, _today: date, given: Tally) -> Iterator[Todo]:
    words = ngettext(
        "Confirmer %(count)d compte bancaire", "Confirmer %(count)d comptes bancaires", given.count
    )
    yield Todo(
        words % {"count": given.count}, reverse("people:bank_list"), since=given.since, count=given.count
    )


AWAITED = (
    Awaited(
        Pile("people.banks", lambda: (banks_to_confirm(Given("user")), "asked_at")), _of_confirmer, _banks
    ),
    Awaited(
        Pile("people.data_incidents", lambda: (_incidents(), "known_at")),
        _with_right("people.change_incident"),
        _to_notify,
    ),
    Awaited(
        Pile("people.data_requests", lambda: (_requests(), "due_on")),
        _with_right("people.answer_data_request"),
        _to_answer,
    ),
    Awaited(
        Pile("people.erasures", lambda: (_erasures(), "proposed_at")),
        _with_right("people.decide_retention"),
        _to_erase,
    ),
)
