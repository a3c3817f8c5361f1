"""What the signed PDF of every paper has in common: its page of proof, its keeping, the sweep (ENT-23)."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models

from cae.core.documents import store_document
from cae.core.errors import Refused
from cae.core.models import Document
from cae.core.signing import Evidence

logger = logging.getLogger(__name__)

# A paper is kept five years after the person left, which nobody knows when they sign (domain.md 8.2).
RETENTION_YEARS = 50
# How many a sweep makes: a sheet of a contract takes a second.
SWEEP = 20


@dataclass(frozen=True)
class Proof:
    """What the page of proof says: `covers` tells of what the hash is."""

    title: str
    party: str
    covers: str
    content_sha256: str
    hands: list[Evidence]


def store_signed(
    content: bytes, *, kind: str, name: str, about: models.Model, actor: Any, on: date
) -> Document:
    """Does: keeps the signed PDF of a paper of this day. Refuses: nothing. Leaves behind: the document."""
    return store_document(
        content,
        kind=kind,
        name=name,
        mime="application/pdf",
        about=about,
        actor=actor,
        retention_until=kept_until(on),
    )


def kept_until(day: date) -> date:
    """The last day on which a paper of this day is kept."""
    return date(day.year + RETENTION_YEARS, 12, 31)


def sweep(waiting: Iterable[int], archive: Callable[[int], Document | None]) -> int:
    """Does: makes the signed PDFs that a dead worker left behind. Refuses: nothing; a paper that is no longer
    the one signed is said in the log and keeps nobody else waiting. Leaves behind: the documents; gives how
    many were made."""
    made = 0
    for pk in waiting:
        try:
            made += archive(pk) is not None
        except Refused as refusal:
            logger.error("%s %s has no signed PDF: %s", archive.__name__, pk, refusal)
        if made == SWEEP:
            break
    return made
