"""Plans the interviews owed by each contract, holds them, and has both sides sign (ENT-54)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.background import run_later
from cae.core.canonical import sha256_of
from cae.core.errors import Code, Refused
from cae.core.notices import notify
from cae.core.periods import after_months
from cae.core.settings import value_of
from cae.core.signing import Hand, Origin, sign
from cae.core.workflow import performs
from entrepreneurs.calculations.interviews import due_days
from entrepreneurs.models import Contract, Interview
from entrepreneurs.states.contracts import ContractKind
from entrepreneurs.states.interviews import (
    ADVISOR_SIGNS,
    INTERVIEW_FLOW,
    PERSON_SIGNS,
    InterviewHeading,
    InterviewState,
)
from entrepreneurs.states.reports import MAX_SAID
from people.models import Person, User
from people.services.changes import refuse_long, refuse_stale, require_text
from people.services.deadlines import close_deadlines, set_deadline
from people.states.deadlines import DeadlineKind

A_YEAR = "entrepreneurs.interviews_a_year"
INTERVIEW_NOTICE = "entrepreneurs.interview"
ARCHIVE_TASK = "entrepreneurs.archive_interview"
# The interview is owed to those who are salaried entrepreneurs or test their activity.
OWED_TO: tuple[str, ...] = (ContractKind.CESA, ContractKind.CAPE)
# How far ahead a due date is written.
AHEAD_MONTHS = 12


def plan_interviews(*, on: date, contracts: Iterable[Contract] | None = None) -> int:
    """Does: writes the interviews that contracts in force owe within a year, those missed too, with their
    deadlines. Refuses: nothing; twice is once. Leaves behind: the rows and dates; gives how many came."""
    rows = Contract.objects.in_force(on).filter(kind__in=OWED_TO).select_related("person")
    a_year, until = value_of(A_YEAR, on=on), after_months(on, AHEAD_MONTHS)
    wanted = list(rows if contracts is None else contracts)
    known = set(Interview.objects.filter(contract__in=wanted).values_list("contract", "rank"))
    count = 0
    for contract in wanted:
        days = due_days(contract.starts_on, a_year=a_year, last=contract.last_day, until=until)
        for rank, day in enumerate(days, start=1):
            if (contract.pk, rank) not in known:
                count += _plan(contract, rank, day)
    return count


@transaction.atomic
def _plan(contract: Contract, rank: int, day: date) -> int:
    interview, is_new = Interview.objects.get_or_create(
        contract=contract, rank=rank, defaults={"person": contract.person, "due_on": day}
    )
    if is_new:
        set_deadline(
            about=interview, kind=DeadlineKind.INTERVIEW, person=contract.person, due_on=day, actor=None
        )
    return int(is_new)


@transaction.atomic
def write_interview(
    interview: Interview,
    *,
    texts: Mapping[str, str],
    held_on: date | None,
    wants_amendment: bool,
    version: int,
    actor: Any,
    on: date,
) -> Interview:
    """Does: writes what is said under the headings. Refuses: an interview already proposed or signed, a form
    opened before somebody else wrote (stale_form), too long a text, a day to come. Leaves behind: audit."""
    row = Interview.objects.select_for_update(of=("self",)).get(pk=interview.pk)
    if row.state != InterviewState.DUE:
        raise Refused(Code.ALREADY_DONE, _("Cet entretien est proposé à la signature : il ne change plus."))
    refuse_stale(row, version)
    if held_on is not None and held_on > on:
        raise Refused(Code.DATE_INVALID, _("Indiquez un jour déjà passé."), field="held_on")
    for name, text in texts.items():
        refuse_long(text, name, MAX_SAID)
    row.texts = {str(one): texts.get(one, "").strip() for one in InterviewHeading}
    row.held_on, row.wants_amendment, row.version = held_on, wants_amendment, row.version + 1
    row.save()
    audit.record(actor, "entrepreneurs.interview.write", row)
    return row


@performs(INTERVIEW_FLOW, "propose")
def propose_interview(
    interview: Interview,
    *,
    advisor: Person,
    figures: Sequence[tuple[str, str]],
    hand: Hand,
    origin: Origin,
    at: datetime,
    actor: Any,
    version: int | None = None,
) -> None:
    """Does: freezes the interview with the figures of the day, signs it for the advisor and offers it to the
    person. Refuses: no day, a heading left empty, words changed since they were read (`version`). Leaves
    behind: the advisor’s signature, a notice to the person, audit."""
    refuse_stale(interview, version)
    if interview.held_on is None:
        raise Refused(Code.VALUE_MISSING, _("Indiquez le jour de l’entretien."), field="held_on")
    empty = next((one for one in InterviewHeading if not interview.texts.get(one, "").strip()), None)
    if empty is not None:
        raise Refused(
            Code.VALUE_MISSING,
            _("La rubrique « %(heading)s » est vide.") % {"heading": empty.label},
            field=str(empty),
        )
    interview.advisor, interview.figures, interview.remark = advisor, [list(one) for one in figures], ""
    interview.content_sha256 = content_hash(interview)
    sign(
        interview,
        purpose=ADVISOR_SIGNS,
        hand=hand,
        content_sha256=interview.content_sha256,
        at=at,
        origin=origin,
        actor=actor,
    )
    notify(
        User.objects.filter(person=interview.person_id, is_active=True),
        INTERVIEW_NOTICE,
        subject=lambda: _("Votre entretien est à relire et à signer"),
        url=interview.get_absolute_url(),
        about=interview,
        actor=actor,
    )


@performs(INTERVIEW_FLOW, "sign")
def sign_interview(
    interview: Interview, *, hand: Hand, origin: Origin, at: datetime, actor: Any, shown_sha256: str = ""
) -> None:
    """Does: signs the interview for the person. Refuses: no name, content that is no longer the one proposed,
    or the one that was shown. Leaves behind: the second signature, the date closed, a notice to the advisor,
    the PDF to come, audit."""
    if interview.content_sha256 != content_hash(interview):
        raise Refused(Code.FILE_REFUSED, _("Cet entretien n’est plus celui qui a été proposé."))
    if shown_sha256 not in ("", interview.content_sha256):
        raise Refused(
            Code.STALE_FORM, _("Cet entretien a changé depuis votre lecture : relisez-le avant de signer.")
        )
    sign(
        interview,
        purpose=PERSON_SIGNS,
        hand=hand,
        content_sha256=interview.content_sha256,
        at=at,
        origin=origin,
        actor=actor,
    )
    close_deadlines(interview, actor=actor)
    run_later(ARCHIVE_TASK, interview_id=interview.pk)
    _tell_advisor(interview, _("%(name)s a signé son entretien") % {"name": interview.person}, actor)


@performs(INTERVIEW_FLOW, "reopen")
def reopen_interview(interview: Interview, *, remark: str, actor: Any) -> None:
    """Does: gives the interview back to the advisor. Refuses: no remark. Leaves behind: the remark; the
    former signature stays with the content that it signed; a notice to the advisor, audit."""
    require_text(remark, "remark", _("Dites ce qui est à corriger."))
    interview.remark, interview.content_sha256 = " ".join(remark.split())[:500], ""
    interview.version += 1
    _tell_advisor(interview, _("%(name)s demande une correction") % {"name": interview.person}, actor)


@performs(INTERVIEW_FLOW, "cancel")
def cancel_interview(interview: Interview, *, reason: str, actor: Any) -> None:
    """Does: says that an interview is not owed after all. Refuses: no reason.
    Leaves behind: the reason, the date closed, audit."""
    require_text(reason, "reason", _("Dites pourquoi."))
    interview.cancel_reason = " ".join(reason.split())[:300]
    close_deadlines(interview, actor=actor)


def content_hash(interview: Interview) -> str:
    """The hash of what is signed."""
    said = [
        interview.pk,
        interview.person_id,
        interview.due_on.isoformat(),
        interview.held_on.isoformat() if interview.held_on else "",
        interview.texts,
        interview.figures,
    ]
    return sha256_of(said)


def _tell_advisor(interview: Interview, subject: str, actor: Any) -> None:
    notify(
        User.objects.filter(person=interview.advisor_id, is_active=True),
        INTERVIEW_NOTICE,
        subject=subject,
        text=interview.remark,
        url=interview.get_absolute_url(),
        about=interview,
        actor=actor,
    )
