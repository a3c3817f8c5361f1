"""Decides of a passage to the CESA, with the figures of the day frozen (ENT-30)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.templatetags.formats import day
from entrepreneurs.models import PassageDecision
from entrepreneurs.selectors.passages import rule_of
from entrepreneurs.states.passages import PassageOutcome
from people.models import Person
from people.services.changes import refuse_long

MAX_REASON = 500


def decide_passage(
    person: Person,
    *,
    outcome: str,
    reason: str,
    decided_on: date,
    actor: Any,
    at: datetime,
    shown: str | None = None,
) -> PassageDecision:
    """Does: writes what was decided, with each condition of the rule and its figure that day. Refuses: to
    grant what the rule does not allow (waive it, with a reason), a waiver of a rule that is met, no reason
    when one is due, a day to come, figures other than those that were read (`shown`, the seal of a rule).
    Leaves behind: the decision, for ever; audit."""
    words = " ".join(reason.split())
    if outcome not in PassageOutcome.values:
        raise Refused(Code.VALUE_INVALID, _("Choisissez une décision."), field="outcome")
    if decided_on > timezone.localdate(at):
        raise Refused(Code.DATE_INVALID, _("Ce jour est à venir."), field="decided_on")
    refuse_long(words, "reason", MAX_REASON)
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person.pk)
        rule = rule_of(person, decided_on)
        if shown is not None and shown != rule.seal:
            told = _("Voici les chiffres du %(day)s : relisez-les, puis enregistrez.")
            raise Refused(Code.STALE_FORM, told % {"day": day(decided_on)})
        if outcome == PassageOutcome.GRANTED and not rule.is_met:
            raise Refused(
                Code.NOT_ALLOWED,
                _("Une condition n’est pas remplie : accordez le passage par dérogation, avec un motif."),
                field="outcome",
            )
        if outcome == PassageOutcome.WAIVED and rule.is_met:
            raise Refused(
                Code.VALUE_INVALID,
                _("Toutes les conditions sont remplies : il n’y a pas à déroger."),
                field="outcome",
            )
        if outcome != PassageOutcome.GRANTED and not words:
            raise Refused(Code.VALUE_MISSING, _("Dites pourquoi."), field="reason")
        decision = PassageDecision.objects.create(
            person=person,
            outcome=outcome,
            reason=words,
            decided_on=decided_on,
            figures=rule.as_json(),
            decided_by=actor,
            created_at=at,
        )
        detail = {"outcome": outcome, "on": decided_on.isoformat(), "reason": words}
        audit.record(actor, "entrepreneurs.passage.decide", decision, detail=detail)
        return decision
