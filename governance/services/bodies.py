"""The bodies that decide or watch: their seats, their terms, how they decide (GOV-12)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.turns import take_turn
from governance.models import Body
from governance.selectors.mandates import mandates_on
from governance.services.mandate_dates import set_dates
from governance.states.bodies import BodyKind, Electorate
from people.models import User
from people.services.changes import refuse_long, refuse_stale, require_text, write

# A name is looked for, then taken: one hand at a time.
_NAMES = "governance.bodies"


@dataclass(frozen=True)
class BodyData:
    """What is typed of a body."""

    name: str
    kind: str
    purpose: str = ""
    seats_least: int = 1
    seats_most: int | None = None
    term_months: int | None = None
    terms_most: int | None = None
    electorate: str = Electorate.ASSOCIATES
    quorum: str = ""
    majority: str = ""
    rhythm: str = ""
    article: str = ""
    handover_days: int = 30


@transaction.atomic
def open_body(*, data: BodyData, actor: User) -> Body:
    """Does: writes a body of the statutes. Refuses: no name, one already taken, an unknown nature, more seats
    at least than at most, a number that makes no sense. Leaves behind: the body, audit."""
    take_turn(_NAMES)
    _check(data)
    row = Body()
    write(row, data)
    row.save()
    audit.record(actor, "governance.body.open", row)
    return row


@transaction.atomic
def change_body(body: Body, *, data: BodyData, version: int | None, actor: User) -> Body:
    """Does: changes what the statutes say of a body. Refuses: what `open_body` refuses, a form opened before
    somebody else’s change. Leaves behind: audit with the values before and after."""
    row = Body.objects.select_for_update().get(pk=body.pk)
    refuse_stale(row, version)
    take_turn(_NAMES)
    _check(data, besides=row)
    changed = write(row, data)
    row.version += 1
    row.save()
    audit.record(actor, "governance.body.change", row, detail=changed)
    set_dates(row, actor=actor)
    return row


@transaction.atomic
def close_body(body: Body, *, today: date, actor: User) -> Body:
    """Does: takes a body out of service; its past stays. Refuses: mandates still in force or to come, one
    already out. Leaves behind: audit."""
    row = Body.objects.select_for_update().get(pk=body.pk)
    if not row.is_active:
        raise Refused(Code.ALREADY_DONE, _("Cet organe est déjà hors service."))
    seated = mandates_on(today).filter(body=row).count()
    if seated or row.mandates.filter(starts_on__gt=today, ended_on__isnull=True).exists():
        raise Refused(Code.NOT_ALLOWED, _("Des mandats y courent ou vont commencer : mettez-y fin d’abord."))
    return _switched(row, "governance.body.close", actor, is_active=False)


@transaction.atomic
def reopen_body(body: Body, *, actor: User) -> Body:
    """Does: puts a body back in service. Refuses: one that is. Leaves behind: audit."""
    row = Body.objects.select_for_update().get(pk=body.pk)
    if row.is_active:
        raise Refused(Code.ALREADY_DONE, _("Cet organe est déjà en service."))
    return _switched(row, "governance.body.reopen", actor, is_active=True)


def _switched(row: Body, verb: str, actor: User, *, is_active: bool) -> Body:
    row.is_active, row.version = is_active, row.version + 1
    row.save()
    audit.record(actor, verb, row)
    return row


def _check(data: BodyData, besides: Body | None = None) -> None:
    require_text(data.name, "name", _("Donnez un nom à cet organe."))
    for field, most in (("name", 120), ("quorum", 120), ("majority", 120), ("rhythm", 120), ("article", 80)):
        refuse_long(getattr(data, field), field, most)
    refuse_long(data.purpose, "purpose", 2000)
    if data.kind not in BodyKind.values:
        raise Refused(Code.VALUE_INVALID, _("Choisissez la nature de l’organe."), field="kind")
    if data.electorate not in Electorate.values:
        raise Refused(Code.VALUE_INVALID, _("Dites par qui cet organe est élu."), field="electorate")
    if data.seats_most is not None and data.seats_most < data.seats_least:
        raise Refused(
            Code.VALUE_INVALID,
            _("Le nombre de sièges au plus ne peut pas être inférieur au nombre au moins."),
            field="seats_most",
        )
    for field in ("term_months", "terms_most"):
        if getattr(data, field) == 0:
            raise Refused(Code.VALUE_INVALID, _("Laissez vide s’il n’y a pas de limite."), field=field)
    others = Body.objects.filter(name__iexact=data.name.strip())
    if besides is not None:
        others = others.exclude(pk=besides.pk)
    if others.exists():
        raise Refused(Code.DUPLICATE, _("Un organe porte déjà ce nom."), field="name")
