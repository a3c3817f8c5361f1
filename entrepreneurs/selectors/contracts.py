"""Questions about contracts: those of a person, their clauses in force, their clocks (ENT-25 to ENT-29)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce, Greatest

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
    rows = Contract.objects.with_days().alias(last=last).filter(person=person)
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
    return [row.span for row in _capes_of(person, but) if row.span is not None]


def cape_numbers_of(person: Person) -> list[int]:
    """Gives the numbers of these periods."""
    return [row.period for row in _capes_of(person)]


def _capes_of(person: Person, but: Contract | None = None) -> QuerySet[Contract]:
    rows = Contract.objects.with_days().filter(person=person, kind=ContractKind.CAPE)
    return (rows if but is None else rows.exclude(pk=but.pk)).order_by("starts_on")


def followed_by(
    person: Person, *, kind: str, starts_on: date, but: Contract | None = None
) -> Contract | None:
    """Gives the contract of this kind that both parties signed and that ran, or will, until the eve of this
    day: one more renews it, whichever page it is prepared from."""
    whole = Q(ended_on__isnull=True) | Q(ended_on=F("ends_on"))
    rows = Contract.objects.binding().filter(
        whole, person=person, kind=kind, ends_on=starts_on - timedelta(days=1)
    )
    renewing = Contract.objects.with_days().filter(renews=OuterRef("pk"))
    if but is not None:
        renewing = renewing.exclude(pk=but.pk)
    return rows.exclude(Exists(renewing)).first()


def cape_count(person: Person) -> CapeCount:
    """Gives what the periods of CAPE of a person add up to."""
    return count_cape(cape_periods_of(person))


def clocks(contract: Contract) -> Clocks:
    """Gives the trial and the last day to become an associate of a CESA, less every earlier contract."""
    return clocks_before(contract.person_id, contract.starts_on, but=contract.pk)


def clocks_before(person_id: int, starts_on: date, *, but: int | None = None) -> Clocks:
    """Gives the clocks of a CESA that would begin on this day: a draft before it binds nobody and counts for
    nothing."""
    rows = Contract.objects.binding().filter(person_id=person_id, starts_on__lt=starts_on)
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
    last = clocks(contract).associate_by
    if last >= on or (contract.last_day is not None and contract.last_day <= last):
        return None
    return None if became_associate(contract, last, on) else last


def became_associate(contract: Contract, last: date, on: date) -> bool:
    """Tells whether the person was an associate on a day of the contract, at the latest on the last day of
    the delay, as far as `on`: the clock of L7331-3 then stops for good. Later is too late."""
    held = StatusPeriod.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=Greatest(F("starts_on"), contract.starts_on)),
        person=contract.person_id,
        kind=StatusKind.ASSOCIATE,
        starts_on__lte=min(on, max(last, contract.starts_on)),
    )
    return held.exists()


def amendment_after(interview: Interview) -> ContractTerms | None:
    """Gives the amendment that follows an interview: the first of its contract to take effect after it."""
    if interview.held_on is None:
        return None
    rows = ContractTerms.objects.filter(
        contract=interview.contract_id, number__gt=0, starts_on__gt=interview.held_on
    )
    return rows.exclude(state=TermsState.CANCELLED).select_related("contract").order_by("number").first()
