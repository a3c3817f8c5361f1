"""Makes the PDF of minutes handed to be signed, of signed ones with their proof, of extracts: each once
(GOV-34)."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from cae.core.documents import store_document
from cae.core.letters import LANGUAGE
from cae.core.models import Document, Signature
from cae.core.signing import evidence_of
from entrepreneurs.services.signed_files import Proof, sweep
from governance.documents.minutes import extract_pdf, minutes_pdf, title_of
from governance.models import Extract, Minutes
from governance.selectors.minutes import resolutions_in
from governance.services.minutes import require_frozen
from governance.states.assemblies import MinutesState

MINUTES_FILE, EXTRACT_FILE = "governance.minutes", "governance.minutes_extract"
# The special register is kept as long as the company lives: 99 years at most (C. civ. art. 1838).
RETENTION_YEARS = 99


def archive_minutes(minutes_id: int) -> Document | None:
    """Does: renders and stores the PDF of minutes to sign, then that of signed ones with the page that proves
    it; a second call finds the work done. Refuses: facts that are no longer those frozen (stale_form). Leaves
    behind: one document a stage; nothing for a draft."""
    with transaction.atomic():
        rows = Minutes.objects.select_for_update(of=("self",)).select_related("assembly")
        minutes = rows.get(pk=minutes_id)
        signed = minutes.state == MinutesState.SIGNED
        made = minutes.signed_pdf if signed else minutes.pdf
        if made is not None or minutes.state == MinutesState.DRAFT:
            return made
        if not signed:
            require_frozen(minutes)
        on = timezone.localdate(minutes.state_since)
        content = minutes_pdf(minutes, on=on, proof=proof_of_minutes(minutes) if signed else None)
        made = _store(content, MINUTES_FILE, _name(minutes, signed=signed), minutes, on)
        field = "signed_pdf" if signed else "pdf"
        setattr(minutes, field, made)
        minutes.save(update_fields=[field])
        return made


def archive_extract(extract_id: int) -> Document | None:
    """Does: renders and stores the PDF of an extract; a second call finds it done. Refuses: nothing. Leaves
    behind: one document."""
    with transaction.atomic():
        rows = Extract.objects.select_for_update(of=("self",)).select_related(
            "minutes__assembly", "signature__drawing"
        )
        extract = rows.get(pk=extract_id)
        if extract.document is not None or extract.signature is None:
            return extract.document
        on = timezone.localdate(extract.created_at)
        proof = _proof(extract.minutes, [extract.signature], extract.content_sha256)
        content = extract_pdf(extract, resolutions_in(extract), on=on, proof=proof)
        name = f"extrait-pv-{extract.minutes.number}-{on:%Y-%m-%d}.pdf"
        extract.document = _store(content, EXTRACT_FILE, name, extract, on)
        extract.save(update_fields=["document"])
        return extract.document


def archive_waiting_minutes() -> int:
    """Does: makes the files that a dead worker left behind. Refuses and leaves behind: as `sweep`."""
    to_sign = Q(state=MinutesState.TO_SIGN, pdf=None)
    minutes = Minutes.objects.filter(to_sign | Q(state=MinutesState.SIGNED, signed_pdf=None))
    extracts = Extract.objects.filter(document=None, signature__isnull=False)
    return sweep(minutes.order_by("pk").values_list("pk", flat=True), archive_minutes) + sweep(
        extracts.order_by("pk").values_list("pk", flat=True), archive_extract
    )


def proof_of_minutes(minutes: Minutes) -> Proof:
    """Gives the evidence of each signature of the bureau, in the order of the bureau."""
    rows = minutes.signatures.select_related("signature__drawing").order_by("pk")
    return _proof(minutes, [row.signature for row in rows if row.signature], minutes.content_sha256)


def _proof(minutes: Minutes, signatures: list[Signature], sha256: str) -> Proof:
    with translation.override(LANGUAGE):
        covers = _("Empreinte (SHA-256) de ce qui a été montré à chaque signataire avant de signer :")
        party = minutes.facts["assembly"]["on"]
        return Proof(title_of(minutes), party, covers, sha256, [evidence_of(one) for one in signatures])


def _name(minutes: Minutes, *, signed: bool) -> str:
    day = timezone.localdate(minutes.assembly.starts_at)
    return f"pv-{minutes.number}-{day:%Y-%m-%d}.pdf" if signed else f"pv-a-signer-{day:%Y-%m-%d}.pdf"


def _store(content: bytes, kind: str, name: str, about: Minutes | Extract, on: date) -> Document:
    return store_document(
        content,
        kind=kind,
        name=name,
        mime="application/pdf",
        about=about,
        actor=None,
        retention_until=date(on.year + RETENTION_YEARS, 12, 31),
    )
