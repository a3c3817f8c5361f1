"""Reads the section meetings of an assembly, and whether each stands where the law wants it (GOV-19)."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.templatetags.formats import day as shown_day
from cae.core.templatetags.formats import moment
from governance.calculations.delays import Window, section_window
from governance.models import Assembly, SectionMeeting
from governance.selectors.assemblies import day_of
from governance.states.assemblies import AssemblyState


def section_meetings_of(assembly: Assembly) -> QuerySet[SectionMeeting]:
    """Gives them in the order in which they are held."""
    return assembly.section_meetings.select_related("assembly").order_by("starts_at", "pk")


def sections_told(assembly: Assembly) -> QuerySet[SectionMeeting]:
    """Gives those that a convocation tells: none called off."""
    return section_meetings_of(assembly).filter(cancelled_at__isnull=True)


def sections_of_first_call(assembly: Assembly) -> list[SectionMeeting]:
    """Gives the meetings that a first call told, while its second call, in preparation, plans none: they are
    never copied, since their days are over."""
    earlier = assembly.earlier_call
    if earlier is None or assembly.state != AssemblyState.DRAFT or assembly.section_meetings.exists():
        return []
    return list(sections_told(earlier))


def window_of(assembly: Assembly) -> Window:
    """Gives the days on which a section may meet before this assembly."""
    return section_window(day_of(assembly))


def fault_of(meeting: SectionMeeting, at: datetime) -> str | None:
    """Gives why a section may not meet then, at an instant; None when nothing is against it."""
    assembly, window = meeting.assembly, window_of(meeting.assembly)
    if meeting.starts_at >= assembly.starts_at:
        sentence = _("Une section se réunit avant l’assemblée, qui commence le %(moment)s.")
        return sentence % {"moment": moment(assembly.starts_at)}
    if not window.holds(timezone.localdate(meeting.starts_at)):
        sentence = _("Une section se réunit quinze jours au plus avant l’assemblée : à partir du %(day)s.")
        return sentence % {"day": shown_day(window.first)}
    if meeting.starts_at <= at:
        return _("La date de cette réunion de section est passée.")
    return None


def told(meeting: SectionMeeting) -> str:
    """Gives « Section de Dax, 05/06/2027 à 18:00, Salle des fêtes », as the convocation says it."""
    place = [meeting.place, meeting.remote_link]
    return ", ".join([meeting.name, moment(meeting.starts_at), *(one for one in place if one)])
