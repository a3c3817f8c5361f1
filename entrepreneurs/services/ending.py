"""Ends contracts: at their term, early with a reason, by law after three years (ENT-25, ENT-29)."""

from __future__ import annotations

import logging
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
from entrepreneurs.calculations.made_statuses import STATUS_OF
from entrepreneurs.events import ContractEnded
from entrepreneurs.models import Contract
from entrepreneurs.selectors.contracts import is_blocked
from entrepreneurs.services.contracts import refuse_crossing
from entrepreneurs.services.signature_rounds import cancel_terms
from entrepreneurs.services.taking_effect import (
    declare,
    give_status,
    set_dates,
    set_later_clocks,
)
from entrepreneurs.states.contracts import (
    CONTRACT_FLOW,
    ContractKind,
    ContractState,
    DeclaredEvent,
    EndKind,
    TermsState,
)
from people.models import Person, StatusPeriod
from people.services.changes import refuse_long, require_text
from people.services.deadlines import close_deadlines
from people.services.statuses import end_status, prolong_status, withdraw_status

logger = logging.getLogger(__name__)

MAX_REASON = 300
DAY = timedelta(days=1)


@performs(CONTRACT_FLOW, "end")
def end_contract(contract: Contract, *, actor: Any, at: datetime) -> None:
    """Does: closes a contract whose last day is past. Refuses: one that has no last day, or whose last day is
    not over. Leaves behind: an amendment still open, given up; its dates closed, the event ContractEnded;
    audit."""
    today, last = timezone.localdate(at), contract.last_day
    if last is None or last >= today:
        raise Refused(
            Code.DATE_INVALID,
            _("Ce contrat n’est pas arrivé à son dernier jour : décidez d’abord de sa fin."),
        )
    if contract.ended_on is None:
        contract.ended_on, contract.end_kind = last, EndKind.TERM
    for terms in contract.terms.filter(state__in=(TermsState.DRAFT, TermsState.TO_SIGN)):
        cancel_terms(terms, actor=actor, at=at)
    close_deadlines(contract, actor=actor)
    events.publish(ContractEnded(contract.pk, last, actor.pk if actor else None))


def decide_end(
    contract: Contract, *, last_day: date, kind: str, reason: str, actor: Any, at: datetime
) -> Contract:
    """Does: gives a contract in force its last day, before its term if it has one; decided again, moves it.
    Refuses: a contract not in force, no reason, a day outside the contract or that another contract holds, an
    amendment or a renewal signed or to sign. Leaves behind: the last day; the status ended the same day; the
    dates moved, those of a later CESA too; for a CAPE cut short, what is to be declared; closed at once when
    that day is past; audit."""
    words = " ".join(reason.split())
    require_text(words, "reason", _("Dites pourquoi ce contrat prend fin."))
    refuse_long(words, "reason", MAX_REASON)
    today = timezone.localdate(at)
    with transaction.atomic():
        person = Person.objects.select_for_update().get(pk=contract.person_id)
        row = Contract.objects.select_for_update(of=("self",)).get(pk=contract.pk)
        _check_end(row, last_day)
        refuse_crossing(person, starts_on=row.starts_on, ends_on=last_day, but=row, field="last_day")
        early = row.ends_on is not None and last_day < row.ends_on
        row.ended_on, row.end_kind, row.end_reason = last_day, kind, words
        row.save()
        audit.record(
            actor,
            "entrepreneurs.contract.decide_end",
            row,
            detail={"on": last_day.isoformat(), "reason": words},
        )
        _move_status(row, person, last_day, words, actor)
        if row.kind == ContractKind.CAPE and early:
            declare(row, event=DeclaredEvent.EARLY_END, on=today, actor=actor)
        set_later_clocks(row, on=today, actor=actor)
        if last_day < today:
            return end_contract(row, actor=actor, at=at)
        set_dates(row, on=today, actor=actor)
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
    """Does: closes every contract whose last day is past, and sets the clocks of each CESA as they stand:
    those who became associates have none left. A job of each night, whole again after a week without it.
    Refuses: nothing; one that cannot close is said in the log and keeps nobody else waiting. Leaves behind:
    as `end_contract`; gives how many were closed."""
    today = timezone.localdate(at)
    signed = Contract.objects.filter(state=ContractState.SIGNED).alias(last=Coalesce("ended_on", "ends_on"))
    closed = 0
    for contract in signed.filter(last__lt=today).order_by("last", "pk"):
        try:
            end_contract(contract, actor=None, at=at)
        except Refused as refusal:
            logger.error("contract %s stays open after its last day: %s", contract.pk, refusal)
            continue
        closed += 1
    for contract in signed.filter(kind=ContractKind.CESA).select_related("person"):
        set_dates(contract, on=today, actor=None)
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
    renewing = row.renewals.with_days().exclude(state=ContractState.DRAFT).first()
    if renewing is not None and last_day != row.ends_on:
        raise Refused(
            Code.NOT_ALLOWED,
            _("« %(title)s » le renouvelle à partir du %(day)s : annulez-le ou mettez-y fin d’abord.")
            % {"title": renewing.title, "day": shown(renewing.starts_on)},
        )


def _move_status(row: Contract, person: Person, last_day: date, reason: str, actor: Any) -> None:
    """The status that the contract made stops the same day, or goes on until it; no status that was over
    before; what a later contract makes begins with it."""
    kind = STATUS_OF.get(row.kind)
    if kind is None:
        return
    held = StatusPeriod.objects.filter(person=person, kind=kind).order_by("starts_on")
    for status in [one for one in held if not one.is_empty]:
        if status.ends_on is None or status.ends_on > last_day:
            if status.starts_on <= last_day:
                end_status(status, last_day=last_day, reason=reason, actor=actor)
            elif status.about_id == str(row.pk):
                withdraw_status(status, reason=reason, actor=actor)
        elif row.starts_on <= status.ends_on < last_day:
            prolong_status(status, ends_on=last_day, reason=reason, actor=actor)
    same = [one for one in STATUS_OF if STATUS_OF[one] == kind]
    later = Contract.objects.filter(person=person, kind__in=same, state=ContractState.SIGNED)
    for contract in later.with_days().filter(starts_on__gt=last_day).exclude(pk=row.pk).order_by("starts_on"):
        give_status(contract, actor=actor)
