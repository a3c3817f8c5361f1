"""Who stands where in a secret ballot: the voices one casts, the keys one keeps, the seats that lead."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from governance.models import Associate, BureauSeat, RollEntry, SecretVote, Trustee
from people.models import User


def entries_castable(user: User) -> QuerySet[RollEntry]:
    """The voices of rolls that somebody casts: their own, those of associates whom they represent, those
    whose proxy is in these hands."""
    if user.person_id is None:
        return RollEntry.objects.none()
    return entries_of(user.person_id, timezone.localdate())


def entries_of(person: Any, day: Any) -> QuerySet[RollEntry]:
    """The voices that a person casts on a day; both may be told later (`Given`)."""
    mine = Associate.objects.acted_by(person, day).order_by().values("pk")
    own = Q(holder__isnull=True) & (Q(associate__in=mine) | Q(person=person))
    return RollEntry.objects.filter(own | Q(holder__in=mine))


def holds_entry_in(user: User, vote: SecretVote) -> bool:
    return entries_castable(user).filter(box__secret_vote=vote).exists()


def keeps_key_of(user: User, vote: SecretVote) -> bool:
    return Trustee.objects.filter(secret_vote=vote, person=user.person_id).exists()


def leads_as(user: User, vote: SecretVote, role: str, *, stands_in: bool) -> bool:
    """Tells whether somebody has this seat of the bureau, or stands in while nobody has it."""
    held = set(
        BureauSeat.objects.filter(assembly=vote.assembly_id, role=role).values_list("person_id", flat=True)
    )
    return user.person_id in held or (stands_in and not held)
