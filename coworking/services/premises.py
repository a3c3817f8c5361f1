"""Shared premises: who is there from when to when, what they cost and who bears it (COW-06)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.documents import store_document
from cae.core.errors import Code, Refused
from cae.core.templatetags.formats import day, money
from cae.core.uploads import plain_name, proof_mime
from coworking.calculations.sharing import Part, Presence, shared
from coworking.models import Charge, CostShare, Payer, Place, PremisesCost, Tenancy
from coworking.services.agreements import KEPT_YEARS, MOST_MEGABYTES, Paper
from coworking.services.charges import make_charge, waive_charge
from coworking.services.payers import payer_of_activity, payer_of_organisation, payer_of_person
from coworking.states.members import ChargeKind, ChargeState
from entrepreneurs.models import Activity
from people.models import Organisation, Person, User
from people.services.changes import one_line, refuse_long, refuse_stale

LEASE_FILE = "coworking.lease"
MOST_WEIGHT = 1_000_000


@dataclass(frozen=True)
class TenancyData:
    """Who comes into the premises, when, with which key; one tenant of the three."""

    starts_on: date
    weight: int
    activity: Activity | None = None
    organisation: Organisation | None = None
    person: Person | None = None
    ends_on: date | None = None
    rooms: str = ""
    is_billed: bool = False


@transaction.atomic
def let_in(place: Place, *, data: TenancyData, actor: User | None, lease: Paper | None = None) -> Tenancy:
    """Does: notes that somebody shares the premises from a day on. Refuses: no tenant or several, a key that
    weighs nothing, an end before the beginning, one to bill whom the place cannot bill, the same tenant
    there already, a cost already shared over these days, a file that is no PDF or picture. Leaves behind:
    the tenancy, its lease, audit."""
    row = Place.objects.select_for_update(of=("self",)).get(pk=place.pk)
    tenants = {"activity": data.activity, "organisation": data.organisation, "person": data.person}
    named = {name: tenant for name, tenant in tenants.items() if tenant is not None}
    if len(named) != 1:
        raise Refused(
            Code.VALUE_MISSING,
            _("Choisissez une activité, un organisme ou une personne : un seul."),
            field="activity",
        )
    _check_weight(data.weight)
    refuse_long(data.rooms, "rooms", 200)
    if data.ends_on is not None and data.ends_on < data.starts_on:
        raise Refused(Code.PERIOD_INVALID, _("La fin ne peut pas précéder le début."), field="ends_on")
    others = row.tenancies.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=data.starts_on), **named)
    if (others.filter(starts_on__lte=data.ends_on) if data.ends_on else others).exists():
        raise Refused(Code.DUPLICATE, _("Cet occupant y est déjà sur ces dates."), field="starts_on")
    _refuse_shared(row, data.starts_on, data.ends_on, "starts_on")
    payer = _payer(row, data, actor) if data.is_billed else None
    tenancy = Tenancy(
        place=row,
        payer=payer,
        starts_on=data.starts_on,
        ends_on=data.ends_on,
        weight=data.weight,
        rooms=data.rooms,
        **named,
    )
    if lease is not None:
        tenancy.lease = store_document(
            lease.content,
            kind=LEASE_FILE,
            name=plain_name(lease.name, otherwise="bail.pdf"),
            mime=proof_mime(lease.content, most=MOST_MEGABYTES, field="paper"),
            about=row,
            actor=actor,
            retention_until=date(timezone.localdate().year + KEPT_YEARS, 12, 31),
        )
    tenancy.save()
    audit.record(actor, "coworking.tenancy.begin", tenancy, detail={"from": data.starts_on.isoformat()})
    return tenancy


@transaction.atomic
def see_out(tenancy: Tenancy, *, last_day: date, actor: User | None, version: int | None = None) -> Tenancy:
    """Does: ends a tenancy on its last day; another key is another tenancy. Refuses: a day before it began,
    one already ended by then, a cost shared over days it would no longer be there, a form opened before
    somebody else’s change. Leaves behind: audit."""
    place = Place.objects.select_for_update(of=("self",)).get(pk=tenancy.place_id)
    row = Tenancy.objects.select_for_update(of=("self",)).get(pk=tenancy.pk)
    refuse_stale(row, version)
    if last_day < row.starts_on:
        raise Refused(Code.PERIOD_INVALID, _("La fin ne peut pas précéder le début."), field="last_day")
    if row.ends_on is not None and row.ends_on <= last_day:
        raise Refused(Code.ALREADY_DONE, _("Cette occupation est déjà finie ce jour-là."), field="last_day")
    borne = place.costs.filter(shares__tenancy=row, ends_on__gt=last_day)
    if borne.exists():
        raise Refused(
            Code.PERIOD_CLOSED,
            _("Un coût est déjà réparti sur des jours où cet occupant ne serait plus là."),
            field="last_day",
        )
    row.ends_on, row.version = last_day, row.version + 1
    row.save()
    audit.record(actor, "coworking.tenancy.end", row, detail={"last_day": last_day.isoformat()})
    return row


@dataclass(frozen=True)
class CostData:
    """What was spent for the premises over some days, both included: euros excl. tax."""

    label: str
    amount: Decimal
    starts_on: date
    ends_on: date


@transaction.atomic
def share_cost(place: Place, *, data: CostData, actor: User | None) -> PremisesCost:
    """Does: shares a cost between the tenants of its days, by key × days, to the cent. Refuses: no words, an
    amount that is not positive, an end before the beginning, nobody there, the same cost
    shared already. Leaves behind: the cost, one share a tenant, audit."""
    row = Place.objects.select_for_update(of=("self",)).get(pk=place.pk)
    label = one_line(data.label, "label", _("Dites ce qui est réparti : loyer, énergie, ménage…"), most=120)
    if data.amount <= 0:
        raise Refused(Code.AMOUNT_INVALID, _("Le montant doit être supérieur à zéro."), field="amount")
    if data.ends_on < data.starts_on:
        raise Refused(Code.PERIOD_INVALID, _("La fin ne peut pas précéder le début."), field="ends_on")
    if row.costs.filter(label__iexact=label, starts_on=data.starts_on, ends_on=data.ends_on).exists():
        raise Refused(Code.DUPLICATE, _("Ce coût est déjà réparti sur ces jours."), field="label")
    there = Q(ends_on__isnull=True) | Q(ends_on__gte=data.starts_on)
    tenancies = list(
        row.tenancies.filter(there, starts_on__lte=data.ends_on).select_related("payer").order_by("pk")
    )
    if not tenancies:
        raise Refused(Code.NOT_ALLOWED, _("Personne n’occupe les locaux ces jours-là."), field="starts_on")
    present = [Presence(one.weight, one.starts_on, one.ends_on) for one in tenancies]
    parts = shared(data.amount, data.starts_on, data.ends_on, present)
    cost = PremisesCost.objects.create(
        place=row,
        label=label,
        amount=data.amount,
        starts_on=data.starts_on,
        ends_on=data.ends_on,
        created_by=actor,
    )
    CostShare.objects.bulk_create(
        [_share(cost, tenancy, part, actor) for tenancy, part in zip(tenancies, parts, strict=True)]
    )
    audit.record(actor, "coworking.cost.share", cost, detail={"amount": str(data.amount)})
    return cost


@transaction.atomic
def take_cost_back(cost: PremisesCost, *, actor: User | None) -> None:
    """Does: takes a cost back, shares and all, to share it again; what was due of it is waived. Refuses: a
    share billed that no credit note takes back. Leaves behind: audit with what it was."""
    row = PremisesCost.objects.select_for_update(of=("self",)).get(pk=cost.pk)
    charges = Charge.objects.select_for_update(of=("self",)).select_related("credit").filter(share__cost=row)
    if any(one.is_billed_for_good for one in charges):
        raise Refused(
            Code.PERIOD_CLOSED, _("Une part de ce coût est déjà facturée : faites un avoir d’abord.")
        )
    for one in charges:
        if one.state not in (ChargeState.WAIVED, ChargeState.BILLED):
            waive_charge(one, reason=_("Coût repris pour être réparti de nouveau"), actor=actor)
    said = {"amount": str(row.amount), "label": row.label}
    audit.record(actor, "coworking.cost.take_back", row, detail=said)
    row.delete()


def _payer(place: Place, data: TenancyData, actor: User | None) -> Payer:
    """The account of the place that bears the shares of a tenant."""
    if data.activity is not None:
        return payer_of_activity(place, data.activity, actor=actor)
    if data.organisation is not None:
        return payer_of_organisation(place, data.organisation, actor=actor)
    if data.person is not None:
        return payer_of_person(place, data.person, actor=actor)
    raise LookupError("a tenancy has a tenant")  # pragma: no cover - `let_in` refused it


def _share(cost: PremisesCost, tenancy: Tenancy, part: Part, actor: User | None) -> CostShare:
    """One share, and what is due of it to the place where somebody pays."""
    charge, last = None, cost.ends_on or cost.starts_on
    if tenancy.payer is not None and part.amount > 0:
        charge = make_charge(
            tenancy.payer,
            kind=ChargeKind.PREMISES,
            label=f"{cost.label} · {day(cost.starts_on)} → {day(last)}",
            day=last,
            amount=part.amount,
            working=_("%(amount)s répartis : clé %(weight)d × %(days)d jours")
            % {"amount": money(cost.amount), "weight": tenancy.weight, "days": part.days},
            actor=actor,
        )
    return CostShare(
        cost=cost, tenancy=tenancy, days=part.days, weight=tenancy.weight, amount=part.amount, charge=charge
    )


def _check_weight(weight: int) -> None:
    if not 1 <= weight <= MOST_WEIGHT:
        raise Refused(Code.VALUE_INVALID, _("La clé est un nombre entier, d’au moins 1."), field="weight")


def _refuse_shared(place: Place, first: date, last: date | None, field: str) -> None:
    """Nobody comes into days whose costs are shared: their parts would no longer be right."""
    costs = place.costs.filter(ends_on__gte=first)
    if (costs.filter(starts_on__lte=last) if last else costs).exists():
        raise Refused(
            Code.PERIOD_CLOSED,
            _("Un coût est déjà réparti sur ces jours : reprenez-le, puis répartissez-le de nouveau."),
            field=field,
        )
