"""What a place allows of a resource by plan: notice, length, hours, quota, approval (COW-18)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from django.db import transaction
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, Refused
from coworking.models import BookingRule, Plan, Resource
from people.models import User
from people.services.changes import write


@dataclass(frozen=True)
class RuleData:
    """What is typed of a rule, in minutes and days; nothing: no limit."""

    notice: int = 0
    opens_days: int | None = None
    longest: int | None = None
    weekly: int | None = None
    from_hour: time | None = None
    until_hour: time | None = None
    needs_approval: bool = False


@transaction.atomic
def set_rule(resource: Resource, plan: Plan | None, *, data: RuleData, actor: User | None) -> BookingRule:
    """Does: sets the rule of a resource for the holders of a plan, or for anybody else; the former one is
    replaced. Refuses: a plan of elsewhere, a length under the shortest of the resource, hours that end before
    they begin. Leaves behind: the rule, audit; what is booked stays."""
    room = Resource.objects.select_for_update(of=("self",), no_key=True).get(pk=resource.pk)
    if plan is not None and plan.place_id != room.place_id:
        raise Refused(Code.VALUE_INVALID, _("Cette formule n’est pas de ce lieu."), field="plan")
    if data.longest is not None and data.longest < room.shortest:
        raise Refused(
            Code.VALUE_INVALID,
            _("La durée maximale ne peut pas être sous la durée minimale de la ressource."),
            field="longest",
        )
    if data.from_hour and data.until_hour and data.until_hour <= data.from_hour:
        raise Refused(Code.PERIOD_INVALID, _("La fin vient avant le début."), field="until_hour")
    row = BookingRule.objects.filter(resource=room, plan=plan).first() or BookingRule(
        resource=room, plan=plan
    )
    changed = write(row, data)
    row.save()
    audit.record(actor, "coworking.rule.set", row, detail=changed)
    return row


@transaction.atomic
def remove_rule(rule: BookingRule, *, actor: User | None) -> None:
    """Does: takes a rule away: the resource alone decides. Refuses: nothing. Leaves behind: audit."""
    audit.record(actor, "coworking.rule.remove", rule)
    rule.delete()
