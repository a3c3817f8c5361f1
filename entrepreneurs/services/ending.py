"""Ends contracts: at their term, early with a reason, by law after three years (ENT-25, ENT-29)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import audit, events
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.templatetags.formats import day as shown
from cae.core.workflow import performs
from entrepreneurs.events import ContractEnded
from entrepreneurs.models import Contract
from entrepreneurs.selectors.contracts import is_associate_on, is_blocked
from entrepreneurs.services.taking_effect import STATUS_OF, declare, set_date
from entrepreneurs.states.contracts import (
    CONTRACT_FLOW,
    ContractKind,
    ContractState,
    DeclaredEvent,
    EndKind,
    TermsState,
)
from people.models import Person, StatusPeriod
from people.services.deadlines import close_deadlines
from people.services.statuses import end_status
from people.states.deadlines import DeadlineKind

MAX_REASON = 300
DAY = timedelta(days=1)


@performs(CONTRACT_FLOW, "end")
def end_contract(contract: Contract, *, actor: Any, at: datetime) -> None:
    """Does: closes a contract whose last day is past. Refuses: one that has no last day, or whose last day is
    not over. Leaves behind: its dates closed, the event ContractEnded; audit."""
    today, last = timezone.localdate(at), contract.last_day
    if last is None or last >= today:
        raise Refused(
            Code.DATE_INVALID,
            _("Ce contrat n’est pas arrivé à son dernier jour : décidez d’abord de sa fin."),
        )
    if contract.ended_on is None:
        contract.ended_on, contract.end_kind = last, EndKind.TERM
    close_deadlines(contract, actor=actor)
    events.publish(ContractEnded(contract.pk, last, actor.pk if actor else None))


def decide_end(
    contract: Contract, *, last_day: date, kind: str, reason: str, actor: Any, at: datetime
) -> Contract:
    """Does: gives a contract in force its last day, before its term if it has one. Refuses: a contract not in
    force, no reason, a day outside the contract, an amendment still to sign. Leaves behind: the last day; the
    status ended the same day; the dates moved; for a CAPE cut short, what is to be declared; closed at once
    when that day is past; audit."""
    words = " ".join(reason.split())
    if not words:
        raise Refused(Code.VALUE_MISSING, _("Dites pourquoi ce contrat prend fin."), field="reason")
    if len(words) > MAX_REASON:
        raise Refused(Code.TEXT_TOO_LONG, _("Le motif compte 300 caractères au plus."), field="reason")
    today = timezone.localdate(at)
    with transaction.atomic():
        person = Person.objects.select_for_update().get(pk=contract.person_id)
        row = Contract.objects.select_for_update(of=("self",)).get(pk=contract.pk)
        _check_end(row, last_day)
        early = row.ends_on is not None and last_day < row.ends_on
        row.ended_on, row.end_kind, row.end_reason = last_day, kind, words
        row.save()
        audit.record(
            actor,
            "entrepreneurs.contract.decide_end",
            row,
            detail={"on": last_day.isoformat(), "reason": words},
        )
        _end_status(row, person, last_day, words, actor)
        if row.kind == ContractKind.CAPE and early:
            declare(row, event=DeclaredEvent.EARLY_END, on=today, actor=actor)
        if last_day < today:
            return end_contract(row, actor=actor, at=at)
        _move_dates(row, actor)
        return row


def end_by_law(contract: Contract, *, reason: str, actor: Any, at: datetime) -> Contract:
    """Does: confirms that a CESA ended because its person was no associate in time (C. trav. L7331-3).
    Refuses: a contract whose delay is not over, or whose person is an associate. Leaves behind: as
    `decide_end`, on the last day of the delay."""
    today = timezone.localdate(at)
    blocked = is_blocked(contract, today)
    if blocked is None:
        raise Refused(
            Code.NOT_ALLOWED,
            _("Le délai pour devenir associé·e n’est pas dépassé : ce contrat continue."),
        )
    last_day = max(blocked, contract.starts_on)
    return decide_end(contract, last_day=last_day, kind=EndKind.BY_LAW, reason=reason, actor=actor, at=at)


def settle_contracts(*, at: datetime) -> int:
    """Does: closes every contract whose last day is past, and the clock of those who became associates; a
    job of each night, whole again after a week without it. Refuses: nothing. Leaves behind: as
    `end_contract`; gives how many were closed."""
    today = timezone.localdate(at)
    signed = Contract.objects.filter(state=ContractState.SIGNED).alias(last=Coalesce("ended_on", "ends_on"))
    closed = 0
    for contract in signed.filter(last__lt=today).order_by("last", "pk"):
        try:
            end_contract(contract, actor=None, at=at)
        except IllegalMove:
            continue
        closed += 1
    for contract in signed.filter(kind=ContractKind.CESA).select_related("person"):
        if is_associate_on(contract.person_id, today):
            set_date(contract, DeadlineKind.ASSOCIATE, None, None)
    return closed


def _check_end(row: Contract, last_day: date) -> None:
    if row.state != ContractState.SIGNED:
        raise IllegalMove(_("Ce contrat n’est pas en cours : il n’a pas à prendre fin."))
    if last_day < row.starts_on - DAY or (row.ends_on is not None and last_day > row.ends_on):
        raise Refused(
            Code.PERIOD_INVALID,
            _("Le dernier jour se choisit entre le %(from)s et le terme du contrat.")
            % {"from": shown(row.starts_on)},
            field="last_day",
        )
    if row.terms.filter(state=TermsState.TO_SIGN).exists():
        raise Refused(
            Code.NOT_ALLOWED, _("Un avenant est à la signature : reprenez-le ou annulez-le d’abord.")
        )


def _end_status(row: Contract, person: Person, last_day: date, reason: str, actor: Any) -> None:
    """The status that the contract made stops the same day, and no status that was over before."""
    kind = STATUS_OF.get(row.kind)
    for status in StatusPeriod.objects.filter(person=person, kind=kind, starts_on__lte=last_day):
        if not status.is_empty and (status.ends_on is None or status.ends_on > last_day):
            end_status(status, last_day=last_day, reason=reason, actor=actor)


def _move_dates(row: Contract, actor: Any) -> None:
    set_date(row, DeadlineKind.CONTRACT_END, row.last_day, actor)
    if row.kind == ContractKind.CESA:
        for kind in (DeadlineKind.TRIAL_END, DeadlineKind.ASSOCIATE):
            set_date(row, kind, None, actor)
