"""Where a person stands with their account: open, closed, invited, or nothing yet."""

from __future__ import annotations

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db.models import CharField, Exists, OuterRef, QuerySet
from django.db.models.functions import Cast

from cae.core import audit
from cae.core.models import PersonalLink
from people.models import Person, User
from people.states import INVITATION, InvitationState

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def last_invitation(person: Person) -> PersonalLink | None:
    """The latest invitation sent to the person, whatever became of it."""
    sent = PersonalLink.objects.filter(purpose=INVITATION, **audit.about(person))
    return sent.order_by("-created_at", "-pk").first()


def invitation_state(link: PersonalLink, now: datetime) -> InvitationState:
    """What became of an invitation, read from its dates."""
    if link.used_at:
        return InvitationState.ACCEPTED
    if link.withdrawn_at:
        return InvitationState.WITHDRAWN
    return InvitationState.PENDING if link.ends_at >= now else InvitationState.EXPIRED


def has_waiting_invitation(now: datetime) -> Exists:
    """To annotate persons with: an invitation that still opens."""
    return Exists(
        PersonalLink.objects.filter(
            purpose=INVITATION,
            about_type=Person._meta.label_lower,
            about_id=Cast(OuterRef("pk"), CharField()),
            withdrawn_at=None,
            used_at=None,
            ends_at__gte=now,
        )
    )


def has_second_factor(account: User) -> bool:
    """The account asks for an authenticator application or a key, beside the password."""
    return bool(second_factors(account).exists())


def second_factors(account: User) -> QuerySet[Authenticator]:
    """The application and the keys of an account; recovery codes only stand in for them."""
    found: QuerySet[Authenticator] = Authenticator.objects.filter(user=account, type__in=FACTORS)
    return found


def passkeys_of(account: User) -> QuerySet[Authenticator]:
    """The keys by which the account may be opened, or confirmed after the password."""
    return second_factors(account).filter(type=Authenticator.Type.WEBAUTHN)
