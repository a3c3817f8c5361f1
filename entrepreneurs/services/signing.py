"""Signs contracts and amendments, in order: by account, by personal link, or on paper (ENT-23)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core import audit, links
from cae.core.background import run_later
from cae.core.documents import read_document, store_document
from cae.core.errors import Code, Refused
from cae.core.models import PersonalLink
from cae.core.signing import Hand, Origin, sign
from cae.core.uploads import kind_of
from cae.core.workflow import performs
from entrepreneurs.contract_mails import SIGN_LINK, mail_link, tell_signed
from entrepreneurs.models import Contract, ContractTerms, Signatory
from entrepreneurs.selectors.signing import account_of, asks_code, awaited_signatory, round_of
from entrepreneurs.services.signature_rounds import ask_next, close_round, file_name
from entrepreneurs.services.signed_files import kept_until
from entrepreneurs.services.signing_codes import check_code, forget_code, send_new_code
from entrepreneurs.services.taking_effect import take_effect
from entrepreneurs.states.contracts import CONTRACT_FLOW, TERMS_FLOW, TermsState

SIGNED_FOR = "entrepreneurs.contract"
SCAN_FILE = "entrepreneurs.contract_scan"
# What whoever signs agrees to, word for word; kept with the signature.
AGREEMENT = gettext_lazy("J’ai lu ce document en entier et je le signe.")
MAX_SCAN = 20 * 1024 * 1024
_SCANS = {"pdf": "application/pdf", "png": "image/png", "jpeg": "image/jpeg"}


@performs(TERMS_FLOW, "conclude")
def conclude_terms(terms: ContractTerms, *, on: date, actor: Any) -> None:
    """Does: writes that both parties signed. Refuses: a signature still missing. Leaves behind: the clauses,
    in force from their day on; the signed PDF to come; audit."""
    if any(one.signed_on is None for one in round_of(terms)):
        raise Refused(Code.VALUE_MISSING, _("Il manque encore une signature."))
    terms.signed_on = on
    run_later("entrepreneurs.archive_signed_terms", terms_id=terms.pk)


@performs(CONTRACT_FLOW, "conclude")
def conclude_contract(contract: Contract, *, on: date, actor: Any) -> None:
    """Does: concludes the contract. Refuses: as `conclude_terms`. Leaves behind: the day of conclusion."""
    terms = ContractTerms.objects.get(contract=contract, number=0)
    conclude_terms(terms, on=on, actor=actor)
    contract.signed_on = on


def sign_terms(
    signatory: Signatory,
    *,
    hand: Hand,
    shown_sha256: str,
    accepted: bool,
    code: str = "",
    by_link: bool = False,
    origin: Origin,
    actor: Any,
    at: datetime,
) -> Signatory:
    """Does: signs the frozen PDF; the last signature concludes, and what the contract makes takes effect.
    Refuses: somebody whose turn it is not, a paper other than the one shown, the agreement left unticked, a
    wrong or dead code. Leaves behind: the signature, sealed; the next signer asked, or the contract concluded
    with its status, dates, declarations, notices and event."""
    if not accepted:
        raise Refused(
            Code.VALUE_MISSING,
            _("Cochez que vous avez lu le document et que vous le signez."),
            field="accepted",
        )
    if asks_code(timezone.localdate(at), by_link=by_link):
        _check_code(signatory, code, at, actor)
    with transaction.atomic():
        terms, row = _locked(signatory)
        if shown_sha256 != terms.content_sha256:
            raise Refused(
                Code.STALE_FORM, _("Le document a changé depuis votre lecture : relisez-le avant de signer.")
            )
        if terms.pdf is not None:
            read_document(terms.pdf)
        row.signature = sign(
            terms,
            purpose=SIGNED_FOR,
            hand=hand,
            content_sha256=terms.content_sha256,
            at=at,
            origin=origin,
            terms=str(AGREEMENT),
            actor=actor,
        )
        row.signed_on = timezone.localdate(at)
        forget_code(row)
        row.save()
        if awaited_signatory(terms) is not None:
            ask_next(terms, actor=actor, at=at)
        else:
            _conclude(terms, on=timezone.localdate(at), actor=actor, at=at)
        return row


def record_paper(
    terms: ContractTerms, *, scan: bytes, signed_on: date, actor: Any, at: datetime
) -> ContractTerms:
    """Does: puts the scan of a paper original in the place of the signatures still missing, and concludes.
    Refuses: clauses not to sign, a file that is no PDF or picture or is too heavy, a day to come. Leaves
    behind: the scan; what the last signature leaves."""
    kind = kind_of(scan)
    if len(scan) > MAX_SCAN:
        refuse_heavy()
    if kind not in _SCANS:
        raise Refused(Code.FILE_REFUSED, _("Déposez un PDF, une image PNG ou une image JPEG."), field="scan")
    with transaction.atomic():
        row = _locked_terms(terms)
        today = timezone.localdate(at)
        if signed_on > today:
            raise Refused(Code.DATE_INVALID, _("Ce jour est à venir."), field="signed_on")
        document = store_document(
            scan,
            kind=SCAN_FILE,
            name=file_name(row, suffix="-original").replace("pdf", "jpg" if kind == "jpeg" else kind),
            mime=_SCANS[kind],
            about=row,
            actor=actor,
            retention_until=kept_until(today),
        )
        for signatory in round_of(row):
            if not signatory.is_done:
                signatory.scan, signatory.signed_on = document, signed_on
                signatory.save()
        audit.record(actor, "entrepreneurs.terms.paper", row, detail={"on": signed_on.isoformat()})
        close_round(row, actor=actor, at=at)
        _conclude(row, on=signed_on, actor=actor, at=at)
        row.refresh_from_db()
        return row


def refuse_heavy() -> None:
    """Raises Refused(file_refused) for a scan too heavy: said before it is read."""
    raise Refused(
        Code.FILE_REFUSED,
        _("Ce fichier dépasse 20 Mo : numérisez en noir et blanc, ou en plus basse définition."),
        field="scan",
    )


def send_code(signatory: Signatory, *, page: str, actor: Any, at: datetime) -> None:
    """Does: mails a code of six digits, the former one dies; the mail leads back to `page`, where they sign.
    Refuses: a signature no longer awaited, nobody to write to. Leaves behind: the hash of the code, its
    end; the mail."""
    with transaction.atomic():
        _terms, row = _locked(signatory)
        account = actor if actor is not None else account_of(row.person) if row.person else None
        send_new_code(row, account=account, person=row.person, page=page, actor=actor, at=at)


def renew_link(link: PersonalLink, *, at: datetime) -> Signatory:
    """Does: mails a new link in the place of one that is over, to the address already known. Refuses: a
    signature no longer awaited, a link withdrawn or still alive (it serves). Leaves behind: the new link, its
    mail."""
    links.require_over(link, at=at)
    with transaction.atomic():
        signatory = Signatory.objects.filter(pk=int(link.about_id)).select_related("person", "terms").first()
        if signatory is None or link.purpose != SIGN_LINK:
            raise Refused(
                Code.LINK_UNKNOWN, _("Ce lien n’existe pas : vérifiez que vous l’avez recopié en entier.")
            )
        _terms, row = _locked(signatory)
        mail_link(row, actor=None, at=at)
        return row


def signatory_of_link(token: str) -> Signatory:
    """Gives whose turn a personal link opens. Raises Refused as `links.find_link`, and already_done."""
    link = links.find_link(token, SIGN_LINK)
    rows = Signatory.objects.select_related("person", "signature", "terms__contract__person")
    return rows.select_related("terms__pdf", "terms__signed_pdf").get(pk=int(link.about_id))


def _conclude(terms: ContractTerms, *, on: date, actor: Any, at: datetime) -> None:
    if terms.number == 0:
        contract = conclude_contract(terms.contract, on=on, actor=actor)
        take_effect(contract, actor=actor, at=at)
    else:
        conclude_terms(terms, on=on, actor=actor)
    terms.refresh_from_db()
    tell_signed(terms, actor=actor, at=at)


def _locked_terms(terms: ContractTerms) -> ContractTerms:
    """The contract first, as every move locks them."""
    Contract.objects.select_for_update(of=("self",)).get(pk=terms.contract_id)
    rows = ContractTerms.objects.select_for_update(of=("self",)).select_related("contract__person", "pdf")
    row = rows.get(pk=terms.pk)
    if row.state != TermsState.TO_SIGN:
        raise Refused(Code.ALREADY_DONE, _("Ce document n’attend plus de signature."))
    return row


def _locked(signatory: Signatory) -> tuple[ContractTerms, Signatory]:
    terms = _locked_terms(ContractTerms.objects.get(pk=signatory.terms_id))
    awaited = awaited_signatory(terms)
    if signatory.round != terms.round or signatory.is_done or awaited is None:
        raise Refused(Code.ALREADY_DONE, _("Cette signature n’est plus attendue."))
    if awaited.pk != signatory.pk:
        done = next((one for one in round_of(terms) if one.pk == signatory.pk and one.is_done), None)
        if done is not None:
            raise Refused(Code.ALREADY_DONE, _("C’est déjà signé."))
        raise Refused(
            Code.NOT_ALLOWED,
            _("Ce n’est pas encore votre tour : %(name)s signe d’abord.") % {"name": awaited.name},
        )
    awaited.terms = terms
    return terms, awaited


def _check_code(signatory: Signatory, code: str, at: datetime, by: Any) -> None:
    """Whoever signed already is told so, not asked for another code."""
    if not Signatory.objects.get(pk=signatory.pk).is_done:
        check_code(signatory, code, at=at, by=by)
