"""Admission committees: which a person sees, the file as it is frozen, what the voices say (ENT-13)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils import timezone

from cae.core.questions import Given, Question
from entrepreneurs.models import (
    Application,
    ApplicationDecision,
    Committee,
    CommitteeFile,
    CommitteeMember,
    CommitteeVoice,
)
from entrepreneurs.models.applications import WELCOME_KINDS
from entrepreneurs.states.applications import ApplicationState
from entrepreneurs.states.committees import CommitteeState, DecisionMode, Voice
from people.models import Role, User
from people.selectors import has_mark, held_kinds, scopes_followed_by
from people.selectors.rights import territories_followed_by
from people.states import RoleKind

# The mark of those who are named in a committee.
SITS = "entrepreneurs.sits"


def committees_visible_to(user: Any) -> QuerySet[Committee]:
    """Gives those one sits in and, for those who welcome, those of their territories or of all."""
    if not isinstance(user, User):
        return Committee.objects.none()
    seen = Q(pk__in=CommitteeMember.objects.filter(user=user).values("committee"))
    for kind in held_kinds(user).intersection(WELCOME_KINDS):
        if scopes_followed_by(user, kind=kind) is None:
            return Committee.objects.all()
        seen |= Q(territory__in=territories_followed_by(user, kind=kind))
    return Committee.objects.filter(seen)


def committees_listed(user: Any) -> QuerySet[Committee]:
    """Gives the list with how many files each has."""
    return (
        committees_visible_to(user)
        .select_related("territory")
        .annotate(file_count=Count("files", distinct=True), member_count=Count("members", distinct=True))
        .order_by("-held_on", "-pk")
    )


def sits_in(user: Any) -> bool:
    """Tells whether the person is named in a committee, past or to come."""
    return has_mark(user, SITS)


def seats_held() -> QuerySet[CommitteeMember]:
    """Gives the seats of a person, for the question of what they may do."""
    return CommitteeMember.objects.filter(user__person_id=Given("person"))


def members_of(committee: Committee) -> QuerySet[CommitteeMember]:
    return committee.members.select_related("user__person")


@dataclass(frozen=True)
class Tally:
    """What the voices of one file say; the latest of each member counts."""

    voices: dict[int, CommitteeVoice]
    counts: dict[str, int]
    proposes: bool | None

    @property
    def said(self) -> str:
        """« 3 pour, 1 abstention »."""
        labels = dict(Voice.choices)
        return ", ".join(
            f"{count} {str(labels[voice]).lower()}" for voice, count in self.counts.items() if count
        )


def tally_of(file: CommitteeFile, mode: str) -> Tally:
    """Gives the voices that count, and what they propose: by vote more for than against; by consent, no
    objection; nothing while nobody spoke."""
    voices: dict[int, CommitteeVoice] = {voice.member_id: voice for voice in file.voices.all()}
    counts = Counter(voice.voice for voice in voices.values())
    proposes: bool | None = None
    if voices and mode == DecisionMode.CONSENT:
        proposes = not counts[Voice.OBJECTION]
    elif voices:
        proposes = counts[Voice.FOR] > counts[Voice.AGAINST]
    return Tally(voices, {voice: counts[voice] for voice in Voice.values}, proposes)


def files_of(committee: Committee) -> QuerySet[CommitteeFile]:
    """Gives the files of a committee in its order, with voices and decisions."""
    return committee.files.select_related("application__trade", "decision", "committee").prefetch_related(
        Prefetch(
            "voices", CommitteeVoice.objects.select_related("member__user__person").order_by("given_at", "pk")
        )
    )


def seats_offered() -> QuerySet[User]:
    """Gives the accounts that may be named: committee members by role, and those who welcome."""
    kinds = [RoleKind.COMMITTEE_MEMBER, *WELCOME_KINDS, RoleKind.ASSOCIATE]
    held = Role.objects.in_force(timezone.localdate()).filter(kind__in=kinds)
    return (
        User.objects.filter(is_active=True, person__in=held.order_by().values("person"))
        .select_related("person")
        .order_by("person__sort_name", "pk")
    )


def applications_offered(user: Any) -> QuerySet[Application]:
    """Gives the applications that may be put before a committee: waiting, in no other one to come."""
    held = CommitteeFile.objects.filter(
        committee__state__in=(CommitteeState.PLANNED, CommitteeState.CONVENED)
    ).values("application")
    return (
        Application.objects.visible_to(user)
        .filter(state=ApplicationState.SUBMITTED)
        .exclude(pk__in=held)
        .select_related("trade")
        .order_by("sort_name", "pk")
    )


def coming_files(application: Application) -> QuerySet[CommitteeFile]:
    """Gives the places of an application on the agenda of a committee to come."""
    states = (CommitteeState.PLANNED, CommitteeState.CONVENED)
    rows = CommitteeFile.objects.filter(application=application, committee__state__in=states)
    return rows.select_related("committee")


def voices_owed(user: User | Given) -> QuerySet[CommitteeFile]:
    """Gives the files, never their own, on which an account has not spoken in committees convened."""
    said = CommitteeVoice.objects.filter(member__user=user).values("file")
    own = CommitteeFile.objects.filter(application__person__user=user).values("pk")
    return (
        CommitteeFile.objects.filter(
            committee__state=CommitteeState.CONVENED, committee__members__user=user, decision__isnull=True
        )
        .exclude(pk__in=said)
        .exclude(pk__in=own)
    )


# Of the nearest of these committees, its key.
NEAREST_WAITING = Question(
    lambda: (
        voices_owed(Given("user")).order_by("committee__held_on", "order").values_list("committee", flat=True)
    )[:1]
)


def decisions_of(application: Application) -> QuerySet[ApplicationDecision]:
    """Gives what was decided of an application, the latest first."""
    return ApplicationDecision.objects.filter(application=application).select_related(
        "stage", "decided_by__person", "file__committee"
    )
