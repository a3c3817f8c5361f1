"""Where assemblies are found: the search everywhere, the calendar of who is called, the pages behind lines of
the journal (CAE-09)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.facts import Happening, Source
from cae.core.plain import with_words
from cae.core.search import Hit
from governance.models import Assembly, BureauSeat, Convocation, Resolution, SecretVote, SectionMeeting
from governance.states.assemblies import AssemblyState

ASSEMBLIES, RESOLUTIONS, SECRET_VOTES = _("Assemblées"), _("Résolutions"), _("Scrutins secrets")
# An agenda that says nothing of its length.
USUAL = timedelta(hours=2)


def find_assemblies(user: Any, terms: str, limit: int) -> Iterator[Hit]:
    """By title or place, in one query."""
    for row in with_words(Assembly.objects.visible_to(user), terms, "title", "place")[:limit]:
        yield Hit(
            ASSEMBLIES,
            row.title,
            f"{timezone.localtime(row.starts_at):%d/%m/%Y}",
            row.get_absolute_url(),
            "megaphone",
        )


def find_resolutions(user: Any, terms: str, limit: int) -> Iterator[Hit]:
    """By title, in one query."""
    rows = with_words(Resolution.objects.visible_to(user), terms, "title")
    for row in rows.select_related("assembly").order_by("-pk")[:limit]:
        yield Hit(RESOLUTIONS, row.title, row.assembly.title, row.get_absolute_url(), "check2-square")


def find_secret_votes(user: Any, terms: str, limit: int) -> Iterator[Hit]:
    """By title, in one query."""
    rows = with_words(SecretVote.objects.visible_to(user), terms, "title")
    for row in rows.select_related("assembly").order_by("-pk")[:limit]:
        yield Hit(SECRET_VOTES, row.title, row.assembly.title, row.get_absolute_url(), "shield-lock")


def assembly_happenings(user: Any, since: date, until: date) -> list[Happening]:
    """Gives the assemblies that call a person, or in whose bureau they sit, and their section meetings, with
    those called off."""
    if user.person_id is None:
        return []
    called = Convocation.objects.filter(person=user.person_id).values("assembly")
    seats = BureauSeat.objects.filter(person=user.person_id).values("assembly")
    near = {"starts_at__date__gte": since, "starts_at__date__lte": until}
    told = Assembly.objects.filter(Q(pk__in=called) | Q(pk__in=seats, convened_at__isnull=False)).order_by()
    rows = told.filter(**near).order_by("starts_at", "pk").prefetch_related("items")
    sections = SectionMeeting.objects.filter(assembly__in=told.values("pk"), **near)
    return [
        *map(_happening, rows),
        *map(_section_happening, sections.select_related("assembly").order_by("starts_at", "pk")),
    ]


def _happening(row: Assembly) -> Happening:
    minutes = sum(item.minutes for item in row.items.all())
    return Happening(
        uid=f"assembly-{row.pk}",
        title=row.title,
        starts=row.starts_at,
        ends=row.starts_at + (timedelta(minutes=minutes) if minutes else USUAL),
        place=row.place or row.remote_link,
        text=row.remote_link,
        url=row.get_absolute_url(),
        revision=row.version,
        is_cancelled=row.state == AssemblyState.CANCELLED,
    )


def _section_happening(row: SectionMeeting) -> Happening:
    return Happening(
        uid=f"section-meeting-{row.pk}",
        title=_("%(section)s : réunion de section avant « %(assembly)s »")
        % {"section": row.name, "assembly": row.assembly},
        starts=row.starts_at,
        ends=row.starts_at + USUAL,
        place=row.place or row.remote_link,
        text=row.remote_link,
        url=row.assembly.get_absolute_url(),
        revision=row.assembly.version,
        is_cancelled=not row.is_held or row.assembly.state == AssemblyState.CANCELLED,
    )


def assembly_sources(user: Any, keys: list[str]) -> dict[str, Source]:
    """Gives the page of each assembly, among those the person sees."""
    rows = Assembly.objects.visible_to(user).filter(pk__in=keys)
    return {str(one.pk): Source(one.title, one.get_absolute_url()) for one in rows}


def resolution_sources(user: Any, keys: list[str]) -> dict[str, Source]:
    """Gives the page of each resolution, among those the person sees."""
    rows = Resolution.objects.visible_to(user).filter(pk__in=keys)
    return {str(one.pk): Source(one.title, one.get_absolute_url()) for one in rows}
