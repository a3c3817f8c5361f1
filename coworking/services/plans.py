"""What a place sells: plans and passes, their prices from a day on, what they include (COW-11, COW-12)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, Refused
from coworking.models import Allowance, Place, Plan, PlanPrice
from coworking.states.members import PlanKind, TimeUnit
from coworking.states.places import ResourceKind
from invoicing.models import VatRate
from people.services.changes import one_line, refuse_long, refuse_stale, write


@dataclass(frozen=True)
class PlanData:
    """What is typed of a plan; its kind and its unit never change."""

    name: str
    description: str = ""
    days_a_week: int | None = None
    units: int | None = None
    valid_days: int | None = None
    users: int = 1
    deposit: Decimal | None = None
    notice_months: int = 1
    notice_days: int = 0
    is_public: bool = True
    position: int = 0


@dataclass(frozen=True)
class PriceData:
    """Prices excl. tax from a day on, for those of the cooperative and for others."""

    starts_on: date
    own: Decimal
    other: Decimal
    vat_code: str = "normal"


@dataclass(frozen=True)
class AllowanceData:
    """What a plan includes each month of a kind of resource; no units: as much as one likes; no price beyond:
    the tariff of the resource."""

    resource_kind: str
    unit: str = TimeUnit.HOUR
    units: Decimal | None = None
    carried_months: int = 0
    beyond: Decimal | None = None


@transaction.atomic
def open_plan(
    place: Place, *, kind: str, unit: str = TimeUnit.DAY, data: PlanData, price: PriceData, actor: Any
) -> Plan:
    """Does: puts a plan, or a pass, on sale with its first price. Refuses: no name, one already on sale
    there, days of the week of a plan by weekdays missing, units or delay of a pass missing, a price below
    zero, an unknown VAT rate. Leaves behind: the plan, its price, audit."""
    Place.objects.select_for_update(of=("self",), no_key=True).get(pk=place.pk)
    if kind not in PlanKind.values or unit not in TimeUnit.values:
        raise Refused(Code.VALUE_INVALID, _("Choisissez la nature de la formule."), field="kind")
    plan = Plan(place=place, kind=kind, unit=unit)
    write(plan, _checked(plan, data))
    plan.save()
    audit.record(actor, "coworking.plan.open", plan)
    set_price(plan, data=price, actor=actor)
    return plan


@transaction.atomic
def change_plan(plan: Plan, *, data: PlanData, actor: Any, version: int | None = None) -> Plan:
    """Does: changes what is said of a plan; those who hold it see it at once, their price does not change.
    Refuses: what `open_plan` refuses, a form opened before somebody else’s change. Leaves behind: audit with
    the values before and after."""
    Place.objects.select_for_update(of=("self",), no_key=True).get(pk=plan.place_id)
    row = Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    refuse_stale(row, version)
    changed = write(row, _checked(row, data))
    row.version += 1
    row.save()
    audit.record(actor, "coworking.plan.change", row, detail=changed)
    return row


@transaction.atomic
def set_price(plan: Plan, *, data: PriceData, actor: Any) -> PlanPrice:
    """Does: sets the prices of a plan from a day on, in place of those of the same day. Refuses: a price
    below zero, an unknown VAT rate. Leaves behind: the price, audit; months billed stay."""
    for field in ("own", "other"):
        if getattr(data, field) < 0:
            raise Refused(Code.AMOUNT_INVALID, _("Un prix n’est pas négatif."), field=field)
    if not VatRate.objects.filter(code=data.vat_code).exists():
        raise Refused(Code.VALUE_INVALID, _("Ce taux de TVA n’existe pas."), field="vat_code")
    values = {"own": data.own, "other": data.other, "vat_code": data.vat_code}
    price, _made = PlanPrice.objects.update_or_create(plan=plan, starts_on=data.starts_on, defaults=values)
    detail = {"from": data.starts_on.isoformat(), "amount": f"{data.own} / {data.other}"}
    audit.record(actor, "coworking.plan.price", plan, detail=detail)
    return price


@transaction.atomic
def set_allowance(plan: Plan, *, data: AllowanceData, actor: Any) -> Allowance:
    """Does: says what a plan includes of a kind of resource, in place of what it said. Refuses: an unknown
    kind or unit, nothing or less of it, a price beyond below zero. Leaves behind: the row, audit."""
    if data.resource_kind not in ResourceKind.values or data.unit not in TimeUnit.values:
        raise Refused(Code.VALUE_INVALID, _("Dites de quoi et en quelle unité."), field="resource_kind")
    if data.units is not None and data.units <= 0:
        raise Refused(Code.VALUE_INVALID, _("Laissez vide pour autant qu’on veut."), field="units")
    if data.beyond is not None and data.beyond < 0:
        raise Refused(Code.AMOUNT_INVALID, _("Un prix n’est pas négatif."), field="beyond")
    values = {
        "unit": data.unit,
        "units": data.units,
        "carried_months": data.carried_months,
        "beyond": data.beyond,
    }
    row, _made = Allowance.objects.update_or_create(
        plan=plan, resource_kind=data.resource_kind, defaults=values
    )
    audit.record(actor, "coworking.plan.include", plan, detail={"kind": data.resource_kind})
    return row


@transaction.atomic
def drop_allowance(allowance: Allowance, *, actor: Any) -> None:
    """Does: takes a part out of what a plan includes. Refuses: one that bookings took from. Leaves behind:
    audit."""
    row = Allowance.objects.select_for_update(of=("self",)).get(pk=allowance.pk)
    if row.covers.exists():
        raise Refused(
            Code.NOT_ALLOWED, _("Des réservations ont déjà puisé dans cette part : changez-la plutôt.")
        )
    audit.record(actor, "coworking.plan.exclude", row.plan, detail={"kind": row.resource_kind})
    row.delete()


@transaction.atomic
def withdraw_plan(plan: Plan, *, actor: Any) -> Plan:
    """Does: takes a plan off sale; those who hold it keep it. Refuses: one already off. Leaves behind: the
    instant, audit."""
    row = Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    if row.archived_at is not None:
        raise Refused(Code.ALREADY_DONE, _("Cette formule n’est déjà plus en vente."))
    row.archived_at = timezone.now()
    row.version += 1
    row.save()
    audit.record(actor, "coworking.plan.withdraw", row)
    return row


def _checked(plan: Plan, data: PlanData) -> PlanData:
    name = one_line(data.name, "name", _("Donnez un nom à cette formule."), most=80)
    refuse_long(data.description, "description", 2000)
    is_pass, is_week = plan.kind == PlanKind.PASS, plan.kind == PlanKind.WEEK
    if is_pass and not (data.units and data.valid_days):
        raise Refused(
            Code.VALUE_MISSING,
            _("Dites combien d’unités tient ce carnet, et sous combien de jours les utiliser."),
            field="units" if not data.units else "valid_days",
        )
    if is_week and not 1 <= (data.days_a_week or 0) <= 7:
        raise Refused(
            Code.VALUE_MISSING, _("Dites combien de jours de la semaine on choisit."), field="days_a_week"
        )
    if data.deposit is not None and data.deposit <= 0:
        raise Refused(Code.AMOUNT_INVALID, _("Laissez vide s’il n’y a pas de dépôt."), field="deposit")
    twins = Plan.objects.filter(place=plan.place, name=name, archived_at__isnull=True).exclude(pk=plan.pk)
    if twins.exists():
        raise Refused(Code.DUPLICATE, _("Une formule de ce lieu porte déjà ce nom."), field="name")
    return PlanData(
        name=name,
        description=data.description.strip(),
        days_a_week=data.days_a_week if is_week else None,
        units=data.units if is_pass else None,
        valid_days=data.valid_days if is_pass else None,
        users=max(1, data.users),
        deposit=data.deposit,
        notice_months=data.notice_months,
        notice_days=data.notice_days,
        is_public=data.is_public,
        position=data.position,
    )
