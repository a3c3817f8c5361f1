"""Makes the signed PDF of a contract once: the text, the marks of the signers, the page of proof (ENT-23)."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import translation
from django.utils.translation import gettext as _

from cae.core.documents import read_document, store_document
from cae.core.errors import Code, Refused
from cae.core.letters import LANGUAGE
from cae.core.models import Document
from cae.core.signing import Evidence, evidence_of
from entrepreneurs.documents.letters import terms_pdf
from entrepreneurs.models import ContractTerms, Signatory
from entrepreneurs.selectors.signing import round_of
from entrepreneurs.selectors.templates import blocks_of
from entrepreneurs.services.signature_rounds import file_name, kept_until
from entrepreneurs.states.contracts import TermsState

logger = logging.getLogger(__name__)

SIGNED_FILE = "entrepreneurs.signed_contract"
# How many a sweep makes: a sheet of a contract takes a second.
SWEEP = 20


@dataclass(frozen=True)
class Proof:
    """What the page of proof says."""

    title: str
    person: str
    content_sha256: str
    hands: list[Evidence]


def archive_signed_terms(terms_id: int) -> Document | None:
    """Does: renders and stores the signed PDF; a second call finds the work done. Refuses: a paper whose file
    is no longer the one signed (file_refused). Leaves behind: one document; nothing for what was signed on
    paper, whose scan is the original."""
    with transaction.atomic():
        rows = ContractTerms.objects.select_for_update(of=("self",)).select_related("contract__person", "pdf")
        terms = rows.get(pk=terms_id)
        proof = proof_of(terms)
        if terms.signed_pdf_id is not None or terms.state != TermsState.SIGNED or not proof.hands:
            return terms.signed_pdf
        if terms.pdf is None or terms.pdf.sha256 != terms.content_sha256:
            raise Refused(Code.FILE_REFUSED, _("Le fichier de ce contrat n’est plus celui qui a été signé."))
        read_document(terms.pdf)
        day = terms.signed_on or terms.starts_on
        terms.signed_pdf = store_document(
            terms_pdf(terms, blocks_of(terms.frozen_text), on=day, proof=proof),
            kind=SIGNED_FILE,
            name=file_name(terms, suffix="-signe"),
            mime="application/pdf",
            about=terms,
            actor=terms.contract.created_by,
            retention_until=kept_until(day),
        )
        terms.save(update_fields=["signed_pdf"])
        return terms.signed_pdf


def archive_waiting() -> int:
    """Does: makes the signed PDFs that a dead worker left behind. Refuses: nothing; a paper that is no longer
    the one signed is said in the log and keeps nobody else waiting. Leaves behind: the documents; gives how
    many were made."""
    hands = Signatory.objects.filter(terms=OuterRef("pk"), round=OuterRef("round"), signature__isnull=False)
    waiting = ContractTerms.objects.filter(Exists(hands), state=TermsState.SIGNED, signed_pdf__isnull=True)
    made = 0
    for pk in waiting.order_by("pk").values_list("pk", flat=True):
        try:
            made += archive_signed_terms(pk) is not None
        except Refused as refusal:
            logger.error("clauses %s have no signed PDF: %s", pk, refusal)
        if made == SWEEP:
            break
    return made


def proof_of(terms: ContractTerms) -> Proof:
    """Gives the evidence of each signature made in the application, in order."""
    hands = [evidence_of(one.signature) for one in round_of(terms) if one.signature is not None]
    with translation.override(LANGUAGE):
        title = terms.title
    return Proof(title, str(terms.contract.person), terms.content_sha256, hands)
