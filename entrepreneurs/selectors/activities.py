"""Questions about activities."""

from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import QuerySet, Value
from django.db.models.functions import Concat

from cae.core.questions import GivenKeys, Question
from entrepreneurs.models import Activity
from entrepreneurs.models.activities import scopes_in_sight
from people.selectors import scopes_of

_OWN = Question(lambda: Activity.objects.filter(scope_id__in=GivenKeys("scopes")))
_TWO = Question(lambda: Activity.objects.order_by().values_list("pk", flat=True)[:2])
_TWO_SEEN = Question(
    lambda: (
        Activity.objects.filter(scope_id__in=GivenKeys("scopes")).order_by().values_list("pk", flat=True)[:2]
    )
)


def own_activities_of(user: Any) -> list[Activity]:
    """Gives the activities this person exercises today, by name."""
    scopes = scopes_of(user)
    return _OWN(scopes=scopes) if scopes else []


def sees_several_activities(user: Any) -> bool:
    """Tells whether more than one activity is in this person's sight."""
    scopes = scopes_in_sight(user)
    if scopes is None:
        return len(_TWO()) > 1
    return len(scopes) > 1 and len(_TWO_SEEN(scopes=scopes)) > 1


def activities_listed(user: Any) -> QuerySet[Activity]:
    """Gives the activities this person sees, with the names of their people and territory, in one query."""
    name = Concat("scope__members__person__first_name", Value(" "), "scope__members__person__last_name")
    return (
        Activity.objects.visible_to(user)
        .select_related("scope__territory", "scope__portfolio")
        .annotate(people=ArrayAgg(name, distinct=True, default=Value([])))
        .order_by("sort_name", "pk")
    )
