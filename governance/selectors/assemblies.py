"""Reads assemblies: the agenda with its papers and resolutions, the text of each, the calendar (GOV-19 to
21)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.settings import value_of
from governance.calculations.amendments import adopted_text
from governance.calculations.delays import (
    Opening,
    Window,
    additions_window,
    days_before,
    last_day_to_convene,
    opening_of,
)
from governance.models import AgendaItem, Amendment, Assembly, Paper, Resolution, ResolutionVersion
from governance.selectors.rules import days_or_none, rules_of, text_or
from governance.states.assemblies import AmendmentState, ResolutionState

# How long after the hour called an evening sitting may still open, once its day is over.
EVENING_HOURS = "governance.evening_hours"


@dataclass(frozen=True)
class Point:
    """A point of the agenda with what is put before the assembly about it."""

    item: AgendaItem
    papers: list[Paper] = field(default_factory=list)
    resolutions: list[Resolution] = field(default_factory=list)


@dataclass(frozen=True)
class Step:
    """A day of the calendar of an assembly: what it is, whether it is gone."""

    label: str
    on: date
    until: date | None = None
    is_past: bool = False


def agenda_of(assembly: Assembly) -> list[Point]:
    """Gives the points in order, each with its papers and its resolutions on the agenda."""
    found = {item.pk: Point(item) for item in assembly.items.order_by("position")}
    for paper in papers_of(assembly).filter(item__isnull=False):
        found[paper.item_id or 0].papers.append(paper)
    for resolution in resolutions_of(assembly).filter(item__isnull=False):
        found[resolution.item_id or 0].resolutions.append(resolution)
    return list(found.values())


def papers_of(assembly: Assembly) -> QuerySet[Paper]:
    """Gives the papers of the assembly, those of the whole agenda too."""
    return assembly.papers.select_related("document", "item").order_by("item__position", "pk")


def resolutions_of(assembly: Assembly) -> QuerySet[Resolution]:
    """Gives the resolutions on the agenda in their order, their versions and adopted amendments at hand."""
    return _with_texts(
        assembly.resolutions.filter(state=ResolutionState.ON_AGENDA)
        .select_related("item", "body")
        .order_by("number", "pk")
    )


def _with_texts(rows: QuerySet[Resolution]) -> QuerySet[Resolution]:
    adopted = Amendment.objects.filter(state=AmendmentState.ADOPTED)
    return rows.prefetch_related(
        Prefetch("versions", ResolutionVersion.objects.order_by("-number"), to_attr="versions_read"),
        Prefetch("amendments", adopted, to_attr="adopted_read"),
    )


def last_version(resolution: Resolution) -> ResolutionVersion | None:
    """Gives the version in force; None for an election that needs no text."""
    read: list[ResolutionVersion] | None = getattr(resolution, "versions_read", None)
    if read is not None:
        return read[0] if read else None
    return resolution.versions.order_by("-number").first()


def text_of(resolution: Resolution) -> str:
    """Gives the text as it stands: the last version with the amendments adopted on it."""
    version = last_version(resolution)
    if version is None:
        return ""
    adopted: list[Amendment] | None = getattr(resolution, "adopted_read", None)
    if adopted is None:
        adopted = list(resolution.amendments.filter(state=AmendmentState.ADOPTED))
    return adopted_text(version.text, [one for one in adopted if one.version_id == version.pk])


def texts_of(resolutions: Iterable[Resolution]) -> dict[int, str]:
    """Gives {resolution: its text}, in the same number of queries whatever their number."""
    keys = [one.pk for one in resolutions]
    return {one.pk: text_of(one) for one in _with_texts(Resolution.objects.filter(pk__in=keys))}


def day_of(assembly: Assembly) -> date:
    return timezone.localdate(assembly.starts_at)


def opening_at(assembly: Assembly, at: datetime) -> Opening:
    """Gives whether the sitting would open on its day and hour at an instant."""
    starts_at, moment = timezone.localtime(assembly.starts_at), timezone.localtime(at)
    evening = timedelta(0)
    # The console asks at each look: what the setting says matters once the day called is over.
    if moment.date() > starts_at.date():
        evening = timedelta(hours=value_of(EVENING_HOURS, on=starts_at.date()))
    return opening_of(starts_at, moment, evening)


def calendar_of(assembly: Assembly, today: date) -> list[Step]:
    """Gives the days of an assembly that its rules fix, those they leave empty left out, and those of its
    section meetings that nobody called off, in order."""
    rules, on = rules_of(assembly), day_of(assembly)
    steps = [
        _step(
            _("Réunion de section : %(name)s") % {"name": one.name}, timezone.localdate(one.starts_at), today
        )
        for one in assembly.section_meetings.filter(cancelled_at__isnull=True).order_by("starts_at", "pk")
    ]
    steps.append(_step(_("Assemblée"), on, today))
    if (days := days_or_none(rules, "notice_days")) is not None:
        steps.append(_step(_("Dernier jour pour convoquer"), last_day_to_convene(on, days), today))
    if (window := additions_of(assembly)) is not None:
        steps.append(_step(_("Ajout de résolutions par les associé·es"), window.first, today, window.last))
    if text_or(rules, "correspondence") == "allowed":
        days = days_or_none(rules, "correspondence_days")
        if days is not None:
            steps.append(_step(_("Dernier jour des votes par correspondance"), days_before(on, days), today))
    return sorted(steps, key=lambda step: (step.until or step.on, step.on))


def additions_of(assembly: Assembly) -> Window | None:
    """Gives the days on which members may add resolutions; None when the rules do not say, and for a second
    call: it decides only what the first did not."""
    if assembly.call_number != 1:
        return None
    rules = rules_of(assembly)
    first, last = days_or_none(rules, "additions_open_days"), days_or_none(rules, "additions_close_days")
    if first is None or last is None:
        return None
    return additions_window(day_of(assembly), first, last)


def _step(label: str, on: date, today: date, until: date | None = None) -> Step:
    return Step(label, on, until, (until or on) < today)


def posted_in_time(assembly: Assembly, posted_on: date) -> bool:
    """Tells whether a letter posted on a day respects the delay of convocation."""
    days = days_or_none(rules_of(assembly), "notice_days")
    return days is None or posted_on <= last_day_to_convene(day_of(assembly), days)
