"""Gives and ends the right of a named person to validate their own documents alone (PEO-24)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, Refused
from invoicing.models import SelfValidation
from invoicing.services.telling import tell_trusted
from invoicing.states.sales import CheckedKind
from people.models import Person


@transaction.atomic
def give_self_validation(
    person: Person,
    *,
    kind: str,
    starts_on: date,
    reason: str,
    actor: Any,
    ceiling: Decimal | None = None,
    ends_on: date | None = None,
) -> SelfValidation:
    """Does: lets a person validate alone a kind of document, up to an amount before tax or without limit.
    Refuses: no reason, an amount that is not positive, an end before the start, a right already held on these
    dates. Leaves behind: the right, audit, the person told."""
    locked = Person.objects.select_for_update().get(pk=person.pk)
    if kind not in CheckedKind.values:
        raise Refused(Code.VALUE_INVALID, _("Ce genre de document n’existe pas."), field="kind")
    if not reason.strip():
        raise Refused(Code.VALUE_MISSING, _("Dites pourquoi ce droit est donné."), field="reason")
    if ceiling is not None and ceiling <= 0:
        raise Refused(Code.AMOUNT_INVALID, _("Le plafond est un montant positif."), field="ceiling")
    if ends_on is not None and ends_on < starts_on:
        raise Refused(Code.PERIOD_INVALID, _("La fin ne peut pas précéder le début."), field="ends_on")
    _refuse_overlap(locked, kind, starts_on, ends_on)
    given = SelfValidation.objects.create(
        person=locked,
        kind=kind,
        ceiling=ceiling,
        starts_on=starts_on,
        ends_on=ends_on,
        reason=reason.strip(),
        given_by=actor,
    )
    audit.record(actor, "invoicing.give_self_validation", locked, detail=_facts(given))
    tell_trusted(given, actor=actor)
    return given


@transaction.atomic
def end_self_validation(
    given: SelfValidation, *, last_day: date, reason: str, actor: Any, today: date
) -> SelfValidation:
    """Does: ends the right on its last day; yesterday means at once. Refuses: no reason, a right already
    ended, a last day before yesterday. Leaves behind: the end, audit."""
    if not reason.strip():
        raise Refused(Code.VALUE_MISSING, _("Dites pourquoi ce droit s’arrête."), field="reason")
    Person.objects.select_for_update().get(pk=given.person_id)
    row = SelfValidation.objects.select_for_update().get(pk=given.pk)
    if row.ends_on is not None and row.ends_on < today:
        raise Refused(Code.ALREADY_DONE, _("Ce droit est déjà arrêté."))
    if last_day < today - timedelta(days=1):
        raise Refused(
            Code.PERIOD_INVALID,
            _("Un droit ne peut pas s’arrêter avant hier : le passé ne se réécrit pas."),
            field="last_day",
        )
    # A right that had not begun is left with an empty period: it never was in force.
    row.ends_on = max(last_day, row.starts_on - timedelta(days=1))
    row.save(update_fields=["ends_on"])
    detail = _facts(row) | {"reason": reason.strip()}
    audit.record(actor, "invoicing.end_self_validation", row.person, detail=detail)
    return row


def _refuse_overlap(person: Person, kind: str, starts_on: date, ends_on: date | None) -> None:
    held = SelfValidation.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on), person=person, kind=kind
    )
    if ends_on is not None:
        held = held.filter(starts_on__lte=ends_on)
    # A right taken back before its first day holds no date.
    if any(not row.is_empty for row in held):
        raise Refused(
            Code.DUPLICATE,
            _("Cette personne a déjà ce droit sur ces dates : arrêtez-le d’abord."),
            field="kind",
        )


def _facts(given: SelfValidation) -> dict[str, str]:
    return {
        "kind": given.kind,
        "amount": "" if given.ceiling is None else str(given.ceiling),
        "starts_on": given.starts_on.isoformat(),
        "ends_on": given.ends_on.isoformat() if given.ends_on else "",
        "reason": given.reason,
    }
