"""Prepares and closes the departure of a person: what is settled, what ends, what follows (ENT-39)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.kept_words import house_words
from cae.core.options import options_on
from cae.core.periods import after_months
from cae.core.templatetags.formats import day as shown
from cae.core.workflow import performs
from entrepreneurs.models import Activity, Contract, Exit, ExitStep, RegisterEntry
from entrepreneurs.selectors.exits import steps_left
from entrepreneurs.selectors.handing_over import held_by
from entrepreneurs.services.closing import close_activity
from entrepreneurs.services.ending import decide_end
from entrepreneurs.services.handing_over import settle_path
from entrepreneurs.services.members import require_lead
from entrepreneurs.services.register import leave_register
from entrepreneurs.states.contracts import ContractState, EndKind
from entrepreneurs.states.exits import EXIT_FLOW, KIND_LIST, STEP_CODES, Choice, ExitState
from people.models import Person, PersonScope, StatusPeriod, User
from people.services.accounts import close_account, plan_closing
from people.services.changes import require_text
from people.services.deadlines import close_deadlines, set_deadline
from people.services.scopes import leave_scope
from people.services.statuses import end_status, open_status, withdraw_status
from people.states.deadlines import DeadlineKind
from people.states.statuses import StatusKind

DAY = timedelta(days=1)
# When news is asked of who left (features.md, ENT-39).
FOLLOW_UPS = ((6, DeadlineKind.FOLLOW_UP_6), (12, DeadlineKind.FOLLOW_UP_12))
# These statuses do not end with the path: an associate stays one until the shares are given back.
STAY = (StatusKind.ASSOCIATE, StatusKind.LEAVER)


@dataclass(frozen=True)
class ExitData:
    """What is typed of a departure."""

    kind: str
    last_day: date
    account_closes_on: date
    reason: str = ""
    notice: str = ""
    choice: str = Choice.LEAVES
    choice_note: str = ""


@transaction.atomic
def open_exit(person: Person, *, data: ExitData, actor: User, on: date) -> Exit:
    """Does: begins the departure of a person. Refuses: an unknown reason, an account that closes before the
    last day is over, a departure already prepared. Leaves behind: the departure, its date; audit."""
    Person.objects.select_for_update().get(pk=person.pk)
    _check(data, on)
    if Exit.objects.filter(person=person, state=ExitState.PREPARED).exists():
        raise Refused(
            Code.DUPLICATE, _("La sortie de cette personne est déjà en préparation."), field="person"
        )
    row = Exit.objects.create(person=person, created_by=actor, **vars(data))
    audit.record(actor, "entrepreneurs.exit.open", row, detail=_facts(row))
    _set_date(row, actor)
    return row


@transaction.atomic
def change_exit(row: Exit, *, data: ExitData, actor: User, on: date) -> Exit:
    """Does: changes what is prepared. Refuses: what `open_exit` refuses, a departure that is done.
    Leaves behind: the departure, its date moved; audit."""
    row = _locked(row)
    _check(data, on)
    before = _facts(row)
    for name, value in vars(data).items():
        setattr(row, name, value)
    row.save()
    audit.record(actor, "entrepreneurs.exit.change", row, detail={"before": before, "after": _facts(row)})
    _set_date(row, actor)
    return row


@transaction.atomic
def settle_step(row: Exit, *, code: str, note: str, actor: User, on: date) -> ExitStep:
    """Does: marks one thing as settled, with a word; again, changes the word. Refuses: an unknown thing, a
    departure that is done. Leaves behind: who and when, audit."""
    row = _locked(row)
    if code not in STEP_CODES:
        raise Refused(Code.VALUE_INVALID, _("Cette étape n’existe pas."), field="code")
    known = {"note": note.strip()[:300], "done_on": on, "done_by": actor}
    step, _made = ExitStep.objects.update_or_create(exit=row, code=code, defaults=known)
    audit.record(actor, "entrepreneurs.exit.settle", row, detail={"step": code})
    return step


@transaction.atomic
def unsettle_step(row: Exit, *, code: str, actor: User) -> None:
    """Does: says that one thing is still to settle. Refuses: a departure that is done.
    Leaves behind: nothing of the step; audit when there was one."""
    row = _locked(row)
    deleted, _by_model = ExitStep.objects.filter(exit=row, code=code).delete()
    if deleted:
        audit.record(actor, "entrepreneurs.exit.unsettle", row, detail={"step": code})


@performs(EXIT_FLOW, "close")
def close_exit(row: Exit, *, actor: User, at: datetime, confirmed: bool = False) -> None:
    """Does: ends on the last day the contracts, statuses, memberships and activities of the person, who is a
    leaver from the next day; plans the closing of the account. Refuses: things left to settle unless
    `confirmed`, a person who stays, one's own departure; and what each of these acts refuses.
    Leaves behind: nobody followed by who left, nor meeting with them after the last day; the line of the
    register, news to ask at 6 and 12 months, audit."""
    if row.person_id == actor.person_id:
        raise Refused(Code.NOT_ALLOWED, _("On ne fait pas sa propre sortie."))
    if row.choice == Choice.STAYS:
        raise Refused(Code.ILLEGAL_MOVE, _("La personne reste : abandonnez cette sortie."), field="choice")
    left = [str(step.label) for step in steps_left(row)]
    if held_by(row.person, row.last_day, at):
        left.append(_("Suivi à confier à un·e collègue"))
    if left and not confirmed:
        raise Refused(
            Code.ILLEGAL_MOVE,
            _("Restent à régler : %(steps)s. Confirmez pour faire la sortie quand même.")
            % {"steps": " ; ".join(left)},
            field="confirmed",
        )
    reason = house_words(gettext_lazy("Sortie de la coopérative"))
    settle_path(row, reason=reason, actor=actor, at=at)
    _end_contracts(row, reason, actor, at)
    _close_activities(row, reason, actor)
    _end_statuses(row, reason, actor)
    for entry in RegisterEntry.objects.filter(person=row.person, left_on__isnull=True):
        leave_register(entry, left_on=max(row.last_day, entry.hired_on), actor=actor)
    _close_account(row, reason, actor, timezone.localdate(at))
    close_deadlines(row, actor=actor)
    close_deadlines(row.person, actor=actor)
    for months, kind in FOLLOW_UPS:
        set_deadline(
            about=row,
            kind=kind,
            person=row.person,
            due_on=after_months(row.last_day, months),
            actor=actor,
        )


@performs(EXIT_FLOW, "cancel")
def cancel_exit(row: Exit, *, reason: str, actor: User) -> None:
    """Does: gives up a departure: the person stays. Refuses: no reason, a departure that is done.
    Leaves behind: the reason, its date closed, audit."""
    require_text(reason, "reason", _("Dites pourquoi la sortie est abandonnée."))
    row.cancel_reason = reason.strip()[:300]
    close_deadlines(row, actor=actor)


@transaction.atomic
def follow_up(row: Exit, *, kind: str, actor: User) -> None:
    """Does: says that news was asked of who left, which closes its date. Refuses: a departure not done,
    another kind of date. Leaves behind: the date closed, audit."""
    if row.state != ExitState.CLOSED or kind not in {known for _months, known in FOLLOW_UPS}:
        raise Refused(Code.ILLEGAL_MOVE, _("Il n’y a pas de nouvelles à demander."))
    set_deadline(about=row, kind=kind, person=row.person, due_on=None, actor=actor)
    audit.record(actor, "entrepreneurs.exit.follow_up", row, detail={"kind": kind})


def _locked(row: Exit) -> Exit:
    """The departure under lock, still being prepared."""
    found = Exit.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if found.state != ExitState.PREPARED:
        raise Refused(Code.ILLEGAL_MOVE, _("Cette sortie n’est plus en préparation."))
    return found


def _check(data: ExitData, on: date) -> None:
    if data.kind not in {option.code for option in options_on(KIND_LIST, on=on).every}:
        raise Refused(Code.VALUE_INVALID, _("Choisissez une raison de la liste."), field="kind")
    if data.choice not in Choice.values:
        raise Refused(Code.VALUE_INVALID, _("Choisissez une réponse."), field="choice")
    if data.account_closes_on <= data.last_day:
        raise Refused(
            Code.PERIOD_INVALID,
            _("Le compte se ferme après le dernier jour (%(day)s) : le lendemain au plus tôt.")
            % {"day": shown(data.last_day)},
            field="account_closes_on",
        )


def _set_date(row: Exit, actor: User) -> None:
    set_deadline(about=row, kind=DeadlineKind.EXIT, person=row.person, due_on=row.last_day, actor=actor)


def _end_contracts(row: Exit, reason: str, actor: User, at: datetime) -> None:
    signed = Contract.objects.filter(person=row.person, state=ContractState.SIGNED)
    # The latest first: a renewal that never begins, then what it renewed.
    for contract in signed.order_by("-starts_on"):
        if contract.last_day is None or contract.last_day > row.last_day:
            last_day = max(row.last_day, contract.starts_on - DAY)
            decide_end(contract, last_day=last_day, kind=EndKind.EARLY, reason=reason, actor=actor, at=at)


def _close_activities(row: Exit, reason: str, actor: User) -> None:
    """Those of which nobody else is after the last day close; the others go on without the person, led by
    somebody else."""
    after = row.last_day + DAY
    held = PersonScope.objects.filter(person=row.person).exclude(ends_on__lte=row.last_day)
    for key in list(held.exclude(ends_on__lt=F("starts_on")).order_by("pk").values_list("pk", flat=True)):
        member = PersonScope.objects.select_related("scope").get(pk=key)
        if member.ends_on is not None and member.ends_on < max(after, member.starts_on):
            continue  # ended with its activity
        others = PersonScope.objects.in_force(after).filter(scope=member.scope).exclude(person=row.person)
        activity = Activity.objects.filter(scope=member.scope, closed_on__isnull=True).first()
        if activity is not None and not others.exists() and activity.opened_on <= row.last_day:
            close_activity(activity, on=row.last_day, reason=reason, actor=actor, confirmed=True)
            continue
        leave_scope(member, last_day=max(row.last_day, member.starts_on - DAY), actor=actor)
        if activity is not None and others.exists():
            require_lead(activity, after)


def _end_statuses(row: Exit, reason: str, actor: User) -> None:
    held = StatusPeriod.objects.filter(person=row.person, starts_on__lte=row.last_day).exclude(kind__in=STAY)
    for status in held.exclude(ends_on__lte=row.last_day).order_by("pk"):
        end_status(status, last_day=row.last_day, reason=reason, actor=actor)
    later = StatusPeriod.objects.filter(person=row.person, starts_on__gt=row.last_day).exclude(kind__in=STAY)
    for status in later.exclude(ends_on__lt=F("starts_on")).order_by("pk"):
        withdraw_status(status, reason=reason, actor=actor)
    open_status(
        row.person,
        kind=StatusKind.LEAVER,
        starts_on=row.last_day + DAY,
        reason=reason,
        actor=actor,
        about=row,
    )


def _close_account(row: Exit, reason: str, actor: User, today: date) -> None:
    """Planned, or at once when the day is past."""
    account = User.objects.filter(person=row.person, is_active=True).first()
    if account is None or account.closes_on == row.account_closes_on:
        return
    if row.account_closes_on <= today:
        close_account(account, reason=reason, actor=actor, on=today)
    else:
        plan_closing(account, closes_on=row.account_closes_on, reason=reason, actor=actor, on=today)


def _facts(row: Exit) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "last_day": row.last_day.isoformat(),
        "account_closes_on": row.account_closes_on.isoformat(),
    }
