"""Keeps the list of trades: added, changed, closed on a day (ENT-41)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import CharField, Value
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.plain import PlainText
from cae.core.turns import take_turn
from cae.core.validating import refuse_invalid
from entrepreneurs.models import Trade

TOLD = (
    "name",
    "family",
    "definition",
    "is_regulated",
    "authority",
    "proofs",
    "insurance_class",
    "needs_cover",
    "usual_vat",
    "vat_hint",
    "notice_hint",
    "unit",
)


@transaction.atomic
def create_trade(*, on: date, actor: Any, **facts: Any) -> Trade:
    """Does: adds a trade to the list, that may be chosen from a day on. Refuses: no name, a name already
    there, a regulated trade without authority. Leaves behind: the trade, audit."""
    trade = Trade(opened_on=on, **facts)
    _write(trade)
    audit.record(actor, "entrepreneurs.trade.create", trade)
    return trade


@transaction.atomic
def change_trade(trade: Trade, *, version: int, actor: Any, **facts: Any) -> Trade:
    """Does: changes the rules of a trade. Refuses: what `create_trade` refuses, a form older than the row.
    Leaves behind: the trade (documents already issued keep what they say), audit before and after."""
    row = Trade.objects.select_for_update().get(pk=trade.pk)
    if row.version != version:
        raise Refused(
            Code.STALE_FORM, _("Ce métier a été modifié ailleurs depuis votre lecture : relisez-le d’abord.")
        )
    before = _facts(row)
    for name, value in facts.items():
        setattr(row, name, value)
    row.version += 1
    _write(row)
    after = _facts(row)
    changed = [name for name in TOLD if before[name] != after[name]]
    detail = {"before": {n: before[n] for n in changed}, "after": {n: after[n] for n in changed}}
    audit.record(actor, "entrepreneurs.trade.change", row, detail=detail)
    return row


@transaction.atomic
def close_trade(trade: Trade, *, last_day: date, actor: Any) -> Trade:
    """Does: takes a trade off what may be chosen after a day; activities that have it keep it. Refuses: one
    already closed, a day before its first. Leaves behind: the day, audit."""
    row = Trade.objects.select_for_update().get(pk=trade.pk)
    if row.closed_on is not None:
        raise Refused(Code.ALREADY_DONE, _("Ce métier est déjà fermé."))
    if last_day < row.opened_on:
        raise Refused(
            Code.PERIOD_INVALID, _("La fermeture ne peut pas précéder l’ouverture."), field="last_day"
        )
    row.closed_on = last_day
    row.save(update_fields=["closed_on"])
    audit.record(actor, "entrepreneurs.trade.close", row, detail={"last_day": last_day.isoformat()})
    return row


def _write(trade: Trade) -> None:
    trade.name = " ".join(trade.name.split())
    if trade.is_regulated and not trade.authority.strip():
        raise Refused(
            Code.VALUE_MISSING, _("Dites quelle autorité ou quel texte encadre ce métier."), field="authority"
        )
    take_turn("entrepreneurs.trade.names")
    refuse_invalid(trade, validate_unique=False, validate_constraints=False)
    named = PlainText(Value(trade.name, output_field=CharField()))
    if Trade.objects.exclude(pk=trade.pk).filter(sort_name=named).exists():
        raise Refused(Code.DUPLICATE, _("Ce métier est déjà dans la liste."), field="name")
    trade.save()


def _facts(trade: Trade) -> dict[str, Any]:
    """What the journal keeps of the rules."""
    usual = trade.usual_vat
    facts = {name: getattr(trade, name) for name in TOLD}
    return facts | {"usual_vat": None if usual is None else str(usual.normalize())}
