"""Makes the signed PDF of the agreement of a collective once: the text, the key, the proof (ENT-44)."""

from __future__ import annotations

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from cae.core.errors import Code, Refused
from cae.core.letters import LANGUAGE
from cae.core.models import Document
from cae.core.signing import evidence_of
from entrepreneurs.documents.agreements import agreement_pdf
from entrepreneurs.models import Agreement
from entrepreneurs.selectors.agreements import key_told
from entrepreneurs.services.agreements import content_hash
from entrepreneurs.services.signed_files import Proof, store_signed, sweep
from entrepreneurs.states.agreements import AgreementState

AGREEMENT_FILE = "entrepreneurs.signed_agreement"


def archive_signed_agreement(agreement_id: int) -> Document | None:
    """Does: renders and stores the signed PDF; a second call finds the work done. Refuses: a text or a key
    that are no longer those signed (file_refused). Leaves behind: one document; nothing for a version that
    the cooperative has not signed."""
    with transaction.atomic():
        rows = Agreement.objects.select_for_update(of=("self",)).select_related(
            "activity", "countersignature"
        )
        agreement = rows.get(pk=agreement_id)
        if agreement.signed_pdf_id is not None or agreement.signed_on is None:
            return agreement.signed_pdf
        if content_hash(agreement) != agreement.content_sha256:
            raise Refused(
                Code.FILE_REFUSED, _("Le texte de cette convention n’est plus celui qui a été signé.")
            )
        agreement.signed_pdf = store_signed(
            agreement_pdf(
                agreement, key_told(agreement), on=agreement.signed_on, proof=proof_of_agreement(agreement)
            ),
            kind=AGREEMENT_FILE,
            name=f"convention-{agreement.activity_id}-version-{agreement.number}-signee.pdf",
            about=agreement,
            actor=agreement.created_by,
            on=agreement.signed_on,
        )
        agreement.save(update_fields=["signed_pdf"])
        return agreement.signed_pdf


def archive_waiting_agreements() -> int:
    """Does: makes the signed PDFs that a dead worker left behind. Refuses and leaves behind: as `sweep`."""
    waiting = Agreement.objects.filter(state=AgreementState.SIGNED, signed_pdf__isnull=True)
    return sweep(waiting.order_by("pk").values_list("pk", flat=True), archive_signed_agreement)


def proof_of_agreement(agreement: Agreement) -> Proof:
    """Gives the evidence of each signature: the members in the order of the key, then the cooperative."""
    shares = agreement.shares.select_related("signature__drawing")
    signatures = [*(share.signature for share in shares), agreement.countersignature]
    hands = [evidence_of(one) for one in signatures if one is not None]
    with translation.override(LANGUAGE):
        title = _("Convention du collectif « %(name)s »") % {"name": agreement.activity.name}
        party = _("version %(number)d") % {"number": agreement.number}
        covers = _("Empreinte (SHA-256) du texte et de la clé montrés à chaque signataire avant de signer :")
    return Proof(title, party, covers, agreement.content_sha256, hands)
