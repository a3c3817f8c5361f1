"""The neighbouring pages of one activity, and who may open them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from cae.core import permissions
from cae.core.tables import Tab
from entrepreneurs.models import Activity


def seen_activity(request: HttpRequest, pk: int) -> Activity:
    """The activity if the person sees it; otherwise 404, as if there were none."""
    rows = Activity.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("scope__territory", "scope__portfolio", "trade"), pk=pk)


def activity_tabs(activity: Activity, current: str) -> list[Tab]:
    pages = [
        ("activity_detail", _("Activité")),
        ("member_list", _("Membres")),
        ("activity_covers", _("Assurance")),
    ]
    if activity.is_collective:
        pages.append(("agreement_list", _("Convention et partage")))
    return [
        Tab(label, reverse(f"entrepreneurs:{name}", args=[activity.pk]), name == current)
        for name, label in pages
    ]


def crumbs_of(user: Any, activity: Activity, *last: tuple[Any, str]) -> list[tuple[Any, str]]:
    """The way down to a page of an activity; the list for those who have it."""
    listed = permissions.can(user, "entrepreneurs.view_activities")
    top = [(_("Activités"), reverse("entrepreneurs:activity_list"))] if listed else []
    page = reverse("entrepreneurs:activity_detail", args=[activity.pk])
    return [*top, (activity.name, page), *last]
