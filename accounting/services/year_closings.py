"""The closing of a year: said to be ready, taken to its result section by section, undone (ACC-46)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounting.models import AnalyticAccount, FiscalYear, YearClosing
from accounting.selectors.year_checks import year_checks
from accounting.selectors.year_end import held_at_end, standing_closings
from accounting.selectors.year_sections import closing_of
from accounting.services.periods import require_open
from accounting.services.year_end import carry_section, nothing_to_carry, require_unallocated, undo_result
from accounting.states.periods import POSTING_TURN
from accounting.states.year_end import YEAR_CLOSING_FLOW, YearClosingState
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.jobs import Progress, start_job
from cae.core.kept_words import house_words
from cae.core.models import Job
from cae.core.templatetags.formats import day
from cae.core.turns import take_turn
from cae.core.workflow import performs

TASK = "accounting.carry_year"
PACE = timedelta(milliseconds=500)


def ensure_closing(year: FiscalYear) -> YearClosing:
    """Does: gives the closing of a year, in preparation if nobody began it. Refuses: nothing. Leaves behind:
    its row."""
    closing, _made = YearClosing.objects.get_or_create(year=year)
    return closing


@transaction.atomic
def prepare_year(year: FiscalYear, *, looked: bool, today: date, actor: Any) -> YearClosing:
    """Does: says that a year is ready to be taken to its result. Refuses: a year that is not over; something
    missing that blocks; something to look at that nobody says they saw. Leaves behind: the year ready, with
    what was accepted; audit."""
    if year.ends_on >= today:
        raise Refused(
            Code.PERIOD_INVALID,
            _("Cet exercice n’est pas fini : il se prépare à partir du lendemain du %(day)s.")
            % {"day": day(year.ends_on)},
        )
    found = [check for check in year_checks(year) if check.missing is not None]
    blocking = next((check for check in found if check.blocks), None)
    if blocking is not None and blocking.missing is not None:
        raise Refused(
            Code.BOOKS_UNSOUND,
            _("Cet exercice n’est pas prêt : %(missing)s") % {"missing": blocking.missing.sentence},
        )
    if found and not looked:
        raise Refused(
            Code.VALUE_MISSING, _("Dites que vous avez regardé les points signalés."), field="looked"
        )
    remarks = [str(check.missing.sentence) for check in found if check.missing is not None]
    return _prepare(ensure_closing(year), remarks=remarks, actor=actor)


@performs(YEAR_CLOSING_FLOW, "prepare")
def _prepare(row: YearClosing, *, remarks: Sequence[str], actor: Any) -> None:
    """Does, refuses, leaves behind: as `prepare_year`."""
    row.moved_by, row.remarks = actor, list(remarks)


@performs(YEAR_CLOSING_FLOW, "resume")
def resume_preparation(row: YearClosing, *, actor: Any) -> None:
    """Does: takes a year that was said to be ready back in preparation. Refuses: one of which some sections
    are carried already, since only a year that is ready is undone. Leaves behind: what was accepted
    forgotten; audit."""
    # Not while a section is carried.
    take_turn(POSTING_TURN)
    if standing_closings(row.year).exists():
        raise IllegalMove(_("Une partie du résultat est déjà portée : défaites-la d’abord."))
    row.moved_by, row.remarks = actor, []


def ask_to_carry(year: FiscalYear, *, actor: Any) -> Job:
    """Does: starts the job that takes a year to its result. Refuses: a year still in preparation, a last
    month that is closed, a result already allocated, nothing to take. Leaves behind: the job."""
    closing = _prepared(year)
    require_open(year.ends_on, field="year")
    require_unallocated(year)
    held = held_at_end(year)
    if not held:
        raise nothing_to_carry()
    return start_job(
        TASK,
        label=house_words(gettext_lazy("Résultat porté par section"), day(year.ends_on)),
        actor=actor,
        total=len(held),
        year=year.pk,
        leads_to=closing.get_absolute_url(),
    )


def _prepared(year: FiscalYear) -> YearClosing:
    """The closing of a year that was said to be ready. Raises IllegalMove for one that was not."""
    closing = closing_of(year)
    if closing.state == YearClosingState.OPEN:
        raise IllegalMove(_("Cet exercice est encore en préparation : dites d’abord que tout est prêt."))
    return closing


def carry_year(year: FiscalYear, *, through: Progress, only: Sequence[int] | None = None) -> None:
    """Does: takes each section to its result, `only` those if some are named, each in a transaction of its
    own. Refuses: a year that is in preparation again; what one section lacks is noted against it and the
    others go on. Leaves behind: an entry a section; the year carried once nothing is left to take. The same
    whether it runs once, twice, with another beside it, or is taken up half-way."""
    _prepared(year)
    actor = through.job.author
    keys = [key for key in held_at_end(year) if only is None or key in only]
    sections = AnalyticAccount.objects.filter(pk__in=keys).order_by("sort_label", "pk")

    def work(section: AnalyticAccount) -> None:
        carry_section(section, year=year, actor=actor)

    through.each(sections, work, pace=PACE)
    if not held_at_end(year):
        _carry(ensure_closing(year), actor=actor)


@performs(YEAR_CLOSING_FLOW, "carry")
def _carry(row: YearClosing, *, actor: Any) -> None:
    """Does, refuses, leaves behind: as `carry_year`."""
    row.moved_by = actor


@performs(YEAR_CLOSING_FLOW, "undo")
def undo_carrying(row: YearClosing, *, reason: str, actor: Any) -> None:
    """Does: reverses the entries that took the year to its result. Refuses: none that stands, no reason, a
    last month that is closed. Leaves behind: expenses and income as they were, the year ready; audit."""
    undo_result(row.year, reason=reason, actor=actor)
    row.moved_by = actor
