"""Registrations: those of a person, of an event; what the page of one shows."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Exists, F, OuterRef, QuerySet, Sum

from coworking.models import Event, Question, QuestionVote, Registration
from coworking.models.registrations import RegistrationQuerySet
from coworking.states.events import QuestionState, RegistrationState


def own_registrations(user: Any) -> RegistrationQuerySet:
    """Those of the person of the account, the next first."""
    person = getattr(user, "person_id", None)
    rows = Registration.objects.select_related("event__place", "event__kind")
    return rows.filter(person=person).order_by("-event__starts_at", "-pk") if person else rows.none()


def own_at(event: Event, user: Any) -> Registration | None:
    """The registration that this account has at the event."""
    return own_registrations(user).filter(event=event).live().first()


def registrations_listed(event: Event) -> QuerySet[Registration]:
    """Everybody who asked to come, with what is shown of them."""
    return event.registrations.select_related("price", "person", "application").annotate(
        option_count=Count("options_taken", distinct=True)
    )


def shown_guests(event: Event) -> QuerySet[Registration]:
    """Those who come and accept to be seen (COW-34)."""
    return event.registrations.filter(state=RegistrationState.REGISTERED, shows_name=True)


def rank_of(row: Registration) -> int:
    """One’s place in the waiting list, from 1."""
    waiting = list(row.event.registrations.waiting().values_list("pk", flat=True))
    return waiting.index(row.pk) + 1 if row.pk in waiting else 0


def questions_shown(event: Event, row: Registration | None = None) -> QuerySet[Question]:
    """The questions that those who come read, the most wanted first; one’s own voice among them."""
    states = (QuestionState.PUBLISHED, QuestionState.ANSWERED)
    mine = QuestionVote.objects.filter(question=OuterRef("pk"), registration=row.pk if row else None)
    rows = event.questions.filter(state__in=states).select_related("registration")
    return rows.annotate(voices=Count("votes"), is_voted=Exists(mine)).order_by("-voices", "sent_at", "pk")


def own_questions(row: Registration) -> QuerySet[Question]:
    return row.questions.order_by("sent_at", "pk")


def questions_kept(event: Event) -> QuerySet[Question]:
    """All of them, for the team: those to moderate first, then the most wanted."""
    rows = event.questions.select_related("registration").annotate(voices=Count("votes"))
    return rows.order_by("state", "-voices", "sent_at", "pk")


def part_counts(event: Event) -> dict[int, int]:
    """How many people come to each part, by its key."""
    rows = event.registrations.seated().filter(part_seats__isnull=False).order_by()
    counted = rows.values("part_seats__part").annotate(taken=Sum(1 + F("guests")))
    return dict(counted.values_list("part_seats__part", "taken"))


def option_counts(event: Event) -> dict[int, int]:
    """How many of each option are wanted, by its key."""
    rows = event.registrations.seated().filter(options_taken__isnull=False).order_by()
    return dict(rows.values_list("options_taken__option").annotate(Sum("options_taken__quantity")))


def sources_of(event: Event) -> list[tuple[str, int]]:
    """Where those who asked to come come from, and how many."""
    rows = event.registrations.order_by().values("source").annotate(count=Count("pk"))
    return list(rows.order_by("-count", "source").values_list("source", "count"))
