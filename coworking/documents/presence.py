"""The certificate of who worked in a place during a month, for the remote worker and the employer
(COW-13)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cae.core.identity import cooperative_on
from cae.core.letters import LANGUAGE
from cae.core.pdf import Variant, render_pdf
from cae.core.periods import Month
from coworking.models import Member, Presence

STYLESHEET = "css/pdf/letter.css"


def presence_pdf(member: Member, month: Month, presences: Sequence[Presence], *, on: date) -> bytes:
    """The days on which somebody came, with their hours; in French whoever asks."""
    with translation.override(LANGUAGE):
        days = days_of(presences)
        facts: list[tuple[str, Any]] = [
            (_("Lieu"), ", ".join(part for part in (member.place.name, *member.place.address_lines) if part)),
            (_("Mois"), date_format(month.first, "F Y")),
            (_("Jours de présence"), len(days)),
        ]
        if member.organisation is not None:
            facts.insert(0, (_("Pour"), member.organisation.name))
        context = {
            "title": _("Attestation de présence"),
            "member": member,
            "facts": facts,
            "days": days,
            "on": on,
            "house": cooperative_on(on),
        }
        html = render_to_string("pdf/coworking/presence_certificate.html", context)
        return render_pdf(html, stylesheet=STYLESHEET, variant=Variant.ACCESSIBLE_ARCHIVE)


def days_of(presences: Sequence[Presence]) -> list[tuple[date, list[str]]]:
    """The days in order, each with what was noted of it: « 9:02 – 17:30 », « 9:02 » when nobody noted the
    end."""
    found: dict[date, list[str]] = {}
    for one in presences:
        start = timezone.localtime(one.arrived_at)
        words = f"{start:%H:%M}"
        if one.left_at is not None and not one.left_unsaid:
            words += f" → {timezone.localtime(one.left_at):%H:%M}"
        found.setdefault(start.date(), []).append(words)
    return sorted(found.items())
