"""Assemblies being prepared: a draft with its agenda, ready to be convened."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from governance.models import AgendaItem, Assembly, Associate, RuleSet, SectionMeeting
from governance.states.assemblies import AssemblyState
from tests.factories.governance import make_assembly, make_associate, make_resolution, make_rule_set
from tests.factories.kernel import make_cooperative

PDF = b"%PDF-1.4 one page"


def in_days(days: int) -> datetime:
    """The same hour, so many days from now."""
    return timezone.now() + timedelta(days=days)


def make_item(assembly: Assembly, title: str = "Comptes de l’année", **fields: Any) -> AgendaItem:
    position = assembly.items.count() + 1
    return AgendaItem.objects.create(**{"assembly": assembly, "position": position, "title": title} | fields)


def make_draft(*, rule_set: RuleSet | None = None, days: int = 30, **fields: Any) -> Assembly:
    """An assembly in preparation, with one point and one resolution: nothing keeps it from being convened."""
    make_cooperative()
    rule_set = rule_set or make_rule_set()
    assembly = make_assembly(
        state=AssemblyState.DRAFT,
        rule_set=rule_set,
        room_key="",
        screen_key="",
        **{"starts_at": in_days(days), "mode": "room"} | fields,
    )
    make_resolution(assembly, item=make_item(assembly))
    return assembly


def make_reached(email: str = "nina@example.org", **fields: Any) -> Associate:
    """An associate whom a mail reaches."""
    return make_associate(email=email, **fields)


def make_posted(**fields: Any) -> Associate:
    """An associate without e-mail, whom a letter reaches."""
    place = {"address_line": "3 rue du Port", "postcode": "33000", "city": "Bordeaux", "email": ""}
    return make_associate(**place | fields)


def make_section_meeting(assembly: Assembly, name: str = "Section de Dax", **fields: Any) -> SectionMeeting:
    """A week before its assembly, in a room."""
    usual = {"starts_at": assembly.starts_at - timedelta(days=7), "place": "Salle des fêtes, Dax"}
    return SectionMeeting.objects.create(assembly=assembly, name=name, **usual | fields)
