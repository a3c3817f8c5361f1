"""Resolutions that members add to an assembly convened, within the delay and with the support that the rules
ask: proposed, supported, put on the agenda or refused (GOV-20)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.templatetags.formats import day as shown_day
from governance.calculations.rules import Occasion, missing
from governance.models import AgendaItem, Assembly, Associate, Resolution, ResolutionSupport
from governance.selectors.additions import support_had, support_needed
from governance.selectors.assemblies import additions_of
from governance.selectors.preparing import named
from governance.selectors.rules import is_beyond, labels
from governance.services.addition_answers import tell_supporters
from governance.services.agenda import live
from governance.services.assembly_mails import ADDED, tell_called
from governance.services.locks import locked_assembly
from governance.services.pulse import beat
from governance.services.resolutions import add_version
from governance.states.assemblies import AssemblyState, ResolutionState
from governance.states.rules import DecisionKind
from people.services.changes import one_line


@transaction.atomic
def propose_resolution(
    assembly: Assembly, *, associate: Associate, title: str, text: str, actor: Any, at: datetime
) -> Resolution:
    """Does: asks, for an associate, that a resolution be added to an assembly convened. Refuses: out of the
    days that the rules give, somebody the assembly did not call, no title or text, the same one twice. Leaves
    behind: the resolution proposed with its text and this first support, audit."""
    row = _within_delay(assembly, at)
    _refuse_uncalled(row, associate)
    title = one_line(title, "title", _("Donnez un intitulé à cette résolution."), most=200)
    same = row.resolutions.filter(title=title, state=ResolutionState.PROPOSED, supports__associate=associate)
    if same.exists():
        raise Refused(Code.DUPLICATE, _("Cette résolution est déjà proposée."), field="title")
    resolution = Resolution.objects.create(
        assembly=row,
        title=title,
        decision_kind=DecisionKind.ORDINARY,
        supported=False,
        state=ResolutionState.PROPOSED,
        proposed_at=at,
        created_by=actor,
    )
    add_version(resolution, text, "", actor)
    ResolutionSupport.objects.create(resolution=resolution, associate=associate, at=at)
    audit.record(actor, "governance.resolution.propose", resolution)
    return resolution


def _within_delay(assembly: Assembly, at: datetime) -> Assembly:
    row = locked_assembly(assembly.pk)
    window = additions_of(row)
    if row.state != AssemblyState.CONVENED or window is None:
        raise Refused(Code.ILLEGAL_MOVE, _("Cette assemblée ne reçoit pas de résolution d’associé·es."))
    if not window.holds(timezone.localdate(at)):
        raise Refused(
            Code.DATE_INVALID,
            _("Les associé·es ajoutent des résolutions du %(first)s au %(last)s.")
            % {"first": shown_day(window.first), "last": shown_day(window.last)},
        )
    return row


def _refuse_uncalled(assembly: Assembly, associate: Associate) -> None:
    if not assembly.convocations.filter(associate=associate).exists():
        raise Refused(Code.NOT_ALLOWED, _("Cette assemblée n’a pas convoqué cet·te associé·e."))


@transaction.atomic
def support_resolution(
    resolution: Resolution, *, associate: Associate, actor: Any, at: datetime
) -> ResolutionSupport:
    """Does: adds the support of an associate to a resolution proposed. Refuses: out of the days, one already
    decided, somebody the assembly did not call, a second support. Leaves behind: the support, audit."""
    assembly = _within_delay(resolution.assembly, at)
    row = _proposed(resolution)
    _refuse_uncalled(assembly, associate)
    if row.supports.filter(associate=associate).exists():
        raise Refused(Code.DUPLICATE, _("Vous soutenez déjà cette résolution."))
    support = ResolutionSupport.objects.create(resolution=row, associate=associate, at=at)
    audit.record(actor, "governance.resolution.support", row, detail={"by": str(associate)})
    return support


@transaction.atomic
def unsupport_resolution(resolution: Resolution, *, associate: Associate, actor: Any, at: datetime) -> None:
    """Does: takes back the support of an associate. Refuses: out of the days, one already decided, no support
    to take back. Leaves behind: audit."""
    _within_delay(resolution.assembly, at)
    row = _proposed(resolution)
    gone, _rows = row.supports.filter(associate=associate).delete()
    if not gone:
        raise Refused(Code.ALREADY_DONE, _("Vous ne soutenez pas cette résolution."))
    audit.record(actor, "governance.resolution.unsupport", row, detail={"by": str(associate)})


def _proposed(resolution: Resolution) -> Resolution:
    row = Resolution.objects.select_for_update(of=("self",)).get(pk=resolution.pk)
    if row.state != ResolutionState.PROPOSED:
        raise Refused(Code.ILLEGAL_MOVE, _("Cette résolution a déjà reçu sa réponse."))
    return row


@transaction.atomic
def accept_addition(
    resolution: Resolution, *, item: AgendaItem, decision_kind: str, supported: bool, actor: Any
) -> Resolution:
    """Does: puts a resolution of members on the agenda after those already sent. Refuses: one already
    decided, too few supports of those who have a voice, a sitting begun, a point of another assembly, a kind
    of decision that this assembly or its frozen rules do not make. Leaves behind: the resolution with the
    next number, a mail to each associate called, audit."""
    assembly = live(resolution.assembly)
    row = _proposed(resolution)
    if assembly.state != AssemblyState.CONVENED:
        raise Refused(Code.ILLEGAL_MOVE, _("La séance est commencée : l’ordre du jour ne change plus."))
    if item.assembly_id != assembly.pk:
        raise Refused(Code.VALUE_INVALID, _("Ce point est d’une autre assemblée."), field="item")
    if decision_kind not in DecisionKind.values:
        raise Refused(Code.VALUE_INVALID, _("Cette nature de décision n’existe pas."), field="decision_kind")
    _refuse_kind(assembly, decision_kind)
    needed, count = support_needed(assembly), support_had(row)
    if count < needed:
        raise Refused(
            Code.VALUE_INVALID,
            ngettext(
                "Il faut le soutien de %(needed)d associé·e ; cette résolution en a %(count)d.",
                "Il faut le soutien de %(needed)d associé·es ; cette résolution en a %(count)d.",
                needed,
            )
            % {"needed": needed, "count": count},
        )
    last = assembly.resolutions.aggregate(last=Max("number"))["last"] or 0
    row.number, row.item, row.supported = last + 1, item, supported
    row.decision_kind, row.state = decision_kind, ResolutionState.ON_AGENDA
    row.save()
    facts = {"number": row.number, "title": row.title}

    def said() -> str:
        return _("la résolution n° %(number)d, « %(title)s », est ajoutée à l’ordre du jour") % facts

    tell_called(assembly, ADDED, actor, said={"changement": said})
    beat(assembly.pk)
    audit.record(actor, "governance.resolution.accept", row)
    return row


def _refuse_kind(assembly: Assembly, decision_kind: str) -> None:
    """Raises Refused when an assembly already convened cannot decide this: by its nature, or because its
    rules, frozen, say nothing of it."""
    if is_beyond(assembly, decision_kind):
        raise Refused(
            Code.VALUE_INVALID,
            _("Une assemblée ordinaire ne prend pas de décision extraordinaire."),
            field="decision_kind",
        )
    occasion = Occasion(frozenset({decision_kind}), call=assembly.call_number)
    if lacking := missing(assembly.rules, occasion):
        raise Refused(
            Code.VALUE_MISSING,
            _("Les règles figées de cette assemblée ne disent rien de : %(lines)s.")
            % {"lines": named(map(labels, lacking))},
            field="decision_kind",
        )


@transaction.atomic
def refuse_addition(resolution: Resolution, *, reason: str, actor: Any) -> Resolution:
    """Does: answers that a resolution of members is not put on the agenda. Refuses: no reason, one already
    decided. Leaves behind: the reason, a notice to those who supported it, audit."""
    live(resolution.assembly)
    row = _proposed(resolution)
    reason = one_line(reason, "reason", _("Dites pourquoi."), most=300)
    row.state, row.state_reason = ResolutionState.REFUSED, reason
    row.save()
    tell_supporters(row, actor=actor)
    audit.record(actor, "governance.resolution.refuse", row, detail={"reason": reason})
    return row
