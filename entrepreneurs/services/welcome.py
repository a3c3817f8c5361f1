"""Decides on applications: accepts, refuses, redirects, postpones, pools, reopens, each with its reason kept.

The column reached stays with the decision: a refusal is a result (ENT-13, ENT-14)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.kept_words import house_words
from cae.core.options import choices_of
from cae.core.workflow import performs
from entrepreneurs.models import Application, ApplicationDecision, CommitteeFile
from entrepreneurs.selectors.applications import waiting_of
from entrepreneurs.selectors.stages import stage_of
from entrepreneurs.services.applications import end_candidacy, keep_from
from entrepreneurs.services.stages import locked
from entrepreneurs.services.welcome_mails import tell_of_decision
from entrepreneurs.states.applications import APPLICATION_FLOW, Door
from entrepreneurs.states.committees import REASON_LIST, Verdict
from people.models import Person, StatusPeriod
from people.selectors.statuses import statuses_on
from people.services.changes import require_text
from people.services.statuses import open_status
from people.states.statuses import StatusKind


@dataclass(frozen=True)
class Grounds:
    """Why, as the form or the committee says it."""

    reason_code: str = ""
    reason: str = ""
    conditions: str = ""
    file: CommitteeFile | None = None
    # When what is postponed is looked at again.
    again_on: date | None = None
    # Whether the candidate is told by mail.
    tells: bool = True


@performs(APPLICATION_FLOW, "accept")
def accept_application(application: Application, *, grounds: Grounds, now: datetime, actor: Any) -> None:
    """Does: accepts, with conditions or none. Refuses: an application not waiting for an answer; by the
    door of a collective, a collective that nobody named. Leaves behind: the decision, the state, a mail."""
    if application.door == Door.COLLECTIVE and application.collective_id is None:
        raise Refused(
            Code.VALUE_MISSING,
            _("Indiquez d’abord le collectif que cette personne rejoint."),
        )
    _decide(application, Verdict.ACCEPTED, grounds, now, actor)


@performs(APPLICATION_FLOW, "refuse")
def refuse_application(application: Application, *, grounds: Grounds, now: datetime, actor: Any) -> None:
    """Does: refuses. Refuses: no reason of the list, an application already decided. Leaves behind: the
    decision with the column reached, the state, the day until which the file is kept, a mail."""
    _decide(application, Verdict.REFUSED, grounds, now, actor)


@performs(APPLICATION_FLOW, "redirect")
def redirect_application(application: Application, *, grounds: Grounds, now: datetime, actor: Any) -> None:
    """Does: shows another way. Refuses: no reason of the list, nothing said of where to go. Leaves behind:
    the decision with the column reached, the state, the day until which the file is kept, a mail."""
    require_text(grounds.reason, "reason", _("Dites vers quoi vous l’orientez."))
    _decide(application, Verdict.REDIRECTED, grounds, now, actor)


@performs(APPLICATION_FLOW, "pool")
def pool_application(application: Application, *, grounds: Grounds, now: datetime, actor: Any) -> None:
    """Does: keeps an application for later. Refuses: no reason of the list. Leaves behind: the decision with
    the column reached, the state, the day until which the file is kept, a mail."""
    _decide(application, Verdict.POOLED, grounds, now, actor)


@performs(APPLICATION_FLOW, "reopen")
def reopen_application(application: Application, *, grounds: Grounds, now: datetime, actor: Any) -> None:
    """Does: takes up an application where it stood. Refuses: nothing said of why, a person who has another
    application waiting. Leaves behind: the decision, the state, a mail."""
    require_text(grounds.reason, "reason", _("Dites pourquoi vous la rouvrez."))
    # Who sends another one meanwhile waits.
    list(Person.objects.select_for_update(of=("self",)).filter(applications=application))
    if waiting_of(application) is not None:
        raise Refused(Code.DUPLICATE, _("Cette personne a déjà une autre candidature en cours."))
    _decide(application, Verdict.REOPENED, grounds, now, actor)


@transaction.atomic
def postpone_application(
    application: Application, *, grounds: Grounds, now: datetime, actor: Any
) -> ApplicationDecision:
    """Does: leaves an application on the board until a day. Refuses: no reason of the list, no day or one
    already past. Leaves behind: the decision, a mail, audit."""
    row = locked(application)
    if grounds.again_on is None or grounds.again_on <= timezone.localdate(now):
        raise Refused(Code.DATE_INVALID, _("Indiquez un jour à venir pour la reprendre."), field="again_on")
    decision = _decide(row, Verdict.POSTPONED, grounds, now, actor)
    row.save(update_fields=["last_contact_on", "retention_until"])
    detail = {"on": grounds.again_on.isoformat(), "reason": grounds.reason_code}
    audit.record(actor, "entrepreneurs.application.postpone", row, detail=detail)
    return decision


def _decide(
    row: Application, verdict: Verdict, grounds: Grounds, now: datetime, actor: Any
) -> ApplicationDecision:
    today = timezone.localdate(now)
    if verdict not in (Verdict.ACCEPTED, Verdict.REOPENED):
        _check_reason(grounds.reason_code, today)
    decision = ApplicationDecision.objects.create(
        application=row,
        verdict=verdict,
        reason_code=grounds.reason_code,
        reason=grounds.reason.strip(),
        conditions=grounds.conditions.strip(),
        stage=stage_of(row, on=today),
        file=grounds.file,
        again_on=grounds.again_on if verdict == Verdict.POSTPONED else None,
        decided_by=actor,
        decided_at=now,
    )
    keep_from(row, today)
    _follow_status(row, verdict, today, actor)
    if grounds.tells:
        tell_of_decision(decision, now=now, actor=actor)
    return decision


def _follow_status(row: Application, verdict: Verdict, today: date, actor: Any) -> None:
    """Who is no longer expected is no candidate any more; who is taken up again is one."""
    if row.person is None:
        return
    held = statuses_on(row.person, today)
    if verdict in (Verdict.REFUSED, Verdict.REDIRECTED, Verdict.POOLED):
        end_candidacy(row.person, today, reason=house_words(verdict.label), actor=actor)
    elif verdict == Verdict.REOPENED and not _is_on_the_path(held):
        # A status that ends today is followed by another tomorrow.
        ends_today = held.filter(kind=StatusKind.CANDIDATE).exists()
        open_status(
            row.person,
            kind=StatusKind.CANDIDATE,
            starts_on=today + timedelta(days=ends_today),
            reason=house_words(verdict.label),
            actor=actor,
            about=row,
        )


def _is_on_the_path(held: QuerySet[StatusPeriod]) -> bool:
    """Under contract, or a candidate without end: there is nothing to open."""
    further = Q(kind__in=(StatusKind.PROJECT_HOLDER, StatusKind.ENTREPRENEUR))
    return held.filter(further | Q(kind=StatusKind.CANDIDATE, ends_on=None)).exists()


def _check_reason(code: str, on: date) -> None:
    if not code:
        raise Refused(Code.VALUE_MISSING, _("Choisissez un motif."), field="reason_code")
    if code not in dict(choices_of(REASON_LIST, on=on)):
        raise Refused(Code.VALUE_INVALID, _("Ce motif n’est plus dans la liste."), field="reason_code")


OUTCOMES = {
    Verdict.ACCEPTED: accept_application,
    Verdict.REFUSED: refuse_application,
    Verdict.REDIRECTED: redirect_application,
    Verdict.POOLED: pool_application,
    Verdict.POSTPONED: postpone_application,
    Verdict.REOPENED: reopen_application,
}


def decide(application: Application, verdict: str, *, grounds: Grounds, now: datetime, actor: Any) -> Any:
    """Does: what the verdict says. Refuses: what its own service refuses. Leaves behind: as it does."""
    return OUTCOMES[Verdict(verdict)](application, grounds=grounds, now=now, actor=actor)
