"""The attendance sheet: signed once each half-day, completed on paper or by the manager, chased (COW-45)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.documents import store_document
from cae.core.errors import Code, Refused
from cae.core.models import Document
from cae.core.signing import Hand, Origin, sign
from cae.core.uploads import plain_name, proof_mime
from coworking.calculations.sheets import Window
from coworking.models import Enrolment, HalfDay, SheetSignature, Trainer, TrainingSession
from coworking.selectors.sheets import closes_at, half_day_hash, missing_days, window_of
from coworking.services.training_mails import chase_signature
from coworking.states.training import SEATED, EnrolmentState, SessionState, SheetWay
from people.models import User
from people.services.changes import one_line

SHEET_FILE = "coworking.sheet_scan"
PURPOSE = "coworking.sheet"
# Proof of what was done is asked for three years, of what a European fund pays for ten (L6362-6).
RETENTION_YEARS = 10
_MOST_MB = 20

Signer = Enrolment | Trainer


@transaction.atomic
def sign_half_day(
    day: HalfDay, signer: Signer, *, hand: Hand, origin: Origin, at: datetime, actor: User | None
) -> SheetSignature:
    """Does: signs a half-day, as its trainee or its trainer. Refuses: before it begins, after the delay,
    twice, somebody of another session or who gave up, one called off, no mark. Leaves behind: the signature,
    sealed and for ever, which says when it is late; audit."""
    row = _locked(day)
    _refuse_stranger(row, signer)
    standing = window_of(row, at)
    if standing == Window.EARLY:
        raise Refused(Code.DATE_INVALID, _("Cette demi-journée n’a pas commencé : signez sur place."))
    _refuse_twice(row, signer)
    if standing == Window.CLOSED:
        raise Refused(
            Code.PERIOD_CLOSED,
            _("Le délai pour signer est passé : la responsable formation peut encore noter votre présence."),
        )
    who = str(signer)
    made = sign(
        row,
        purpose=PURPOSE,
        hand=hand,
        content_sha256=half_day_hash(row, who=who),
        at=at,
        origin=origin,
        actor=actor,
    )
    return SheetSignature.objects.create(
        half_day=row,
        **_of(signer),
        way=SheetWay.SIGNED,
        signature=made,
        signed_at=at,
        is_late=standing == Window.LATE,
        added_by=actor,
    )


@transaction.atomic
def add_signature(day: HalfDay, signer: Signer, *, reason: str, at: datetime, actor: User) -> SheetSignature:
    """Does: notes a presence that nobody signed, with its reason. Refuses: no reason, a half-day that is not
    over, one already signed, somebody of another session or who had given up. Leaves behind: the line, late,
    under the manager’s name; audit."""
    reason = one_line(reason, "reason", _("Dites ce qui prouve cette présence."), most=300)
    row = _locked(day)
    _refuse_stranger(row, signer)
    if row.ends_at > at:
        raise Refused(Code.DATE_INVALID, _("Cette demi-journée n’est pas finie."))
    _refuse_twice(row, signer)
    made = SheetSignature.objects.create(
        half_day=row,
        **_of(signer),
        way=SheetWay.MANAGER,
        signed_at=at,
        is_late=True,
        reason=reason,
        added_by=actor,
    )
    audit.record(actor, "coworking.sheet.add", row, detail={"person": str(signer), "reason": reason})
    return made


@transaction.atomic
def file_scan(
    day: HalfDay, *, content: bytes, name: str, signers: Sequence[Signer], at: datetime, actor: User
) -> Document:
    """Does: keeps the sheet of a half-day that was signed on paper, and notes who signed it. Refuses: a file
    that is no PDF and no picture, a half-day to come, nobody, somebody of another session, somebody who
    signed already. Leaves behind: the document, a line a person, which says it is on paper; audit."""
    mime = proof_mime(content, most=_MOST_MB, field="file")
    if not signers:
        raise Refused(Code.VALUE_MISSING, _("Cochez qui a signé cette feuille."), field="signers")
    row = _locked(day)
    if row.starts_at > at:
        raise Refused(Code.DATE_INVALID, _("Cette demi-journée n’a pas commencé."))
    for one in signers:
        _refuse_stranger(row, one)
        _refuse_twice(row, one)
    scan = store_document(
        content,
        kind=SHEET_FILE,
        name=plain_name(name, otherwise=_("feuille")),
        mime=mime,
        about=row.session,
        actor=actor,
        retention_until=date(at.year + RETENTION_YEARS, 12, 31),
    )
    for one in signers:
        SheetSignature.objects.create(
            half_day=row, **_of(one), way=SheetWay.PAPER, signed_at=at, scan=scan, added_by=actor
        )
    audit.record(actor, "coworking.sheet.scan", row, detail={"count": len(signers)})
    return scan


def chase_signatures(*, at: datetime) -> int:
    """Does: mails each trainee whose signature is missing and may still be given; called once a day.
    Refuses: nothing. Leaves behind: links, mails; gives how many."""
    running = (SessionState.OPEN, SessionState.RUNNING, SessionState.DONE)
    rows = (
        Enrolment.objects.filter(
            state__in=(EnrolmentState.ENROLLED, EnrolmentState.DONE),
            session__state__in=running,
            session__half_days__ends_at__lt=at,
        )
        .exclude(email="")
        .select_related("session__course")
        .distinct()
    )
    sent = 0
    for one in rows.order_by("pk"):
        days = missing_days(one, now=at)
        if days:
            with transaction.atomic():
                chase_signature(one, days, ends_at=max(closes_at(day) for day in days), at=at)
            sent += 1
    return sent


def _locked(day: HalfDay) -> HalfDay:
    """The session first, as whoever changes its half-days does; then nobody signs twice at once."""
    TrainingSession.objects.select_for_update(of=("self",)).get(pk=day.session_id)
    rows = HalfDay.objects.select_related("session__course", "trainer")
    found: HalfDay = rows.get(pk=day.pk)
    if found.session.state in (SessionState.DRAFT, SessionState.CANCELLED):
        raise Refused(
            Code.ILLEGAL_MOVE,
            _("Cette session est « %(state)s » : rien ne s’y signe.")
            % {"state": found.session.get_state_display()},
        )
    return found


def _of(signer: Signer) -> dict[str, Signer]:
    return {"enrolment": signer} if isinstance(signer, Enrolment) else {"trainer": signer}


def _refuse_stranger(day: HalfDay, signer: Signer) -> None:
    if isinstance(signer, Trainer):
        if signer.pk != day.trainer_id:
            raise Refused(Code.NOT_ALLOWED, _("Une autre personne donne cette demi-journée."))
        return
    # As it stands, whatever the page knew: nobody gives up between this and the signature.
    row = Enrolment.objects.select_for_update(of=("self",)).get(pk=signer.pk)
    if row.session_id != day.session_id or row.state not in SEATED:
        raise Refused(Code.NOT_ALLOWED, _("Cette personne n’est pas inscrite à cette session."))
    if row.dropped_on is not None and row.dropped_on < timezone.localdate(day.starts_at):
        raise Refused(
            Code.NOT_ALLOWED,
            _("Cette personne a abandonné le %(day)s : rien ne se signe pour elle ensuite.")
            % {"day": f"{row.dropped_on:%d/%m/%Y}"},
        )


def _refuse_twice(day: HalfDay, signer: Signer) -> None:
    if day.signatures.filter(**_of(signer)).exists():
        raise Refused(Code.ALREADY_DONE, _("Cette demi-journée est déjà signée : une signature suffit."))
