"""Writes the journal, and seals it into a chain that nobody can cut or reorder unseen.

Sealing is a job of its own: a writer never waits for the chain (architecture, kernel).
"""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.inserting import insert
from cae.core.kept_words import house_words
from cae.core.models import AuditEntry

# What one writes in one go: the journal says it once.
SPELL = timedelta(minutes=10)
# One sealer at a time, whatever the number of workers.
_SEAL_LOCK = 4_210_001
# Whoever acts in somebody else's name during this request: services need not know of it (PEO-04).
_real_actor: ContextVar[Any] = ContextVar("real_actor", default=None)

# From which address the request of the moment came; none in a job or a command (CAE-10).
_origin: ContextVar[str | None] = ContextVar("origin", default=None)


@contextmanager
def coming_from(address: str | None) -> Iterator[None]:
    """Every act recorded inside bears this address."""
    token = _origin.set(address)
    try:
        yield
    finally:
        _origin.reset(token)


@contextmanager
def acting_through(helper: Any) -> Iterator[None]:
    """Every act recorded inside bears this account's name beside that of its actor."""
    token = _real_actor.set(helper)
    try:
        yield
    finally:
        _real_actor.reset(token)


def real_actor_of(actor: Any) -> Any:
    """Gives whoever acts now in the name of `actor`; None when they act themselves."""
    helper = _real_actor.get()
    return None if helper is None or (actor is not None and actor.pk == helper.pk) else helper


def about(obj: models.Model) -> dict[str, str]:
    """Gives the columns by which a row of any room is named: its type and its key."""
    return {"about_type": obj._meta.label_lower, "about_id": str(obj.pk)}


def record(actor: Any, verb: str, obj: models.Model, *, detail: dict[str, Any] | None = None) -> AuditEntry:
    """Does: writes who did what, in the transaction of the act; under both names inside `acting_through`.
    Refuses: nothing. Leaves behind: one line of the journal, sealed within a minute."""
    return insert(
        AuditEntry(
            actor=actor,
            ip=_origin.get(),
            real_actor=real_actor_of(actor),
            verb=verb,
            about_label=house_words(obj)[:200],
            detail=detail or {},
            **about(obj),
        )
    )


def said_lately(obj: models.Model, verb: str, actor: Any) -> bool:
    """The last line of the journal about this row says already that this person does it: a page that saves
    while one types says it once for a spell."""
    last = AuditEntry.objects.filter(**about(obj)).order_by("-pk").first()
    if last is None or last.at < timezone.now() - SPELL:
        return False
    return last.verb == verb and last.actor_id == (actor.pk if actor is not None else None)


def _content(entry: AuditEntry) -> str:
    facts = [
        entry.rank,
        entry.at.isoformat(),
        entry.actor_id,
        entry.real_actor_id,
        entry.ip,
        entry.verb,
        entry.about_type,
        entry.about_id,
        entry.about_label,
        entry.detail,
    ]
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, default=str)


def _seal(previous: str, entry: AuditEntry) -> str:
    return hashlib.sha256((previous + _content(entry)).encode()).hexdigest()


def seal_waiting(*, limit: int = 2000) -> int:
    """Does: chains the lines not yet sealed, in order of arrival. Refuses: nothing.
    Leaves behind: their rank and seal. Gives how many were sealed; 0 when another sealer is at work."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_SEAL_LOCK])
        if not cursor.fetchone()[0]:
            return 0
        last = AuditEntry.objects.filter(rank__isnull=False).order_by("-rank").first()
        rank, previous = (last.rank or 0, last.seal) if last else (0, "")
        waiting = list(AuditEntry.objects.filter(rank__isnull=True).order_by("pk")[:limit])
        for entry in waiting:
            rank += 1
            entry.rank = rank
            entry.seal = previous = _seal(previous, entry)
        AuditEntry.objects.bulk_update(waiting, ["rank", "seal"], batch_size=500)
        return len(waiting)


def faults() -> Iterator[str]:
    """Gives one sentence for each broken link of the sealed chain."""
    previous, expected = "", 1
    for entry in AuditEntry.objects.filter(rank__isnull=False).order_by("rank").iterator(chunk_size=1000):
        if entry.rank != expected:
            yield _("Journal des actes : la ligne de rang %(rank)s manque.") % {"rank": expected}
        if entry.seal != _seal(previous, entry):
            yield _("Journal des actes : la ligne de rang %(rank)s a été modifiée.") % {"rank": entry.rank}
        previous, expected = entry.seal, (entry.rank or 0) + 1
