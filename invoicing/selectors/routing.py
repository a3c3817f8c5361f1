"""Which address brings an e-invoice to which activity: all share the SIREN, the suffix is theirs (INV-36)."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from cae.core.errors import Refused
from cae.core.identity import cooperative_on
from cae.core.questions import Given, Question
from entrepreneurs.models import Activity
from invoicing.engines import model
from invoicing.models import RoutingAddress


def routing_address_of(activity: Activity, *, on: date | None = None) -> str:
    """`SIREN_SUFFIX` of an activity on a day; without a row its code is its suffix."""
    day = on or timezone.localdate()
    return model.routing_address(cooperative_on(day).siren, suffix_of(activity, day))


def suffix_of(activity: Activity, on: date) -> str:
    row = _IN_FORCE.first(activity=activity.pk, on=on)
    return row.suffix if row else activity.code


def activity_of_address(address: str, *, on: date | None = None) -> Activity | None:
    """The activity that an address names, a former one too; none for another SIREN, for the SIREN alone, or
    for a suffix that nobody has."""
    siren, _line, suffix = address.strip().upper().partition("_")
    if not suffix or siren != _own_siren(on or timezone.localdate()):
        return None
    row = RoutingAddress.objects.filter(suffix=suffix).select_related("activity").first()
    if row is not None:
        return row.activity
    # A code is a suffix as long as its activity was given none.
    return Activity.objects.filter(code=suffix, routing_addresses=None).first()


def _own_siren(on: date) -> str:
    try:
        siren: str = cooperative_on(on).siren
    except Refused:
        return ""
    return siren


def _in_force() -> QuerySet[RoutingAddress]:
    rows = RoutingAddress.objects.in_force(Given("on"))  # type: ignore[arg-type]
    return rows.filter(activity=Given("activity")).order_by("-starts_on", "-pk")


_IN_FORCE = Question(_in_force)


def addresses_listed() -> QuerySet[RoutingAddress]:
    """The directory: every address ever given, with its activity."""
    return RoutingAddress.objects.select_related("activity")
