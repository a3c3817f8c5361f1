"""Records a voted contribution scale and gives it to activities; what was taken is never recomputed."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounting.models import ContributionScale, ScaleAssignment
from accounting.selectors.scales import default_scale, last_contribution_on
from cae.core import audit
from cae.core.errors import Code, Refused
from entrepreneurs.models import Activity

_DAY = timedelta(days=1)


@transaction.atomic
def create_scale(
    *,
    code: str,
    label: str,
    rate: Decimal,
    valid_from: date,
    decided_by: str,
    is_default: bool = False,
    actor: Any,
) -> ContributionScale:
    """Does: opens a version and ends the one before. Refuses: a rate out of 0 to 100 %, a decision unnamed, a
    date before another version or before an amount already taken. Leaves behind: the row, audit."""
    if not 0 <= rate <= 1:
        raise Refused(Code.VALUE_INVALID, _("Le taux va de 0 à 100 %."), field="rate")
    if not decided_by.strip():
        raise Refused(Code.VALUE_MISSING, _("Dites quelle décision a fixé ce barème."), field="decided_by")
    versions = ContributionScale.objects.select_for_update().filter(code=code)
    if versions.filter(Q(valid_from__gte=valid_from) | Q(valid_to__gte=valid_from)).exists():
        raise Refused(
            Code.PERIOD_INVALID, _("Une version de ce barème couvre déjà cette date."), field="valid_from"
        )
    _check_nothing_taken(last_contribution_on(code=code), valid_from, "valid_from")
    versions.filter(valid_to__isnull=True).update(valid_to=valid_from - _DAY)
    scale = ContributionScale.objects.create(
        code=code,
        label=label.strip(),
        rate=rate,
        valid_from=valid_from,
        decided_by=decided_by.strip(),
        is_default=is_default,
    )
    audit.record(
        actor, "accounting.create_scale", scale, detail={"rate": str(rate), "from": valid_from.isoformat()}
    )
    return scale


@transaction.atomic
def assign_scale(
    activity: Activity, *, scale: ContributionScale, starts_on: date, reason: str, actor: Any
) -> ScaleAssignment:
    """Does: gives the scale to the activity from a date and ends the one before. Refuses: no reason, a date
    before another assignment or before an amount already taken. Leaves behind: the row, audit."""
    if not reason.strip():
        raise Refused(
            Code.VALUE_MISSING, _("Dites pourquoi cette activité reçoit ce barème."), field="reason"
        )
    activity = Activity.objects.select_for_update().get(pk=activity.pk)
    given = ScaleAssignment.objects.filter(activity=activity)
    if given.filter(Q(starts_on__gte=starts_on) | Q(ends_on__gte=starts_on)).exists():
        raise Refused(
            Code.PERIOD_INVALID,
            _("Cette activité a déjà reçu un barème à partir de cette date."),
            field="starts_on",
        )
    _check_nothing_taken(last_contribution_on(activity=activity), starts_on, "starts_on")
    given.filter(ends_on__isnull=True).update(ends_on=starts_on - _DAY)
    row = ScaleAssignment.objects.create(
        activity=activity, scale=scale, starts_on=starts_on, reason=reason.strip()
    )
    audit.record(
        actor,
        "accounting.assign_scale",
        activity,
        detail={"scale": scale.code, "from": starts_on.isoformat()},
    )
    return row


def assign_default_scale(activity: Activity, *, on: date, actor: Any) -> ScaleAssignment | None:
    """Does: gives a new activity the default scale in force, if there is one. Refuses: nothing.
    Leaves behind: the assignment, audit."""
    scale = default_scale(on)
    if scale is None:
        return None
    reason = _("Barème par défaut à l’ouverture de l’activité")
    return assign_scale(activity, scale=scale, starts_on=on, reason=reason, actor=actor)


def _check_nothing_taken(last: date | None, start: date, field: str) -> None:
    if last is not None and start <= last:
        raise Refused(
            Code.PERIOD_INVALID,
            _("Une contribution a déjà été prélevée le %(last)s : choisissez une date postérieure.")
            % {"last": last.strftime("%d/%m/%Y")},
            field=field,
        )
