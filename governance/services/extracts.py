"""Draws certified extracts from signed minutes (GOV-34; C. com. R223-24)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core import audit
from cae.core.background import run_later
from cae.core.canonical import sha256_of
from cae.core.errors import Code, Refused
from cae.core.signing import Hand, Origin, sign
from governance.models import Extract, Minutes
from governance.selectors.minutes import drawn
from governance.states.assemblies import MinutesState
from people.models import User
from people.services.changes import refuse_long

CERTIFIED_FOR = "governance.extract"
# What whoever certifies agrees to, word for word; kept with the signature.
CERTIFICATION = gettext_lazy("Je certifie cet extrait conforme au procès-verbal signé.")
MAX_PURPOSE = 160


def make_extract(
    minutes: Minutes,
    *,
    resolutions: Sequence[int],
    purpose: str,
    form_key: UUID,
    hand: Hand,
    origin: Origin,
    at: datetime,
    actor: User,
) -> Extract:
    """Does: draws these resolutions from signed minutes and certifies them by a signature; the same form sent
    twice gives the same extract. Refuses: minutes that are not signed, no resolution, one that is not of
    these minutes, no mark. Leaves behind: the extract, its signature, its PDF to come, audit."""
    words = " ".join(purpose.split())
    refuse_long(words, "purpose", MAX_PURPOSE)
    with transaction.atomic():
        row = Minutes.objects.select_for_update(of=("self",)).get(pk=minutes.pk)
        already = Extract.objects.filter(form_key=form_key).first()
        if already is not None:
            return already
        if row.state != MinutesState.SIGNED:
            raise Refused(Code.ILLEGAL_MOVE, _("Seul un procès-verbal signé donne des extraits."))
        chosen = drawn(row, resolutions)
        if not chosen or len(chosen) != len(set(resolutions)):
            raise Refused(
                Code.VALUE_MISSING,
                _("Choisissez au moins une résolution de ce procès-verbal."),
                field="resolutions",
            )
        extract = Extract(minutes=row, purpose=words, form_key=form_key, created_at=at, created_by=actor)
        extract.content_sha256 = sha256_of([row.content_sha256, chosen, words])
        extract.save()
        extract.resolutions.set([one["id"] for one in chosen])
        extract.signature = sign(
            extract,
            purpose=CERTIFIED_FOR,
            hand=hand,
            content_sha256=extract.content_sha256,
            at=at,
            origin=origin,
            terms=str(CERTIFICATION),
            actor=actor,
        )
        extract.save(update_fields=["signature"])
        detail = {"resolutions": ", ".join(str(one["number"]) for one in chosen)}
        audit.record(actor, "governance.extract.make", extract, detail=detail)
        run_later("governance.archive_extract", extract_id=extract.pk)
        return extract
