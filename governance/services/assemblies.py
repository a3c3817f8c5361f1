"""An assembly: prepared, changed, its bureau, called off, called a second time, published (GOV-19)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.kept_words import house_words
from cae.core.turns import take_turn
from cae.core.workflow import performs
from governance.models import Assembly, BureauSeat, Resolution, ResolutionVersion, RuleSet, SecretVote
from governance.selectors.assemblies import last_version
from governance.selectors.assembly_people import undecided
from governance.services.accounts import carry_accounts, release_accounts
from governance.services.agenda import copy_paper, drafted, live, number_resolutions
from governance.services.assembly_mails import CALLED_OFF, MOVED, place_of, tell_called
from governance.services.locks import locked_assembly
from governance.services.minutes_mails import tell_published
from governance.services.pulse import beat
from governance.states.assemblies import (
    ASSEMBLY_FLOW,
    HELD,
    AssemblyKind,
    AssemblyMode,
    AssemblyState,
    BureauRole,
    ResolutionState,
)
from governance.states.secret import ALIVE
from people.models import Person
from people.services.changes import one_line, refuse_long, refuse_stale, require_text, write


@dataclass(frozen=True)
class AssemblyData:
    """What is decided of an assembly while it is prepared."""

    kind: str
    title: str
    starts_at: datetime
    mode: str = AssemblyMode.BOTH
    place: str = ""
    remote_link: str = ""
    introduction: str = ""
    rule_set: RuleSet | None = None


@transaction.atomic
def create_assembly(*, data: AssemblyData, actor: Any, at: datetime) -> Assembly:
    """Does: opens the preparation of an assembly. Refuses: no title, a day past, no place for one held in a
    room, the same one prepared already. Leaves behind: the draft, audit."""
    row = Assembly(created_by=actor, starts_at=data.starts_at)
    _check(data, at)
    take_turn("governance.assemblies")
    same = Assembly.objects.filter(state=AssemblyState.DRAFT, title=data.title, starts_at=data.starts_at)
    if same.exists():
        raise Refused(Code.DUPLICATE, _("Cette assemblée est déjà en préparation."), field="title")
    write(row, data)
    row.save()
    audit.record(actor, "governance.assembly.create", row)
    return row


@transaction.atomic
def change_assembly(
    assembly: Assembly, *, data: AssemblyData, version: int | None, actor: Any, at: datetime
) -> Assembly:
    """Does: changes an assembly in preparation. Refuses: one that is convened, a form opened before somebody
    else wrote, what `create_assembly` refuses. Leaves behind: audit with the values before and after."""
    row = drafted(assembly)
    refuse_stale(row, version)
    _check(data, at)
    changed = write(row, data)
    row.version += 1
    row.save()
    audit.record(actor, "governance.assembly.change", row, detail=changed)
    return row


def _check(data: AssemblyData, at: datetime) -> None:
    require_text(data.title, "title", _("Donnez un intitulé à cette assemblée."))
    refuse_long(data.title, "title", 160)
    refuse_long(data.introduction, "introduction", 4000)
    if data.kind not in AssemblyKind.values:
        raise Refused(Code.VALUE_INVALID, _("Cette nature d’assemblée n’existe pas."), field="kind")
    if data.starts_at <= at:
        raise Refused(Code.DATE_INVALID, _("La date de cette assemblée est passée."), field="starts_at")
    _check_place(data.mode, data.place)


def _check_place(mode: str, place: str) -> None:
    refuse_long(place, "place", 200)
    if mode not in AssemblyMode.values:
        raise Refused(Code.VALUE_INVALID, _("Cette façon de tenir l’assemblée n’existe pas."), field="mode")
    if mode != AssemblyMode.REMOTE:
        require_text(place, "place", _("Indiquez le lieu de l’assemblée."))


@transaction.atomic
def move_assembly(assembly: Assembly, *, place: str, remote_link: str, actor: Any) -> Assembly:
    """Does: changes the room or the link of an assembly already convened; its day does not change. Refuses:
    an assembly that is not convened, no place for one held in a room, nothing changed. Leaves behind: a mail
    to each associate called, audit with the values before and after."""
    row = live(assembly)
    if row.state == AssemblyState.DRAFT:
        raise Refused(Code.ILLEGAL_MOVE, _("Cette assemblée n’est pas encore convoquée."))
    _check_place(row.mode, place)
    changed = {
        name: [getattr(row, name), value]
        for name, value in (("place", place.strip()), ("remote_link", remote_link.strip()))
        if getattr(row, name) != value
    }
    if not changed:
        raise Refused(Code.ALREADY_DONE, _("Le lieu et le lien sont déjà ceux-là."))
    row.place, row.remote_link = place.strip(), remote_link.strip()
    row.version += 1
    row.save()
    tell_called(row, MOVED, actor, said={"changement": lambda: place_of(row)})
    beat(row.pk)
    audit.record(actor, "governance.assembly.move", row, detail=changed)
    return row


@transaction.atomic
def seat_bureau(
    assembly: Assembly,
    *,
    chair: Person | None,
    secretary: Person | None,
    scrutineers: Iterable[Person],
    actor: Any,
) -> Assembly:
    """Does: names who chairs, writes and counts; an assembly may change them until it is closed. Refuses: a
    sitting closed, no chair, no secretary once it is open, a chair or secretary who also counts. Leaves
    behind: the seats, audit."""
    row = live(assembly)
    if chair is None:
        raise Refused(Code.VALUE_MISSING, _("Désignez qui préside."), field="chair")
    if secretary is None and row.state == AssemblyState.OPEN:
        # Nobody could sign the minutes of a sitting closed so, nor be named any more.
        raise Refused(Code.VALUE_MISSING, _("La séance est ouverte : désignez qui écrit."), field="secretary")
    counting = {person.pk: person for person in scrutineers}
    if counting.keys() & {chair.pk, secretary.pk if secretary else None}:
        raise Refused(
            Code.ROLE_INVALID, _("Qui préside ou écrit ne compte pas les voix."), field="scrutineers"
        )
    wanted = [(BureauRole.CHAIR, chair), *((BureauRole.SECRETARY, one) for one in (secretary,) if one)]
    wanted += [(BureauRole.SCRUTINEER, person) for person in counting.values()]
    row.bureau.all().delete()
    for role, person in wanted:
        BureauSeat.objects.create(assembly=row, person=person, role=role)
    beat(row.pk)
    said = ", ".join(f"{house_words(role.label)} : {person}" for role, person in wanted)
    audit.record(actor, "governance.assembly.bureau", row, detail={"value": said})
    return row


@performs(ASSEMBLY_FLOW, "cancel")
def cancel_assembly(assembly: Assembly, *, reason: str, actor: Any) -> None:
    """Does: calls an assembly off. Refuses: no reason, a secret ballot that is prepared. Leaves behind: the
    reason, a mail to each associate who was called, audit."""
    assembly.cancel_reason = one_line(reason, "reason", _("Dites pourquoi."), most=300)
    scrutin = SecretVote.objects.filter(assembly=assembly, state__in=ALIVE).order_by("pk").first()
    if scrutin is not None:
        raise Refused(
            Code.ILLEGAL_MOVE,
            _("Le scrutin secret « %(title)s » est préparé : annulez-le d’abord.") % {"title": scrutin.title},
        )
    assembly.version += 1
    release_accounts(assembly.resolutions.all(), reason=assembly.cancel_reason, actor=actor)
    if assembly.state == AssemblyState.CONVENED:
        tell_called(assembly, CALLED_OFF, actor, said={"motif": assembly.cancel_reason})


@performs(ASSEMBLY_FLOW, "publish")
def publish_assembly(assembly: Assembly, *, actor: Any) -> None:
    """Does: opens the signed minutes and the results to every associate. Refuses: minutes not signed by all.
    Leaves behind: a mail to each associate of the day, audit."""
    assembly.version += 1
    tell_published(assembly, actor=actor)


@transaction.atomic
def call_again(
    assembly: Assembly, *, starts_at: datetime, keys: Collection[int], actor: Any, at: datetime
) -> Assembly:
    """Does: prepares the second call of an assembly whose quorum or majority failed: same kind, same rules,
    same bureau, the points and papers of the resolutions chosen. Refuses: a first call still to be held, a
    second call (there is no third), one prepared already, no resolution, one that the first decided, a day
    past. Leaves behind: the draft of the second call, audit."""
    first = locked_assembly(assembly.pk)
    if first.state not in HELD or first.call_number != 1:
        raise Refused(
            Code.ILLEGAL_MOVE, _("Une seconde convocation suit une première assemblée, une fois levée.")
        )
    if first.later_calls.exclude(state=AssemblyState.CANCELLED).exists():
        raise Refused(Code.DUPLICATE, _("La seconde convocation est déjà préparée."))
    if starts_at <= at:
        raise Refused(Code.DATE_INVALID, _("La date de cette assemblée est passée."), field="starts_at")
    chosen = list(
        first.resolutions.filter(pk__in=keys, state=ResolutionState.ON_AGENDA).order_by("number", "pk")
    )
    if not chosen:
        raise Refused(Code.VALUE_MISSING, _("Choisissez au moins une résolution."), field="resolutions")
    left = set(undecided(first))
    if decided := [one for one in chosen if one.pk not in left]:
        raise Refused(
            Code.ALREADY_DONE,
            _("« %(title)s » est déjà décidée : une seconde convocation ne la revoit pas.")
            % {"title": decided[0]},
            field="resolutions",
        )
    with override(settings.LANGUAGE_CODE):
        title = _("%(title)s (seconde convocation)") % {"title": first.title[:130]}
    second = Assembly.objects.create(
        kind=first.kind,
        title=title,
        call_number=2,
        earlier_call=first,
        starts_at=starts_at,
        mode=first.mode,
        place=first.place,
        remote_link=first.remote_link,
        introduction=first.introduction,
        rule_set=first.rule_set,
        created_by=actor,
    )
    _copy_agenda(first, second, chosen, actor=actor, at=at)
    for seat in first.bureau.all():
        BureauSeat.objects.create(assembly=second, person=seat.person, role=seat.role)
    audit.record(actor, "governance.assembly.second_call", second, detail={"of": str(first)})
    return second


def _copy_agenda(
    first: Assembly, second: Assembly, chosen: list[Resolution], *, actor: Any, at: datetime
) -> None:
    wanted = [one.item_id for one in chosen if one.item_id is not None]
    items: dict[int | None, Any] = {None: None}
    for position, item in enumerate(first.items.filter(pk__in=wanted).order_by("position"), start=1):
        old = item.pk
        item.pk, item.assembly, item.position = None, second, position
        item.save(force_insert=True)
        items[old] = item
    today = timezone.localdate(at)
    for paper in first.papers.select_related("document"):
        if paper.item_id in items:
            copy_paper(paper, assembly=second, item=items[paper.item_id], actor=actor, on=today)
    for one in chosen:
        _copy_resolution(one, second, items[one.item_id], actor=actor, at=at)
    number_resolutions(second)


def _copy_resolution(one: Resolution, second: Assembly, item: Any, *, actor: Any, at: datetime) -> None:
    version, candidates = last_version(one), list(one.candidates.filter(withdrawn_at__isnull=True))
    copied = Resolution.objects.get(pk=one.pk)
    copied.pk, copied.assembly, copied.item, copied.created_by = None, second, item, actor
    copied.number, copied.proposed_at = None, at
    copied.save(force_insert=True)
    if version is not None:
        ResolutionVersion.objects.create(
            resolution=copied, number=1, text=version.text, sha256=version.sha256, created_by=actor
        )
    for candidate in candidates:
        candidate.pk, candidate.resolution = None, copied
        candidate.save(force_insert=True)
    carry_accounts(one, copied, actor=actor)
