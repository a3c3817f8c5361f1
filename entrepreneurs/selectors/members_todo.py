"""What waits in collectives for a person: agreements to sign, demands to answer (ENT-44, ENT-45)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.facts import Awaited, Todo
from cae.core.questions import Given, Pile, Tally
from entrepreneurs.selectors.agreements import (
    agreements_owed,
    agreements_signed_but_by,
    agreements_to_countersign,
    agreements_to_sign,
)
from entrepreneurs.selectors.members import joins_to_answer, requests_waiting_for
from people.selectors import held_kinds, scopes_of, scopes_with_part
from people.states import RoleKind, ScopePart


def _of_member(user: Any, today: date) -> dict[str, Any] | None:
    """Asked of those who are of an activity; a demand made to somebody else comes by its page."""
    if not scopes_of(user, today):
        return None
    return {"person": user.person_id, "leads": scopes_with_part(user, frozenset({ScopePart.LEAD}), today)}


def _of_manager(user: Any, today: date) -> dict[str, Any] | None:
    return {"person": user.person_id} if RoleKind.CO_MANAGER in held_kinds(user, today) else None


def _to_countersign(user: Any, today: date, _tally: Tally) -> Iterator[Todo]:
    """What every member has signed, to who signs for the cooperative."""
    for row in agreements_to_countersign(user):
        yield Todo(
            _("Signer pour la coopérative la convention de %(name)s") % {"name": row.activity.name},
            reverse("entrepreneurs:agreement_countersign", args=[row.pk]),
            since=timezone.localdate(row.state_since),
        )


def _to_sign(user: Any, today: date, _tally: Tally) -> Iterator[Todo]:
    for row in agreements_to_sign(user):
        yield Todo(
            _("Signer la convention de %(name)s") % {"name": row.activity.name},
            reverse("entrepreneurs:agreement_sign", args=[row.pk]),
            since=timezone.localdate(row.state_since),
        )


def _to_answer(user: Any, today: date, _tally: Tally) -> Iterator[Todo]:
    for row in requests_waiting_for(user):
        yield Todo(
            _("Répondre à une demande d’entrée : %(name)s") % {"name": row.activity.name},
            reverse("entrepreneurs:join_detail", args=[row.pk]),
            since=timezone.localdate(row.asked_at),
        )


AWAITED = (
    Awaited(
        Pile(
            "entrepreneurs.countersign",
            lambda: (agreements_signed_but_by(Given("person")), "state_since"),
        ),
        _of_manager,
        _to_countersign,
    ),
    Awaited(
        Pile("entrepreneurs.agreements", lambda: (agreements_owed(Given("person")), "state_since")),
        _of_member,
        _to_sign,
    ),
    Awaited(Pile("entrepreneurs.joins", lambda: (joins_to_answer(), "asked_at")), _of_member, _to_answer),
)
