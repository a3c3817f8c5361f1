"""Declares claims and follows them to their end (ENT-42)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.workflow import performs
from entrepreneurs.models import Activity, Claim
from entrepreneurs.selectors.covers import cover_of
from entrepreneurs.states.covers import CLAIM_FLOW
from people.services.changes import require_text


@transaction.atomic
def declare_claim(
    activity: Activity,
    *,
    happened_on: date,
    description: str,
    third_party: str = "",
    estimate: Decimal | None = None,
    on: date,
    actor: Any,
) -> Claim:
    """Does: writes what happened, with the cover that was in force that day. Refuses: no description, a day
    to come, an amount below zero. Leaves behind: the claim, declared; audit."""
    require_text(description, "description", _("Racontez ce qui est arrivé."))
    if happened_on > on:
        raise Refused(Code.DATE_INVALID, _("Un sinistre ne se déclare pas d’avance."), field="happened_on")
    if estimate is not None and estimate < 0:
        raise Refused(Code.AMOUNT_INVALID, _("Ce montant ne peut pas être négatif."), field="estimate")
    claim = Claim.objects.create(
        activity=activity,
        cover=cover_of(activity, happened_on),
        happened_on=happened_on,
        description=description.strip(),
        third_party=third_party.strip(),
        estimate=estimate,
        declared_on=on,
        declared_by=actor,
    )
    audit.record(actor, "entrepreneurs.claim.declare", claim, detail={"on": happened_on.isoformat()})
    return claim


@performs(CLAIM_FLOW, "send")
def send_claim(claim: Claim, *, reference: str = "", actor: Any) -> None:
    """Does: notes that the insurer has the file, under its number if it gave one. Refuses: one already sent.
    Leaves behind: the state, audit."""
    claim.reference = reference.strip()


@performs(CLAIM_FLOW, "close")
def close_claim(claim: Claim, *, outcome: str, actor: Any) -> None:
    """Does: closes the file with what came of it. Refuses: no outcome, one already closed. Leaves behind: the
    state, audit."""
    require_text(outcome, "outcome", _("Dites comment ce dossier se termine."))
    claim.outcome = outcome.strip()


@performs(CLAIM_FLOW, "reopen")
def reopen_claim(claim: Claim, *, actor: Any) -> None:
    """Does: takes up a closed file again, with the insurer. Refuses: one still open. Leaves behind: the
    state, audit (the former outcome stays in the journal)."""
    audit.record(actor, "entrepreneurs.claim.outcome", claim, detail={"before": claim.outcome})
    claim.outcome = ""
