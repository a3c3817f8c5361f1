"""Payslips: who may have one, who should this month, who opened theirs (ACC-28)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from accounting.calculations.payroll.splitting import Part, Payee
from accounting.models import PayMonth, PayNumber, PayProposal, PayResult, Payslip, PayslipBatch
from accounting.states.payroll import SENT_STATES, ImportState, SlipsState
from people.models import Person


def slip_payees() -> list[Payee]:
    """Everybody whom payroll knows, as a payslip may print them."""
    rows = PayNumber.objects.select_related("person").order_by("person__sort_name", "pk")
    return [Payee(row.person_id, row.number, names_of(row.person)) for row in rows]


def names_of(person: Person) -> tuple[str, ...]:
    """The full name first, then each way in which payroll may write it."""
    lasts = dict.fromkeys(filter(None, (person.shown_last_name, person.last_name)))
    found = [person.full_name]
    for last in lasts:
        found += [f"{person.first_name} {last}", f"{last} {person.first_name}"]
    return tuple(dict.fromkeys(found))


def expected_people(month: PayMonth) -> set[int]:
    """Those whose pay was sent for the month, and those of whom payroll said something."""
    sent = PayProposal.objects.filter(month=month, state__in=SENT_STATES)
    told = PayResult.objects.filter(received__month=month, received__state=ImportState.POSTED)
    return set(sent.values_list("person", flat=True)) | set(told.values_list("person", flat=True))


def filed_people(month: PayMonth) -> set[int]:
    return set(Payslip.objects.filter(month=month).values_list("person", flat=True))


def slips_listed(user: Any) -> QuerySet[Payslip]:
    return Payslip.objects.visible_to(user).select_related("person", "month", "document")


def batches_listed() -> QuerySet[PayslipBatch]:
    return PayslipBatch.objects.select_related("month", "document", "created_by__person")


def batches_to_look_at() -> QuerySet[PayslipBatch]:
    return PayslipBatch.objects.filter(state=SlipsState.READ)


@dataclass(frozen=True)
class ShownPart:
    """A part as the preview tells it; `is_expected`: on the list of the month."""

    person: Person
    part: Part
    is_expected: bool


def shown_parts(batch: PayslipBatch) -> list[ShownPart]:
    parts = parts_of(batch)
    people = Person.objects.in_bulk([part.key for part in parts])
    expected = expected_people(batch.month)
    return [ShownPart(people[part.key], part, part.key in expected) for part in parts]


def parts_of(batch: PayslipBatch) -> list[Part]:
    return [Part(one["person"], one["first"], one["last"]) for one in batch.parts]


def kept_parts(parts: Sequence[Part]) -> list[dict[str, int]]:
    """As the row of a batch keeps them."""
    return [{"person": part.key, "first": part.first, "last": part.last} for part in parts]


def unopened(slips: Iterable[Payslip]) -> int:
    return sum(slip.opened_at is None for slip in slips)
