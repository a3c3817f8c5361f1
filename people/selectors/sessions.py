"""What is open in somebody’s name, and since when."""

from __future__ import annotations

from datetime import datetime

from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, QuerySet

from people.models import OpenSession, User


def sessions_of(account: User, now: datetime) -> QuerySet[OpenSession]:
    """The sessions of an account that still open something, the latest used first."""
    alive = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gt=now)
    return OpenSession.objects.filter(Exists(alive), user=account)
