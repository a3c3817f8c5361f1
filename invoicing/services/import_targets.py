"""The activities that somebody may bring a sheet into: theirs, open today."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.errors import Code, Refused
from cae.core.importing import Target
from cae.core.permissions import can
from entrepreneurs.models import Activity


def targets_of(user: Any, right: str) -> list[Target]:
    return [Target(str(one.pk), one.name) for one in _open_activities(user, right)]


def activity_of(target: str, user: Any, right: str) -> Activity:
    """The activity chosen; refuses one that has closed since, or that is out of reach."""
    for activity in _open_activities(user, right):
        if str(activity.pk) == target:
            return activity
    raise Refused(Code.NOT_ALLOWED, _("Cette activité n’est plus ouverte : choisissez pour qui importer."))


def _open_activities(user: Any, right: str) -> list[Activity]:
    rows = Activity.objects.visible_to(user).open_on(timezone.localdate()).select_related("scope")
    return [one for one in rows if can(user, right, one)]
