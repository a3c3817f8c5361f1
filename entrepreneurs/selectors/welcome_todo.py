"""What waits for those who welcome, sit in a committee, or are asked an opinion (CAE-07)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import ngettext

from cae.core import permissions
from cae.core.facts import Awaited, Todo
from cae.core.questions import Given, Pile, Tally
from entrepreneurs.models import SlotInvitation
from entrepreneurs.selectors.committees import NEAREST_WAITING, sits_in, voices_owed
from entrepreneurs.selectors.feasibility import opinions_owed, opinions_waiting_for
from entrepreneurs.selectors.reviews import reviews_asked_of, reviews_owed
from entrepreneurs.selectors.stages import cards_to_move, late_since
from entrepreneurs.states.applications import ApplicationState
from entrepreneurs.states.stages import InvitationState


def _of_account(user: Any, today: date) -> dict[str, Any] | None:
    return {"user": user.pk, "person": user.person_id} if user.person_id else None


def _of_member(user: Any, today: date) -> dict[str, Any] | None:
    """For those named in a committee, which is read with the roles."""
    return {"user": user.pk} if sits_in(user) else None


def _of_worker(user: Any, today: date) -> dict[str, Any] | None:
    may = permissions.can(user, "entrepreneurs.move_application")
    return {"user": user.pk, "person": user.person_id} if may else None


def _opinions(user: Any, today: date, owed: Tally) -> Iterator[Todo]:
    first = opinions_waiting_for(user).first()
    if first is None:
        return
    label = ngettext(
        "Donner votre avis sur une candidature", "Donner votre avis sur %(count)d candidatures", owed.count
    )
    yield Todo(
        label % {"count": owed.count},
        reverse("entrepreneurs:opinion_give", args=[first.pk]),
        since=owed.since,
        count=owed.count,
    )


def _voices(user: Any, today: date, owed: Tally) -> Iterator[Todo]:
    committee = NEAREST_WAITING.first(user=user.pk)
    if committee is None:
        return
    label = ngettext(
        "Donner votre voix sur %(count)d dossier du comité",
        "Donner votre voix sur %(count)d dossiers du comité",
        owed.count,
    )
    yield Todo(
        label % {"count": owed.count},
        reverse("entrepreneurs:committee_detail", args=[committee]),
        due=owed.since,
        count=owed.count,
    )


def _grids(user: Any, today: date, _owed: Tally) -> Iterator[Todo]:
    rows = list(reviews_asked_of(user).values_list("pk", "review_requests__asked_on")[:50])
    if not rows:
        return
    label = ngettext(
        "Remplir la grille d’une candidature", "Remplir la grille de %(count)d candidatures", len(rows)
    )
    yield Todo(
        label % {"count": len(rows)},
        reverse("entrepreneurs:grid_mark", args=[rows[0][0]]),
        since=rows[0][1],
        count=len(rows),
    )


def _late(user: Any, today: date, _waiting: Tally) -> Iterator[Todo]:
    late = late_since(user, today)
    if not late:
        return
    label = ngettext(
        "Avancer %(count)d candidature en retard", "Avancer %(count)d candidatures en retard", len(late)
    )
    yield Todo(label % {"count": len(late)}, reverse("entrepreneurs:board"), since=late[0], count=len(late))


def _silent(user: Any, today: date, silent: Tally) -> Iterator[Todo]:
    first = _without_answer(user.person_id).order_by("ended_at").first()
    if first is None:
        return
    label = ngettext(
        "Décider d’une candidature sans réponse",
        "Décider de %(count)d candidatures sans réponse",
        silent.count,
    )
    yield Todo(
        label % {"count": silent.count},
        reverse("entrepreneurs:candidate_file", args=[first.application_id]),
        since=silent.since,
        count=silent.count,
    )


def _without_answer(advisor: Any) -> QuerySet[SlotInvitation]:
    return SlotInvitation.objects.filter(
        advisor=advisor,
        state=InvitationState.NO_ANSWER,
        application__state=ApplicationState.SUBMITTED,
        ended_at__isnull=False,
    )


# Grids to mark, cards that stay too long, candidates without an answer; voices and opinions owed.
AWAITED = (
    Awaited(
        Pile("entrepreneurs.opinions", lambda: (opinions_owed(Given("person")), "asked_on")),
        _of_account,
        _opinions,
    ),
    Awaited(
        Pile("entrepreneurs.voices", lambda: (voices_owed(Given("user")), "committee__held_on")),
        _of_member,
        _voices,
    ),
    Awaited(
        Pile("entrepreneurs.grids", lambda: (reviews_owed(Given("user")), "asked_on")), _of_worker, _grids
    ),
    Awaited(Pile("entrepreneurs.cards", lambda: (cards_to_move(), "sent_at")), _of_worker, _late),
    Awaited(
        Pile("entrepreneurs.silent", lambda: (_without_answer(Given("person")), "ended_at")),
        _of_worker,
        _silent,
    ),
)
