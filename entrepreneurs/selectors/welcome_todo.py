"""What waits for those who welcome, sit in a committee, or are asked an opinion (CAE-07)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from cae.core import permissions
from cae.core.facts import Todo
from entrepreneurs.models import SlotInvitation
from entrepreneurs.selectors.committees import voices_waiting_for
from entrepreneurs.selectors.feasibility import opinions_waiting_for
from entrepreneurs.selectors.reviews import reviews_asked_of
from entrepreneurs.selectors.stages import cards_late
from entrepreneurs.states.applications import ApplicationState
from entrepreneurs.states.stages import InvitationState


def todos(user: Any, today: date) -> list[Todo]:
    """Grids to mark, cards that stay too long, candidates without an answer; voices and opinions owed."""
    found = [_opinions(user)] if user.person_id else []
    if permissions.can(user, "entrepreneurs.view_committees"):
        found.append(_voices(user))
    if permissions.can(user, "entrepreneurs.move_application"):
        found += [_grids(user), _late(user, today), _silent(user)]
    return [todo for todo in found if todo is not None]


def _opinions(user: Any) -> Todo | None:
    rows = list(opinions_waiting_for(user)[:20])
    if not rows:
        return None
    label = ngettext(
        "Donner votre avis sur une candidature", "Donner votre avis sur %(count)d candidatures", len(rows)
    )
    return Todo(
        label % {"count": len(rows)},
        reverse("entrepreneurs:opinion_give", args=[rows[0].pk]),
        since=rows[0].asked_on,
        count=len(rows),
    )


def _voices(user: Any) -> Todo | None:
    rows = list(voices_waiting_for(user)[:50])
    if not rows:
        return None
    label = ngettext(
        "Donner votre voix sur %(count)d dossier du comité",
        "Donner votre voix sur %(count)d dossiers du comité",
        len(rows),
    )
    return Todo(
        label % {"count": len(rows)},
        reverse("entrepreneurs:committee_detail", args=[rows[0].committee_id]),
        due=rows[0].committee.held_on,
        count=len(rows),
    )


def _grids(user: Any) -> Todo | None:
    rows = list(reviews_asked_of(user).values_list("pk", "review_requests__asked_on")[:50])
    if not rows:
        return None
    label = ngettext(
        "Remplir la grille d’une candidature", "Remplir la grille de %(count)d candidatures", len(rows)
    )
    return Todo(
        label % {"count": len(rows)},
        reverse("entrepreneurs:grid_mark", args=[rows[0][0]]),
        since=rows[0][1],
        count=len(rows),
    )


def _late(user: Any, today: date) -> Todo | None:
    cards = cards_late(user, today)
    if not cards:
        return None
    label = ngettext(
        "Avancer %(count)d candidature en retard", "Avancer %(count)d candidatures en retard", len(cards)
    )
    return Todo(
        label % {"count": len(cards)},
        reverse("entrepreneurs:board"),
        since=cards[0].since,
        count=len(cards),
    )


def _silent(user: Any) -> Todo | None:
    rows = SlotInvitation.objects.filter(
        advisor=user.person_id,
        state=InvitationState.NO_ANSWER,
        application__state=ApplicationState.SUBMITTED,
    ).order_by("ended_at")
    silent = [row for row in rows[:50] if row.ended_at is not None]
    if not silent:
        return None
    label = ngettext(
        "Décider d’une candidature sans réponse",
        "Décider de %(count)d candidatures sans réponse",
        len(silent),
    )
    return Todo(
        label % {"count": len(silent)},
        reverse("entrepreneurs:candidate_file", args=[silent[0].application_id]),
        since=timezone.localdate(silent[0].ended_at),
        count=len(silent),
    )
