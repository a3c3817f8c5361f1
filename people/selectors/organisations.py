"""The organisations the cooperative knows."""

from __future__ import annotations

from django.db.models import Count, QuerySet

from people.models import Organisation


def organisations_listed() -> QuerySet[Organisation]:
    """The list of the room, with the number of contacts of each."""
    return Organisation.objects.annotate(contact_count=Count("contacts")).order_by("sort_name", "pk")


def organisation_with_siren(siren: str) -> Organisation | None:
    """The one organisation that bears this number, if we know it."""
    return Organisation.objects.filter(siren=siren).first() if siren else None
