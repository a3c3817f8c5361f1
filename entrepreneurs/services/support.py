"""Writes the catalogue of support, the requests of people, the actions that a funder pays (ENT-59)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.turns import take_turn
from cae.core.validating import refuse_invalid
from cae.core.workflow import performs
from entrepreneurs.models import FundedAction, SupportKind, SupportRequest
from entrepreneurs.states.support import SUPPORT_FLOW, WAITING
from people.models import Organisation, Person
from people.services.changes import require_text

MAX_WORDS = 500


@transaction.atomic
def offer_support(
    *, name: str, what: str, audience: str, given_by: str, where: str, starts_on: date, actor: Any
) -> SupportKind:
    """Does: adds a kind of support to the catalogue from a day on. Refuses: a word missing.
    Leaves behind: the row, audit."""
    kind = SupportKind(
        name=name.strip(),
        what=what.strip(),
        audience=audience.strip(),
        given_by=given_by.strip(),
        where=where.strip(),
        starts_on=starts_on,
    )
    refuse_invalid(kind)
    kind.save()
    audit.record(actor, "entrepreneurs.support.offer", kind)
    return kind


@transaction.atomic
def stop_support(kind: SupportKind, *, last_day: date, actor: Any) -> SupportKind:
    """Does: offers a kind of support no longer after a day; what was asked stays. Refuses: one already over
    by then. Leaves behind: the row, ended, audit."""
    row = SupportKind.objects.select_for_update().get(pk=kind.pk)
    if row.ends_on is not None and row.ends_on <= last_day:
        raise Refused(Code.ALREADY_DONE, _("Cet accompagnement n’est déjà plus proposé."), field="last_day")
    row.ends_on = max(last_day, row.starts_on - timedelta(days=1))
    row.save(update_fields=["ends_on"])
    audit.record(actor, "entrepreneurs.support.stop", row)
    return row


@transaction.atomic
def ask_support(kind: SupportKind, *, person: Person, words: str, actor: Any, on: date) -> SupportRequest:
    """Does: asks for a support of the catalogue. Refuses: one no longer offered, the same already asked, more
    than five hundred characters. Leaves behind: the request, audit."""
    words = " ".join(words.split())
    if len(words) > MAX_WORDS:
        raise Refused(Code.TEXT_TOO_LONG, _("Vos précisions comptent 500 caractères au plus."), field="words")
    if not kind.is_in_force(on):
        raise Refused(Code.NOT_ALLOWED, _("Cet accompagnement n’est plus proposé."))
    take_turn(f"entrepreneurs.support.{kind.pk}.{person.pk}")
    if SupportRequest.objects.filter(kind=kind, person=person, state__in=WAITING).exists():
        raise Refused(Code.DUPLICATE, _("C’est déjà demandé : l’équipe s’en occupe."))
    request = SupportRequest.objects.create(kind=kind, person=person, words=words)
    audit.record(actor, "entrepreneurs.support.ask", request)
    return request


@performs(SUPPORT_FLOW, "plan")
def plan_support(request: SupportRequest, *, answer: str, actor: Any) -> None:
    """Does: says when and with whom. Refuses: nothing. Leaves behind: the answer, the state, audit."""
    request.answer = " ".join(answer.split())[:500]


@performs(SUPPORT_FLOW, "give")
def give_support(request: SupportRequest, *, answer: str = "", actor: Any) -> None:
    """Does: says that it was given. Refuses: nothing. Leaves behind: the state, audit."""
    request.answer = " ".join(answer.split())[:500] or request.answer


@performs(SUPPORT_FLOW, "decline")
def decline_support(request: SupportRequest, *, answer: str, actor: Any) -> None:
    """Does: says no, and why. Refuses: no reason. Leaves behind: the answer, the state, audit."""
    require_text(answer, "answer", _("Dites pourquoi."))
    request.answer = " ".join(answer.split())[:500]


@transaction.atomic
def open_funded_action(
    *,
    name: str,
    funder: Organisation,
    reference: str,
    starts_on: date,
    ends_on: date,
    hours: Decimal,
    hours_each: Decimal | None,
    places: int | None,
    actor: Any,
) -> FundedAction:
    """Does: opens an action whose hours a funder pays. Refuses: an end before the start, no hours.
    Leaves behind: the action, audit."""
    if ends_on < starts_on:
        raise Refused(Code.PERIOD_INVALID, _("La fin ne peut pas précéder le début."), field="ends_on")
    if hours <= 0:
        raise Refused(Code.VALUE_INVALID, _("Indiquez les heures financées."), field="hours")
    action = FundedAction(
        name=name.strip(),
        funder=funder,
        reference=reference.strip(),
        starts_on=starts_on,
        ends_on=ends_on,
        hours=hours,
        hours_each=hours_each,
        places=places,
    )
    refuse_invalid(action)
    action.save()
    audit.record(actor, "entrepreneurs.funded.open", action)
    return action
