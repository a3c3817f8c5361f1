"""Lets one quote through without insurance in force, for a reason that stays (ENT-42)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, Refused
from invoicing.models import CoverWaiver, Quote
from invoicing.selectors.check_words import sentence_of
from invoicing.selectors.covers import Covered, cover_standing

MAX_REASON = 300


def require_covered(quote: Quote, *, on: date) -> None:
    """Refuses a quote whose activity is not insured for it that day, until the team answers."""
    found = cover_standing(quote, on=on)
    if found.stops:
        raise Refused(Code.COVER_MISSING, sentence(found))


def sentence(found: Covered) -> str:
    """Why a quote is stopped, in one sentence."""
    if found.standing is None or found.standing.stop is None:
        return sentence_of("covered", {})
    values = {"day": found.standing.since, "amount": found.standing.limit}
    return sentence_of(f"cover_{found.standing.stop}", values)


@transaction.atomic
def waive_cover(quote: Quote, *, reason: str, on: date, actor: Any) -> CoverWaiver:
    """Does: lets this quote be approved and sent though nothing covers it. Refuses: no reason, one too long,
    a quote that nothing stops, twice. Leaves behind: the answer, for ever; audit."""
    row = Quote.objects.select_for_update(of=("self",)).get(pk=quote.pk)
    text = " ".join(reason.split())
    if not text:
        raise Refused(Code.VALUE_MISSING, _("Dites pourquoi ce devis peut partir."), field="reason")
    if len(text) > MAX_REASON:
        raise Refused(
            Code.TEXT_TOO_LONG,
            _("Ce texte dépasse %(most)d caractères (il en compte %(count)d).")
            % {"most": MAX_REASON, "count": len(text)},
            field="reason",
        )
    found = cover_standing(row, on=on)
    if not found.stops or found.standing is None or found.standing.stop is None:
        raise Refused(Code.ALREADY_DONE, _("Rien n’arrête ce devis du côté de l’assurance."))
    waiver = CoverWaiver.objects.create(quote=row, stop=found.standing.stop, reason=text, given_by=actor)
    audit.record(
        actor, "invoicing.waive_cover", row, detail={"kind": str(found.standing.stop), "reason": text}
    )
    return waiver
