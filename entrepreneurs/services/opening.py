"""Opens an activity: its scope, its people, and the news for the rooms above."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cae.core import audit, events
from cae.core.errors import Code, Refused
from entrepreneurs.events import ActivityOpened
from entrepreneurs.models import Activity
from people.models import Person, Scope, Territory
from people.services.scopes import join_scope, open_scope, rename_scope
from people.states import ScopeKind


def open_activity(
    *,
    name: str,
    trade: str,
    code: str,
    email: str,
    phone: str = "",
    people: Sequence[Person],
    territory: Territory | None = None,
    portfolio: Scope | None = None,
    on: date,
    actor: Any,
) -> Activity:
    """Does: opens an activity for one or several people. Refuses: a code already taken or misspelt, nobody.
    Leaves behind: the activity, its scope and members, its analytic account (by event), audit."""
    if not people:
        raise Refused(
            Code.VALUE_MISSING, _("Une activité est celle d’au moins une personne."), field="people"
        )
    if Activity.objects.filter(code=code).exists():
        raise Refused(Code.DUPLICATE, _("Ce code est déjà celui d’une autre activité."), field="code")
    with transaction.atomic():
        scope = open_scope(
            ScopeKind.ACTIVITY, label=name, territory=territory, portfolio=portfolio, actor=actor
        )
        activity = Activity(
            name=name, trade=trade, code=code, email=email, phone=phone, scope=scope, opened_on=on
        )
        _validate(activity)
        activity.save()
        for person in people:
            join_scope(person, scope=scope, starts_on=on, actor=actor)
        audit.record(actor, "entrepreneurs.activity.open", activity, detail={"on": on.isoformat()})
        events.publish(ActivityOpened(activity.pk, on, actor.pk if actor else None))
        return activity


def change_activity(
    activity: Activity, *, name: str, trade: str, email: str, phone: str, actor: Any
) -> Activity:
    """Does: changes how the activity presents itself; its code never changes. Refuses: an empty name, a
    wrong e-mail. Leaves behind: the activity (issued documents keep the old name), audit before and after."""
    with transaction.atomic():
        row = Activity.objects.select_for_update().get(pk=activity.pk)
        before = {"name": row.name, "trade": row.trade, "email": row.email, "phone": row.phone}
        row.name, row.trade, row.email, row.phone = name, trade, email, phone
        _validate(row)
        row.save(update_fields=["name", "trade", "email", "phone"])
        rename_scope(row.scope, label=name, territory=row.scope.territory, actor=actor)
        after = {"name": name, "trade": trade, "email": email, "phone": phone}
        audit.record(actor, "entrepreneurs.activity.change", row, detail={"before": before, "after": after})
        return row


def _validate(activity: Activity) -> None:
    try:
        activity.full_clean(validate_unique=False)
    except ValidationError as error:
        field, problems = next(iter(error.message_dict.items()))
        raise Refused(Code.VALUE_INVALID, problems[0], field=field) from error
