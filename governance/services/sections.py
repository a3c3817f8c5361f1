"""The section meetings before an assembly: they debate its agenda and do not vote (GOV-19)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, Refused
from governance.models import Assembly, SectionMeeting
from governance.selectors.sections import fault_of, told
from governance.services.assembly_mails import SECTION_CALLED_OFF, SECTION_MOVED, tell_called
from governance.services.locks import locked_assembly
from governance.states.assemblies import AssemblyState
from people.services.changes import one_line, refuse_long, require_text, write


@dataclass(frozen=True)
class SectionData:
    """What is decided of a section meeting."""

    name: str
    starts_at: datetime
    place: str = ""
    remote_link: str = ""


@transaction.atomic
def add_section_meeting(assembly: Assembly, *, data: SectionData, actor: Any, at: datetime) -> SectionMeeting:
    """Does: plans the meeting of a section before an assembly. Refuses: an assembly convened, no name,
    neither place nor link, a moment past, more than fifteen days before the assembly or not before it, the
    same meeting twice. Leaves behind: the meeting, audit."""
    row = _prepared(assembly)
    meeting = SectionMeeting(assembly=row)
    _write(meeting, data, at)
    audit.record(actor, "governance.section_meeting.add", row, detail={"name": meeting.name})
    return meeting


@transaction.atomic
def change_section_meeting(
    meeting: SectionMeeting, *, data: SectionData, actor: Any, at: datetime
) -> SectionMeeting:
    """Does: changes a section meeting. Refuses: one removed meanwhile, what `add_section_meeting` refuses.
    Leaves behind: audit with the values before and after."""
    assembly, row = _kept(meeting)
    changed = _write(row, data, at)
    audit.record(actor, "governance.section_meeting.change", assembly, detail=changed)
    return row


@transaction.atomic
def remove_section_meeting(meeting: SectionMeeting, *, actor: Any) -> None:
    """Does: takes a section meeting away. Refuses: an assembly convened, one removed already. Leaves behind:
    audit."""
    assembly, row = _kept(meeting)
    row.delete()
    audit.record(actor, "governance.section_meeting.remove", assembly, detail={"name": row.name})


@transaction.atomic
def move_section_meeting(
    meeting: SectionMeeting, *, place: str, remote_link: str, actor: Any, at: datetime
) -> SectionMeeting:
    """Does: changes the room or the link of a section meeting that the convocation told; its day does not
    change. Refuses: an assembly that is not convened, a meeting called off or past, neither place nor link,
    nothing changed. Leaves behind: a mail to each associate called, audit with the values before and
    after."""
    assembly, row = _announced(meeting)
    if assembly.state != AssemblyState.CONVENED or row.starts_at <= at:
        raise Refused(
            Code.ILLEGAL_MOVE,
            _("Seule une réunion de section annoncée et à venir change ainsi de lieu."),
        )
    changed = write(row, _checked(SectionData(row.name, row.starts_at, place, remote_link)))
    if not changed:
        raise Refused(Code.ALREADY_DONE, _("Le lieu et le lien sont déjà ceux-là."))
    row.save()
    _grown(assembly)
    tell_called(assembly, SECTION_MOVED, actor, said={"changement": lambda: told(row)})
    audit.record(actor, "governance.section_meeting.move", assembly, detail={"name": row.name} | changed)
    return row


@transaction.atomic
def cancel_section_meeting(
    meeting: SectionMeeting, *, reason: str, actor: Any, at: datetime
) -> SectionMeeting:
    """Does: calls off a section meeting that the convocation told; the assembly stands. Refuses: an assembly
    that is not convened, a meeting already called off or begun, no reason. Leaves behind: the instant and the
    reason, a mail to each associate called, the calendars of those who were, audit."""
    assembly, row = _announced(meeting)
    if assembly.state != AssemblyState.CONVENED:
        raise Refused(
            Code.ILLEGAL_MOVE, _("Seule une réunion de section annoncée par la convocation s’annule.")
        )
    if row.starts_at <= at:
        raise Refused(
            Code.ILLEGAL_MOVE, _("Cette réunion de section a déjà eu lieu : elle ne s’annule plus.")
        )
    reason = one_line(reason, "reason", _("Dites pourquoi."), most=300)
    row.cancelled_at, row.cancel_reason = at, reason
    row.save(update_fields=["cancelled_at", "cancel_reason"])
    _grown(assembly)
    tell_called(assembly, SECTION_CALLED_OFF, actor, said={"reunion": lambda: told(row), "motif": reason})
    detail = {"name": row.name, "reason": reason}
    audit.record(actor, "governance.section_meeting.cancel", assembly, detail=detail)
    return row


def _announced(meeting: SectionMeeting) -> tuple[Assembly, SectionMeeting]:
    """Gives the assembly under lock, and the meeting as it is then. Raises Refused when it was called off."""
    assembly = locked_assembly(meeting.assembly_id)
    row = SectionMeeting.objects.select_related("assembly").get(pk=meeting.pk)
    if not row.is_held:
        raise Refused(Code.ALREADY_DONE, _("Cette réunion de section est déjà annulée."))
    return assembly, row


def _grown(assembly: Assembly) -> None:
    """Calendars that follow the assembly read it again."""
    assembly.version += 1
    assembly.save(update_fields=["version"])


def _prepared(assembly: Assembly) -> Assembly:
    """Gives the row under lock. Raises Refused once it is convened: its convocation told the meetings."""
    row = locked_assembly(assembly.pk)
    if row.state != AssemblyState.DRAFT:
        raise Refused(
            Code.ILLEGAL_MOVE,
            _("Cette assemblée n’est plus en préparation : ses réunions de section ne changent plus."),
        )
    return row


def _kept(meeting: SectionMeeting) -> tuple[Assembly, SectionMeeting]:
    assembly = _prepared(meeting.assembly)
    row = SectionMeeting.objects.filter(pk=meeting.pk).first()
    if row is None:
        raise Refused(Code.ALREADY_DONE, _("Cette réunion de section est déjà retirée."))
    return assembly, row


def _checked(data: SectionData) -> SectionData:
    """Gives what was typed without its useless spaces. Raises Refused when something lacks or is too long."""
    name, place, link = (" ".join(text.split()) for text in (data.name, data.place, data.remote_link))
    require_text(name, "name", _("Nommez cette section."))
    refuse_long(name, "name", 120)
    require_text(
        place + link, "place", _("Indiquez le lieu de cette réunion, ou son lien de visioconférence.")
    )
    refuse_long(place, "place", 200)
    refuse_long(link, "remote_link", 300)
    return SectionData(name, data.starts_at, place, link)


def _write(meeting: SectionMeeting, data: SectionData, at: datetime) -> dict[str, list[str]]:
    data = _checked(data)
    others = meeting.assembly.section_meetings.exclude(pk=meeting.pk)
    if others.filter(name__iexact=data.name, starts_at=data.starts_at).exists():
        raise Refused(Code.DUPLICATE, _("Cette réunion de section est déjà prévue."), field="name")
    changed = write(meeting, data)
    if sentence := fault_of(meeting, at):
        raise Refused(Code.DATE_INVALID, sentence, field="starts_at")
    meeting.save()
    return changed
