"""Keeps the list of what is open in somebody’s name, and closes it for good."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from importlib import import_module

from django.conf import settings
from django.db import transaction

from cae.core import audit
from people.models import OpenSession, User
from people.selectors.sessions import sessions_of


@transaction.atomic
def note_session(account: User, *, key: str, address: str | None, user_agent: str, now: datetime) -> None:
    """Does: writes from where a session is used, and when. Refuses: nothing.
    Leaves behind: one row a session; the rows of those that are over are gone."""
    seen = {"user": account, "address": address, "user_agent": user_agent[:200], "seen_at": now}
    _row, is_new = OpenSession.objects.update_or_create(session_key=key, defaults=seen)
    if is_new:
        over = OpenSession.objects.filter(user=account).exclude(session_key=key)
        over.exclude(pk__in=sessions_of(account, now)).delete()


@transaction.atomic
def close_session(session: OpenSession, *, actor: User) -> None:
    """Does: signs a browser out, wherever it is. Refuses: nothing.
    Leaves behind: audit; the next click there asks to sign in."""
    _end([session])
    audit.record(actor, "people.session.close", session.user)


@transaction.atomic
def close_other_sessions(account: User, *, kept: str, actor: User) -> int:
    """Does: signs out every browser but the one whose key is `kept`; gives how many. Refuses: nothing.
    Leaves behind: audit, when there was one."""
    others = list(account.open_sessions.exclude(session_key=kept))
    _end(others)
    if others:
        audit.record(actor, "people.session.close_others", account)
    return len(others)


def end_sessions(account: User, *, kept: str | None = None) -> None:
    """Does: signs out every browser of an account that closes or whose password changes, but the one that is
    `kept`; inside the caller’s transaction. Refuses: nothing. Leaves behind: nothing of them."""
    _end(account.open_sessions.exclude(session_key=kept) if kept else account.open_sessions.all())


def _end(sessions: Iterable[OpenSession]) -> None:
    """After commit only: until then a reader would put the session back into the cache from its row."""
    store = import_module(settings.SESSION_ENGINE).SessionStore
    for session in list(sessions):
        transaction.on_commit(partial(store().delete, session.session_key))
        session.delete()
