"""The queue of speakers: asked, withdrawn, given the floor, taken back (GOV-35)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, IllegalMove, Refused
from governance.models import Assembly, Associate, SpeakingTurn
from governance.selectors.speaking import is_there, next_turn
from governance.services.locks import locked_assembly
from governance.services.pulse import beat
from governance.states.assemblies import AssemblyState, Turn, TurnState
from people.models import User


@transaction.atomic
def ask_to_speak(
    assembly: Assembly, *, associate: Associate, kind: str = Turn.SPEECH, actor: User, at: datetime
) -> SpeakingTurn:
    """Does: puts somebody into the queue. Refuses: a sitting that is not open, an unknown reason, somebody
    who is not there, somebody who waits or speaks already. Leaves behind: the turn, on the item of the
    moment; audit."""
    assembly = _open(assembly)
    if kind not in Turn.values:
        raise Refused(
            Code.VALUE_INVALID, _("Choisissez une prise de parole ou un point d’ordre."), field="kind"
        )
    if not is_there(assembly, associate, at):
        raise Refused(
            Code.NOT_ALLOWED,
            _("%(name)s n’est pas noté·e présent·e : l’arrivée s’inscrit d’abord.") % {"name": associate},
            field="associate",
        )
    if assembly.turns.filter(associate=associate, state__in=[TurnState.WAITING, TurnState.SPEAKING]).exists():
        raise Refused(
            Code.ALREADY_DONE,
            _("%(name)s est déjà dans la liste des prises de parole.") % {"name": associate},
            field="associate",
        )
    turn = SpeakingTurn.objects.create(
        assembly=assembly, associate=associate, item=assembly.current_item, kind=kind, asked_at=at
    )
    audit.record(actor, "governance.turn.ask", turn)
    beat(assembly.pk)
    return turn


@transaction.atomic
def withdraw_turn(turn: SpeakingTurn, *, actor: User, at: datetime) -> SpeakingTurn:
    """Does: takes out of the queue somebody who waits. Refuses: who speaks or has spoken, a sitting that is
    not open. Leaves behind: the turn, withdrawn; audit."""
    turn = _locked(turn)
    if turn.state != TurnState.WAITING:
        raise IllegalMove(_("Cette demande de parole n’attend plus."))
    turn.state, turn.ended_at = TurnState.WITHDRAWN, at
    turn.save(update_fields=["state", "ended_at"])
    audit.record(actor, "governance.turn.withdraw", turn)
    beat(turn.assembly_id)
    return turn


@transaction.atomic
def give_floor(turn: SpeakingTurn, *, actor: User, at: datetime) -> SpeakingTurn:
    """Does: lets somebody of the queue speak; who spoke has ended. Refuses: who does not wait, a sitting that
    is not open. Leaves behind: one speaker, since when; audit."""
    turn = _locked(turn)
    return _give(turn, actor, at)


@transaction.atomic
def give_floor_to_next(assembly: Assembly, *, actor: User, at: datetime) -> SpeakingTurn:
    """Does: lets the first of the queue speak; who spoke has ended. Refuses: an empty queue, a sitting that
    is not open. Leaves behind: one speaker, since when; audit."""
    assembly = _open(assembly)
    turn = next_turn(assembly)
    if turn is None:
        raise Refused(Code.VALUE_MISSING, _("Personne n’attend la parole."))
    return _give(turn, actor, at)


@transaction.atomic
def end_turn(turn: SpeakingTurn, *, actor: User, at: datetime) -> SpeakingTurn:
    """Does: ends the speech of who speaks. Refuses: who does not speak, a sitting that is not open.
    Leaves behind: how long it was, audit."""
    turn = _locked(turn)
    if turn.state != TurnState.SPEAKING:
        raise IllegalMove(_("%(name)s n’a plus la parole.") % {"name": turn.associate})
    _end(turn, at)
    audit.record(actor, "governance.turn.end", turn)
    beat(turn.assembly_id)
    return turn


def close_queue(assembly: Assembly, at: datetime) -> None:
    """Does: ends who speaks and takes out who waits, in the transaction that ends the sitting. Refuses:
    nothing. Leaves behind: nobody in the queue."""
    for turn in assembly.turns.filter(state=TurnState.SPEAKING):
        _end(turn, at)
    assembly.turns.filter(state=TurnState.WAITING).update(state=TurnState.WITHDRAWN, ended_at=at)


def drop_turns(assembly: Assembly, associate: Associate, at: datetime) -> None:
    """Does: ends the speech of somebody who is no longer there, or takes them out of the queue, in the
    transaction that says so. Refuses: nothing. Leaves behind: the others, each one place further."""
    for turn in assembly.turns.filter(associate=associate, state=TurnState.SPEAKING):
        _end(turn, at)
    waiting = assembly.turns.filter(associate=associate, state=TurnState.WAITING)
    waiting.update(state=TurnState.WITHDRAWN, ended_at=at)


def _give(turn: SpeakingTurn, actor: User, at: datetime) -> SpeakingTurn:
    if turn.state != TurnState.WAITING:
        raise IllegalMove(_("Cette demande de parole n’attend plus."))
    for speaking in SpeakingTurn.objects.filter(assembly=turn.assembly_id, state=TurnState.SPEAKING):
        _end(speaking, at)
    turn.state, turn.started_at = TurnState.SPEAKING, at
    turn.save(update_fields=["state", "started_at"])
    audit.record(actor, "governance.turn.give", turn)
    beat(turn.assembly_id)
    return turn


def _end(turn: SpeakingTurn, at: datetime) -> None:
    turn.state, turn.ended_at = TurnState.DONE, at
    turn.save(update_fields=["state", "ended_at"])


def _open(assembly: Assembly) -> Assembly:
    """The assembly under lock, its sitting open: one act on the queue at a time."""
    found = locked_assembly(assembly.pk)
    if found.state != AssemblyState.OPEN:
        raise IllegalMove(_("La séance n’est pas ouverte."))
    return found


def _locked(turn: SpeakingTurn) -> SpeakingTurn:
    """The turn as it is once its assembly is locked."""
    _open(turn.assembly)
    return SpeakingTurn.objects.select_related("associate__person", "associate__organisation").get(pk=turn.pk)
