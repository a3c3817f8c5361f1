"""When an event is held, as one says it."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.templatetags.formats import spelled
from coworking.models import Event


def when_of(event: Event) -> str:
    """« 12 janvier 2027 à 8:30 », and until which day when it lasts several."""
    starts, ends = timezone.localtime(event.starts_at), timezone.localtime(event.ends_at)
    if starts.date() == ends.date():
        return spoken(event.starts_at)
    return _("du %(first)s au %(last)s") % {"first": spoken(starts), "last": spoken(ends)}


def spoken(at: datetime) -> str:
    """A moment as one says it."""
    local = timezone.localtime(at)
    return _("%(day)s à %(hour)s") % {"day": spelled(local, "l j F Y"), "hour": f"{local:%H:%M}"}
