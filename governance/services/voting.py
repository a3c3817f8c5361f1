"""A vote: prepared, opened on a frozen text, rule, quorum and roll, closed, cancelled (GOV-25)."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.canonical import sha256_of
from cae.core.errors import Code, Refused
from cae.core.workflow import performs
from governance.calculations import counting
from governance.calculations.amendments import order
from governance.models import Amendment, Assembly, NamedBallot, Resolution, SecretVote, Vote
from governance.selectors.standing import Standing, quorum_for, quorum_of, standing_at
from governance.selectors.vote_papers import method_of
from governance.selectors.vote_rules import (
    frozen_choices,
    frozen_rule,
    frozen_text,
    new_seed,
    refuse_rules_missing,
)
from governance.selectors.votes import first_round, last_result
from governance.services.by_scrutin import refuse_beside
from governance.services.locks import locked_assembly
from governance.services.pulse import beat
from governance.services.vote_rolls import Roll, call_roll, kept_roll
from governance.states.assemblies import CALLED, AmendmentState, AssemblyState, ResolutionState
from governance.states.votes import VOTE_FLOW, Method, Outcome, VoteState, VoteWay
from people.models import User
from people.services.changes import one_line

TWO_ROUNDS = (Method.LIST, Method.NAMES)


@transaction.atomic
def prepare_vote(
    resolution: Resolution,
    *,
    way: str,
    actor: User,
    amendment: Amendment | None = None,
    round_number: int = 1,
    scrutin: SecretVote | None = None,
) -> Vote:
    """Does: prepares a vote on a resolution, on one of its amendments, or the second round of an election;
    `scrutin`: the secret ballot that asks it. Refuses: an assembly not convened or over, a resolution off the
    agenda, a question already put to the vote, a method that hands cannot count, a secret vote without its
    scrutin, a second round that nothing asks. Leaves behind: the vote, audit."""
    assembly = locked_assembly(resolution.assembly_id)
    if assembly.state not in CALLED:
        raise Refused(Code.ILLEGAL_MOVE, _("On prépare un vote une fois l’assemblée convoquée."))
    resolution = Resolution.objects.get(pk=resolution.pk)
    if resolution.state != ResolutionState.ON_AGENDA:
        raise Refused(Code.ILLEGAL_MOVE, _("Cette résolution n’est pas à l’ordre du jour."))
    if way not in VoteWay.values:
        raise Refused(Code.VALUE_INVALID, _("Cette façon de voter n’existe pas."), field="way")
    refuse_beside(way, scrutin)
    vote = Vote(assembly=assembly, resolution=resolution, amendment=amendment, round=round_number, way=way)
    if way == VoteWay.HANDS and method_of(vote) not in counting.COUNTED_BY_HAND:
        raise Refused(
            Code.VALUE_INVALID,
            _("Ce mode de scrutin ne se compte pas à main levée : choisissez l’écran ou l’appel nominal."),
            field="way",
        )
    same = Vote.objects.filter(resolution=resolution, amendment=amendment, round=round_number)
    if same.exclude(state=VoteState.CANCELLED).exists():
        raise Refused(Code.DUPLICATE, _("Cette question a déjà son vote."))
    if amendment is not None and amendment.resolution_id != resolution.pk:
        raise Refused(Code.VALUE_INVALID, _("Cet amendement porte sur une autre résolution."))
    if round_number != 1:
        _refuse_second_round(resolution, round_number)
    vote.save()
    audit.record(actor, "governance.vote.prepare", vote)
    beat(assembly.pk)
    return vote


def _refuse_second_round(resolution: Resolution, round_number: int) -> None:
    before = first_round(resolution)
    result = last_result(before) if before else None
    if (
        round_number != 2
        or resolution.method not in TWO_ROUNDS
        or result is None
        or result.verdict != Outcome.SECOND_ROUND
    ):
        raise Refused(Code.ILLEGAL_MOVE, _("Rien n’appelle de second tour pour cette résolution."))


@performs(VOTE_FLOW, "open")
def open_vote(vote: Vote, *, actor: User, at: datetime, scrutin: SecretVote | None = None) -> None:
    """Does: freezes the text and its hash, what is offered, the rule, the quorum and the roll of the voices
    of that instant, or that of its scrutin; forms of correspondence and blank proxies speak at once. Refuses:
    a sitting that is not open, amendments to vote before, no candidate, a rule that nobody decided, a quorum
    that is not met, a secret vote without its scrutin. Leaves behind: the roll and the ballots known from the
    start, audit."""
    refuse_beside(vote.way, scrutin)
    assembly = locked_assembly(vote.assembly_id)
    if assembly.state != AssemblyState.OPEN:
        raise Refused(Code.ILLEGAL_MOVE, _("La séance n’est pas ouverte : aucun vote ne s’ouvre."))
    vote.assembly = assembly
    _refuse_out_of_turn(vote)
    refuse_rules_missing(vote)
    standing = standing_at(assembly, at)
    vote.quorum = require_quorum(vote, standing)
    vote.draw_seed = new_seed()
    vote.choices = frozen_choices(vote)
    vote.text = frozen_text(vote)
    vote.text_sha256 = sha256_of(vote.text)
    if scrutin is None:
        roll = call_roll(vote, standing)
        vote.rule = rule_of_roll(vote, roll, standing)
        roll.write(vote, at)
    else:
        vote.rule = rule_again(vote)
        kept_roll(vote, at).write_ballots(vote, at)
    vote.opened_at, vote.opened_by = at, actor
    beat(assembly.pk)


def require_quorum(vote: Vote, standing: Standing) -> dict[str, Any]:
    """Gives the quorum of a vote, to be kept. Raises Refused when it is not met."""
    quorum = quorum_for(vote.assembly, vote.resolution.decision_kind, standing)
    if not quorum.met:
        raise Refused(Code.NOT_ALLOWED, _no_quorum(vote.assembly, quorum.have, quorum.need))
    return quorum.facts()


def rule_of_roll(vote: Vote, roll: Roll, standing: Standing) -> dict[str, Any]:
    """Gives the rule of a vote with the figures of its roll: of this instant, even where the quorum is that
    of the opening."""
    members = quorum_of(vote.assembly, standing, vote.resolution.decision_kind).base
    called = members if roll.is_of_associates else roll.electors.total()
    return frozen_rule(vote, roll.electors, called, len(roll.voices))


def rule_again(vote: Vote) -> dict[str, Any]:
    """Gives the rule of a secret vote as it stands when it opens, with the figures of its roll, frozen
    before."""
    electors = Counter({int(key): count for key, count in vote.rule["members_by_college"].items()})
    return frozen_rule(vote, Counter[int | None](electors), vote.rule["members"], vote.rule["there"])


def _refuse_out_of_turn(vote: Vote) -> None:
    """Amendments are voted before the text, the furthest first."""
    if vote.resolution.state != ResolutionState.ON_AGENDA:
        raise Refused(Code.ILLEGAL_MOVE, _("Cette résolution n’est plus à l’ordre du jour."))
    waiting = order(Amendment.objects.filter(resolution=vote.resolution_id, state=AmendmentState.PROPOSED))
    if vote.amendment is None:
        if waiting:
            raise Refused(
                Code.ILLEGAL_MOVE,
                _("Un amendement attend encore : il se vote avant le texte."),
            )
        return
    if vote.amendment.state != AmendmentState.PROPOSED:
        raise Refused(Code.ILLEGAL_MOVE, _("Cet amendement n’est plus à voter."))
    first = next((one for one in waiting if one.paragraph == vote.amendment.paragraph), None)
    if first is not None and first.pk != vote.amendment_id:
        raise Refused(
            Code.ILLEGAL_MOVE,
            _("Un amendement plus éloigné du texte se vote d’abord sur ce paragraphe."),
        )


def _no_quorum(assembly: Assembly, have: int, need: int) -> str:
    if assembly.call_number == 1:
        sentence = _(
            "Le quorum n’est pas atteint : %(have)d associé·es présent·es ou représenté·es, il en faut"
            " %(need)d. Levez la séance, puis convoquez une seconde fois."
        )
    else:
        sentence = _(
            "Le quorum de la seconde convocation n’est pas atteint : %(have)d associé·es présent·es ou"
            " représenté·es, il en faut %(need)d."
        )
    return sentence % {"have": have, "need": need}


@performs(VOTE_FLOW, "close")
def close_vote(vote: Vote, *, actor: User | None, at: datetime, scrutin: SecretVote | None = None) -> None:
    """Does: closes the vote: no ballot enters any more. Refuses: one already closed, by whoever came second;
    a secret vote without its scrutin. Leaves behind: the instant, never before that of a ballot; audit."""
    refuse_beside(vote.way, scrutin)
    last = NamedBallot.objects.filter(voice__vote=vote).order_by("-at").values_list("at", flat=True).first()
    vote.closed_at, vote.closed_by = max(at, last or at), actor
    beat(vote.assembly_id)


@performs(VOTE_FLOW, "cancel")
def cancel_vote(vote: Vote, *, reason: str, actor: User, scrutin: SecretVote | None = None) -> None:
    """Does: cancels a vote that is not proclaimed; another may be prepared. Refuses: no reason, too long a
    one, a secret vote without its scrutin. Leaves behind: its roll and ballots, which count for nothing;
    audit."""
    refuse_beside(vote.way, scrutin)
    vote.cancel_reason = one_line(reason, "reason", _("Dites pourquoi ce vote est annulé."), most=300)
    beat(vote.assembly_id)
