"""Passes sold: units bought in advance, due in the month, used until a day (COW-12)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, Refused
from coworking.models import Member, Pass, Payer, Plan
from coworking.selectors.plans import price_on
from coworking.services.charges import make_charge
from coworking.states.members import ChargeKind, PlanKind
from people.services.changes import refuse_spent


@transaction.atomic
def sell_pass(
    member: Member, *, plan: Plan, on: date, form_key: UUID, actor: Any, payer: Payer | None = None
) -> Pass:
    """Does: sells a pass to a member, once for a form sent twice; it is due in the month of that day.
    Refuses: what is no pass on sale in this place, a day when one is no member, nobody to pay, no price in
    force. Leaves behind: the pass whole, the charge unless it is free, audit."""
    member = Member.objects.select_for_update(of=("self",)).get(pk=member.pk)
    known = Pass.objects.filter(form_key=form_key, member=member).first()
    if known is not None:
        return known
    plan = Plan.objects.get(pk=plan.pk)
    if plan.place_id != member.place_id or plan.kind != PlanKind.PASS or plan.archived_at is not None:
        raise Refused(Code.VALUE_INVALID, _("Choisissez un carnet en vente dans ce lieu."), field="plan")
    if not member.is_in_force(on):
        raise Refused(
            Code.DATE_INVALID, _("Cette personne n’est pas coworker de ce lieu à cette date."), field="on"
        )
    payer = payer or member.payer
    if payer is None:
        raise Refused(
            Code.VALUE_MISSING, _("Dites d’abord qui paie : complétez la fiche du coworker."), field="payer"
        )
    price = price_on(plan, on)
    if price is None:
        raise Refused(Code.VALUE_MISSING, _("Ce carnet n’a pas de prix à cette date."), field="plan")
    units = Decimal(plan.units or 0)
    row = Pass(
        member=member,
        plan=plan,
        payer=payer,
        bought_on=on,
        until=on + timedelta(days=plan.valid_days or 0),
        units=units,
        left=units,
        form_key=form_key,
        created_by=actor,
    )
    refuse_spent(row)
    row.save()
    audit.record(actor, "coworking.pass.sell", row, detail={"name": str(plan)})
    amount = price.own if payer.is_inside else price.other
    if amount > 0:
        make_charge(
            payer,
            kind=ChargeKind.PASS,
            label=f"{plan.name} · {member.person.full_name}"[:200],
            day=on,
            amount=amount,
            vat_code=price.vat_code,
            sold_pass=row,
            actor=actor,
        )
    return row
