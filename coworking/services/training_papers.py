"""The agreement or the contract of an enrolment: made, sent, signed, withdrawn from (COW-44).

C. trav. L6353-1 (agreement with whom pays), L6353-3 to L6353-7 (contract with an individual at own cost: ten
days to withdraw, nothing paid meanwhile, 30 % at most before the training begins).
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import override

from cae.core import audit
from cae.core.documents import store_document
from cae.core.errors import Code, Refused
from cae.core.links import live_links_of, withdraw_link
from cae.core.signing import Hand, Origin, sign
from cae.core.uploads import plain_name, proof_mime
from coworking.calculations.sheets import last_day_to_withdraw
from coworking.documents.training import paper_pdf, proof_pdf
from coworking.models import Enrolment, TrainingPaper
from coworking.selectors.training_links import PAPER_LINK
from coworking.services.sold_training import AGREEMENT, answer_deal
from coworking.services.training_mails import LINK_DAYS, link_to, mail
from coworking.states.training import PAPER_OF, SEATED, EnrolmentState, PaperKind
from people.models import User
from people.services.changes import one_line

PAPER_FILE, SCAN_FILE = "coworking.training_paper", "coworking.training_scan"
PURPOSE = "coworking.training_paper"
RETENTION_YEARS = 10
_MOST_MB = 20


@transaction.atomic
def make_paper(enrolment: Enrolment, *, at: datetime, actor: User | None) -> TrainingPaper:
    """Does: makes the agreement of whom pays, or the contract of an individual, in place of the one that was
    not signed. Refuses: a trainee whom the cooperative pays for, a session without half-day, one who is not
    enrolled, a paper already signed. Leaves behind: the PDF, the row, audit."""
    row = _locked(enrolment)
    kind = PAPER_OF.get(row.payer)
    if kind is None:
        raise Refused(Code.NOT_ALLOWED, _("La coopérative paie : il n’y a ni convention ni contrat à faire."))
    if row.state not in (EnrolmentState.ENROLLED, EnrolmentState.DONE):
        raise Refused(Code.ILLEGAL_MOVE, _("Cette personne n’est pas inscrite."))
    if not row.session.half_days.exists():
        raise Refused(Code.VALUE_MISSING, _("Donnez d’abord ses demi-journées à la session."))
    former = row.papers.select_for_update().filter(replaced_at=None).first()
    if former is not None and former.is_signed and former.withdrawn_on is None:
        raise Refused(Code.ALREADY_DONE, _("Ce document est déjà signé."))
    if former is not None:
        former.replaced_at = at
        former.save(update_fields=["replaced_at"])
        _close_links(former, actor=actor, at=at)
    on = timezone.localdate(at)
    name = f"{PaperKind(kind).value}-{slugify(row.full_name)}-{row.pk}.pdf"
    document = store_document(
        paper_pdf(row, kind=kind, on=on),
        kind=PAPER_FILE,
        name=name,
        mime="application/pdf",
        about=row,
        actor=actor,
        retention_until=date(on.year + RETENTION_YEARS, 12, 31),
    )
    made = TrainingPaper.objects.create(
        enrolment=row, kind=kind, document=document, made_at=at, made_by=actor
    )
    audit.record(actor, "coworking.paper.make", row, detail={"paper": str(made.get_kind_display())})
    return made


@transaction.atomic
def send_paper(paper: TrainingPaper, *, to: str, at: datetime, actor: User | None) -> TrainingPaper:
    """Does: mails the paper with the link that signs it. Refuses: no address, one signed or replaced, of
    somebody who has no seat any more. Leaves behind: the link (those before it die), the mail, the instant,
    audit."""
    to = one_line(to, "to", _("Donnez l’adresse de la personne qui signe."), most=254)
    row = _locked_paper(paper)
    url = link_to(
        row,
        purpose=PAPER_LINK,
        page="coworking:training_paper_by_link",
        ends_at=at + timedelta(days=LINK_DAYS),
        actor=actor,
        at=at,
    )
    with override(settings.LANGUAGE_CODE):
        mail(
            to,
            subject=_("%(paper)s à signer : %(title)s")
            % {"paper": row.get_kind_display(), "title": row.enrolment.session},
            paragraphs=[
                _("Bonjour,"),
                _("Voici le document de l’inscription de %(name)s : lisez-le, puis signez-le en ligne.")
                % {"name": row.enrolment.full_name},
            ],
            cause="coworking.training.paper",
            about=row.enrolment,
            actor=actor,
            button=_("Lire et signer"),
            url=url,
            attachments=[row.document_id],
        )
    row.sent_at = at
    row.save(update_fields=["sent_at"])
    audit.record(actor, "coworking.paper.send", row.enrolment, detail={"to": to})
    return row


@transaction.atomic
def sign_paper(
    paper: TrainingPaper, *, hand: Hand, origin: Origin, at: datetime, shown: str, actor: User | None = None
) -> TrainingPaper:
    """Does: signs the paper that was read. Refuses: one signed or replaced, of somebody who has no seat any
    more, another one than what was shown, no mark. Leaves behind: the signature and the page that proves it,
    in the deal too; of a contract, its last day to withdraw; dead links; audit."""
    row = _locked_paper(paper)
    if shown != row.document.sha256:
        raise Refused(Code.STALE_FORM, _("Ce document a changé : relisez-le avant de signer."))
    row.signature = sign(
        row,
        purpose=PURPOSE,
        hand=hand,
        content_sha256=row.document.sha256,
        at=at,
        origin=origin,
        terms=_("Je conclus ce document et j’en ai lu le programme et les conditions."),
        actor=actor,
    )
    row.scan = store_document(
        proof_pdf(row, on=timezone.localdate(at)),
        kind=SCAN_FILE,
        name=f"preuve-de-signature-{row.pk}.pdf",
        mime="application/pdf",
        about=row.enrolment,
        actor=actor or row.made_by,
        retention_until=date(at.year + RETENTION_YEARS, 12, 31),
    )
    _signed(row, at)
    return row


@transaction.atomic
def file_signed_paper(
    paper: TrainingPaper, *, content: bytes, name: str, on: date, at: datetime, actor: User
) -> TrainingPaper:
    """Does: keeps the paper that came back signed by hand. Refuses: a file that is no PDF and no picture, one
    signed or replaced, of somebody who has no seat any more, a day to come. Leaves behind: the
    document, the day, audit."""
    mime = proof_mime(content, most=_MOST_MB, field="file")
    if on > timezone.localdate(at):
        raise Refused(Code.DATE_INVALID, _("Ce jour est à venir."), field="on")
    row = _locked_paper(paper)
    row.scan = store_document(
        content,
        kind=SCAN_FILE,
        name=plain_name(name, otherwise=_("document signé")),
        mime=mime,
        about=row.enrolment,
        actor=actor,
        retention_until=date(on.year + RETENTION_YEARS, 12, 31),
    )
    _signed(row, at, on=on)
    audit.record(actor, "coworking.paper.scan", row.enrolment)
    return row


@transaction.atomic
def withdraw_from_contract(paper: TrainingPaper, *, on: date, actor: User | None) -> TrainingPaper:
    """Does: notes that an individual took back their signature within ten days; their seat is free. Refuses:
    an agreement, a contract not signed, after the last day. Leaves behind: the day, the enrolment cancelled
    (dropped, once a half-day is signed: its hours count), audit."""
    enrolment = _locked(paper.enrolment)
    row = TrainingPaper.objects.select_for_update(of=("self",)).get(pk=paper.pk)
    if row.kind != PaperKind.CONTRACT or row.withdraw_until is None or row.withdrawn_on is not None:
        raise Refused(Code.NOT_ALLOWED, _("Seul un contrat signé par un particulier se rétracte, une fois."))
    if on > row.withdraw_until:
        raise Refused(Code.PERIOD_CLOSED, _("Les dix jours de rétractation sont passés."), field="on")
    row.withdrawn_on = on
    row.save(update_fields=["withdrawn_on"])
    if enrolment.state == EnrolmentState.ENROLLED:
        followed = enrolment.signatures.order_by("half_day__starts_at").last()
        enrolment.state, enrolment.state_since = EnrolmentState.CANCELLED, timezone.now()
        if followed is not None:
            enrolment.state = EnrolmentState.DROPPED
            enrolment.dropped_on = max(on, timezone.localdate(followed.half_day.starts_at))
        enrolment.end_reason, enrolment.version = str(_("Rétractation")), enrolment.version + 1
        enrolment.save(update_fields=["state", "state_since", "dropped_on", "end_reason", "version"])
    audit.record(actor, "coworking.paper.withdraw", enrolment, detail={"on": on.isoformat()})
    return row


def _signed(row: TrainingPaper, at: datetime, *, on: date | None = None) -> None:
    row.signed_at = at
    if row.kind == PaperKind.CONTRACT:
        row.withdraw_until = last_day_to_withdraw(on or timezone.localdate(at))
    row.save(update_fields=["signature", "scan", "signed_at", "withdraw_until"])
    _close_links(row, actor=None, at=at)
    for document in filter(None, (row.document if row.signature else None, row.scan)):
        answer_deal(row.enrolment.session, document, paper=AGREEMENT, on=timezone.localdate(at))


def _close_links(row: TrainingPaper, *, actor: User | None, at: datetime) -> None:
    for link in live_links_of(row, PAPER_LINK):
        withdraw_link(link, actor=actor, at=at)


def _locked(enrolment: Enrolment) -> Enrolment:
    rows = Enrolment.objects.select_for_update(of=("self",)).select_related("session__course")
    found: Enrolment = rows.get(pk=enrolment.pk)
    return found


def _locked_paper(paper: TrainingPaper) -> TrainingPaper:
    """The paper of the moment, under the lock of its enrolment."""
    _locked(paper.enrolment)
    rows = TrainingPaper.objects.select_for_update(of=("self",))
    row: TrainingPaper = rows.select_related(
        "enrolment__session__course", "enrolment__session__deal", "enrolment__organisation", "document"
    ).get(pk=paper.pk)
    if row.replaced_at is not None:
        raise Refused(Code.ALREADY_DONE, _("Un autre document remplace celui-ci."))
    if row.is_signed:
        raise Refused(Code.ALREADY_DONE, _("Ce document est déjà signé."))
    if row.enrolment.state not in SEATED:
        raise Refused(Code.ILLEGAL_MOVE, _("Cette inscription n’est plus en cours : rien ne se signe."))
    return row
