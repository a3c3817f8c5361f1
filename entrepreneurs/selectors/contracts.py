"""Questions about contracts: those of a person, their clauses in force, their clocks (ENT-25 to ENT-29)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce

from cae.core.periods import Span
from entrepreneurs.calculations.contracts import CapeCount, Clocks, clocks_of, count_cape
from entrepreneurs.models import Contract, ContractTerms, Interview
from entrepreneurs.states.contracts import ContractKind, ContractState, TermsState
from people.models import Person, StatusPeriod
from people.states.statuses import StatusKind


def contracts_of(person: Person) -> QuerySet[Contract]:
    """Gives every contract of a person, the latest first, with its sets of clauses."""
    terms = ContractTerms.objects.order_by("number")
    return (
        Contract.objects.filter(person=person)
        .select_related("person", "activity")
        .prefetch_related(Prefetch("terms", terms))
        .order_by("-starts_on", "-pk")
    )


def contract_in_force(person: Person, on: date) -> Contract | None:
    """Gives the one contract that binds a person on a day: two never do."""
    return Contract.objects.in_force(on).filter(person=person).select_related("person", "activity").first()


def contract_overlapping(
    person: Person, *, starts_on: date, ends_on: date | None, but: Contract | None = None
) -> Contract | None:
    """Gives a contract of the person, drafts included, that stands on one of these days."""
    last = Coalesce("ended_on", "ends_on")
    rows = Contract.objects.standing().alias(last=last).filter(person=person)
    rows = rows.filter(Q(last__isnull=True) | Q(last__gte=starts_on))
    if ends_on is not None:
        rows = rows.filter(starts_on__lte=ends_on)
    if but is not None:
        rows = rows.exclude(pk=but.pk)
    return rows.order_by("starts_on").first()


def terms_in_force(contract: Contract, on: date) -> ContractTerms | None:
    """Gives the clauses that rule on a day: the last signed that had begun."""
    return (
        ContractTerms.objects.filter(contract=contract, state=TermsState.SIGNED, starts_on__lte=on)
        .order_by("-starts_on", "-number")
        .first()
    )


def cape_periods_of(person: Person, *, but: Contract | None = None) -> list[Span]:
    """Gives the periods of CAPE of a person, drafts included: each counts as one renewal."""
    rows = Contract.objects.standing().filter(person=person, kind=ContractKind.CAPE)
    if but is not None:
        rows = rows.exclude(pk=but.pk)
    return [
        Span(row.starts_on, row.last_day)
        for row in rows.order_by("starts_on")
        if row.last_day is not None and row.last_day >= row.starts_on
    ]


def cape_count(person: Person) -> CapeCount:
    """Gives what the periods of CAPE of a person add up to."""
    return count_cape(cape_periods_of(person))


def clocks(contract: Contract) -> Clocks:
    """Gives the trial and the last day to become an associate of a CESA, less every earlier contract."""
    return clocks_before(contract.person_id, contract.starts_on, but=contract.pk)


def clocks_before(person_id: int, starts_on: date, *, but: int | None = None) -> Clocks:
    """Gives the clocks of a CESA that would begin on this day."""
    rows = Contract.objects.standing().filter(person_id=person_id, starts_on__lt=starts_on)
    if but is not None:
        rows = rows.exclude(pk=but)
    return clocks_of(starts_on, [(row.starts_on, row.last_day) for row in rows])


def is_counted_by_hand(contract: Contract) -> bool:
    """An earlier CESA came before this one: whether its days count is checked by a person (domain.md 3.4)."""
    return (
        Contract.objects.binding()
        .filter(person=contract.person_id, kind=ContractKind.CESA, starts_on__lt=contract.starts_on)
        .exists()
    )


def contracts_listed(user: Any) -> QuerySet[Contract]:
    """Gives the contracts within sight, with their person and activity, in one query."""
    return (
        Contract.objects.visible_to(user)
        .select_related("person__territory", "activity")
        .annotate(last=Coalesce("ended_on", "ends_on"))
        .order_by("-starts_on", "-pk")
    )


def is_blocked(contract: Contract, on: date) -> date | None:
    """Gives the last day to become an associate, once it is past and nobody is one: the contract ends by law
    (C. trav. L7331-3), which human resources confirm. None otherwise."""
    if contract.kind != ContractKind.CESA or contract.state != ContractState.SIGNED:
        return None
    if contract.ended_on is not None:
        return None
    last = clocks(contract).associate_by
    if last >= on or is_associate_on(contract.person_id, on):
        return None
    return last


def is_associate_on(person_id: int, on: date) -> bool:
    """Tells whether the person is an associate on a day: the clock of L7331-3 then stops."""
    return StatusPeriod.objects.in_force(on).filter(person=person_id, kind=StatusKind.ASSOCIATE).exists()


def amendment_after(interview: Interview) -> ContractTerms | None:
    """Gives the amendment that follows an interview: the first of its contract to take effect after it."""
    if interview.held_on is None:
        return None
    rows = ContractTerms.objects.filter(
        contract=interview.contract_id, number__gt=0, starts_on__gt=interview.held_on
    )
    return rows.exclude(state=TermsState.CANCELLED).select_related("contract").order_by("number").first()
