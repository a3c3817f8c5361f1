"""Sets the cash that a section keeps, and lets it go below until a day (ACC-33)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from accounting.models import AnalyticAccount, CashFloor, FloorExcess
from accounting.selectors.floors import floor_of
from accounting.states.books import AnalyticKind
from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.money import CENT
from cae.core.templatetags.formats import money
from people.services.changes import one_line

_DAY = timedelta(days=1)
_REASON = 200


@transaction.atomic
def set_floor(
    section: AnalyticAccount,
    *,
    amount: Decimal,
    starts_on: date,
    ends_on: date | None,
    reason: str,
    actor: Any,
) -> CashFloor:
    """Does: gives a section the cash that it keeps from a day on; the floor of before ends the eve. Refuses:
    the shared services, an amount below zero or finer than the cent, dates crossed, a floor that begins
    within these dates, no reason. Leaves behind: the row, the end of the former, audit."""
    row = _locked(section)
    why = one_line(reason, "reason", _("Dites pourquoi."), most=_REASON)
    if amount < 0 or amount % CENT:
        raise Refused(
            Code.AMOUNT_INVALID,
            _("Un plancher est nul ou positif et s’arrête au centime."),
            field="amount",
        )
    _check_dates(starts_on, ends_on)
    met = _met(CashFloor.objects.filter(section=row), starts_on, ends_on)
    later = met.filter(starts_on__gte=starts_on).order_by("starts_on").first()
    if later is not None:
        raise Refused(
            Code.PERIOD_INVALID,
            _("Un autre plancher commence le %(day)s : commencez après lui, ou finissez avant.")
            % {"day": later.starts_on.strftime("%d/%m/%Y")},
            field="starts_on",
        )
    met.update(ends_on=starts_on - _DAY)
    floor = CashFloor.objects.create(
        section=row, amount=amount, starts_on=starts_on, ends_on=ends_on, reason=why, created_by=actor
    )
    audit.record(
        actor,
        "accounting.set_cash_floor",
        row,
        detail={"amount": str(amount), "from": starts_on.isoformat()},
    )
    return floor


@transaction.atomic
def end_floor(floor: CashFloor, *, ends_on: date, actor: Any) -> CashFloor:
    """Does: gives a floor its last day; the eve of its first takes it back. Refuses: an earlier day, a later
    one than it had. Leaves behind: the row, audit."""
    section = _locked(floor.section)
    row = CashFloor.objects.select_for_update(of=("self",)).get(pk=floor.pk)
    _check_end(row, ends_on)
    row.ends_on = ends_on
    row.save(update_fields=["ends_on"])
    audit.record(actor, "accounting.end_cash_floor", section, detail={"on": ends_on.isoformat()})
    return row


@transaction.atomic
def allow_excess(
    section: AnalyticAccount,
    *,
    amount: Decimal,
    starts_on: date,
    ends_on: date,
    reason: str,
    actor: Any,
) -> FloorExcess:
    """Does: lets a section go down to an amount, which may be negative, until a day. Refuses: the shared
    services, dates crossed or already covered, an amount finer than the cent or not below the floor, no
    reason. Leaves behind: the row, audit."""
    row = _locked(section)
    why = one_line(reason, "reason", _("Dites pourquoi."), most=_REASON)
    _check_dates(starts_on, ends_on)
    if _met(FloorExcess.objects.filter(section=row), starts_on, ends_on).exists():
        raise Refused(
            Code.PERIOD_INVALID,
            _("Un dépassement est déjà autorisé à ces dates : mettez-y fin, ou choisissez-en d’autres."),
            field="starts_on",
        )
    floor = floor_of(row, starts_on)
    if amount >= floor or amount % CENT:
        raise Refused(
            Code.AMOUNT_INVALID,
            _("Un dépassement va sous le plancher (%(floor)s ce jour-là) et s’arrête au centime.")
            % {"floor": money(floor)},
            field="amount",
        )
    excess = FloorExcess.objects.create(
        section=row, amount=amount, starts_on=starts_on, ends_on=ends_on, reason=why, allowed_by=actor
    )
    audit.record(
        actor,
        "accounting.allow_floor_excess",
        row,
        detail={"amount": str(amount), "from": starts_on.isoformat(), "on": ends_on.isoformat()},
    )
    return excess


@transaction.atomic
def end_excess(excess: FloorExcess, *, ends_on: date, actor: Any) -> FloorExcess:
    """Does: cuts an excess short; the eve of its first day takes it back. Refuses: an earlier day, a later
    one than it had. Leaves behind: the row, audit."""
    section = _locked(excess.section)
    row = FloorExcess.objects.select_for_update(of=("self",)).get(pk=excess.pk)
    _check_end(row, ends_on)
    row.ends_on = ends_on
    row.save(update_fields=["ends_on"])
    audit.record(actor, "accounting.end_floor_excess", section, detail={"on": ends_on.isoformat()})
    return row


def _locked(section: AnalyticAccount) -> AnalyticAccount:
    """One decision at a time on the cash of a section; entries go on being written meanwhile."""
    row = AnalyticAccount.objects.select_for_update(of=("self",), no_key=True).get(pk=section.pk)
    if row.kind == AnalyticKind.SHARED:
        raise Refused(Code.VALUE_INVALID, _("Les services communs n’ont pas de plancher."), field="section")
    return row


def _check_dates(starts_on: date, ends_on: date | None) -> None:
    if ends_on is not None and ends_on < starts_on:
        raise Refused(Code.PERIOD_INVALID, _("La fin ne peut pas précéder le début."), field="ends_on")


def _check_end(row: CashFloor | FloorExcess, ends_on: date) -> None:
    if ends_on < row.starts_on - _DAY or (row.ends_on is not None and ends_on > row.ends_on):
        raise Refused(
            Code.PERIOD_INVALID, _("La fin ne peut ni précéder le début, ni reculer."), field="ends_on"
        )


def _met(rows: QuerySet[Any], starts_on: date, ends_on: date | None) -> QuerySet[Any]:
    """Those in force on one of these days; one taken back before its first day never was."""
    rows = rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")))
    rows = rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on))
    return rows if ends_on is None else rows.filter(starts_on__lte=ends_on)
