"""Who may do what with mileage, the check of claims, refunds and advances."""

from __future__ import annotations

from typing import Any

import rules
from django.utils import timezone

from cae.core.models import Document
from cae.core.permissions import kept
from invoicing.models import (
    ExpenseAdvance,
    ExpenseClaim,
    FavouriteTrip,
    MileageTrip,
    Vehicle,
    VehiclePaper,
)
from invoicing.permissions.expenses import (
    enters,
    reads_claims,
    sees_claim,
    was_handed_over,
    writes_expenses,
)
from invoicing.permissions.sales import sells
from invoicing.selectors.expenses import persons_entered_for
from people.models import Person
from people.permissions import is_accountant, is_admin, is_advisor


@rules.predicate
def sees_vehicle(user: Any, vehicle: Vehicle | None = None) -> bool:
    """Asks the same queryset as the list."""
    if vehicle is None or vehicle.person_id == user.person_id:
        return True
    return kept(user, vehicle, "vehicle", Vehicle.objects.visible_to(user).filter(pk=vehicle.pk).exists)


@rules.predicate
def is_ones_own(user: Any, obj: Vehicle | FavouriteTrip | ExpenseClaim | None = None) -> bool:
    """The row is about the person who holds the account."""
    return obj is None or (user.person_id is not None and obj.person_id == user.person_id)


@rules.predicate
def agreed_to_entry(user: Any, obj: Vehicle | Person | None = None) -> bool:
    """Somebody within reach, who agreed that their expenses be entered by others (INV-55)."""
    if obj is None:
        return True
    key = obj.person_id if isinstance(obj, Vehicle) else obj.pk
    offered = persons_entered_for(user, timezone.localdate())
    return any(one.pk == key for one in offered)


@rules.predicate
def is_of_somebody_else(user: Any, obj: ExpenseClaim | ExpenseAdvance | None = None) -> bool:
    """Nobody checks their own expenses."""
    return obj is None or obj.person_id != user.person_id


@rules.predicate
def writes_trip(user: Any, trip: MileageTrip | None = None) -> bool:
    return bool(writes_expenses.test(user, trip.line if trip else None))


@rules.predicate
def sees_trip(user: Any, trip: MileageTrip | None = None) -> bool:
    return bool(sees_claim.test(user, trip.line.claim if trip else None))


@rules.predicate
def sees_vehicle_of_file(user: Any, document: Document | None = None) -> bool:
    """A paper opens to whom it concerns and to those who check the trips."""
    if document is None:
        return True
    return VehiclePaper.objects.visible_to(user).filter(document=document).exists()


@rules.predicate
def sees_advance(user: Any, advance: ExpenseAdvance | None = None) -> bool:
    """Asks the same queryset as the list."""
    if advance is None or advance.person_id == user.person_id:
        return True
    found = ExpenseAdvance.objects.visible_to(user).filter(pk=advance.pk)
    return kept(user, advance, "advance", found.exists)


@rules.predicate
def asked_for_log(user: Any, document: Document | None = None) -> bool:
    """A yearly log holds what its author saw: it opens to nobody else."""
    return document is None or document.created_by_id == user.pk


# The accountant answers; the advisor of the activity reads the same pages.
checks_claims = is_accountant & was_handed_over & is_of_somebody_else
reads_queue = (is_accountant | is_advisor) & sees_claim & was_handed_over
staff = is_accountant | is_advisor
keeps_scales = is_accountant | is_admin

PERMISSIONS: dict[str, rules.Predicate] = {
    "invoicing.view_trips": reads_claims,
    "invoicing.view_trip": reads_claims & sees_trip,
    "invoicing.record_trip": enters & writes_expenses,
    "invoicing.edit_trip": enters & writes_trip,
    "invoicing.keep_favourite_trip": enters & is_ones_own,
    "invoicing.open_mileage_log": reads_claims & asked_for_log,
    "invoicing.view_vehicles": reads_claims,
    "invoicing.view_vehicle": reads_claims & sees_vehicle,
    "invoicing.keep_vehicle": enters & (is_ones_own | (staff & sees_vehicle & agreed_to_entry)),
    # Begun for somebody else: who sees the vehicle afterwards.
    "invoicing.keep_vehicle_for": staff & agreed_to_entry,
    "invoicing.open_vehicle_paper": reads_claims & sees_vehicle_of_file,
    "invoicing.keep_mileage_scales": keeps_scales,
    "invoicing.read_claim_queue": reads_queue,
    "invoicing.check_claim": checks_claims,
    "invoicing.reverse_claim": checks_claims,
    "invoicing.waive_refund": enters & is_ones_own,
    "invoicing.view_advances": reads_claims,
    "invoicing.view_advance": reads_claims & sees_advance,
    "invoicing.ask_advance": enters & writes_expenses,
    "invoicing.answer_advance": is_accountant & is_of_somebody_else,
    "invoicing.recharge_expense": sells,
}
