"""Verbs on the official rules of pay: a version taken in, its first month, the end of an override."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounting.models import PayrollOverride, PayrollRuleset
from accounting.states.simulation import RULESET_FLOW, RulesetState
from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.periods import Month
from cae.core.turns import take_turn
from cae.core.workflow import performs

_TURN = "accounting.pay_rules"


@transaction.atomic
def draft_ruleset(
    version: str, *, dated_on: date, sha256: str, actor: Any, accepted: Mapping[str, str] | None = None
) -> PayrollRuleset:
    """Does: takes in a version whose folder was written. Refuses: one already known. Leaves behind: the row,
    which no month uses yet; audit, with the cases whose change was `accepted` and why."""
    take_turn(_TURN)
    if PayrollRuleset.objects.filter(version=version).exists():
        raise Refused(Code.DUPLICATE, _("Cette version des règles de paie est déjà connue."), field="version")
    row = PayrollRuleset.objects.create(version=version, dated_on=dated_on, sha256=sha256)
    detail = {"version": version, "sha256": sha256, "accepted": dict(accepted or {})}
    audit.record(actor, "accounting.draft_ruleset", row, detail=detail)
    return row


@performs(RULESET_FLOW, "put_in_force")
def put_in_force(row: PayrollRuleset, *, first_month: Month, today: date, actor: Any) -> None:
    """Does: attaches the months from this one on to a version. Refuses: a month that is over, whose pay was
    simulated under other rules; one at or before the first month of a later version. Leaves behind: the
    version in force, which never changes; audit."""
    if first_month < Month.of(today):
        raise Refused(
            Code.PERIOD_INVALID,
            _("Un mois passé garde les règles sous lesquelles il a été simulé."),
            field="first_month",
        )
    # Two versions put in force at once would each see the other as a draft.
    take_turn(_TURN)
    others = PayrollRuleset.objects.filter(state=RulesetState.IN_FORCE)
    if others.filter(first_month__gte=first_month.first).exists():
        raise Refused(
            Code.PERIOD_INVALID,
            _("Une autre version est déjà en vigueur à partir de ce mois ou après."),
            field="first_month",
        )
    row.first_month, row.decided_by = first_month.first, actor


@transaction.atomic
def close_override(
    override: PayrollOverride, *, last_month: Month, today: date, reason: str, actor: Any
) -> PayrollOverride:
    """Does: ends an override, whose need is over. Refuses: no reason; a month that is over; a later end than
    it had; one before it began. Leaves behind: the override with its last day, audit."""
    row = PayrollOverride.objects.select_for_update().get(pk=override.pk)
    if not reason.strip():
        raise Refused(
            Code.VALUE_MISSING, _("Dites pourquoi cette correction n’est plus nécessaire."), field="reason"
        )
    if last_month < Month.of(today).previous():
        raise Refused(
            Code.PERIOD_INVALID,
            _("Un mois passé garde les règles sous lesquelles il a été simulé."),
            field="last_month",
        )
    if last_month.last < row.starts_on or (row.ends_on is not None and last_month.last > row.ends_on):
        raise Refused(
            Code.PERIOD_INVALID, _("La fin ne peut ni précéder le début, ni reculer."), field="last_month"
        )
    row.ends_on = last_month.last
    row.save(update_fields=["ends_on"])
    detail = {"on": row.ends_on.isoformat(), "reason": reason.strip()}
    audit.record(actor, "accounting.close_pay_override", row, detail=detail)
    return row
