"""What a person agrees to, on a day."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from people.models import Consent, Person
from people.selectors.merging import file_keys


def consents_in_force(on: date) -> QuerySet[Consent]:
    """A consent withdrawn on a day no longer holds that day."""
    return Consent.objects.filter(Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=on), given_on__lte=on)


def has_consent(person: Person, purpose: str, on: date) -> bool:
    """Tells whether the person agrees to this purpose that day: nothing of it is done otherwise."""
    return consents_in_force(on).filter(person=person, purpose=purpose).exists()


def consents_of(person: Person) -> QuerySet[Consent]:
    """The whole history, the latest first."""
    found = Consent.objects.filter(person__in=file_keys(person))
    return found.select_related("given_by__person", "withdrawn_by__person")
