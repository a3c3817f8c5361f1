"""Prepares, convenes and closes admission committees, and records what they decide (ENT-13)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.canonical import sha256_of
from cae.core.documents import store_document
from cae.core.errors import Code, Refused
from cae.core.notices import notify
from cae.core.options import label_of
from cae.core.periods import after_months
from cae.core.workflow import performs
from entrepreneurs.documents.welcome import minutes_pdf
from entrepreneurs.models import (
    Application,
    ApplicationDecision,
    Committee,
    CommitteeFile,
    CommitteeMember,
    CommitteeVoice,
)
from entrepreneurs.selectors.committees import applications_offered, files_of, members_of, tally_of
from entrepreneurs.selectors.frozen import frozen_content
from entrepreneurs.services.entering import enter_path
from entrepreneurs.services.stages import locked
from entrepreneurs.services.welcome import Grounds, decide
from entrepreneurs.states.applications import ApplicationState
from entrepreneurs.states.committees import (
    COMMITTEE_FLOW,
    REASON_LIST,
    VOICES_OF,
    CommitteeState,
    DecisionMode,
    Fit,
    Verdict,
    Voice,
)
from people.models import Territory, User
from people.services.changes import require_text, write

CONVENED = "entrepreneurs.committee_convened"
MINUTES_FILE = "entrepreneurs.committee_minutes"
# Minutes of a body that decides on people: kept as contracts are, five years after, and one.
MINUTES_KEPT_MONTHS = 72


@dataclass(frozen=True)
class CommitteeData:
    """What is planned of a committee."""

    held_on: date
    place: str = ""
    mode: str = DecisionMode.CONSENT
    agenda: str = ""
    territory: Territory | None = None


@transaction.atomic
def plan_committee(
    *, data: CommitteeData, members: Sequence[User], chair: User, today: date, actor: Any
) -> Committee:
    """Does: plans a committee with those who sit and who chairs. Refuses: a day already past, nobody, a mode
    that does not exist. Leaves behind: the committee, its members, audit."""
    _check(data, today)
    row = Committee(created_by=actor)
    write(row, data)
    row.save()
    _seat(row, members, chair)
    audit.record(actor, "entrepreneurs.committee.plan", row)
    return row


@transaction.atomic
def change_committee(
    committee: Committee,
    *,
    data: CommitteeData,
    members: Sequence[User],
    chair: User,
    today: date,
    actor: Any,
) -> Committee:
    """Does: changes a committee that is not convened yet. Refuses: one that is, a day already past, nobody.
    Leaves behind: the committee, its members, audit with the values before and after."""
    row = _planned(committee)
    _check(data, today)
    changed = write(row, data)
    row.save()
    row.members.all().delete()
    _seat(row, members, chair)
    audit.record(actor, "entrepreneurs.committee.change", row, detail=changed)
    return row


def _check(data: CommitteeData, today: date) -> None:
    if data.held_on < today:
        raise Refused(Code.DATE_INVALID, _("Ce jour est passé."), field="held_on")
    if data.mode not in DecisionMode.values:
        raise Refused(Code.VALUE_INVALID, _("Cette façon de décider n’existe pas."), field="mode")


def _seat(committee: Committee, members: Sequence[User], chair: User) -> None:
    people = {user.pk: user for user in (*members, chair)}
    for user in people.values():
        CommitteeMember.objects.create(committee=committee, user=user, chairs=user.pk == chair.pk)


def _planned(committee: Committee) -> Committee:
    row = Committee.objects.select_for_update(of=("self",)).get(pk=committee.pk)
    if row.state != CommitteeState.PLANNED:
        raise Refused(Code.ILLEGAL_MOVE, _("Ce comité est convoqué : ses dossiers ne changent plus."))
    return row


@transaction.atomic
def add_file(committee: Committee, *, application: Application, actor: Any) -> CommitteeFile:
    """Does: puts an application on the agenda. Refuses: a committee already convened, an application decided
    or out of the person’s sight, one that another committee to come already has.
    Leaves behind: the file, last in order, audit."""
    row = _planned(committee)
    waiting = locked(application)
    if not applications_offered(actor).filter(pk=waiting.pk).exists():
        raise Refused(
            Code.DUPLICATE, _("Cette candidature est déjà inscrite à un comité."), field="application"
        )
    file = CommitteeFile.objects.create(committee=row, application=waiting, order=row.files.count() + 1)
    audit.record(actor, "entrepreneurs.committeefile.add", waiting, detail={"on": row.held_on.isoformat()})
    return file


@transaction.atomic
def remove_file(file: CommitteeFile, *, actor: Any) -> None:
    """Does: takes an application off the agenda. Refuses: a committee convened. Leaves behind: audit."""
    _planned(file.committee)
    audit.record(actor, "entrepreneurs.committeefile.remove", file.application)
    CommitteeFile.objects.filter(pk=file.pk).delete()


@performs(COMMITTEE_FLOW, "convene")
def convene_committee(committee: Committee, *, now: datetime, actor: Any) -> None:
    """Does: freezes every file as it stands and tells the members. Refuses: no file, a day already past, a
    candidate decided or withdrawn since. Leaves behind: the content and seal of each file, notices, audit."""
    files = list(committee.files.select_related("application").order_by("order", "pk"))
    if not files:
        raise Refused(Code.EMPTY_DOCUMENT, _("Inscrivez au moins une candidature avant de convoquer."))
    if committee.held_on < timezone.localdate(now):
        raise Refused(Code.DATE_INVALID, _("Ce jour est passé : changez la date du comité."))
    for file in files:
        file.frozen = frozen_content(locked(file.application))
        file.frozen_hash, file.frozen_at = sha256_of(file.frozen), now
        file.save()
    notify(
        [member.user for member in members_of(committee)],
        CONVENED,
        subject=lambda: str(committee),
        text=lambda: _("Les dossiers sont figés : lisez-les et donnez votre voix."),
        url=committee.get_absolute_url(),
        about=committee,
        actor=actor,
    )


@transaction.atomic
def give_voice(file: CommitteeFile, *, voice: str, note: str, actor: User) -> CommitteeVoice:
    """Does: gives the voice of a member on a file; given again, the latest counts and the former stays.
    Refuses: a committee not convened, somebody who does not sit there or is the candidate, a file already
    decided, a voice that the way of deciding does not have, an objection that nobody explains. Leaves behind:
    the voice, audit."""
    committee = Committee.objects.select_for_update(of=("self",)).get(pk=file.committee_id)
    if committee.state != CommitteeState.CONVENED:
        raise Refused(Code.ILLEGAL_MOVE, _("Ce comité ne reçoit pas de voix."))
    member = committee.members.filter(user=actor).first()
    if member is None:
        raise Refused(Code.NOT_ALLOWED, _("Vous ne siégez pas à ce comité."))
    if file.application.person_id == actor.person_id:
        raise Refused(Code.NOT_ALLOWED, _("On ne donne pas sa voix sur sa propre candidature."))
    if ApplicationDecision.objects.filter(file=file).exists():
        raise Refused(Code.ALREADY_DONE, _("Ce dossier est déjà décidé."))
    if voice not in VOICES_OF[committee.mode]:
        raise Refused(Code.VALUE_INVALID, _("Choisissez une voix."), field="voice")
    if voice == Voice.OBJECTION:
        require_text(note, "note", _("Une objection s’explique : c’est elle qu’il faudra lever."))
    row = CommitteeVoice.objects.create(file=file, member=member, voice=voice, note=note.strip()[:500])
    audit.record(actor, "entrepreneurs.committeevoice.give", file.application, detail={"value": voice})
    return row


@transaction.atomic
def decide_file(
    file: CommitteeFile, *, verdict: str, fit: str, grounds: Grounds, now: datetime, actor: Any
) -> ApplicationDecision:
    """Does: records what a committee decided of a file, tells the person and, if they agreed, the prescriber;
    an acceptance opens what comes next. Refuses: a committee not convened, a file already decided, no check
    against the purpose, an acceptance that the voices do not carry, no reason of the list otherwise.
    Leaves behind: the decision with the column reached, the state, mails, audit."""
    committee = Committee.objects.select_for_update(of=("self",)).get(pk=file.committee_id)
    if committee.state != CommitteeState.CONVENED:
        raise Refused(Code.ILLEGAL_MOVE, _("Ce comité ne décide pas : il n’est pas en séance."))
    if ApplicationDecision.objects.filter(file=file).exists():
        raise Refused(Code.ALREADY_DONE, _("Ce dossier est déjà décidé."))
    if fit not in Fit.values:
        raise Refused(
            Code.VALUE_MISSING, _("Dites si le projet est conforme à l’objet de la coopérative."), field="fit"
        )
    if verdict == Verdict.ACCEPTED and not tally_of(file, committee.mode).proposes:
        raise Refused(
            Code.NOT_ALLOWED, _("Les voix données ne portent pas une acceptation."), field="verdict"
        )
    CommitteeFile.objects.filter(pk=file.pk).update(fit=fit)
    said = Grounds(**(vars(grounds) | {"file": file}))
    decide(file.application, verdict, grounds=said, now=now, actor=actor)
    decision = ApplicationDecision.objects.get(file=file)
    audit.record(actor, "entrepreneurs.committeefile.decide", file.application, detail={"value": verdict})
    if verdict == Verdict.ACCEPTED:
        enter_path(file.application, on=timezone.localdate(now), actor=actor)
    return decision


@performs(COMMITTEE_FLOW, "close")
def close_committee(committee: Committee, *, now: datetime, actor: Any) -> None:
    """Does: closes the meeting and writes its minutes. Refuses: a file still undecided whose candidate waits.
    Leaves behind: the minutes as a PDF, audit."""
    waiting = committee.files.filter(decision=None, application__state=ApplicationState.SUBMITTED)
    if waiting.exists():
        raise Refused(
            Code.VALUE_MISSING,
            _("Décidez d’abord de chaque dossier, ou reportez-le : il en reste %(count)d.")
            % {"count": waiting.count()},
        )
    committee.minutes = store_document(
        minutes_pdf(committee, members=list(members_of(committee)), files=_said(committee)),
        kind=MINUTES_FILE,
        name=f"comite-{committee.held_on:%Y-%m-%d}.pdf",
        mime="application/pdf",
        about=committee,
        actor=actor,
        retention_until=after_months(committee.held_on, MINUTES_KEPT_MONTHS),
    )


@performs(COMMITTEE_FLOW, "cancel")
def cancel_committee(committee: Committee, *, reason: str, actor: Any) -> None:
    """Does: cancels a committee that will not be held. Refuses: no reason, one already held, one that already
    decided of a file. Leaves behind: the state; its files may be put before another; audit."""
    require_text(reason, "reason", _("Dites pourquoi ce comité n’aura pas lieu."))
    if ApplicationDecision.objects.filter(file__committee=committee).exists():
        raise Refused(Code.NOT_ALLOWED, _("Ce comité a déjà décidé d’un dossier : clôturez-le plutôt."))
    audit.record(actor, "entrepreneurs.committee.change", committee, detail={"reason": reason})


def _said(committee: Committee) -> list[CommitteeFile]:
    """The files that were decided, with the words that the minutes print."""
    files = [file for file in files_of(committee) if hasattr(file, "decision")]
    for file in files:
        file.voices_said = tally_of(file, committee.mode).said  # type: ignore[attr-defined]
        file.reason_label = label_of(  # type: ignore[attr-defined]
            REASON_LIST, file.decision.reason_code, on=timezone.localdate(file.decision.decided_at)
        )
    return files
