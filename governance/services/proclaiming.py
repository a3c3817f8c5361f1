"""What people counted, the result proclaimed and what follows from it (GOV-30, GOV-32)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.canonical import sha256_of
from cae.core.errors import Code, Refused
from cae.core.kept_words import house_words
from cae.core.workflow import performs
from governance.calculations import counting
from governance.calculations.amendments import fallen
from governance.models import Amendment, College, DeclaredCount, SecretVote, Vote, VoteResult
from governance.selectors.elections import results_in_force
from governance.selectors.secret_totals import on_paper
from governance.selectors.vote_cast import cast_in
from governance.selectors.vote_counts import facts_of, is_parted, weights_of
from governance.selectors.vote_papers import hand_answers, method_of, paper_of
from governance.selectors.votes import chair_said
from governance.services.accounts import follow_accounts
from governance.services.by_scrutin import refuse_beside
from governance.services.decisions import note_decision, undo_decision
from governance.services.pulse import beat
from governance.states.assemblies import AmendmentState
from governance.states.votes import CARRIED, VOTE_FLOW, Answer, CountKind, VoteState, VoteWay
from people.models import User

# How each kind of count is made: in which ways of voting, in which states.
_HANDS_IN = (VoteState.OPEN, VoteState.CLOSED)


@transaction.atomic
def declare_counts(
    vote: Vote,
    *,
    kind: str,
    college: College | None,
    counts: Mapping[str, int],
    actor: User,
    at: datetime,
) -> list[DeclaredCount]:
    """Does: enters voices that people counted. Hands are counted once by the bureau; paper by two
    scrutineers, each without seeing the other: the second entry confirms the first when both are the same.
    Refuses: a vote of another way or state, a choice that is not there, more voices than the roll has left,
    two entries that differ. Leaves behind: the counts, audit without figures."""
    row = locked(vote)
    _refuse_way(row, kind)
    refuse_college(row, college)
    check_counts(row, counts)
    known = list(row.declared.filter(kind=kind, college=college).select_for_update().order_by("pk"))
    if any(one.confirmed_by_id for one in known):
        raise Refused(Code.ALREADY_DONE, _("Ce décompte est déjà confirmé par deux scrutateurs."))
    refuse_too_many(row, kind, college, counts)
    if kind == CountKind.PAPER and known and known[0].entered_by_id != actor.pk:
        return _confirmed(row, known, counts, actor, at)
    row.declared.filter(kind=kind, college=college).delete()
    written = DeclaredCount.objects.bulk_create(
        DeclaredCount(
            vote=row,
            kind=kind,
            college=college,
            choice=choice,
            count=counts.get(choice, 0),
            entered_by=actor,
            entered_at=at,
        )
        for choice, _label in hand_answers(row)
    )
    audit.record(actor, "governance.vote.count", row, detail={"kind": house_words(CountKind(kind).label)})
    beat(row.assembly_id)
    return written


def locked(vote: Vote) -> Vote:
    return Vote.objects.select_for_update(of=("self",)).select_related("resolution").get(pk=vote.pk)


def _refuse_way(vote: Vote, kind: str) -> None:
    if method_of(vote) not in counting.COUNTED_BY_HAND:
        raise Refused(
            Code.NOT_ALLOWED, _("Ce mode de scrutin se compte bulletin par bulletin : entrez chaque voix.")
        )
    if kind == CountKind.HANDS:
        if vote.way != VoteWay.HANDS or vote.state not in _HANDS_IN:
            raise Refused(Code.ILLEGAL_MOVE, _("Ce vote ne se compte pas à main levée, ou plus."))
    elif kind != CountKind.PAPER or vote.way == VoteWay.HANDS or vote.state != VoteState.CLOSED:
        raise Refused(
            Code.ILLEGAL_MOVE,
            _("Les bulletins de papier se comptent une fois le vote clos, avant la proclamation."),
        )


def refuse_college(vote: Vote, college: College | None) -> None:
    weights = weights_of(vote)
    if (college is None) is bool(weights) or (college is not None and college.pk not in weights):
        raise Refused(Code.VALUE_INVALID, _("Comptez chaque collège à part."), field="college")


def check_counts(vote: Vote, counts: Mapping[str, int]) -> None:
    known = {choice for choice, _label in hand_answers(vote)}
    if not counts.keys() <= known or any(count < 0 for count in counts.values()):
        raise Refused(Code.VALUE_INVALID, _("Ce décompte contient un choix qui n’est pas proposé."))
    fault = counting.count_fault(paper_of(vote), counts)
    sentences = {
        "above_ballots": _("Une candidature a plus de voix qu’il n’y a de bulletins exprimés."),
        "names": _("Le total des voix ne tient pas dans les bulletins exprimés : recomptez."),
    }
    if fault:
        raise Refused(Code.VALUE_INVALID, sentences[fault])


def _paper_of(vote: Vote) -> Counter[int | None]:
    """{college counted apart: voices that vote on paper}; all together where no college is."""
    found = on_paper(vote)
    return found if weights_of(vote) else Counter({None: found.total()} if found else {})


def refuse_too_many(vote: Vote, kind: str, college: College | None, counts: Mapping[str, int]) -> None:
    """Voices counted by people are among those that no ballot by name gave."""
    paper, cast, key = paper_of(vote), cast_in(vote), college.pk if college else None
    roll = cast.roll.get(key, 0) if college else sum(cast.roll.values())
    spoke = sum(1 for _door, of, _choice in cast.ballots if college is None or of == key)
    others = sum(
        counting.voices_of(paper, said)
        for (door, of), said in cast.declared.items()
        if of == key and door != kind
    )
    # At a secret ballot, who votes on paper is written in the roll.
    secret = vote.way == VoteWay.SECRET
    left = _paper_of(vote)[key] if secret else roll - spoke - others
    said = counting.voices_of(paper, counts)
    if said > left:
        raise Refused(
            Code.VALUE_INVALID,
            _("Vous comptez %(said)d voix ; il en reste %(left)d sur la liste de ce vote.")
            % {"said": said, "left": left},
        )


def _confirmed(
    vote: Vote, known: list[DeclaredCount], counts: Mapping[str, int], actor: User, at: datetime
) -> list[DeclaredCount]:
    if any(one.count != counts.get(one.choice, 0) for one in known):
        raise Refused(
            Code.VALUE_INVALID,
            _("Vos deux décomptes diffèrent : recomptez ensemble, puis que chacun·e corrige le sien."),
        )
    for one in known:
        one.confirmed_by, one.confirmed_at = actor, at
    DeclaredCount.objects.bulk_update(known, ["confirmed_by", "confirmed_at"])
    kind = house_words(CountKind.PAPER.label)
    audit.record(actor, "governance.vote.confirm_count", vote, detail={"kind": kind})
    beat(vote.assembly_id)
    return known


@performs(VOTE_FLOW, "proclaim")
def proclaim(
    vote: Vote, *, actor: User, at: datetime, casting: str = "", scrutin: SecretVote | None = None
) -> None:
    """Does: counts, proclaims, and draws what follows: amendments adopted, rejected or without object, the
    line of the book of decisions. Refuses: hands not counted, paper that a second scrutineer has not
    confirmed, equal sides without the word of the chair where the statutes give a casting vote, a secret
    vote without its scrutin. Leaves behind: the result with every figure and its hash, audit."""
    refuse_beside(vote.way, scrutin)
    _refuse_uncounted(vote)
    result = established(vote, number=1, reason="", casting=casting, by=(actor, at))
    vote.proclaimed_at = at
    # The assembly before its amendments, as whoever withdraws one.
    beat(vote.assembly_id)
    follow(vote, result, actor=actor)


def _refuse_uncounted(vote: Vote) -> None:
    refuse_paper_uncounted(vote)
    if vote.way != VoteWay.HANDS:
        return
    wanted: set[int | None] = {*weights_of(vote)} or {None}
    if {one.college_id for one in vote.declared.filter(kind=CountKind.HANDS)} != wanted:
        raise Refused(Code.VALUE_MISSING, _("Entrez d’abord le décompte des mains levées."))


def refuse_paper_uncounted(vote: Vote) -> None:
    """Raises Refused while paper waits for the second scrutineer; for both, at a secret ballot."""
    declared = list(vote.declared.all())
    if any(one.kind == CountKind.PAPER and one.confirmed_by_id is None for one in declared):
        raise Refused(Code.VALUE_MISSING, _("Les bulletins de papier attendent le second scrutateur."))
    if vote.way == VoteWay.SECRET and not {*_paper_of(vote)} <= {one.college_id for one in declared}:
        raise Refused(
            Code.VALUE_MISSING,
            _("Entrez d’abord le décompte des bulletins de papier : des personnes ont voté ainsi."),
        )


def established(
    vote: Vote,
    *,
    number: int,
    reason: str,
    casting: str,
    by: tuple[User, datetime],
    more: Mapping[str, Any] | None = None,
) -> VoteResult:
    """Counts what was said and writes the result; `more`: facts that no ballot says. Raises Refused when the
    sides are equal and the chair, who parts them, said nothing."""
    cast = cast_in(vote)
    if is_parted(vote, cast):
        casting = chair_said(vote) or casting
        if casting not in (Answer.FOR, Answer.AGAINST):
            raise Refused(
                Code.VALUE_MISSING,
                _("Partage égal des voix : dites ce que décide la présidence de séance, qui départage."),
                field="casting",
            )
    facts = facts_of(vote, cast, casting=casting) | dict(more or {})
    actor, at = by
    return VoteResult.objects.create(
        vote=vote,
        number=number,
        verdict=facts["verdict"],
        facts=facts,
        sha256=sha256_of(facts),
        reason=reason,
        created_at=at,
        created_by=actor,
    )


def follow(vote: Vote, result: VoteResult, *, actor: User) -> None:
    """Writes what a result entails: the state of an amendment, the line of the book of decisions, of the day
    of the proclamation even when the result is put right later, what the books await of it."""
    if vote.amendment_id is not None:
        _mark_amendments(vote, result.verdict in CARRIED)
    elif _decides(vote, result):
        on = timezone.localdate(vote.proclaimed_at)
        note_decision(vote.resolution, on=on, text=vote.text, actor=actor)
        follow_accounts(vote, carried=True, actor=actor)
    else:
        if result.number > 1:
            undo_decision(vote.resolution, reason=result.reason, actor=actor)
        follow_accounts(vote, carried=False, actor=actor)


def _decides(vote: Vote, result: VoteResult) -> bool:
    """A text adopted; an election that seats somebody, at this round or the other one, though seats are
    left."""
    others = (one for one in results_in_force(vote.resolution) if one.vote_id != vote.pk)
    seated = any(one.facts.get("elected") for one in (result, *others))
    return seated or result.verdict in CARRIED


def _mark_amendments(vote: Vote, carried: bool) -> None:
    rows = list(
        Amendment.objects.select_for_update(of=("self",))
        .filter(resolution=vote.resolution_id)
        .exclude(state=AmendmentState.WITHDRAWN)
        .order_by("pk")
    )
    voted = next(one for one in rows if one.pk == vote.amendment_id)
    voted.state = AmendmentState.ADOPTED if carried else AmendmentState.REJECTED
    adopted = [one for one in rows if one.state == AmendmentState.ADOPTED]
    # Read anew from those adopted: a result put right may give its object back to an amendment.
    waiting = [one for one in rows if one.state in (AmendmentState.PROPOSED, AmendmentState.FALLEN)]
    for one in waiting:
        falls = any(fallen(won, [one]) for won in adopted)
        one.state = AmendmentState.FALLEN if falls else AmendmentState.PROPOSED
    Amendment.objects.bulk_update([voted, *waiting], ["state"])
