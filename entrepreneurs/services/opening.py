"""Opens an activity: its scope, its people, and the news for the rooms above."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import audit, events
from cae.core.errors import Code, Refused
from cae.core.turns import take_turn
from cae.core.validating import refuse_invalid
from entrepreneurs.events import ActivityOpened
from entrepreneurs.models import Activity, Application, Trade
from entrepreneurs.selectors.feasibility import insurer_agrees
from entrepreneurs.states.activities import ActivityKind
from people.models import Person, Scope, Territory
from people.services.scopes import join_scope, open_scope, rename_scope
from people.states import ScopeKind

# What an activity says of itself, and changes when it likes.
CHANGEABLE = ("name", "trade", "trade_label", "email", "phone", "description", "links")


def open_activity(
    *,
    name: str,
    trade: Trade,
    trade_label: str = "",
    code: str,
    email: str,
    phone: str = "",
    description: str = "",
    kind: str = "",
    people: Sequence[Person],
    territory: Territory | None = None,
    portfolio: Scope | None = None,
    on: date,
    actor: Any,
    waiver: str = "",
) -> Activity:
    """Does: opens an activity for one or several people, each of whom leads it; without kind, several make
    it collective. Refuses: a code already taken or misspelt, nobody, a trade closed that day, somebody who
    applied and whom the insurer did not agree to for this trade, unless `waiver` says why. Leaves behind: the
    activity, its scope and members, its analytic account (by event), audit with the waiver."""
    if not people:
        raise Refused(
            Code.VALUE_MISSING, _("Une activité est celle d’au moins une personne."), field="people"
        )
    require_open_trade(trade, on)
    if not waiver.strip():
        _require_insurer(people, trade)
    with transaction.atomic():
        take_turn(f"entrepreneurs.activity.{code}")
        if Activity.objects.filter(code=code).exists():
            raise Refused(Code.DUPLICATE, _("Ce code est déjà celui d’une autre activité."), field="code")
        scope = open_scope(
            ScopeKind.ACTIVITY, label=name, territory=territory, portfolio=portfolio, actor=actor
        )
        activity = Activity(
            name=name,
            trade=trade,
            trade_label=trade_label.strip() or trade.name,
            code=code,
            email=email,
            phone=phone,
            description=description,
            kind=kind or _kind_of(people),
            scope=scope,
            opened_on=on,
        )
        refuse_invalid(activity, validate_unique=False)
        activity.save()
        for person in people:
            join_scope(person, scope=scope, starts_on=on, actor=actor)
        detail = {"on": on.isoformat(), "reason": waiver.strip()}
        audit.record(actor, "entrepreneurs.activity.open", activity, detail=detail)
        events.publish(ActivityOpened(activity.pk, on, actor.pk if actor else None))
        return activity


def change_activity(activity: Activity, *, actor: Any, **facts: Any) -> Activity:
    """Does: changes how the activity presents itself (`CHANGEABLE`); its code never changes. Refuses: an
    empty name, a wrong e-mail or link, a trade closed meanwhile. Leaves behind: the activity (issued
    documents keep what they say), audit before and after."""
    with transaction.atomic():
        row = Activity.objects.select_for_update().get(pk=activity.pk)
        before = _facts(row)
        for name in CHANGEABLE:
            setattr(row, name, facts.get(name, getattr(row, name)))
        row.trade_label = row.trade_label.strip() or row.trade.name
        if before["trade"] != row.trade_id:
            require_open_trade(row.trade, timezone.localdate())
        refuse_invalid(row, validate_unique=False)
        row.save(update_fields=list(CHANGEABLE))
        rename_scope(row.scope, label=row.name, territory=row.scope.territory, actor=actor)
        after = _facts(row)
        changed = [name for name in CHANGEABLE if before[name] != after[name]]
        detail = {"before": {n: before[n] for n in changed}, "after": {n: after[n] for n in changed}}
        audit.record(actor, "entrepreneurs.activity.change", row, detail=detail)
        return row


def require_open_trade(trade: Trade, on: date) -> None:
    """Refuses a trade that can no longer be chosen on a day, or not yet."""
    if not Trade.objects.open_on(on).filter(pk=trade.pk).exists():
        raise Refused(
            Code.VALUE_INVALID,
            _("Le métier « %(trade)s » n’est pas ouvert à cette date.") % {"trade": trade},
            field="trade",
        )


def _require_insurer(people: Sequence[Person], trade: Trade) -> None:
    """No activity begins before the insurer said yes, for whoever came by an application (ENT-11, ENT-42)."""
    applied = set(
        Application.objects.filter(person__in=[person.pk for person in people]).values_list(
            "person", flat=True
        )
    )
    for person in people:
        if person.pk in applied and not insurer_agrees(person=person, trade=trade):
            raise Refused(
                Code.COVER_MISSING,
                _("L’assureur n’a pas dit oui pour %(name)s dans ce métier : attendez, ou dites pourquoi.")
                % {"name": person},
                field="waiver",
            )


def _kind_of(people: Sequence[Person]) -> str:
    return ActivityKind.COLLECTIVE if len(people) > 1 else ActivityKind.INDIVIDUAL


def _facts(activity: Activity) -> dict[str, Any]:
    facts = {name: getattr(activity, name) for name in CHANGEABLE}
    return facts | {"trade": activity.trade_id}
