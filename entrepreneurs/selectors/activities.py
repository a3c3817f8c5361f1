"""Questions about activities."""

from datetime import date
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import QuerySet, Value
from django.db.models.functions import Concat

from entrepreneurs.models import Activity
from people.models import Person


def activities_listed(user: Any) -> QuerySet[Activity]:
    """Gives the activities this person sees, with the names of their people and territory, in one query."""
    name = Concat("scope__members__person__first_name", Value(" "), "scope__members__person__last_name")
    return (
        Activity.objects.visible_to(user)
        .select_related("scope__territory", "scope__portfolio")
        .annotate(people=ArrayAgg(name, distinct=True, default=Value([])))
        .order_by("name", "pk")
    )


def people_of(activity: Activity, on: date) -> QuerySet[Person]:
    """Gives the people who exercise the activity on a date."""
    return (
        Person.objects.filter(memberships__scope_id=activity.scope_id, memberships__starts_on__lte=on)
        .exclude(memberships__scope_id=activity.scope_id, memberships__ends_on__lt=on)
        .order_by("last_name", "first_name")
        .distinct()
    )
