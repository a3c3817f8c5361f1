"""Proposes how the result of a year is shared: facts read, parts, key, each person to the cent (ACC-47)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounting.calculations.allocation.law import Law
from accounting.calculations.allocation.parts import Allocation, Facts, breaches, legal_least, propose
from accounting.calculations.allocation.people import (
    MOST_COEFFICIENT,
    Criterion,
    Right,
    interest_parts,
    labour_slices,
    seniority_coefficient,
    unmeasured,
)
from accounting.models import AllocationRight, AllocationShare, FiscalYear, ResultAllocation
from accounting.models.allocation import FACTS
from accounting.selectors.allocation import law_applied, rights_of
from accounting.selectors.allocation_facts import (
    Employee,
    employees_of_year,
    facts_of_year,
    holders_of_capital,
    law_of_year,
)
from accounting.selectors.allocation_words import breach_words, criterion_words
from accounting.states.allocation import AllocationState, ShareKind
from cae.core import audit
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.money import ZERO
from people.services.changes import one_line, refuse_stale

MOST_REASON = 300


@dataclass(frozen=True)
class Wished:
    """What somebody decides of an allocation; `legal` is the least of the law unless said."""

    labour: Decimal
    interest: Decimal = ZERO
    legal: Decimal | None = None
    participation: Decimal = ZERO
    by_time: Decimal = Decimal(0)
    by_equal: Decimal = Decimal(0)
    seniority_step: Decimal = Decimal(0)


@dataclass(frozen=True)
class RightSaid:
    """What somebody puts right of what is measured of a person."""

    pay: Decimal
    days: int
    seniority: int
    is_entitled: bool
    reason: str


@transaction.atomic
def propose_allocation(year: FiscalYear, *, today: date, actor: Any) -> ResultAllocation:
    """Does: reads the facts of a year, proposes the least of the law and shares it. Refuses: a year that is
    not over, one that has its allocation. Leaves behind: the proposal, what is measured of each person, what
    each receives; audit."""
    known = FiscalYear.objects.select_for_update(of=("self",)).get(pk=year.pk)
    if known.ends_on >= today:
        raise Refused(Code.PERIOD_INVALID, _("Cet exercice n’est pas terminé."), field="year")
    if ResultAllocation.objects.filter(year=known).exists():
        raise Refused(Code.DUPLICATE, _("Le résultat de cet exercice a déjà sa proposition d’affectation."))
    read = facts_of_year(known)
    row = ResultAllocation(year=known, law=law_of_year(known), created_by=actor)
    _write_facts(row, read, read)
    _write_parts(row, propose(law_applied(row), row.facts))
    row.save()
    people = employees_of_year(known)
    AllocationRight.objects.bulk_create(_right(row, one) for one in people)
    if people and not any(one.pay for one in people):
        # Nobody was paid by a payroll journal of the house: time is known of everybody.
        row.by_pay, row.by_time = Decimal(0), Decimal(1)
        row.save(update_fields=["by_pay", "by_time"])
    _share(row)
    audit.record(actor, "accounting.propose_allocation", row, detail={"amount": str(row.result)})
    return row


@transaction.atomic
def read_books_again(allocation: ResultAllocation, *, actor: Any) -> ResultAllocation:
    """Does: reads facts and people anew; what somebody put right stays as they said. Refuses: an allocation
    that is no longer a proposal. Leaves behind: the parts as before, or the least of the law where they no
    longer stand; audit."""
    row = _proposed(allocation)
    read, before, legal = facts_of_year(row.year), row.facts_read, _legal_chosen(row)
    kept = {
        name: getattr(row, name) if getattr(row, name) != Decimal(before[name]) else value
        for name, value in read.items()
    }
    row.law = law_of_year(row.year)
    _write_facts(row, read, kept)
    row.facts_reason = row.facts_reason if kept != read else ""
    _keep_parts(row, legal)
    row.save()
    rights = {one.person_id: one for one in rights_of(row)}
    people = employees_of_year(row.year)
    said = {person for person, one in rights.items() if one.reason}
    AllocationRight.objects.filter(allocation=row).exclude(person__in=said).delete()
    AllocationRight.objects.bulk_create(_right(row, one) for one in people if one.person.pk not in said)
    _share(row)
    audit.record(actor, "accounting.read_allocation", row, detail={"amount": str(row.result)})
    return row


@transaction.atomic
def correct_facts(
    allocation: ResultAllocation, *, facts: Facts, reason: str, version: int | None, actor: Any
) -> ResultAllocation:
    """Does: puts right what the books do not know. Refuses: an allocation that is no longer a proposal, a
    figure that differs from the books without a reason, a negative one, a highest capital under the capital.
    Leaves behind: the parts as before, or the least of the law where they no longer stand; audit."""
    row = _proposed(allocation)
    refuse_stale(row, version)
    # The result is what the books have: an entry corrects it.
    said = {name: getattr(facts, name) for name in FACTS if name != "result"}
    differs = [name for name, value in said.items() if value != Decimal(row.facts_read[name])]
    for name, value in said.items():
        if value < ZERO:
            raise Refused(Code.AMOUNT_INVALID, _("Ce chiffre ne peut pas être négatif."), field=name)
    if facts.highest_capital < facts.capital:
        raise Refused(
            Code.AMOUNT_INVALID,
            _("Le capital le plus élevé atteint vaut au moins le capital du dernier jour."),
            field="highest_capital",
        )
    missing = _("Dites pourquoi ces chiffres diffèrent des livres.")
    row.facts_reason = one_line(reason, "reason", missing, most=MOST_REASON) if differs else ""
    legal = _legal_chosen(row)
    for name, value in said.items():
        setattr(row, name, value)
    _keep_parts(row, legal)
    _saved(row)
    _share(row)
    audit.record(actor, "accounting.correct_allocation", row, detail={"reason": row.facts_reason})
    return row


@transaction.atomic
def decide_parts(
    allocation: ResultAllocation, *, wished: Wished, version: int | None, actor: Any
) -> ResultAllocation:
    """Does: writes the parts and the key, and shares them. Refuses: an allocation that is no longer a
    proposal, whatever the law forbids, a key that is not whole, a criterion that nobody has, interest that
    nobody holds capital for. Leaves behind: what each receives, audit."""
    row = _proposed(allocation)
    refuse_stale(row, version)
    _check_key(wished)
    law = law_applied(row)
    parts = allocated(law, row.facts, wished)
    for breach in breaches(law, row.facts, parts):
        sentence, field = breach_words(breach, row)
        raise Refused(Code.AMOUNT_INVALID, sentence, field=field)
    _write_parts(row, parts)
    row.by_time, row.by_equal = wished.by_time, wished.by_equal
    row.by_pay = 1 - wished.by_time - wished.by_equal
    row.seniority_step = wished.seniority_step
    lacks = lacking(row)
    if lacks is not None:
        raise lacks
    _saved(row)
    _share(row)
    audit.record(actor, "accounting.decide_allocation", row, detail={"amount": str(row.labour)})
    return row


def allocated(law: Law, facts: Facts, wished: Wished) -> Allocation:
    """The parts that somebody wishes, the statutory reserve taking what is left."""
    found = propose(law, facts, labour=wished.labour, interest=wished.interest, legal=wished.legal)
    return replace(found, participation=wished.participation)


@transaction.atomic
def correct_right(right: AllocationRight, *, said: RightSaid, actor: Any) -> AllocationRight:
    """Does: puts right what is measured of a person, and shares anew. Refuses: an allocation that is no
    longer a proposal, no reason, a figure that cannot be. Leaves behind: what each receives, audit."""
    allocation = _proposed(right.allocation)
    row = AllocationRight.objects.select_for_update(of=("self",)).get(pk=right.pk)
    row.reason = one_line(
        said.reason, "reason", _("Dites pourquoi ce droit diffère des livres."), most=MOST_REASON
    )
    if said.pay < ZERO:
        raise Refused(Code.AMOUNT_INVALID, _("Ce chiffre ne peut pas être négatif."), field="pay")
    year = allocation.year
    length = (year.ends_on - year.starts_on).days + 1
    if not 0 <= said.days <= length:
        raise Refused(
            Code.VALUE_INVALID, _("L’exercice compte %(days)d jours.") % {"days": length}, field="days"
        )
    row.pay, row.days, row.seniority = said.pay, said.days, said.seniority
    row.is_entitled = said.is_entitled
    row.save()
    _share(allocation)
    audit.record(
        actor, "accounting.correct_right", allocation, detail={"name": str(row), "reason": row.reason}
    )
    return row


def lacking(row: ResultAllocation) -> Refused | None:
    """Why what the row allocates cannot be shared between people; nothing when it can."""
    rights = _measured(rights_of(row))
    if row.labour and not rights:
        return Refused(
            Code.VALUE_MISSING,
            _("Personne n’a droit à la part travail de cet exercice : voyez les droits de chaque personne."),
            field="labour",
        )
    unknown = unmeasured(_rated(rights, row), row.key) if row.labour else []
    if unknown:
        sentence = _("Personne n’a de « %(criterion)s » connu cette année : donnez un autre poids à la clé.")
        said = {"criterion": criterion_words(unknown[0])}
        return Refused(Code.VALUE_MISSING, sentence % said, field=f"by_{unknown[0]}")
    if row.interest and not sum((one.capital for one in holders_of_capital(row.year)), ZERO):
        return Refused(
            Code.VALUE_MISSING,
            _("Le registre ne dit pas qui détient le capital : aucun intérêt ne peut être réparti."),
            field="interest",
        )
    return None


def _check_key(wished: Wished) -> None:
    if min(wished.by_time, wished.by_equal) < 0 or wished.by_time + wished.by_equal > 1:
        raise Refused(
            Code.VALUE_INVALID, _("Les poids de la clé vont de 0 à 100 %, en tout."), field="by_time"
        )
    if not 0 <= wished.seniority_step <= MOST_COEFFICIENT - 1:
        raise Refused(
            Code.VALUE_INVALID,
            _("La majoration par année va de 0 à 100 % : l’ancienneté double un droit au plus."),
            field="seniority_step",
        )


def _proposed(allocation: ResultAllocation) -> ResultAllocation:
    rows = ResultAllocation.objects.select_for_update(of=("self",)).select_related("year")
    row = rows.get(pk=allocation.pk)
    if row.state != AllocationState.PROPOSED:
        raise IllegalMove(_("Cette affectation n’est plus une proposition : rien n’en change."))
    return row


def _saved(row: ResultAllocation) -> None:
    row.version += 1
    row.save()


def _write_facts(row: ResultAllocation, read: dict[str, Decimal], kept: dict[str, Decimal]) -> None:
    row.facts_read = {name: str(value) for name, value in read.items()}
    for name, value in kept.items():
        setattr(row, name, value)


def _legal_chosen(row: ResultAllocation) -> Decimal | None:
    """What somebody gave the legal reserve above the least of the law, which follows the facts otherwise."""
    return row.legal if row.legal != legal_least(law_applied(row), row.facts) else None


def _keep_parts(row: ResultAllocation, legal: Decimal | None) -> None:
    """The parts as they were, the statutory reserve taking what moved; the least of the law when that would
    break it."""
    law = law_applied(row)
    found = propose(law, row.facts, labour=row.labour, interest=row.interest, legal=legal)
    found = replace(found, participation=row.participation)
    _write_parts(row, propose(law, row.facts) if breaches(law, row.facts, found) else found)


def _write_parts(row: ResultAllocation, parts: Allocation) -> None:
    row.absorbed, row.legal, row.statutory = parts.absorbed, parts.legal, parts.statutory
    row.labour, row.interest, row.participation = parts.labour, parts.interest, parts.participation


def _right(row: ResultAllocation, one: Employee) -> AllocationRight:
    stay = one.stay
    return AllocationRight(
        allocation=row,
        person=one.person,
        entered_on=stay.entered_on,
        left_on=stay.left_on,
        pay=one.pay,
        days=stay.days,
        seniority=stay.seniority,
        is_entitled=stay.is_entitled,
        read={
            "pay": str(one.pay),
            "days": stay.days,
            "seniority": stay.seniority,
            "is_entitled": stay.is_entitled,
        },
    )


def _measured(rights: Iterable[AllocationRight]) -> list[AllocationRight]:
    return [one for one in rights if one.is_entitled]


def _rated(rights: Iterable[AllocationRight], row: ResultAllocation) -> list[Right]:
    return [
        Right(
            one.person_id,
            pay=one.pay,
            time=Decimal(one.days),
            coefficient=seniority_coefficient(one.seniority, row.seniority_step),
        )
        for one in rights
    ]


def _share(row: ResultAllocation) -> None:
    """Writes anew what each person receives; nothing of a part that nobody can be given yet."""
    AllocationShare.objects.filter(allocation=row).delete()
    made: list[AllocationShare] = []
    rights = _measured(rights_of(row))
    rated = _rated(rights, row)
    if row.labour and rights and not unmeasured(rated, row.key):
        slices = labour_slices(row.labour, rated, row.key)
        made += [share for one in rights if (share := _labour(row, one, slices[one.person_id])).amount]
    holders = holders_of_capital(row.year) if row.interest else []
    if sum((one.capital for one in holders), ZERO):
        cut = interest_parts(row.interest, {rank: one.capital for rank, one in enumerate(holders)})
        made += [
            AllocationShare(
                allocation=row,
                kind=ShareKind.INTEREST,
                person_id=one.person_id,
                name=one.name,
                amount=cut[rank],
            )
            for rank, one in enumerate(holders)
            if cut[rank]
        ]
    AllocationShare.objects.bulk_create(made)


def _labour(
    row: ResultAllocation, right: AllocationRight, parts: dict[Criterion, Decimal]
) -> AllocationShare:
    return AllocationShare(
        allocation=row,
        kind=ShareKind.LABOUR,
        person=right.person,
        name=str(right.person),
        amount=sum(parts.values(), ZERO),
        pay_part=parts.get(Criterion.PAY, ZERO),
        time_part=parts.get(Criterion.TIME, ZERO),
        equal_part=parts.get(Criterion.EQUAL, ZERO),
    )
