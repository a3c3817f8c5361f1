"""Who is of an activity, with which part, from when to when (ENT-43); demands to join (ENT-45, ENT-03)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cae.core import audit, events
from cae.core.errors import Code, Refused
from cae.core.turns import take_turn
from cae.core.workflow import performs
from entrepreneurs.events import MemberJoined
from entrepreneurs.models import Activity, JoinRequest
from entrepreneurs.states.activities import ActivityKind
from entrepreneurs.states.agreements import JOIN_FLOW, JoinState
from people.models import Person, PersonScope
from people.services.changes import require_text
from people.services.scopes import join_scope, leave_scope
from people.states import ScopePart


@transaction.atomic
def join_activity(
    activity: Activity,
    *,
    person: Person,
    role: str = ScopePart.MEMBER,
    starts_on: date,
    actor: Any,
    ends_on: date | None = None,
) -> PersonScope:
    """Does: makes a person a member of an activity with a part there (`people.states.ScopePart`), with or
    without an activity of their own. Refuses: an unknown part, an activity not open that day, dates already
    taken. Leaves behind: the membership; two people who lead or work there make it collective; audit; the
    books told (`MemberJoined`)."""
    row = Activity.objects.select_for_update(of=("self",)).select_related("scope").get(pk=activity.pk)
    if role not in ScopePart.values:
        raise Refused(Code.ROLE_INVALID, _("Ce rôle n’existe pas dans une activité."), field="role")
    if starts_on < row.opened_on or (row.closed_on is not None and starts_on > row.closed_on):
        raise Refused(Code.PERIOD_INVALID, _("L’activité n’est pas ouverte à cette date."), field="starts_on")
    member = join_scope(person, scope=row.scope, starts_on=starts_on, ends_on=ends_on, part=role, actor=actor)
    events.publish(MemberJoined(row.pk, person.pk, starts_on, actor.pk if actor else None))
    return member


@transaction.atomic
def change_part(member: PersonScope, *, role: str, starts_on: date, actor: Any) -> PersonScope:
    """Does: gives a member another part from a day on; the former ends on the eve. Refuses: the same part, a
    day before the former began, an activity left without anybody to lead it. Leaves behind: two dated rows,
    audit."""
    activity = _locked(member)
    row = PersonScope.objects.select_for_update().get(pk=member.pk)
    if role == row.part:
        raise Refused(Code.ALREADY_DONE, _("Cette personne a déjà ce rôle."), field="role")
    if starts_on < row.starts_on:
        raise Refused(
            Code.PERIOD_INVALID, _("Le nouveau rôle ne peut pas précéder l’ancien."), field="starts_on"
        )
    ends_on = row.ends_on
    leave_scope(row, last_day=starts_on - timedelta(days=1), actor=actor)
    changed = join_activity(
        activity, person=row.person, role=role, starts_on=starts_on, ends_on=ends_on, actor=actor
    )
    require_lead(activity, starts_on)
    return changed


@transaction.atomic
def end_membership(member: PersonScope, *, last_day: date, actor: Any) -> PersonScope:
    """Does: ends a membership on its last day. Refuses: one already ended, a day before its eve, an activity
    left without anybody to lead it. Leaves behind: the row, ended; audit."""
    activity = _locked(member)
    row = leave_scope(member, last_day=last_day, actor=actor)
    require_lead(activity, last_day + timedelta(days=1))
    return row


def require_lead(activity: Activity, on: date) -> None:
    """Refuses to leave an open activity without anybody who leads it from a day on."""
    if activity.closed_on is not None and activity.closed_on < on:
        return
    leads = PersonScope.objects.in_force(on).filter(scope=activity.scope_id, part=ScopePart.LEAD)
    # Somebody who leaves soon keeps nothing for the days after.
    if not leads.filter(ends_on=None).exists():
        raise Refused(
            Code.VALUE_MISSING,
            _("Une activité ouverte a au moins une personne responsable : nommez-la d’abord."),
        )


@transaction.atomic
def open_to_members(activity: Activity, *, is_open: bool, actor: Any) -> Activity:
    """Does: says that a collective may be asked to be joined, or no longer. Refuses: an individual activity.
    Leaves behind: the mark, audit."""
    row = Activity.objects.select_for_update().get(pk=activity.pk)
    if is_open and row.kind != ActivityKind.COLLECTIVE:
        raise Refused(Code.VALUE_INVALID, _("Seule une activité collective s’ouvre à de nouveaux membres."))
    if row.is_open_to_join != is_open:
        row.is_open_to_join = is_open
        row.save(update_fields=["is_open_to_join"])
        audit.record(actor, "entrepreneurs.activity.open_to_members", row, detail={"value": is_open})
    return row


@transaction.atomic
def make_collective(activity: Activity, *, actor: Any) -> Activity:
    """Does: turns an individual activity into a collective, under the same name and account. Refuses: one
    that is collective already. Leaves behind: the kind, audit."""
    row = Activity.objects.select_for_update().get(pk=activity.pk)
    if row.is_collective:
        raise Refused(Code.ALREADY_DONE, _("Cette activité est déjà collective."))
    row.kind = ActivityKind.COLLECTIVE
    row.save(update_fields=["kind"])
    audit.record(actor, "entrepreneurs.activity.make_collective", row)
    return row


@transaction.atomic
def ask_to_join(
    activity: Activity,
    *,
    person: Person,
    message: str = "",
    by_members: bool = False,
    part: str = ScopePart.MEMBER,
    on: date,
    actor: Any,
) -> JoinRequest:
    """Does: asks for somebody to be of a collective; the other side answers. Refuses: an activity that is not
    collective, not open that day, or that did not say it may be asked; a member, somebody who already asked.
    Leaves behind: the demand, audit."""
    take_turn(f"entrepreneurs.join.{activity.pk}.{person.pk}")
    row = Activity.objects.open_on(on).filter(pk=activity.pk, kind=ActivityKind.COLLECTIVE).first()
    if row is None or not (by_members or row.is_open_to_join):
        raise Refused(Code.NOT_ALLOWED, _("Cette activité n’accueille pas de nouveaux membres."))
    if PersonScope.objects.in_force(on).filter(scope=row.scope_id, person=person).exists():
        raise Refused(Code.DUPLICATE, _("Cette personne fait déjà partie de l’activité."), field="person")
    if JoinRequest.objects.filter(activity=row, person=person, state=JoinState.ASKED).exists():
        raise Refused(Code.ALREADY_DONE, _("Une demande attend déjà une réponse."), field="person")
    request = JoinRequest.objects.create(
        activity=row,
        person=person,
        by_members=by_members,
        part=part,
        message=message.strip(),
        asked_by=actor,
    )
    audit.record(actor, "entrepreneurs.join.ask", request)
    return request


@performs(JOIN_FLOW, "accept")
def accept_join(request: JoinRequest, *, starts_on: date, actor: Any) -> None:
    """Does: makes the person a member from a day on. Refuses: what `join_activity` refuses, a demand already
    answered. Leaves behind: the state, the membership, audit."""
    join_activity(
        request.activity, person=request.person, role=request.part, starts_on=starts_on, actor=actor
    )
    request.answered_by = actor


@performs(JOIN_FLOW, "refuse")
def refuse_join(request: JoinRequest, *, reason: str, actor: Any) -> None:
    """Does: declines, with a reason. Refuses: no reason, a demand already answered. Leaves behind: the state,
    the reason, audit."""
    require_text(reason, "reason", _("Dites en quelques mots pourquoi."))
    request.reason, request.answered_by = reason.strip(), actor


@performs(JOIN_FLOW, "withdraw")
def withdraw_join(request: JoinRequest, *, actor: Any) -> None:
    """Does: takes back a demand that nobody answered. Refuses: one already answered. Leaves behind: the
    state, audit."""


def _locked(member: PersonScope) -> Activity:
    """The activity of a membership, under lock: two hands do not both leave it without a lead."""
    return Activity.objects.select_for_update(of=("self",)).get(scope=member.scope_id)
