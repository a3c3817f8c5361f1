"""Which agreement a collective is under on each day, and what waits to be signed (ENT-44)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cae.core.questions import Given
from entrepreneurs.calculations.keys import said
from entrepreneurs.models import Activity, Agreement, AgreementShare
from entrepreneurs.selectors.signing import holders_of
from entrepreneurs.states.agreements import AgreementState
from people.models import User
from people.states import RoleKind


def agreements_of(activity: Activity) -> QuerySet[Agreement]:
    """Gives every version, the latest first, those put aside left out."""
    return Agreement.objects.filter(activity=activity).exclude(state=AgreementState.CANCELLED)


def agreement_on(activity: Activity, on: date) -> Agreement | None:
    """Gives the signed version in force on a day."""
    rows = Agreement.objects.in_force(on).filter(activity=activity, state=AgreementState.SIGNED)
    return rows.first()


def agreements_between(activity: Activity, start: date, end: date) -> Sequence[Agreement]:
    """Gives the signed versions that touch a period, in their order, with their lines."""
    rows = (
        Agreement.objects.filter(activity=activity, state=AgreementState.SIGNED, starts_on__lte=end)
        .prefetch_related("shares__person", "shares__credited")
        .order_by("starts_on")
    )
    return [row for row in rows if not row.is_empty and (row.ends_on is None or row.ends_on >= start)]


# Where the part of a member goes who has no activity of their own.
OWN_ACCOUNT = _("un compte à son nom")


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A line of a key as it is read: the member, their two parts and where the result goes in words, and how
    they are reached."""

    share: AgreementShare
    result: str
    contribution: str
    credited: str
    has_account: bool


def key_told(agreement: Agreement) -> list[KeyRow]:
    """Gives the lines of the key, in words; two queries."""
    shares = list(agreement.shares.select_related("agreement", "person", "credited", "signature"))
    people = [share.person_id for share in shares]
    known = set(User.objects.filter(person__in=people, is_active=True).values_list("person", flat=True))
    return [
        KeyRow(
            share,
            said(share.result_key),
            said(share.contribution_key),
            share.credited.name if share.credited else str(OWN_ACCOUNT),
            share.person_id in known,
        )
        for share in shares
    ]


def agreements_to_sign(user: Any) -> QuerySet[Agreement]:
    """Gives those that wait for this person’s own signature."""
    return agreements_owed(user.person_id).select_related("activity")


def agreements_owed(person: int | Given) -> QuerySet[Agreement]:
    """Gives those that a person has not signed."""
    return Agreement.objects.filter(
        state=AgreementState.TO_SIGN, shares__person=person, shares__signature=None
    )


def agreements_to_countersign(user: Any) -> QuerySet[Agreement]:
    """Gives those that every member has signed, for who signs for the house; asked of a co-manager."""
    return agreements_signed_but_by(user.person_id).select_related("activity")


def agreements_signed_but_by(person: int | Given) -> QuerySet[Agreement]:
    """Gives those that every member has signed and the house has not; no member signs for the house."""
    return (
        Agreement.objects.filter(state=AgreementState.TO_SIGN)
        .exclude(shares__signature=None)
        .exclude(shares__person=person)
    )


def members_of_agreement(agreement: Agreement) -> list[User]:
    """Gives the open accounts of those whom the key names."""
    return list(User.objects.filter(person__agreement_shares__agreement=agreement, is_active=True))


def managers_to_countersign(agreement: Agreement, on: date) -> list[User]:
    """Gives the accounts that sign for the cooperative, but those of the members themselves."""
    named = agreement.shares.values("person")
    return list(holders_of(RoleKind.CO_MANAGER, on).exclude(person__in=named))
