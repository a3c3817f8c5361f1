"""Resolutions: put on the agenda, written in numbered versions, withdrawn (GOV-20, GOV-21)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.canonical import sha256_of
from cae.core.errors import Code, Refused
from governance.calculations.amendments import paragraphs_of, tidied
from governance.models import (
    AgendaItem,
    Assembly,
    Body,
    Resolution,
    ResolutionVersion,
    SecretQuestion,
    Vote,
)
from governance.selectors.assemblies import last_version
from governance.services.accounts import release_accounts
from governance.services.addition_answers import tell_supporters, tell_withdrawn
from governance.services.agenda import drafted, live, number_resolutions
from governance.services.pulse import beat
from governance.states.assemblies import AssemblyState, ResolutionState
from governance.states.bodies import Electorate
from governance.states.rules import DecisionKind
from governance.states.secret import ALIVE
from governance.states.votes import Method, VoteState
from people.services.changes import one_line, refuse_long, require_text, write

LONGEST, LONGEST_PARAGRAPH = 20000, 5000


@dataclass(frozen=True)
class ResolutionData:
    """What is decided of a resolution, its text apart."""

    title: str
    decision_kind: str
    item: AgendaItem | None = None
    method: str = Method.RESOLUTION
    amount: Decimal | None = None
    supported: bool = True
    body: Body | None = None
    seats: int = 1
    electorate: str = Electorate.ASSOCIATES
    term_months: int | None = None
    powers: str = ""
    minimum_participation: int | None = None


@transaction.atomic
def put_resolution(assembly: Assembly, *, data: ResolutionData, text: str, actor: Any) -> Resolution:
    """Does: puts a resolution on the agenda, in the order of its point, with its first version. Refuses: an
    assembly convened, a second call (it decides only what the first did not), no title, no point, a text too
    long, an election without its body, the same one twice at a point. Leaves behind: the resolution, its
    version, audit."""
    row = drafted(assembly)
    if row.call_number != 1:
        _refuse_new()
    resolution = Resolution(assembly=row, created_by=actor)
    _check(row, data)
    if row.resolutions.filter(item=data.item, title=data.title, state=ResolutionState.ON_AGENDA).exists():
        raise Refused(Code.DUPLICATE, _("Une résolution de ce point porte déjà cet intitulé."), field="title")
    write(resolution, data)
    resolution.save()
    if text.strip():
        add_version(resolution, text, "", actor)
    number_resolutions(row)
    audit.record(actor, "governance.resolution.add", resolution)
    resolution.refresh_from_db()
    return resolution


def _refuse_new() -> None:
    """A second call has easier rules for what the first was asked, and for nothing else."""
    raise Refused(
        Code.ILLEGAL_MOVE,
        _("Une seconde convocation ne décide que de ce que la première n’a pas décidé."),
    )


@transaction.atomic
def change_resolution(resolution: Resolution, *, data: ResolutionData, actor: Any) -> Resolution:
    """Does: changes what a resolution is, its text apart. Refuses: an assembly convened, one that is not on
    the agenda, another kind or way of voting at a second call, what `put_resolution` refuses of its content.
    Leaves behind: audit with the values before and after."""
    assembly = drafted(resolution.assembly)
    row = on_agenda(resolution)
    if assembly.call_number != 1 and (row.decision_kind, row.method) != (data.decision_kind, data.method):
        _refuse_new()
    _check(assembly, data)
    changed = write(row, data)
    row.save()
    number_resolutions(assembly)
    audit.record(actor, "governance.resolution.change", row, detail=changed)
    row.refresh_from_db()
    return row


def _check(assembly: Assembly, data: ResolutionData) -> None:
    require_text(data.title, "title", _("Donnez un intitulé à cette résolution."))
    refuse_long(data.title, "title", 200)
    refuse_long(data.powers, "powers", 1000)
    if data.item is None or data.item.assembly_id != assembly.pk:
        raise Refused(Code.VALUE_MISSING, _("Choisissez le point de l’ordre du jour."), field="item")
    _check_kind(data)
    if data.amount is not None and data.amount < 0:
        raise Refused(Code.AMOUNT_INVALID, _("Le montant ne peut pas être négatif."), field="amount")
    if data.method not in (Method.RESOLUTION, Method.CONSENT):
        _check_election(data)


def _check_kind(data: ResolutionData) -> None:
    if data.decision_kind not in DecisionKind.values:
        raise Refused(Code.VALUE_INVALID, _("Cette nature de décision n’existe pas."), field="decision_kind")
    if data.method not in Method.values:
        raise Refused(Code.VALUE_INVALID, _("Ce mode de scrutin n’existe pas."), field="method")


def _check_election(data: ResolutionData) -> None:
    if data.body is None:
        raise Refused(Code.VALUE_MISSING, _("Choisissez l’organe élu."), field="body")
    if not 1 <= data.seats <= 99:
        raise Refused(Code.VALUE_INVALID, _("Comptez entre 1 et 99 sièges."), field="seats")
    if data.method in (Method.MAJORITY_JUDGMENT, Method.SCHULZE) and data.seats > 1:
        raise Refused(
            Code.VALUE_INVALID, _("Ce mode de scrutin donne une seule personne élue."), field="seats"
        )
    if data.electorate not in Electorate.values:
        raise Refused(Code.VALUE_INVALID, _("Ce corps électoral n’existe pas."), field="electorate")


@transaction.atomic
def write_version(
    resolution: Resolution, *, text: str, reason: str, version: int, actor: Any
) -> ResolutionVersion:
    """Does: writes the next version of a text, paragraphs parted by an empty line. Refuses: an assembly
    convened (then it changes by amendment), a second call, nothing written, nothing changed, a form opened
    before somebody else wrote, a text or a paragraph too long. Leaves behind: the version with its hash;
    those before stay; audit."""
    assembly = drafted(resolution.assembly)
    row = on_agenda(resolution)
    last = last_version(row)
    if assembly.call_number != 1 and last is not None:
        _refuse_new()
    if (last.number if last else 0) != version:
        raise Refused(
            Code.STALE_FORM, _("Quelqu’un a écrit une autre version entre-temps : repartez de celle-là.")
        )
    if last is not None and last.text == tidied(text):
        raise Refused(Code.ALREADY_DONE, _("Ce texte est déjà celui de la dernière version."), field="text")
    written = add_version(row, text, reason, actor)
    audit.record(
        actor, "governance.resolution.write", row, detail={"seal": written.sha256, "reason": written.reason}
    )
    return written


def add_version(resolution: Resolution, text: str, reason: str, actor: Any) -> ResolutionVersion:
    """Does: writes the next version of a text, in the act that calls it. Refuses: nothing written, a text or
    a paragraph too long. Leaves behind: the version with its hash."""
    text = tidied(text)
    require_text(text, "text", _("Écrivez le texte de la résolution."))
    refuse_long(text, "text", LONGEST)
    refuse_long(reason, "reason", 250)
    for paragraph in paragraphs_of(text):
        refuse_long(paragraph, "text", LONGEST_PARAGRAPH)
    last = last_version(resolution)
    return ResolutionVersion.objects.create(
        resolution=resolution,
        number=last.number + 1 if last else 1,
        text=text,
        sha256=sha256_of(text),
        reason=" ".join(reason.split()),
        created_by=actor,
    )


def on_agenda(resolution: Resolution) -> Resolution:
    """Gives the row under lock. Raises Refused for one that is proposed, refused or withdrawn."""
    row = Resolution.objects.select_for_update(of=("self",)).get(pk=resolution.pk)
    if row.state != ResolutionState.ON_AGENDA:
        raise Refused(Code.ILLEGAL_MOVE, _("Cette résolution n’est pas à l’ordre du jour."))
    return row


@transaction.atomic
def withdraw_resolution(resolution: Resolution, *, reason: str, actor: Any) -> Resolution:
    """Does: takes a resolution away: by its authors while it is proposed, by the organisers until its vote
    opens. Refuses: no reason, a sitting closed, a vote opened on it, one on an amendment of it that is not
    proclaimed, a secret ballot that asks it. Leaves behind: the resolution withdrawn with the reason; while
    the assembly is prepared the others are numbered again, later the numbers sent stay and everybody called
    is told; those who supported it are too; audit."""
    assembly = live(resolution.assembly)
    row = Resolution.objects.select_for_update(of=("self",)).get(pk=resolution.pk)
    if row.state not in (ResolutionState.ON_AGENDA, ResolutionState.PROPOSED):
        raise Refused(Code.ILLEGAL_MOVE, _("Cette résolution n’est pas à l’ordre du jour."))
    reason = one_line(reason, "reason", _("Dites pourquoi."), most=300)
    refuse_voted(row)
    _refuse_amendment_in_vote(row)
    _refuse_asked_in_secret(row)
    row.state, row.state_reason = ResolutionState.WITHDRAWN, reason
    if assembly.state == AssemblyState.DRAFT:
        row.number = None
    row.save()
    release_accounts([row], reason=reason, actor=actor)
    if assembly.state == AssemblyState.DRAFT:
        number_resolutions(assembly)
    tell_withdrawn(row, assembly, actor=actor)
    tell_supporters(row, actor=actor)
    beat(assembly.pk)
    audit.record(actor, "governance.resolution.withdraw", row, detail={"reason": reason})
    return row


def refuse_voted(resolution: Resolution) -> None:
    """Raises Refused once the vote on the text of a resolution has opened: its text is frozen."""
    opened = Vote.objects.filter(resolution=resolution, amendment__isnull=True).exclude(
        state__in=(VoteState.DRAFT, VoteState.CANCELLED)
    )
    if opened.exists():
        raise Refused(
            Code.ILLEGAL_MOVE, _("Le vote de cette résolution est ouvert : son texte ne change plus.")
        )


def _refuse_amendment_in_vote(resolution: Resolution) -> None:
    """What the sitting is voting on is not taken from under it."""
    running = Vote.objects.filter(
        resolution=resolution, amendment__isnull=False, state__in=(VoteState.OPEN, VoteState.CLOSED)
    )
    if running.exists():
        raise Refused(
            Code.ILLEGAL_MOVE,
            _("Un de ses amendements est mis aux voix : proclamez ou annulez ce vote, puis retirez-la."),
        )


def _refuse_asked_in_secret(resolution: Resolution) -> None:
    """What is bound to sealed boxes with other questions is not taken out alone."""
    asked = SecretQuestion.objects.filter(vote__resolution=resolution, secret_vote__state__in=ALIVE)
    if asked.exists():
        raise Refused(
            Code.ILLEGAL_MOVE,
            _("Un scrutin secret pose cette résolution : annulez-le, puis retirez-la."),
        )
