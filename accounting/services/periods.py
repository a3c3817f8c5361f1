"""Opens and closes the months of the books, and their years, with the certificate of each closing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounting.calculations.closings import Certificate
from accounting.models import Closing, FiscalYear, Period
from accounting.selectors.closing import sums_of
from accounting.selectors.closing_checks import checks_of
from accounting.selectors.contribution import month_label
from accounting.selectors.periods import closed_through, first_to_close, fiscal_year_of, is_open, year_span
from accounting.services.posting import month_closed
from accounting.states.periods import (
    PERIOD_FLOW,
    POSTING_TURN,
    YEAR_FLOW,
    ClosingKind,
    PeriodState,
)
from cae.core import audit
from cae.core.background import run_later
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.numbering import link
from cae.core.periods import Month, Span, after_months
from cae.core.turns import take_turn
from cae.core.workflow import performs
from people.services.changes import one_line

FILE_TASK = "accounting.make_closing_file"
MOST_REASON = 300
# A first year may be longer than twelve months, never longer than this.
MOST_MONTHS = 24


def require_open(on: date, *, field: str = "on") -> None:
    """Does: nothing. Refuses: a date whose month is closed, at its field. Leaves behind: nothing."""
    if not is_open(on):
        raise month_closed(on, field=field)


@transaction.atomic
def open_year(*, starts_on: date, ends_on: date, actor: Any) -> FiscalYear:
    """Does: opens a year of the books of another length than the usual one. Refuses: days that do not begin
    and end a month, more than two years, days of another year, a month already closed. Leaves behind: the
    year, audit."""
    take_turn(POSTING_TURN)
    if starts_on.day != 1 or ends_on != Month.of(ends_on).last or ends_on < starts_on:
        raise Refused(
            Code.PERIOD_INVALID,
            _("Un exercice commence un premier jour de mois et finit un dernier jour de mois."),
            field="ends_on",
        )
    if ends_on >= after_months(starts_on, MOST_MONTHS):
        raise Refused(
            Code.PERIOD_INVALID,
            _("Un exercice dure au plus %(most)d mois.") % {"most": MOST_MONTHS},
            field="ends_on",
        )
    other = FiscalYear.objects.filter(starts_on__lte=ends_on, ends_on__gte=starts_on).first()
    if other is not None:
        raise Refused(
            Code.DUPLICATE,
            _("Ces jours sont déjà dans un autre : %(year)s.") % {"year": other},
            field="starts_on",
        )
    require_open(starts_on, field="starts_on")
    return _write_year(Span(starts_on, ends_on), actor)


def _write_year(span: Span, actor: Any) -> FiscalYear:
    year = FiscalYear.objects.create(starts_on=span.starts_on, ends_on=span.ends_on)
    audit.record(actor, "accounting.open_year", year)
    return year


def ensure_year(on: date, *, actor: Any) -> FiscalYear:
    """Does: gives the year that holds a day, opened as the parameters make it if nobody had. Refuses:
    nothing. Leaves behind: the year. The caller holds the turn of posting."""
    return fiscal_year_of(on) or _write_year(year_span(on), actor)


@transaction.atomic
def close_month(month: Month, *, looked: bool, actor: Any, today: date) -> Period:
    """Does: closes a month: it receives no entry any more. Refuses: a month that is not over, or not the next
    to close; something missing that blocks; something to look at that nobody says they saw. Leaves behind:
    the month closed, its certificate sealed after the last one, its PDF to come, audit."""
    take_turn(POSTING_TURN)
    _require_next(month, today)
    found = [check for check in checks_of(month) if check.missing is not None]
    blocking = next((check for check in found if check.blocks), None)
    if blocking is not None and blocking.missing is not None:
        raise Refused(
            Code.BOOKS_UNSOUND,
            _("%(month)s ne peut pas être clos : %(missing)s")
            % {"month": month_label(month).capitalize(), "missing": blocking.missing.sentence},
        )
    if found and not looked:
        raise Refused(
            Code.VALUE_MISSING, _("Dites que vous avez regardé les points signalés."), field="looked"
        )
    year = ensure_year(month.first, actor=actor)
    period, _made = Period.objects.get_or_create(starts_on=month.first, defaults={"year": year})
    remarks = [str(check.missing.sentence) for check in found if check.missing is not None]
    return _close(period, remarks=remarks, at=timezone.now(), actor=actor)


@performs(PERIOD_FLOW, "close")
def _close(row: Period, *, remarks: Sequence[str], at: datetime, actor: Any) -> None:
    """Does, refuses, leaves behind: as `close_month`."""
    row.moved_by = actor
    span = Span(row.starts_on, row.month.last)
    _certify(ClosingKind.MONTH, span, remarks=remarks, at=at, actor=actor)


def _require_next(month: Month, today: date) -> None:
    words = {"month": month_label(month)}
    if month.last >= today:
        raise Refused(
            Code.PERIOD_INVALID, _("%(month)s n’est pas fini.") % {"month": words["month"].capitalize()}
        )
    closed = closed_through()
    if closed is not None and month.last <= closed:
        raise Refused(Code.ALREADY_DONE, _("Le mois de %(month)s est déjà clos.") % words)
    first = first_to_close()
    if first is not None and first < month:
        raise Refused(
            Code.PERIOD_INVALID,
            _("Les mois se closent dans l’ordre : commencez par %(month)s.") % {"month": month_label(first)},
        )


def _certify(kind: ClosingKind, span: Span, *, remarks: Sequence[str], at: datetime, actor: Any) -> Closing:
    """Writes the certificate, sealed after the last one. Whoever closes has the turn alone."""
    former = Closing.objects.order_by("-number").first()
    sums = sums_of(span.starts_on, span.ends_on)
    certificate = Certificate(
        number=former.number + 1 if former else 1,
        kind=kind.value,
        starts_on=span.starts_on,
        ends_on=span.ends_on,
        sums=sums,
        remarks=remarks,
        author=actor.pk if actor is not None else None,
        at=at,
    )
    previous = former.seal if former else ""
    closing = Closing.objects.create(
        number=certificate.number,
        kind=kind,
        starts_on=span.starts_on,
        ends_on=span.ends_on,
        entry_count=sums.count,
        total=sums.total,
        perpetual_count=sums.perpetual_count,
        perpetual_total=sums.perpetual_total,
        journals=[journal.kept() for journal in sums.journals],
        remarks=list(remarks),
        previous_seal=previous,
        seal=link(previous, certificate.canonical()),
        closed_by=actor,
        closed_at=at,
    )
    run_later(FILE_TASK, closing_id=closing.pk)
    return closing


@transaction.atomic
def reopen_month(month: Month, *, reason: str, actor: Any) -> Period:
    """Does: opens a closed month again. Refuses: no reason; one that is locked; one that is not the last
    closed. Leaves behind: the month open, its reason; its certificate stays, audit."""
    take_turn(POSTING_TURN)
    period = _row_of(month)
    why = one_line(reason, "reason", _("Dites pourquoi ce mois est rouvert."), most=MOST_REASON)
    later = Period.objects.exclude(state=PeriodState.OPEN).filter(starts_on__gt=month.first).first()
    if later is not None and period.state == PeriodState.CLOSED:
        raise IllegalMove(
            _("Les mois se rouvrent du dernier au premier : rouvrez d’abord %(month)s.") % {"month": later}
        )
    audit.record(actor, "accounting.reopen_month", period, detail={"reason": why})
    return _reopen(period, reason=why, actor=actor)


@performs(PERIOD_FLOW, "reopen")
def _reopen(row: Period, *, reason: str, actor: Any) -> None:
    """Does, refuses, leaves behind: as `reopen_month`."""
    row.moved_by, row.reopened_reason = actor, reason


@transaction.atomic
def lock_month(month: Month, *, actor: Any) -> Period:
    """Does: locks a closed month for ever. Refuses: one that is open; an earlier one not locked yet. Leaves
    behind: the month locked; audit."""
    take_turn(POSTING_TURN)
    period = _row_of(month)
    before = Period.objects.exclude(state=PeriodState.LOCKED).filter(starts_on__lt=month.first)
    first = before.order_by("starts_on").first()
    if first is not None:
        raise IllegalMove(
            _("Les mois se verrouillent dans l’ordre : commencez par %(month)s.") % {"month": first}
        )
    return _lock(period, actor=actor)


@performs(PERIOD_FLOW, "lock")
def _lock(row: Period, *, actor: Any) -> None:
    """Does, refuses, leaves behind: as `lock_month`."""
    row.moved_by = actor


def _row_of(month: Month) -> Period:
    period = Period.objects.filter(starts_on=month.first).first()
    if period is None:
        raise IllegalMove(_("Le mois de %(month)s n’a pas été clos.") % {"month": month_label(month)})
    return period


@transaction.atomic
def close_year(year: FiscalYear, *, actor: Any) -> FiscalYear:
    """Does: closes a year of the books. Refuses: one of its months that is not locked. Leaves behind: the
    year closed, its certificate with the perpetual total, its PDF to come; audit."""
    take_turn(POSTING_TURN)
    return _close_year(year, at=timezone.now(), actor=actor)


@performs(YEAR_FLOW, "close")
def _close_year(row: FiscalYear, *, at: datetime, actor: Any) -> None:
    """Does, refuses, leaves behind: as `close_year`."""
    locked = set(row.periods.filter(state=PeriodState.LOCKED).values_list("starts_on", flat=True))
    # The books may begin in the middle of a year: what is before the first month closed holds nothing.
    first = Period.objects.order_by("starts_on").values_list("starts_on", flat=True).first()
    begins = max(row.starts_on, first or row.starts_on)
    months = Month.of(begins).until(Month.of(row.ends_on))
    open_month = next((month for month in months if month.first not in locked), None)
    if open_month is not None:
        raise IllegalMove(
            _("L’exercice ne peut pas être clos : le mois de %(month)s n’est pas verrouillé.")
            % {"month": month_label(open_month)}
        )
    row.closed_by = actor
    _certify(ClosingKind.YEAR, row.span, remarks=(), at=at, actor=actor)
