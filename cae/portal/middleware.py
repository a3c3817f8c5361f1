"""Knows which activity the person is working on: their only one, or the one they chose."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from entrepreneurs.models import Activity
from entrepreneurs.selectors.activities import own_activities_of

SESSION_KEY = "activity_in_use"


def own_activities(request: HttpRequest) -> list[Activity]:
    """Gives the activities the person exercises, read once a request."""
    if not hasattr(request, "_own_activities"):
        request._own_activities = own_activities_of(request.user)  # type: ignore[attr-defined]
    found: list[Activity] = request._own_activities  # type: ignore[attr-defined]
    return found


def _in_use(request: HttpRequest) -> Activity | None:
    own = own_activities(request)
    chosen = request.session.get(SESSION_KEY)
    return next((one for one in own if one.pk == chosen), own[0] if own else None)


class ActivityInUse:
    """Sets `request.activity`, read only if a page asks."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.activity = SimpleLazyObject(lambda: _in_use(request))  # type: ignore[attr-defined]
        return self.get_response(request)
