"""The pages of the guide that everybody reads, and those being written."""

from __future__ import annotations

from django.db.models import QuerySet

from people.models import GuidePage
from people.states.guide import GuideState


def published_pages() -> QuerySet[GuidePage]:
    """Gives the pages that everybody reads, in order of title."""
    return GuidePage.objects.filter(state=GuideState.PUBLISHED).order_by("title", "pk")


def pages_listed() -> QuerySet[GuidePage]:
    """Gives every page, for who keeps the guide, the latest changed first."""
    return GuidePage.objects.select_related("written_by__person").order_by("-changed_at", "-pk")
