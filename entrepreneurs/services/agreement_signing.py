"""Signs the agreement of a collective: each member, by account or personal link, then the house (ENT-44)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import links
from cae.core.background import run_later
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.models import PersonalLink
from cae.core.signing import Hand, Origin, sign
from cae.core.workflow import performs
from entrepreneurs.agreement_mails import (
    AGREEMENT_LINK,
    mail_agreement_link,
    tell_house,
    tell_member,
    tell_signed,
)
from entrepreneurs.models import Agreement, AgreementShare
from entrepreneurs.selectors.signing import account_of, asks_code
from entrepreneurs.services.agreements import content_hash, require_everybody, unsign
from entrepreneurs.services.signing import AGREEMENT
from entrepreneurs.services.signing_codes import check_code, forget_code, send_new_code
from entrepreneurs.states.agreements import AGREEMENT_FLOW, SIGNED_FOR, AgreementState
from people.models import Person
from people.services.changes import refuse_long, require_text

MAX_REASON = 500


def sign_agreement(
    agreement: Agreement,
    *,
    person: Person,
    hand: Hand,
    origin: Origin,
    at: datetime,
    actor: Any,
    shown_sha256: str = "",
    code: str = "",
    by_link: bool = False,
) -> AgreementShare:
    """Does: signs for one member. Refuses: a version that is not proposed, somebody not in the key, twice, a
    text other than the one shown, no mark, a wrong or dead code. Leaves behind: the signature, for ever; the
    co-managers told when it was the last."""
    share = awaited_share(agreement, person)
    if asks_code(timezone.localdate(at), by_link=by_link):
        check_code(share, code, at=at, by=actor)
    with transaction.atomic():
        row = (
            Agreement.objects.select_for_update(of=("self",)).select_related("activity").get(pk=agreement.pk)
        )
        share = awaited_share(row, person)
        share.signature = _sign(row, hand=hand, origin=origin, at=at, actor=actor, shown=shown_sha256)
        forget_code(share)
        share.save()
        if not row.shares.filter(signature=None).exists():
            tell_house(row, actor=actor, at=at)
        return share


def awaited_share(agreement: Agreement, person: Person) -> AgreementShare:
    """Gives the line that this person is to sign.

    Raises IllegalMove when nothing waits, Refused(not_allowed) for a stranger, Refused(already_done)."""
    share = AgreementShare.objects.filter(agreement=agreement.pk, person=person).first()
    if share is None:
        raise Refused(Code.NOT_ALLOWED, _("Cette convention ne vous concerne pas."))
    if share.signature_id is not None:
        raise Refused(Code.ALREADY_DONE, _("Vous avez déjà signé cette convention."))
    if Agreement.objects.get(pk=agreement.pk).state != AgreementState.TO_SIGN:
        raise IllegalMove(_("Cette convention n’attend pas de signature."))
    return share


@performs(AGREEMENT_FLOW, "decline")
def decline_agreement(agreement: Agreement, *, person: Person, reason: str, actor: Any) -> None:
    """Does: writes that a member does not sign, and why; it is a draft again. Refuses: somebody not in the
    key, or who has signed; no reason. Leaves behind: the reason on the draft, the members and its author
    told; lines without signature, links dead, audit."""
    words = " ".join(reason.split())
    require_text(words, "reason", _("Dites en quelques mots pourquoi."))
    refuse_long(words, "reason", MAX_REASON)
    awaited_share(agreement, person)
    agreement.decline_reason, agreement.declined_by = words, person
    told = _("%(name)s ne signe pas : %(reason)s") % {"name": person, "reason": words}
    unsign(agreement, reason=told, actor=actor)


@performs(AGREEMENT_FLOW, "countersign")
def countersign_agreement(
    agreement: Agreement, *, hand: Hand, origin: Origin, at: datetime, actor: Any, shown_sha256: str = ""
) -> None:
    """Does: signs for the cooperative, last; the version is in force from its first day and the former ends
    on the eve. Refuses: a member who has not signed, a co-manager who is one of them, a start before that of
    the former version. Leaves behind: the signature, the dates, the signed PDF to come, the members told,
    audit."""
    shares = list(agreement.shares.select_related("person"))
    missing = [str(share.person) for share in shares if share.signature_id is None]
    if missing:
        raise Refused(
            Code.VALUE_MISSING,
            _("Il manque des signatures : %(names)s.") % {"names": ", ".join(missing)},
        )
    if any(share.person_id == getattr(actor, "person_id", None) for share in shares):
        raise Refused(
            Code.NOT_ALLOWED,
            _("Vous avez signé comme membre : une autre personne signe pour la coopérative."),
        )
    require_everybody(agreement)
    _end_former(agreement)
    agreement.countersignature = _sign(
        agreement, hand=hand, origin=origin, at=at, actor=actor, shown=shown_sha256
    )
    agreement.signed_on = timezone.localdate(at)
    forget_code(agreement)
    run_later("entrepreneurs.archive_signed_agreement", agreement_id=agreement.pk)
    tell_signed(agreement, actor=actor, at=at)


def sign_for_house(
    agreement: Agreement,
    *,
    hand: Hand,
    origin: Origin,
    at: datetime,
    actor: Any,
    shown_sha256: str,
    code: str = "",
) -> Agreement:
    """Does: signs for the cooperative whoever proved their address. Refuses: a wrong or dead code, what
    `countersign_agreement` refuses. Leaves behind: the tries of a wrong code, or what that service does."""
    if asks_code(timezone.localdate(at), by_link=False):
        check_code(agreement, code, at=at, by=actor)
    return countersign_agreement(
        agreement, hand=hand, origin=origin, at=at, actor=actor, shown_sha256=shown_sha256
    )


def send_member_code(share: AgreementShare, *, page: str, actor: Any, at: datetime) -> None:
    """Does: mails a code to a member about to sign on `page`. Refuses: what `awaited_share` refuses,
    nobody to write to. Leaves behind: the hash of the code; the mail."""
    with transaction.atomic():
        Agreement.objects.select_for_update(of=("self",)).get(pk=share.agreement_id)
        row = awaited_share(share.agreement, share.person)
        account = account_of(share.person)
        send_new_code(row, account=account, person=share.person, page=page, actor=actor, at=at)


def send_house_code(agreement: Agreement, *, page: str, actor: Any, at: datetime) -> None:
    """Does: mails a code to who signs for the cooperative on `page`. Refuses: a version that waits for no
    signature. Leaves behind: the hash of the code; the mail."""
    with transaction.atomic():
        row = (
            Agreement.objects.select_for_update(of=("self",)).select_related("activity").get(pk=agreement.pk)
        )
        if row.state != AgreementState.TO_SIGN:
            raise IllegalMove(_("Cette convention n’attend pas de signature."))
        send_new_code(row, account=actor, page=page, actor=actor, at=at)


def share_of_link(token: str) -> AgreementShare:
    """Gives the line that a personal link opens. Raises Refused as `links.find_link`."""
    link = links.find_link(token, AGREEMENT_LINK)
    rows = AgreementShare.objects.select_related("person", "signature", "agreement__activity")
    rows = rows.select_related("agreement__signed_pdf")
    return rows.get(pk=int(link.about_id))


def renew_agreement_link(link: PersonalLink, *, at: datetime) -> AgreementShare:
    """Does: mails a new link in the place of one that is over, to the address already known. Refuses: a
    signature no longer awaited, a link withdrawn or still alive. Leaves behind: the new link, its mail."""
    links.require_over(link, at=at)
    with transaction.atomic():
        share = AgreementShare.objects.select_related("person", "agreement__activity").get(
            pk=int(link.about_id)
        )
        awaited_share(share.agreement, share.person)
        mail_agreement_link(share, actor=None, at=at)
        return share


@transaction.atomic
def tell_again(share: AgreementShare, *, actor: Any, at: datetime) -> None:
    """Does: asks a member once more to sign: a new link, or a notice. Refuses: what `awaited_share` refuses,
    a member without account nor address. Leaves behind: the notice or the mail, the instant."""
    awaited_share(share.agreement, share.person)
    if account_of(share.person) is None and not share.person.email:
        mail_agreement_link(share, actor=actor, at=at)
    tell_member(share, actor=actor, at=at)


def _end_former(agreement: Agreement) -> None:
    signed = Agreement.objects.select_for_update(of=("self",)).filter(
        activity=agreement.activity_id, state=AgreementState.SIGNED
    )
    for former in signed:
        if former.starts_on >= agreement.starts_on and not former.is_empty:
            raise Refused(
                Code.PERIOD_INVALID,
                _("La version %(number)d commence déjà ce jour-là ou après.") % {"number": former.number},
                field="starts_on",
            )
        if former.ends_on is None or former.ends_on >= agreement.starts_on:
            former.ends_on = agreement.starts_on - timedelta(days=1)
            former.save(update_fields=["ends_on"])


def _sign(agreement: Agreement, *, hand: Hand, origin: Origin, at: datetime, actor: Any, shown: str) -> Any:
    if content_hash(agreement) != agreement.content_sha256 or shown not in ("", agreement.content_sha256):
        raise Refused(Code.STALE_FORM, _("La convention a changé depuis votre lecture : relisez-la d’abord."))
    return sign(
        agreement,
        purpose=SIGNED_FOR,
        hand=hand,
        content_sha256=agreement.content_sha256,
        at=at,
        origin=origin,
        terms=str(AGREEMENT),
        actor=actor,
    )
