"""What is due to a place: made by what it is due for, held back, given up (COW-15)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.workflow import performs
from coworking.models import Charge, Pass, Payer, Subscription
from coworking.states.members import CHARGE_FLOW, ChargeKind, ChargeState
from invoicing.models import VatRate
from people.services.changes import one_line

_MOST_LABEL, _MOST_REASON = 200, 300


@transaction.atomic
def make_charge(
    payer: Payer,
    *,
    kind: str,
    label: str,
    day: date,
    amount: Decimal,
    vat_code: str = "normal",
    working: str = "",
    subscription: Subscription | None = None,
    sold_pass: Pass | None = None,
    actor: Any,
) -> Charge:
    """Does: writes one amount due (euros excl. tax), which the run of the month of its day bills; a day of a
    subscription or a pass is due once. Refuses: no label, an amount that is not above zero, an unknown kind
    or VAT rate. Leaves behind: the charge, audit."""
    label = one_line(label, "label", _("Dites ce qui est dû."), most=_MOST_LABEL)
    if amount <= 0:
        raise Refused(Code.AMOUNT_INVALID, _("Indiquez un montant positif."), field="amount")
    if kind not in ChargeKind.values:
        raise Refused(Code.VALUE_INVALID, _("Choisissez la nature de ce qui est dû."), field="kind")
    if not VatRate.objects.filter(code=vat_code).exists():
        raise Refused(Code.VALUE_INVALID, _("Ce taux de TVA n’existe pas."), field="vat_code")
    values = {
        "payer": payer,
        "label": label,
        "amount": amount,
        "vat_code": vat_code,
        "working": working[:300],
        "created_by": actor,
    }
    if sold_pass is not None:
        charge, made = Charge.objects.get_or_create(
            sold_pass=sold_pass, defaults=values | {"kind": kind, "day": day}
        )
    elif subscription is not None:
        live = Charge.objects.exclude(state=ChargeState.WAIVED).filter(to_credit_since__isnull=True)
        charge, made = live.get_or_create(subscription=subscription, kind=kind, day=day, defaults=values)
    else:
        charge, made = Charge.objects.create(kind=kind, day=day, **values), True
    if made:
        audit.record(actor, "coworking.charge.make", charge, detail={"amount": str(amount)})
    return charge


@performs(CHARGE_FLOW, "hold")
def hold_charge(charge: Charge, *, reason: str, actor: Any) -> None:
    """Does: keeps a charge out of the runs until it is released. Refuses: no reason. Leaves behind: the
    reason, audit."""
    charge.reason = one_line(
        reason, "reason", _("Dites pourquoi cette ligne est retenue."), most=_MOST_REASON
    )


@performs(CHARGE_FLOW, "release")
def release_charge(charge: Charge, *, actor: Any) -> None:
    """Does: puts a charge back among what will be billed. Refuses: nothing. Leaves behind: audit."""
    charge.reason, charge.is_checked = "", True


@performs(CHARGE_FLOW, "waive")
def waive_charge(charge: Charge, *, reason: str, actor: Any, by_itself: bool = False) -> None:
    """Does: gives up a charge, for good unless a run does it `by_itself`. Refuses: no reason, what a deposit
    was kept for. Leaves behind: the reason, audit."""
    if hasattr(charge, "kept_deposit") or hasattr(charge, "kept_accessloan"):
        raise Refused(Code.NOT_ALLOWED, _("Un dépôt gardé paie cette ligne : rendez-le plutôt."))
    charge.is_checked = not by_itself
    charge.reason = one_line(
        reason, "reason", _("Dites pourquoi cette ligne est abandonnée."), most=_MOST_REASON
    )
