"""Makes the bulletin and the certificate of a subscription once each, whichever worker comes (GOV-05)."""

from __future__ import annotations

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from cae.core.errors import Code, Refused
from cae.core.letters import LANGUAGE
from cae.core.models import Document
from cae.core.signing import evidence_of
from entrepreneurs.services.signed_files import Proof, store_signed, sweep
from governance.documents.shares import bulletin_pdf, certificate_pdf
from governance.models import Subscription
from governance.selectors.shares import account_of
from governance.services.subscriptions import content_hash
from governance.states.register import SubscriptionState

BULLETIN_FILE = "governance.share_bulletin"
CERTIFICATE_FILE = "governance.share_certificate"


def archive_bulletin(subscription_id: int) -> Document | None:
    """Does: renders and stores the signed bulletin; a second call finds the work done. Refuses: a bulletin
    that no longer says what was signed (file_refused). Leaves behind: one document; nothing before the
    signature."""
    with transaction.atomic():
        row = _locked(subscription_id)
        if row.bulletin_id is not None or row.signed_on is None:
            return row.bulletin
        if row.signature_id is not None and content_hash(row) != row.content_sha256:
            raise Refused(Code.FILE_REFUSED, _("Ce bulletin n’est plus celui qui a été signé."))
        row.bulletin = store_signed(
            bulletin_pdf(row, on=row.signed_on, proof=proof_of(row)),
            kind=BULLETIN_FILE,
            name=f"bulletin-de-souscription-{row.pk}.pdf",
            about=row,
            actor=row.created_by,
            on=row.signed_on,
        )
        row.save(update_fields=["bulletin"])
        return row.bulletin


def archive_certificate(subscription_id: int) -> Document | None:
    """Does: renders and stores the certificate of a subscription wholly paid; a second call finds the work
    done. Refuses: nothing. Leaves behind: one document; nothing while something is left to pay."""
    with transaction.atomic():
        row = _locked(subscription_id)
        if row.certificate_id is not None or row.paid_on is None:
            return row.certificate
        row.certificate = store_signed(
            certificate_pdf(row, account_of(row.associate, row.paid_on), on=row.paid_on),
            kind=CERTIFICATE_FILE,
            name=f"attestation-de-parts-{row.pk}.pdf",
            about=row,
            actor=row.created_by,
            on=row.paid_on,
        )
        row.save(update_fields=["certificate"])
        return row.certificate


def archive_waiting_shares() -> int:
    """Does: makes the bulletins and certificates that a dead worker left behind. Refuses and leaves behind:
    as `sweep`."""
    signed = Subscription.objects.filter(signed_on__isnull=False, bulletin__isnull=True)
    paid = Subscription.objects.filter(state=SubscriptionState.PAID, certificate__isnull=True)
    made = sweep(signed.order_by("pk").values_list("pk", flat=True), archive_bulletin)
    return made + sweep(paid.order_by("pk").values_list("pk", flat=True), archive_certificate)


def proof_of(row: Subscription) -> Proof | None:
    """Gives the evidence of the signature; nothing for a bulletin signed on paper."""
    if row.signature is None:
        return None
    with translation.override(LANGUAGE):
        title = _("Bulletin de souscription")
        covers = _("Empreinte (SHA-256) du bulletin montré avant de signer :")
        return Proof(title, row.associate.name, covers, row.content_sha256, [evidence_of(row.signature)])


def _locked(subscription_id: int) -> Subscription:
    rows = Subscription.objects.select_for_update(of=("self",))
    found: Subscription = rows.select_related(
        "associate__person", "associate__organisation", "share_class", "signature__drawing"
    ).get(pk=subscription_id)
    return found
