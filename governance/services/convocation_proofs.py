"""What proves a convocation: a number, a file; a better one takes its place and the former stays (GOV-20)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.documents import store_document
from cae.core.errors import Code, Refused
from cae.core.models import Document
from cae.core.uploads import plain_name, proof_mime
from governance.models import Convocation, FormerProof
from governance.services.convocation_files import LETTER_YEARS
from governance.states.assemblies import Channel
from people.services.changes import refuse_long, require_text

PROOF_FILE = "governance.convocation_proof"
MOST_MEGABYTES = 10


@dataclass(frozen=True)
class ProofData:
    """The number of a registered letter, a file, or both; `reason` when they take the place of others."""

    tracking: str = ""
    content: bytes | None = None
    name: str = ""
    reason: str = ""


@transaction.atomic
def add_proof(convocation: Convocation, *, data: ProofData, actor: Any, at: datetime) -> Convocation:
    """Does: keeps what proves a convocation; a wrong number or file is replaced, and stays beside the new
    one. Refuses: neither number nor file, a letter not posted, the file already kept, a file that is no PDF
    or picture, something replaced without a reason. Leaves behind: the number, the document, what was
    replaced, when, by whom and why; audit."""
    row = _locked(convocation)
    if row.channel == Channel.LETTER and row.posted_on is None:
        raise Refused(Code.ILLEGAL_MOVE, _("Notez d’abord le jour où cette lettre est postée."))
    tracking, reason = " ".join(data.tracking.split()), " ".join(data.reason.split())
    refuse_long(tracking, "tracking", 40)
    refuse_long(reason, "reason", 300)
    if data.content is None:
        require_text(tracking, "tracking", _("Indiquez le numéro ou déposez la preuve."))
        if tracking == row.tracking:
            raise Refused(Code.ALREADY_DONE, _("Ce numéro est déjà noté."), field="tracking")
    if data.content is not None and row.proof is not None:
        _refuse_same(row.proof, data.content)
    former = row.proof if data.content is not None else None
    number = row.tracking if tracking and tracking != row.tracking else ""
    if former is not None or number:
        require_text(reason, "reason", _("Dites pourquoi vous remplacez ce qui est gardé."))
    document = _stored(row, data, actor, timezone.localdate(at))
    row.tracking, row.proof = tracking or row.tracking, document or row.proof
    row.save(update_fields=["tracking", "proof"])
    if former is None and not number:
        audit.record(actor, "governance.convocation.prove", row)
        return row
    FormerProof.objects.create(
        convocation=row, document=former, tracking=number, reason=reason, replaced_at=at, replaced_by=actor
    )
    audit.record(actor, "governance.convocation.replace_proof", row, detail={"reason": reason})
    return row


def _locked(convocation: Convocation) -> Convocation:
    rows = Convocation.objects.select_for_update(of=("self",)).select_related("proof")
    return rows.get(pk=convocation.pk)


def _refuse_same(kept: Document, content: bytes) -> None:
    if kept.sha256 == hashlib.sha256(content).hexdigest():
        raise Refused(Code.ALREADY_DONE, _("Ce fichier est déjà la preuve gardée."), field="file")


def _stored(row: Convocation, data: ProofData, actor: Any, on: date) -> Document | None:
    if data.content is None:
        return None
    mime = proof_mime(data.content, most=MOST_MEGABYTES, field="file")
    return store_document(
        data.content,
        kind=PROOF_FILE,
        name=plain_name(data.name, otherwise="preuve.pdf"),
        mime=mime,
        about=row,
        actor=actor,
        retention_until=date(on.year + LETTER_YEARS, 12, 31),
    )
