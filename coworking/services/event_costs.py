"""The costs of an event: noted, shared in one act between those registered, taken back (COW-33)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.templatetags.formats import money
from coworking.models import Charge, Event, EventCost, EventCostShare, EventPart, Payer, Registration
from coworking.selectors.event_costs import Borne, borne_today
from coworking.services.charges import make_charge, waive_charge
from coworking.services.event_charges import payer_of_registration
from coworking.services.events import locked
from coworking.states.events import CostKey, EventState
from coworking.states.members import ChargeKind, ChargeState
from people.services.changes import one_line, refuse_long


@dataclass(frozen=True)
class EventCostData:
    """What was spent for an event, euros excl. tax, and how it is shared."""

    label: str
    amount: Decimal
    key: str = CostKey.SEATS
    part: EventPart | None = None
    paid_by: str = ""


@transaction.atomic
def add_cost(event: Event, *, data: EventCostData, actor: Any) -> EventCost:
    """Does: notes a cost of an event, to be shared. Refuses: no words, one noted already, an amount that is
    not positive, an unknown key, a part missing or of another event, an event called off. Leaves behind: the
    cost, audit."""
    held = locked(event)
    _refuse_cancelled(held)
    label = one_line(data.label, "label", _("Dites ce qui est réparti : repas, salle, car…"), most=120)
    refuse_long(data.paid_by, "paid_by", 160)
    if data.amount <= 0:
        raise Refused(Code.AMOUNT_INVALID, _("Le montant doit être supérieur à zéro."), field="amount")
    if data.key not in CostKey.values:
        raise Refused(Code.VALUE_INVALID, _("Choisissez comment ces frais se répartissent."), field="key")
    part = data.part if data.key == CostKey.PART else None
    if data.key == CostKey.PART and (part is None or part.event_id != held.pk):
        raise Refused(Code.VALUE_MISSING, _("Choisissez la partie concernée."), field="part")
    if held.costs.filter(label__iexact=label).exists():
        raise Refused(Code.DUPLICATE, _("Cet événement a déjà une ligne de ce nom."), field="label")
    row = EventCost.objects.create(
        event=held,
        label=label,
        amount=data.amount,
        key=data.key,
        part=part,
        paid_by=data.paid_by.strip(),
        created_by=actor,
    )
    audit.record(actor, "coworking.eventcost.add", row, detail={"amount": str(row.amount)})
    return row


@transaction.atomic
def remove_cost(cost: EventCost, *, actor: Any) -> None:
    """Does: takes a cost away. Refuses: one already shared. Leaves behind: audit with what it was."""
    locked(cost.event)
    row = EventCost.objects.get(pk=cost.pk)
    if row.shared_at is not None:
        raise Refused(Code.NOT_ALLOWED, _("Ces frais sont répartis : reprenez d’abord la répartition."))
    said = {"amount": str(row.amount), "label": row.label}
    audit.record(actor, "coworking.eventcost.remove", row, detail=said)
    row.delete()


@transaction.atomic
def share_costs(event: Event, *, actor: Any) -> int:
    """Does: shares the costs of an event that are not yet, between those registered, to the cent, and makes
    each part due to the place. Refuses: nothing to share, an event called off or held where nothing sells, a
    cost that nobody bears, those who bear a part and whom the place cannot invoice, by name. Leaves behind:
    the shares, one charge each above zero, audit; gives how many."""
    held = locked(event)
    _refuse_cancelled(held)
    costs = list(held.costs.filter(shared_at=None).select_related("part").order_by("pk"))
    if not costs:
        raise Refused(Code.ALREADY_DONE, _("Il n’y a pas de frais à répartir."))
    if held.place is None or held.place.activity_id is None:
        raise Refused(
            Code.ACCOUNT_MISSING,
            _("Rien ne facturerait ces parts : tenez l’événement dans un lieu qui vend."),
        )
    lines: list[Borne] = []
    for cost in costs:
        cost.event = held
        found = borne_today(cost)
        if not found:
            raise Refused(Code.VALUE_MISSING, _("Personne ne porte « %(cost)s ».") % {"cost": cost})
        lines += found
    payers = _payers(held, [one.registration for one in lines if one.amount], actor)
    now = timezone.now()
    on = max(timezone.localdate(held.ends_at), timezone.localdate(now))
    EventCostShare.objects.bulk_create(
        [
            EventCostShare(
                cost=one.cost,
                registration=one.registration,
                units=one.units,
                amount=one.amount,
                charge=_charge(one, payers[one.registration.pk], on, actor) if one.amount else None,
            )
            for one in lines
        ]
    )
    for cost in costs:
        cost.shared_at = now
        cost.save(update_fields=["shared_at"])
        audit.record(actor, "coworking.eventcost.share", cost, detail={"amount": str(cost.amount)})
    return len(lines)


@transaction.atomic
def take_costs_back(event: Event, *, actor: Any) -> int:
    """Does: takes the shares of an event back, to share them anew; what was due of them is given up. Refuses:
    nothing shared, a part billed that no credit note takes back. Leaves behind: audit; gives how many."""
    held = locked(event)
    shares = EventCostShare.objects.filter(cost__event=held)
    rows = Charge.objects.select_for_update(of=("self",)).select_related("credit")
    charges = list(rows.filter(event_share__cost__event=held).order_by("pk"))
    if not shares.exists():
        raise Refused(Code.ALREADY_DONE, _("Aucuns frais ne sont répartis."))
    if any(one.is_billed_for_good for one in charges):
        raise Refused(
            Code.PERIOD_CLOSED, _("Une part de ces frais est déjà facturée : faites un avoir d’abord.")
        )
    for one in charges:
        if one.state not in (ChargeState.WAIVED, ChargeState.BILLED):
            waive_charge(one, reason=_("Frais repris pour être répartis de nouveau"), actor=actor)
    count, _kinds = shares.delete()
    for cost in held.costs.filter(shared_at__isnull=False):
        cost.shared_at = None
        cost.save(update_fields=["shared_at"])
        audit.record(actor, "coworking.eventcost.take_back", cost, detail={"amount": str(cost.amount)})
    return count


def _payers(event: Event, rows: Iterable[Registration], actor: Any) -> dict[int, Payer]:
    """The payer of each registration, by its key."""
    found: dict[int, Payer] = {}
    missing: dict[int, str] = {}
    for row in rows:
        if row.pk in found or row.pk in missing:
            continue
        row.event = event
        try:
            with transaction.atomic():
                found[row.pk] = payer_of_registration(row, actor=actor)
        except Refused:
            missing[row.pk] = row.full_name
    if missing:
        raise Refused(
            Code.VALUE_MISSING,
            _("Il manque l’adresse de facturation de : %(names)s. Complétez leur inscription.")
            % {"names": ", ".join(missing.values())},
        )
    return found


def _charge(one: Borne, payer: Payer, on: date, actor: Any) -> Charge:
    return make_charge(
        payer,
        kind=ChargeKind.EVENT,
        label=f"{one.cost.label} · {one.cost.event.title}"[:200],
        day=on,
        amount=one.amount,
        working=_("%(amount)s répartis, %(key)s : %(units)d")
        % {
            "amount": money(one.cost.amount),
            "key": str(CostKey(one.cost.key).label).lower(),
            "units": one.units,
        },
        actor=actor,
    )


def _refuse_cancelled(event: Event) -> None:
    if event.state == EventState.CANCELLED:
        raise Refused(Code.ILLEGAL_MOVE, _("Cet événement est annulé."))
