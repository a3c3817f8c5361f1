"""Makes the signed PDF of a contract once: the text, the marks of the signers, the page of proof (ENT-23)."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import translation
from django.utils.translation import gettext as _

from cae.core.documents import read_document
from cae.core.errors import Code, Refused
from cae.core.letters import LANGUAGE
from cae.core.models import Document
from cae.core.signing import evidence_of
from entrepreneurs.documents.letters import terms_pdf
from entrepreneurs.models import ContractTerms, Signatory
from entrepreneurs.selectors.signing import round_of
from entrepreneurs.selectors.templates import blocks_of
from entrepreneurs.services.signature_rounds import file_name
from entrepreneurs.services.signed_files import Proof, store_signed, sweep
from entrepreneurs.states.contracts import TermsState

SIGNED_FILE = "entrepreneurs.signed_contract"


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
        terms.signed_pdf = store_signed(
            terms_pdf(terms, blocks_of(terms.frozen_text), on=day, proof=proof),
            kind=SIGNED_FILE,
            name=file_name(terms, suffix="-signe"),
            about=terms,
            actor=terms.contract.created_by,
            on=day,
        )
        terms.save(update_fields=["signed_pdf"])
        return terms.signed_pdf


def archive_waiting() -> int:
    """Does: makes the signed PDFs that a dead worker left behind. Refuses and leaves behind: as `sweep`."""
    hands = Signatory.objects.filter(terms=OuterRef("pk"), round=OuterRef("round"), signature__isnull=False)
    waiting = ContractTerms.objects.filter(Exists(hands), state=TermsState.SIGNED, signed_pdf__isnull=True)
    return sweep(waiting.order_by("pk").values_list("pk", flat=True), archive_signed_terms)


def proof_of(terms: ContractTerms) -> Proof:
    """Gives the evidence of each signature made in the application, in order."""
    hands = [evidence_of(one.signature) for one in round_of(terms) if one.signature is not None]
    with translation.override(LANGUAGE):
        title = terms.title
        covers = _("Empreinte (SHA-256) du fichier montré à chaque signataire avant de signer :")
    return Proof(title, str(terms.contract.person), covers, terms.content_sha256, hands)
