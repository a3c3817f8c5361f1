"""Closes an activity on its last day: what is still open is said first (ENT-40)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from cae.core import audit, facts
from cae.core.errors import Code, Refused
from entrepreneurs.models import Activity
from people.models import PersonScope
from people.services.changes import require_text
from people.services.scopes import leave_scope

DAY = timedelta(days=1)


def open_matters(activity: Activity, *, on: date) -> list[str]:
    """What stands open on the activity (drafts, unpaid invoices…), as the rooms above say it."""
    return list(facts.facts("activity.open_matters", [activity], on=on).get(activity.pk, []))


@transaction.atomic
def close_activity(
    activity: Activity, *, on: date, reason: str, actor: Any, confirmed: bool = False
) -> Activity:
    """Does: closes the activity on its last day; its people stay of it until then. Refuses: no reason, one
    already closed, a day before it opened, drafts or unpaid invoices unless `confirmed`. Leaves behind: the
    day and reason, memberships ended that day, those to come too, audit; its books and documents stay
    readable."""
    row = Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
    if row.closed_on is not None:
        raise Refused(Code.ALREADY_DONE, _("Cette activité est déjà fermée."))
    require_text(reason, "reason", _("Dites pourquoi l’activité ferme."))
    if on < row.opened_on:
        raise Refused(Code.PERIOD_INVALID, _("La fermeture ne peut pas précéder l’ouverture."), field="on")
    matters = open_matters(row, on=on)
    if matters and not confirmed:
        raise Refused(
            Code.ILLEGAL_MOVE,
            _("Restent ouverts : %(matters)s. Confirmez pour fermer quand même.")
            % {"matters": " ; ".join(matters)},
            field="confirmed",
        )
    row.closed_on, row.close_reason, row.is_open_to_join = on, reason.strip(), False
    row.save(update_fields=["closed_on", "close_reason", "is_open_to_join"])
    held = PersonScope.objects.filter(scope=row.scope_id).exclude(ends_on__lte=on)
    # Who would have come later never does.
    for member in held.exclude(ends_on__lt=F("starts_on")).order_by("pk"):
        leave_scope(member, last_day=max(on, member.starts_on - DAY), actor=actor)
    detail = {"last_day": on.isoformat(), "reason": reason.strip()}
    audit.record(actor, "entrepreneurs.activity.close", row, detail=detail)
    return row
