"""The sheet that those who come to an event sign, the results of workshops, the certificate of
who came (COW-38, COW-41)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from cae.core.identity import cooperative_on
from cae.core.letters import LANGUAGE
from cae.core.pdf import Variant, render_pdf
from coworking.models import Event, Registration
from coworking.selectors.event_words import spoken, when_of
from coworking.selectors.event_workshops import Group

STYLESHEET, REGISTER = "css/pdf/letter.css", "css/pdf/register.css"
# For those who come without being expected.
EMPTY_LINES = 8
# Beyond, a column is too narrow to be signed.
MOST_DAYS = 6


def sheet_pdf(event: Event, rows: Iterable[Registration], *, on: date) -> bytes:
    """Those who are to come, a square to sign for each day of the event; in French whoever asks."""
    with translation.override(LANGUAGE):
        context = {
            "title": _("Feuille de présence"),
            "event": event,
            "where": ", ".join(event.where_lines) or event.where,
            "when": when_of(event),
            "days": days_of(event)[:MOST_DAYS],
            "rows": rows,
            "empty": range(EMPTY_LINES),
            "house": cooperative_on(on),
        }
        html = render_to_string("pdf/coworking/event_sheet.html", context)
        return render_pdf(html, stylesheet=REGISTER, variant=Variant.ACCESSIBLE_ARCHIVE)


def results_pdf(event: Event, groups: Iterable[Group], *, on: date) -> bytes:
    """What the workshops of an event came to, by territory; in French whoever asks."""
    with translation.override(LANGUAGE):
        context = {
            "title": _("Ateliers et résultats"),
            "event": event,
            "when": when_of(event),
            "groups": groups,
            "on": on,
            "house": cooperative_on(on),
        }
        html = render_to_string("pdf/coworking/event_results.html", context)
        return render_pdf(html, stylesheet=STYLESHEET, variant=Variant.ACCESSIBLE_ARCHIVE)


def days_of(event: Event) -> list[date]:
    """The days of an event on the clock of the house; one that ends at midnight has no day more."""
    first = timezone.localdate(event.starts_at)
    last = timezone.localdate(event.ends_at - timedelta(minutes=1))
    return [first + timedelta(days=rank) for rank in range(max((last - first).days, 0) + 1)]


def certificate_pdf(row: Registration, *, on: date) -> bytes:
    """That somebody came, with how it was noted; in French whoever asks."""
    with translation.override(LANGUAGE):
        context = {
            "title": _("Attestation de présence"),
            "row": row,
            "event": row.event,
            "facts": _certified(row),
            "on": on,
            "house": cooperative_on(on),
        }
        html = render_to_string("pdf/coworking/attendance_certificate.html", context)
        return render_pdf(html, stylesheet=STYLESHEET, variant=Variant.ACCESSIBLE_ARCHIVE)


def _certified(row: Registration) -> list[tuple[str, Any]]:
    event = row.event
    facts: list[tuple[str, Any]] = [
        (_("Du"), spoken(event.starts_at)),
        (_("Au"), spoken(event.ends_at)),
        (_("Lieu"), ", ".join(event.where_lines) or event.where),
    ]
    if row.noted_at is not None:
        facts.append((_("Présence notée"), f"{spoken(row.noted_at)} · {row.get_noted_how_display()}"))
    parts = [str(seat.part) for seat in row.part_seats.select_related("part")]
    return [*facts, (_("Parties suivies"), ", ".join(parts))] if parts else facts
