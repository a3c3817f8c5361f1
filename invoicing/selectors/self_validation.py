"""Who may validate alone which documents, up to what amount: named persons, or everybody (PEO-24)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from cae.core.settings import value_of
from invoicing import parameters
from invoicing.models import Invoice, Quote, SelfValidation
from invoicing.states.sales import CheckedKind
from people.models import Person, PersonScope
from people.states import ScopeKind

_FOR_ALL: dict[str, str] = {
    CheckedKind.QUOTE: parameters.TRUSTED_QUOTES,
    CheckedKind.INVOICE: parameters.TRUSTED_INVOICES,
    CheckedKind.CREDIT_NOTE: parameters.TRUSTED_CREDIT_NOTES,
}


def checked_kind(document: Quote | Invoice) -> CheckedKind:
    """What a document is for the check."""
    if isinstance(document, Quote):
        return CheckedKind.QUOTE
    return CheckedKind.CREDIT_NOTE if document.is_credit_note else CheckedKind.INVOICE


def validates_alone(user: Any, kind: CheckedKind, amount: Decimal | None, *, on: date) -> bool:
    """May the person validate a document of this kind and amount before tax; without amount: one at all."""
    for_all: Decimal = value_of(_FOR_ALL[kind], on=on)
    if for_all and (amount is None or abs(amount) <= for_all):
        return True
    held = SelfValidation.objects.in_force(on).filter(person_id=user.person_id, kind=kind)
    if amount is not None:
        held = held.filter(Q(ceiling__isnull=True) | Q(ceiling__gte=abs(amount)))
    return user.person_id is not None and held.exists()


def trust_of_all(on: date) -> dict[CheckedKind, Decimal]:
    """The kinds that everybody validates alone on this day, each up to its amount."""
    amounts = {CheckedKind(kind): value_of(code, on=on) for kind, code in _FOR_ALL.items()}
    return {kind: amount for kind, amount in amounts.items() if amount}


def self_validations_of(person: Person, *, on: date) -> QuerySet[SelfValidation]:
    """What a person may validate alone on this day or later."""
    later = Q(ends_on__isnull=True) | Q(ends_on__gte=on)
    return SelfValidation.objects.filter(later, person=person).order_by("kind", "starts_on")


def self_validations() -> QuerySet[SelfValidation]:
    """Every right given, by person."""
    return SelfValidation.objects.select_related("person", "given_by__person").order_by(
        "person__sort_name", "kind", "-starts_on"
    )


def persons_who_sell(on: date) -> QuerySet[Person]:
    """The people of an activity on this day: the only ones for whom such a right means something."""
    inside = PersonScope.objects.in_force(on).filter(scope__kind=ScopeKind.ACTIVITY).values("person")
    return Person.objects.filter(pk__in=inside).order_by("sort_name", "pk")
